"""Tokens for what is filtered by: a context, a publisher, a category, a language.

They stand in the index beside the words, so that a filter narrows a search by the same intersection of
lists as another word would, however many events carry it. All begin with "=", which no word of a text
does (`search_tokens` gives letters, digits and marks only).
"""

from functools import lru_cache

from events.text.folding import search_tokens

# Every entry of the index has it: what remains of a question that only excludes.
EVERY = "=all"
# What a key of each kind begins with.
CONTEXT, PUBLISHER, CATEGORY, LANGUAGE = "=c", "=p", "=g", "=l"


def context_key(pk: int) -> str:
    return f"{CONTEXT}{pk}"


def publisher_key(pk: int) -> str:
    return f"{PUBLISHER}{pk}"


@lru_cache(maxsize=1_000)
def category_key(category: str) -> str:
    """One token for a category's name, spelt in whichever case or accents."""
    return "=".join([CATEGORY, *search_tokens(category)])


def language_key(tag: str) -> str:
    """One token for a language tag such as "zh-Hans"."""
    return "=".join([LANGUAGE, *search_tokens(tag)])


@lru_cache(maxsize=1_000)
def language_keys(tag: str) -> tuple[str, ...]:
    """The tokens by which entries of a language are found: "zh-Hans" is found as "zh" too."""
    subtags = tag.split("-")
    return tuple(language_key("-".join(subtags[:length])) for length in range(1, len(subtags) + 1))
