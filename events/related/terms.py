"""Terms: what events are compared by, as numbers. Words, contexts and sources share one space of them.

A term is a 48-bit hash of a word's stem or of a name's key, with its field in the two lowest bits. Nothing
has to keep a dictionary in step; of a million words two fall together with a chance of one in six hundred.
"""

import hashlib
from collections.abc import Iterator
from functools import lru_cache

from events.text.folding import folded_words, index_text, is_unspaced, name_key, name_tokens

HASH_BYTES = 6
FIELD_BITS = 2
WORD, CONTEXT, SOURCE, _ALL = range(4)
FIELD_MASK = 3

# The term that every event has: its count is the number of events.
EVERY = _ALL

# English words that tell nothing of a subject, by their stems: articles, pronouns, auxiliaries, and what
# news says of everything.
STOP_WORDS = frozenset(
    index_text(
        """
        a about above after again against all also am amid an and any are as at be because been before being
        below between both but by can could did do does doing down during each few following for from further
        had has have having he her here hers him his how i if in into is it its itself just me more most my no
        nor not now of off on once only or other our out over own same she should so some such than that the
        their them then there these they this those through to too under until up very was we were what when
        where which while who whom why will with would you your
        said says say according including announces announced announce report reports reported reportedly
        one two three four five six seven eight nine ten first second least new people
        """
    ).split()
)
YEAR_DIGITS = 4
NAME_WORDS = 4


def _hashed(field: int, key: str) -> int:
    digest = hashlib.blake2b(key.encode("utf-8", "surrogatepass"), digest_size=HASH_BYTES).digest()
    return int.from_bytes(digest) << FIELD_BITS | field


_term = lru_cache(maxsize=200_000)(_hashed)


def field_of(term: int) -> int:
    """Whether the term is a WORD, a CONTEXT or a SOURCE."""
    return term & FIELD_MASK


# The pairs of Chinese letters are without end, so no more than a few megabytes of them.
@lru_cache(maxsize=20_000)
def word_term(word: str) -> int:
    """The term of a token of `words_in`."""
    return _hashed(WORD, word)


# A file names the same contexts again and again.
@lru_cache(maxsize=50_000)
def context_term(name: str) -> int:
    """The term of a context, by its own name: the same on every machine, whatever its primary key."""
    return _hashed(CONTEXT, name_key(name))


def source_term(publisher: int) -> int:
    """The term of a publisher, by its primary key."""
    return _term(SOURCE, str(publisher))


def is_telling(word: str) -> bool:
    """Whether a token tells something of a subject: no stop word, no letter, no number but a year."""
    return len(word) > 1 and word not in STOP_WORDS and (len(word) == YEAR_DIGITS or not word.isdigit())


# A script has some thousand letters.
_is_unspaced = lru_cache(maxsize=20_000)(is_unspaced)


def words_in(tokens: str) -> Iterator[str]:
    """The telling words among the tokens of `index_text`.

    Of scripts without spaces every two letters that stand together are a word, since one says little.
    """
    parts = tokens.split()
    if tokens.isascii():
        yield from filter(is_telling, parts)
        return
    before = ""
    for part in parts:
        if len(part) <= 2 and _is_unspaced(part):
            if before:
                yield before + part
            before = part
        else:
            before = ""
            if is_telling(part):
                yield part


# One look-up a token, where most tokens of a text have been met before.
@lru_cache(maxsize=100_000)
def _telling_term(token: str) -> int | None:
    return _hashed(WORD, token) if is_telling(token) else None


def word_terms(tokens: str) -> list[int]:
    """The terms of `words_in`, in their order."""
    if tokens.isascii():
        return [term for term in map(_telling_term, tokens.split()) if term is not None]
    return list(map(word_term, words_in(tokens)))


def contexts_named(text: str) -> set[int]:
    """The terms of all contexts that a text might name: of each run of up to `NAME_WORDS` of its words."""
    words = folded_words(text)
    return {
        _term(CONTEXT, "".join(words[start : start + length]))
        for start in range(len(words))
        for length in range(1, NAME_WORDS + 1)
    }


@lru_cache(maxsize=50_000)
def words_of_name(name: str) -> tuple[str, ...]:
    """The telling words of a context's name."""
    return tuple(words_in(index_text(name)))


@lru_cache(maxsize=50_000)
def terms_of_name(name: str) -> tuple[int, ...]:
    """The terms of the telling words of a context's name."""
    return tuple(word_terms(name_tokens(name)))
