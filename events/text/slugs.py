"""Slugs: the readable last part of an address, made from a headline or a name."""

import re
import unicodedata

from events.text.folding import folded_words, is_unspaced, spell_symbols

# The cut of the older site: characters of the headline, counted before anything is replaced.
LEGACY_CUT = 140
LEGACY_CUT_UNSPACED = 60

_LEGACY_DROPPED = re.compile(r"[.,\x00-\x1f\x7f-\x9f]")
_LEGACY_SEPARATORS = re.compile(r"[\W_]+")


def _cut_word(word: str, length: int) -> str:
    """The word's first characters, without a letter that lost its combining marks."""
    end = length
    while 0 < end < len(word) and unicodedata.combining(word[end]):
        end -= 1
    return word[: end or length]


def _first_words(text: str, max_length: int) -> list[str]:
    """Enough folded words to fill a slug; of a long text only the beginning is folded."""
    # A space ends whatever folding joins: initials, thousands, apostrophes.
    beginning = text[: 2 * max_length].rpartition(" ")[0] if len(text) > 2 * max_length else ""
    words = folded_words(beginning)
    return words if sum(map(len, words)) > max_length else folded_words(text)


def _slug(text: str, *, max_length: int, fallback: str) -> str:
    slug = ""
    for word in _first_words(text, max_length):
        longer = f"{slug}-{word}" if slug else word
        if len(longer) <= max_length:
            slug = longer
            continue
        # A run of Chinese is a whole clause: leaving it out may leave next to nothing.
        if not slug or (is_unspaced(word) and len(slug) < max_length // 2):
            slug = _cut_word(longer, max_length)
        break
    return slug.strip("-") or fallback


def slugify_headline(text: str, *, max_length: int = 80) -> str:
    """Lower-case slug in the headline's own script, cut at a word; `entry` if nothing is left.

    Never `index`, by which the formats of a day are called.
    """
    slug = _slug(text, max_length=max_length, fallback="entry")
    return "index-entry" if slug == "index" else slug


def slugify_name(name: str, *, max_length: int = 100) -> str:
    """Lower-case slug of a context's name; `context` if nothing is left."""
    return _slug(spell_symbols(name), max_length=max_length, fallback="context")


def next_free(stem: str, taken: set[str]) -> str:
    """`stem`, else `stem-2`, `stem-3` … whichever is not taken."""
    if stem not in taken:
        return stem
    number = 2
    while f"{stem}-{number}" in taken:
        number += 1
    return f"{stem}-{number}"


def legacy_slug(headline: str) -> str:
    """The slug that the Context gave a headline, for pages that do not tell their own address.

    Worked out from its published addresses. The headline as it stood on the page, leading space
    and wiki mark-up included, was cut at 140 characters (60 on the Chinese site, inside a word if
    need be); full stops and commas were dropped and all other punctuation became hyphens. Chinese
    kept its letters; English was read as Latin-1 (`–` left an `a`) and brought down to
    lower-case ASCII. The address cannot be told apart from later edits of the headline, so it is
    a best guess. Empty if the headline holds no letter.
    """
    if is_unspaced(headline):
        text = headline[:LEGACY_CUT_UNSPACED]
    else:
        latin = headline.encode("utf-8", "ignore").decode("latin-1")[:LEGACY_CUT]
        text = unicodedata.normalize("NFKD", latin).encode("ascii", "ignore").decode("ascii").lower()
    text = _LEGACY_DROPPED.sub("", text)
    return _LEGACY_SEPARATORS.sub("-", text).strip("-")
