"""Languages: whether a tag is one, and which way it is written."""

import re
from functools import lru_cache

# RFC 5646 without its irregular, grandfathered tags: language, script, region, variants, extensions.
_LANGUAGE_TAG = re.compile(
    r"(?:[a-z]{2,3}(?:-[a-z]{3}){0,3}|[a-z]{5,8})"
    r"(?:-[a-z]{4})?(?:-(?:[a-z]{2}|[0-9]{3}))?"
    r"(?:-(?:[a-z0-9]{5,8}|[0-9][a-z0-9]{3}))*"
    r"(?:-[0-9a-wy-z](?:-[a-z0-9]{2,8})+)*"
    r"(?:-x(?:-[a-z0-9]{1,8})+)?",
    re.IGNORECASE,
)
_MAX_TAG_LENGTH = 35

_RTL_SCRIPTS = frozenset({"adlm", "arab", "aran", "hebr", "mand", "nkoo", "rohg", "samr", "syrc", "thaa"})
_RTL_LANGUAGES = frozenset(
    {"ar", "arc", "arz", "bal", "bgn", "bqi", "ckb", "dv", "fa", "glk", "he", "iw", "ji", "khw", "ks"}
    | {"lrc", "luz", "mzn", "nqo", "pnb", "prs", "ps", "sd", "sdh", "skr", "syr", "ug", "ur", "yi"}
)


# A file has few different ones.
@lru_cache(maxsize=256)
def is_language_tag(tag: str) -> bool:
    """Whether the text is a well-formed BCP 47 tag such as `en`, `zh-Hans` or `pt-BR`."""
    return len(tag) <= _MAX_TAG_LENGTH and _LANGUAGE_TAG.fullmatch(tag) is not None


# Every entry of a list asks this, of a few languages.
@lru_cache(maxsize=256)
def direction_of(language_tag: str) -> str:
    """`"rtl"` or `"ltr"`; a script in the tag (`az-Arab`, `ur-Latn`) decides before the language."""
    language, *subtags = language_tag.lower().replace("_", "-").split("-")
    for subtag in subtags:
        if len(subtag) == 1:
            break
        if len(subtag) == 4 and subtag.isalpha():
            return "rtl" if subtag in _RTL_SCRIPTS else "ltr"
    return "rtl" if language in _RTL_LANGUAGES else "ltr"
