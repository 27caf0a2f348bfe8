"""How easily an English text reads."""

import re

_WORD = re.compile(r"[A-Za-z]+(?:['’][A-Za-z]+)?")
_SENTENCE_END = re.compile(r"[.!?]+(?:\s|$)")
_VOWELS = re.compile(r"[aeiouy]+")


def reading_ease(text: str) -> float:
    """Flesch's reading ease (R. Flesch, "A new readability yardstick", 1948): 60 and more is plain English.

    206.835 - 1.015 x words a sentence - 84.6 x syllables a word. For English only; 206.835 without words.
    """
    words = _WORD.findall(text)
    if not words:
        return 206.835
    sentences = max(len(_SENTENCE_END.findall(text)), 1)
    return 206.835 - 1.015 * len(words) / sentences - 84.6 * sum(map(syllables, words)) / len(words)


def syllables(word: str) -> int:
    """Groups of vowels, without a silent e at the end; at least one."""
    word = word.lower()
    number = len(_VOWELS.findall(word))
    if word.endswith("e") and not word.endswith(("le", "ee")):
        number -= 1
    return max(number, 1)
