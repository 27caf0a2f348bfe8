"""Whether words of a text stand for a name whose key they have. Pure; no database.

The key says only that the letters agree: "I ran" has that of Iran, and "may" that of May. Breaks between
words and capital letters decide.
"""

import re
from collections.abc import Iterator

from events.suggestions.passages import FUNCTION_WORDS
from events.text.folding import is_unspaced, name_key, spelt_symbols, word_pieces

# Names in capitals of so many letters are other words without them: US and us, IT and it, WHO and who.
MAX_INITIALS = 3
# What goes on behind the name of a country or city is another country: 羅馬尼亞 holds 羅馬, 印度尼西亚 印度.
_CHINESE_ENDING = re.compile("尼西?[亚亞]|利[亚亞]|斯坦")
# Before a name of one word these make another one: New York, Northern Ireland, South Korea.
_QUALIFIER = re.compile(
    r"(?:^|[\s\"'“‘(\[*])(?P<word>New|(?:North|South|East|West)(?P<side>ern)?|Central|Equatorial)[\s-]+$"
)


def stands_for(text: str, start: int, end: int, name: str) -> bool:
    """Whether the passage of the text is this name. Both have the same key.

    - White space in one must be a break in the other; another break may be missing (COVID-19, COVID19).
    - A single letter, a symbol and a number are no name in a text.
    - A name in capitals of at most three letters must stand in capitals, with stops or without; a longer one
      with a capital in front (Nato).
    - One word with a capital must stand with a capital, and a function word (May, Who, It) not at the
      beginning of a sentence either. In a text all in capitals no function word is a name.
    - One word after "New", "South" and the like belongs to another name (York in New York), and so does what
      stands before the Chinese for "-ia" and "-stan".
    - In names of several words case says nothing, unless all are function words (The Who).
    """
    seen = text[start:end]
    key = name_key(seen)
    if sum(map(str.isalnum, seen)) < 2 or key.isdigit() or not _breaks_agree(seen, name):
        return False
    if is_unspaced(seen) and _CHINESE_ENDING.match(text, end):
        return False
    words = [word.casefold() for word in name.replace(".", "").split()]
    if len(words) > 1:
        return seen == name or not FUNCTION_WORDS.issuperset(words)
    if _is_qualified(text, start):
        return False
    return _case_agrees(text, start, seen.replace(".", ""), name.replace(".", ""))


def _case_agrees(text: str, start: int, seen: str, name: str) -> bool:
    if name == name.lower():
        return True
    if name.casefold() in FUNCTION_WORDS:
        if text.isupper() and len(text.split()) > 1:
            return False
        if name != name.upper() and _begins_sentence(text, start):
            return False
    if name == name.upper() and sum(map(str.isalpha, name)) <= MAX_INITIALS:
        return seen == seen.upper()
    return seen[0] != seen[0].lower() or name[0] == name[0].lower()


def _begins_sentence(text: str, start: int) -> bool:
    before = text[:start].rstrip(" \t\"'“”‘’«»([*_")
    return not before or before[-1] in ".!?:;…。！？：；\n"


def _is_qualified(text: str, start: int) -> bool:
    """Whether the word before belongs to the name. At the beginning of a sentence "Northern" is any north."""
    match = _QUALIFIER.search(text, max(0, start - 12), start)
    return match is not None and not (match["side"] and _begins_sentence(text, match.start("word")))


def _breaks_agree(seen: str, name: str) -> bool:
    """Whether either has a break wherever the other has white space."""
    there, own = dict(_breaks(seen)), dict(_breaks(name))
    return _spaces(there) <= own.keys() and _spaces(own) <= there.keys()


def _spaces(breaks: dict[int, str]) -> set[int]:
    return {place for place, gap in breaks.items() if any(map(str.isspace, gap))}


def _breaks(text: str) -> Iterator[tuple[int, str]]:
    """What stands between the words, each by its place in the key."""
    pieces = [*word_pieces(text), *((place, place + 1) for place, _word in spelt_symbols(text))]
    length, end = 0, None
    for first, last in sorted(pieces):
        if end is not None:
            yield length, text[end:first]
        length += len(name_key(text[first:last]))
        end = last
