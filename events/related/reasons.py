"""What a suggestion's text names of what makes it one, as it is spelt there."""

from collections.abc import Collection, Mapping, Sequence
from functools import lru_cache

from events.related.terms import is_telling, word_term, words_of_name
from events.text.folding import is_unspaced, search_tokens, word_pieces

# Names told of one suggestion.
MOST = 3


def names_in(text: str, words: Sequence[int], *, besides: Collection[str] = ()) -> tuple[str, ...]:
    """The pieces of a plain text made of these words, which are terms, the rarest first; at most `MOST`.

    Words that stand together are one piece. Proper names alone: what begins with a capital letter elsewhere
    than a sentence, or is of a script without them; "names opening" would tell nobody anything. The names of
    contexts in `besides` are told already, so their words are left out.
    """
    told = {word_term(word) for name in besides for word in words_of_name(name)}
    wanted = {term: place for place, term in enumerate(words) if term not in told}
    if not wanted:
        return ()
    spans, numbers = read_text(text)
    places: dict[int, int] = {}
    for term, place in wanted.items():
        for number in numbers.get(term, ()):
            places.setdefault(number, place)
    runs: list[tuple[int, int, int]] = []
    for number in sorted(places):
        place, (start, end) = places[number], spans[number]
        if runs and number - 1 in places and not text[runs[-1][2] : start].strip():
            best, first, _last = runs[-1]
            runs[-1] = (min(best, place), first, end)
        else:
            runs.append((place, start, end))
    names = dict.fromkeys(text[start:end] for _place, start, end in sorted(runs) if is_name(text, start, end))
    return tuple(names)[:MOST]


# An entry is suggested beside many, and beside the same ones after each write.
@lru_cache(maxsize=1_000)
def read_text(text: str) -> tuple[Sequence[tuple[int, int]], Mapping[int, Sequence[int]]]:
    """Where the pieces of a text stand, and the numbers of the pieces that make up each word, by its term."""
    spans = tuple(word_pieces(text))
    numbers: dict[int, list[int]] = {}
    before = ""
    for number, (start, end) in enumerate(spans):
        token, term = read_piece(text[start:end])
        if term is None:
            # One letter says little: two that stand together are a word.
            if before:
                numbers.setdefault(word_term(before + token), []).extend((number - 1, number))
            before = token
        else:
            before = ""
            if term:
                numbers.setdefault(term, []).append(number)
    return spans, numbers


# Texts of one language share most of their words.
@lru_cache(maxsize=50_000)
def read_piece(piece: str) -> tuple[str, int | None]:
    """The token of a piece with its term; 0 where it tells nothing, None for a letter without spaces."""
    token = next(iter(search_tokens(piece)), "")
    if is_unspaced(token):
        return token, None
    return token, word_term(token) if is_telling(token) else 0


def is_name(text: str, start: int, end: int) -> bool:
    """Whether a piece of a text is spelt as a name is."""
    piece = text[start:end]
    if is_unspaced(piece):
        return True
    before = text[:start].rstrip(" \n\"'“‘(")
    begins_sentence = not before or before[-1] in ".!?:"
    return any(word[:1].isupper() for word in piece.split()[1 if begins_sentence else 0 :])
