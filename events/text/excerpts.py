"""Excerpts: text, never mark-up, cut where a reader would cut it, with search terms marked."""

import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache

from events.text.folding import is_unspaced, search_tokens, word_pieces

ELLIPSIS = "…"

_TRAILING = " \t\n,;:–—-(（、，；：“‘«「『"


def _may_cut(text: str, position: int) -> bool:
    """Whether a reader would accept a cut before this position."""
    before, after = text[position - 1], text[position]
    if unicodedata.combining(after) or after in "\u200d\ufe0f" or before == "\u200d":
        return False
    if is_unspaced(before) or is_unspaced(after):
        return True
    return not (before.isalnum() and (after.isalnum() or after in "'’"))


def _cut_before(text: str, position: int, *, earliest: int) -> int:
    """The last acceptable cut in `earliest … position`, or `position` inside an endless word."""
    if position >= len(text):
        return len(text)
    for candidate in range(position, max(earliest, 0), -1):
        if _may_cut(text, candidate):
            return candidate
    return position


def excerpt(text: str, *, chars: int = 200) -> str:
    """The beginning of a text in at most `chars` characters, ending in "…" only if it was cut.

    White space is collapsed. Spaced text is cut at a word, Chinese and the like at a character.
    """
    text = " ".join(text.split())
    if len(text) <= chars:
        return text
    end = _cut_before(text, max(chars - 1, 1), earliest=chars // 2)
    return text[:end].rstrip(_TRAILING) + ELLIPSIS


@lru_cache(maxsize=50_000)
def _tokens_of(piece: str) -> tuple[str, ...]:
    return tuple(search_tokens(piece))


def _find_terms(text: str, terms: Iterable[Sequence[str]]) -> list[tuple[int, int]]:
    """Where the terms stand in the text, as merged (start, end) offsets in their order."""
    pieces = [(token, span) for span in word_pieces(text) for token in _tokens_of(text[span[0] : span[1]])]
    tokens = tuple(token for token, _ in pieces)
    found = [
        (pieces[index][1][0], pieces[index + len(term) - 1][1][1])
        for term in {tuple(term) for term in terms if term}
        for index, token in enumerate(tokens)
        if token == term[0] and tokens[index : index + len(term)] == term
    ]
    merged: list[tuple[int, int]] = []
    for start, end in sorted(found):
        # Neighbours without a space between them (Chinese) make one mark.
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _window(text: str, first_match: int, chars: int) -> tuple[int, int]:
    """Bounds of an excerpt that shows some words before the first match."""
    if len(text) <= chars or first_match <= chars // 2:
        start = 0
    else:
        wanted = min(first_match - chars // 4, len(text) - chars)
        start = _cut_before(text, wanted, earliest=wanted - chars // 8)
        while start < first_match and text[start].isspace():
            start += 1
    end = _cut_before(text, start + chars, earliest=start + chars // 2)
    return start, end


def mark_terms(text: str, terms: Iterable[Sequence[str]], *, chars: int = 240) -> list[tuple[str, bool]]:
    """An excerpt of about `chars` characters around the first match, in segments.

    Each term is a phrase: tokens as of `search_tokens` that must stand side by side. A segment is
    (text, whether it matched); joined they give the excerpt with its quotes and accents as written.
    """
    text = " ".join(text.split())
    matches = _find_terms(text, terms)
    if not matches:
        return [(excerpt(text, chars=chars), False)] if text else []
    start, end = _window(text, matches[0][0], chars)
    segments: list[tuple[str, bool]] = [(ELLIPSIS, False)] if start else []
    position = start
    for match_start, match_end in matches:
        if match_start >= end:
            break
        if match_start < position:
            continue
        segments.append((text[position:match_start], False))
        position = min(match_end, end)
        segments.append((text[match_start:position], True))
    rest = text[position:end]
    segments.append((rest.rstrip(_TRAILING) + ELLIPSIS if end < len(text) else rest, False))
    return [segment for segment in segments if segment[0]]
