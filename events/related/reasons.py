"""What a suggestion's text names of what makes it one, as it is spelt there."""

import re
from collections.abc import Collection, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from events.related.terms import word_term, words_in, words_of_name
from events.text.folding import index_text, is_unspaced, search_tokens, word_pieces

# Names told of one suggestion.
MOST = 3
# English spells these as names, and they tell of no story.
CALENDAR = frozenset(
    map(
        word_term,
        words_in(
            index_text(
                """
                January February March April May June July August September October November December
                Monday Tuesday Wednesday Thursday Friday Saturday Sunday
                """
            )
        ),
    )
)
# What may stand between the pieces of one name: "Syrian Civil War", "Oxford–AstraZeneca".
BETWEEN = re.compile(r"[^\S\n]*|[-‐‑–]")
NUMBER = re.compile(r"[-‐‑]\d+\b")
POSSESSIVE = re.compile(r"['’]s$")
# Chinese words that neither begin nor end a name.
PARTICLES = "的了在是被将將与與及第"

# How a piece is spelt: as any word, as a name or the first word of a sentence, as a name, without spaces.
PLAIN, FIRST, NAME, UNSPACED = range(4)
BEFORE_A_SENTENCE = ".!?:\n"
OPENING = " \"'“‘("


class Spelt(NamedTuple):
    """A text in pieces: where each stands, how it is spelt, its terms; by term the numbers of its pieces."""

    spans: Sequence[tuple[int, int]]
    spellings: Sequence[int]
    terms: Sequence[Collection[int]]
    numbers: Mapping[int, Sequence[int]]

    def spelling(self, term: int) -> int | None:
        """The most that a word is spelt as a name, None where it does not stand here."""
        return max((self.spellings[number] for number in self.numbers.get(term, ())), default=None)


def names_in(text: str, words: Sequence[int], *, ours: str, besides: Collection[str] = ()) -> tuple[str, ...]:
    """The names in a plain text with these words, which are terms, the rarest first; at most `MOST`.

    `ours` is the text that the words are shared with. What stands together in both is one name. The names of
    contexts in `besides` are told already, so their words alone are left out.
    """
    told = {word_term(word) for name in besides for word in words_of_name(name)} | CALENDAR
    wanted = [term for term in words if term not in told]
    if not wanted:
        return ()
    theirs, known = read_text(text), read_text(ours)
    inside = [match.span() for name in besides for match in re.finditer(re.escape(name), text)]
    bounds = {place for span in inside for place in span}
    found: dict[str, None] = {}
    for term in wanted:
        spelling = known.spelling(term)
        for number in theirs.numbers.get(term, ()):
            if any(start <= theirs.spans[number][0] < end for start, end in inside):
                continue
            # A word of an alias stands in neither text.
            if is_name(theirs.spellings[number], NAME if spelling is None else spelling):
                first = last = number
                while is_joined(text, theirs, known, first - 1, bounds, wanted):
                    first -= 1
                while is_joined(text, theirs, known, last, bounds, wanted):
                    last += 1
                found[spelt(text, theirs.spans[first][0], theirs.spans[last][1], ours)] = None
    found.pop("", None)
    names = [name for name in found if not any(name != other and name in other for other in found)]
    return tuple(names[:MOST])


def is_name(here: int, there: int) -> bool:
    """Whether a piece so spelt in two texts is a name: proper names alone, "names opening" would tell nobody
    anything. The first word of a sentence is one if it is spelt so within a sentence of the other."""
    return min(here, there) > PLAIN and max(here, there) > FIRST


def is_joined(
    text: str, theirs: Spelt, known: Spelt, left: int, bounds: Collection[int], wanted: Sequence[int]
) -> bool:
    """Whether a piece and the one after it are of one name, and stand together in both texts."""
    right = left + 1
    if left < 0 or right >= len(theirs.spans):
        return False
    end, start = theirs.spans[left][1], theirs.spans[right][0]
    if end in bounds or start in bounds or not BETWEEN.fullmatch(text, end, start):
        return False
    one, other = theirs.terms[left], theirs.terms[right]
    if UNSPACED in (theirs.spellings[left], theirs.spellings[right]):
        # Two letters of a script without spaces are one word.
        return any(term in wanted or term in known.numbers for term in one & other)
    return any(
        known.terms[number].intersection(one)
        and known.terms[number + 1].intersection(other)
        and is_name(theirs.spellings[left], known.spellings[number])
        and is_name(theirs.spellings[right], known.spellings[number + 1])
        for term in one
        for number in known.numbers.get(term, ())
        if number + 1 < len(known.spans)
    )


def spelt(text: str, start: int, end: int, ours: str) -> str:
    """A name as it stands in a text, with the number of a "SARS-CoV-2" and without the end of a "Mali’s".

    Of scripts without spaces without the particles and counters at its ends; empty where no word is left.
    """
    if is_unspaced(text[start:end]):
        if text[start - 1 : start].isdigit():
            start += 1
        while start < end and text[start] in PARTICLES:
            start += 1
        while start < end and text[end - 1] in PARTICLES:
            end -= 1
        return text[start:end] if end - start > 1 else ""
    if (follows := NUMBER.match(text, end)) and text[start : follows.end()] in ours:
        end = follows.end()
    return POSSESSIVE.sub("", text[start:end])


# An entry is suggested beside many, and beside the same ones after each write.
@lru_cache(maxsize=1_000)
def read_text(text: str) -> Spelt:
    """A text in pieces."""
    spans = tuple(word_pieces(text))
    spellings: list[int] = []
    terms: list[set[int]] = [set() for _span in spans]
    numbers: dict[int, list[int]] = {}
    before = ""
    for number, (start, end) in enumerate(spans):
        token, term = read_piece(text[start:end])
        pieces: tuple[int, ...] = (number,)
        if term is None:
            # One letter says little: two that stand together are a word.
            if before:
                term, pieces = word_term(before + token), (number - 1, number)
            before = token
            spellings.append(UNSPACED)
        else:
            before = ""
            spellings.append(spelling_at(text, start))
        if term is not None:
            numbers.setdefault(term, []).extend(pieces)
            for piece in pieces:
                terms[piece].add(term)
    return Spelt(spans, spellings, terms, numbers)


# Texts of one language share most of their words.
@lru_cache(maxsize=50_000)
def read_piece(piece: str) -> tuple[str, int | None]:
    """The token of a piece with its term; None for a letter of a script without spaces."""
    token = next(iter(search_tokens(piece)), "")
    return token, None if is_unspaced(token) else word_term(token)


def spelling_at(text: str, start: int) -> int:
    """How the piece that begins there is spelt."""
    if not text[start].isupper():
        return PLAIN
    before = start - 1
    while before >= 0 and text[before] in OPENING:
        before -= 1
    return FIRST if before < 0 or text[before] in BEFORE_A_SENTENCE else NAME
