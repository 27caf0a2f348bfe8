"""Languages: whether a tag is one, which way it is written, and a guess from the letters."""

import re
from collections import Counter
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

_SCRIPTS = {
    "zh": re.compile("[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]"),
    "ja": re.compile("[\u3041-\u3096\u30a1-\u30fa]"),
    "ko": re.compile("[\u1100-\u11ff\u3130-\u318f\uac00-\ud7a3]"),
    "ar": re.compile("[\u0620-\u064a\u0671-\u06d3]"),
    "he": re.compile("[\u05d0-\u05ea]"),
    "ru": re.compile("[\u0400-\u04ff]"),
    "el": re.compile("[\u0370-\u03ff\u1f00-\u1fff]"),
    "hi": re.compile("[\u0904-\u0939]"),
    "th": re.compile("[\u0e01-\u0e30]"),
}
_LATIN = re.compile("[A-Za-z\u00c0-\u024f]")
# A Chinese character says about as much as this many letters of an alphabet.
_LETTERS_PER_IDEOGRAPH = 3


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


def guess_language(text: str, default: str = "en") -> str:
    """The language that the text's script suggests, `default` where the script is Latin or none.

    A script stands for its most common language (Cyrillic for Russian), so this is a first
    proposal to an editor or an importer, no more.
    """
    counts = Counter({code: len(script.findall(text)) for code, script in _SCRIPTS.items()})
    counts["zh"] *= _LETTERS_PER_IDEOGRAPH
    if counts["ja"]:
        # Japanese mixes kana with Han; a few kana in a Chinese text are a quoted name.
        counts["ja"] *= _LETTERS_PER_IDEOGRAPH
        if counts["ja"] * 4 >= counts["zh"]:
            counts["ja"] += counts.pop("zh")
    counts[default] += len(_LATIN.findall(text))
    code, count = counts.most_common(1)[0]
    return code if count else default
