"""How long a text takes to read."""

from math import ceil

from events.text.folding import is_unspaced, word_pieces

# Silent reading of English: 238 words a minute (Brysbaert 2019, doi:10.1016/j.jml.2019.104047), rounded down
# for names and numbers. Chinese: some 400 characters.
WORDS, CHARACTERS = 230, 400


def reading_minutes(text: str) -> int:
    """Whole minutes for a plain text, at least one."""
    words = characters = 0
    for start, end in word_pieces(text):
        if is_unspaced(text[start:end]):
            characters += end - start
        else:
            words += 1
    return max(1, ceil(words / WORDS + characters / CHARACTERS))
