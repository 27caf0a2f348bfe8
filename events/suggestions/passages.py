"""Cutting a text into words, and into the passages that could be a name. Pure; no database.

A passage comes with its key, made as names are (`name_key`), so that the database answers with one look-up
in an index which of all passages are names.
"""

import re
from collections.abc import Sequence
from itertools import zip_longest
from typing import NamedTuple

from events.text.folding import MAX_KEY_LENGTH, is_unspaced, name_key, spelt_symbols, word_pieces

# The longest name that is found: so many words, so many where both the first and the last of them stand in
# small letters, or so many letters of a script without spaces.
MAX_WORDS = 10
MAX_SMALL_WORDS = 4
MAX_LETTERS = 12
# So much of a text is read, its first words; more is no headline and no summary.
MAX_PIECES = 600

# Addresses, and where a Markdown link leads to: they say nothing.
_ADDRESS = re.compile(r"\bhttps?://[^\s)\]]+|(?<=\]\()[^()\s]*(?=[()\s])", re.IGNORECASE)
_POSSESSIVE = re.compile(r"(?<=[^\W\d_])['’‘ʼ＇][sS]$")
_KATAKANA = re.compile("[\u30a1-\u30fa\u30fc-\u30ff\u31f0-\u31ff]")
# Korean writes these after a noun without a space, Arabic those before it: of, in, to, from, and, with.
_KOREAN_ENDINGS = re.compile(
    "(?<=[가-힣]{2})(?:에서는|에서|에게|으로|까지|부터|은|는|이|가|을|를|의|에|와|과|도|로|만)$"
)
_ENDINGS = (_POSSESSIVE, _KOREAN_ENDINGS)
_ARABIC_BEGINNING = re.compile("^(?:[وف]?[بلك]|[وف])(?=[\u0621-\u064a]{3})")
# No name goes on after these, but for a full stop behind initials and abbreviations (St. Petersburg).
_SENTENCE_END = re.compile(r"[!?;]\s|[。！？；…\n\r]|\.[\s\"'”’»)]")
_ABBREVIATION = 3
# A lower-case word of these begins and ends no name: half of a text's passages need not be asked for.
FUNCTION_WORDS = frozenset(
    {
        "a", "an", "and", "are", "as", "at", "be", "been", "but", "by", "for", "from", "had", "has",
        "have", "he", "her", "his", "i", "if", "in", "into", "is", "it", "its", "may", "me", "more",
        "no", "not", "of", "off", "on", "or", "our", "out", "over", "she", "so", "than", "that",
        "the", "their", "them", "they", "this", "to", "under", "up", "us", "was", "we", "were",
        "what", "when", "which", "while", "who", "will", "with", "would", "you",
    }
)  # fmt: skip


class Word(NamedTuple):
    """A word, a letter of a script without spaces, or a symbol that names spell out, such as the + of OPEC+.

    `start` and `end` are offsets in the text. `shorter` holds what it also is as the last word of a name
    (Syria's: Syria), `later` as the first one, each as an offset and the key of what is left.
    """

    start: int
    end: int
    key: str
    shorter: tuple[tuple[int, str], ...] = ()
    later: tuple[tuple[int, str], ...] = ()
    is_small: bool = False
    is_function_word: bool = False
    is_unspaced: bool = False
    is_katakana: bool = False
    is_symbol: bool = False
    is_last: bool = False


class Passage(NamedTuple):
    """A part of a text that could be a name: offsets, and the key that such a name would have."""

    start: int
    end: int
    key: str


def words_of(text: str) -> list[Word]:
    """The words of a text in order, without those of web addresses; at most `MAX_PIECES`."""
    readable = _ADDRESS.sub(lambda match: " " * len(match[0]), text)
    words = [_word(readable, start, end) for start, end in word_pieces(readable)[:MAX_PIECES]]
    symbols = [Word(place, place + 1, key, is_symbol=True) for place, key in spelt_symbols(readable)]
    words = sorted(words + symbols) if symbols else words
    return [
        word._replace(is_last=True) if _ends_sentence(readable, word, after) else word
        for word, after in zip_longest(words, words[1:])
    ]


def _ends_sentence(text: str, word: Word, after: Word | None) -> bool:
    gap = text[word.end : after.start if after else None]
    if gap.isspace() or not (match := _SENTENCE_END.search(gap)):
        return False
    return match[0][0] != "." or word.end - word.start > _ABBREVIATION


def _word(text: str, start: int, end: int) -> Word:
    seen = text[start:end]
    key = name_key(seen)
    if seen.isascii():
        match = _POSSESSIVE.search(seen)
        shorter = ((start + match.start(), name_key(seen[: match.start()])),) if match else ()
        return Word(start, end, key, shorter, (), seen.islower(), seen in FUNCTION_WORDS)
    if is_unspaced(seen):
        return Word(start, end, key, is_unspaced=True, is_katakana=_KATAKANA.match(seen) is not None)
    endings = [match for pattern in _ENDINGS if (match := pattern.search(seen))]
    beginning = _ARABIC_BEGINNING.match(seen)
    return Word(
        start,
        end,
        key,
        tuple((start + match.start(), name_key(seen[: match.start()])) for match in endings),
        ((start + beginning.end(), name_key(seen[beginning.end() :])),) if beginning else (),
        seen.islower(),
    )


def passages(text: str) -> list[Passage]:
    """Every run of words that could be a name, from left to right, the longest first at each place."""
    words = words_of(text)
    is_cut = [True, *map(_may_be_cut, words, words[1:]), True]
    may_end = [is_cut[place + 1] and not word.is_function_word for place, word in enumerate(words)]
    return [
        found
        for first, word in enumerate(words)
        if is_cut[first] and (not word.is_function_word or word.key == "the")
        for found in _beginning_with(words, first, may_end)
    ]


def _may_be_cut(left: Word, right: Word) -> bool:
    """Whether a name may end between the two: a word in katakana is not cut, and OPEC+ is not OPEC."""
    return left.end != right.start or not (right.is_symbol or (left.is_katakana and right.is_katakana))


def _beginning_with(words: Sequence[Word], first: int, may_end: Sequence[bool]) -> list[Passage]:
    """The passages that begin with one word, the longest first."""
    head = words[first]
    found = []
    last_small = first + MAX_SMALL_WORDS if head.is_small else len(words)
    end_place = min(first + (MAX_LETTERS if head.is_unspaced else MAX_WORDS), len(words))
    for start, head_key in ((head.start, head.key), *head.later):
        before, key = "", head_key
        for place in range(first, end_place):
            word = words[place]
            if place > first:
                before, key = key, key + word.key
                if len(key) > MAX_KEY_LENGTH:
                    break
            if may_end[place] and (place < last_small or not word.is_small):
                for end, left in word.shorter:
                    found.append(Passage(start, end, before + left))
                found.append(Passage(start, word.end, key))
            if word.is_last:
                break
    return found[::-1] if not head.later else sorted(found, key=lambda passage: (-passage.end, passage.start))
