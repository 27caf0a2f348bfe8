"""Folding: two spellings that a reader takes for the same word become the same string.

The index and the query pass through the same functions, so neither database has to agree with
the other about accents, stemming or Chinese.
"""

import hashlib
import re
import threading
import unicodedata
from functools import lru_cache

import snowballstemmer

MAX_KEY_LENGTH = 255

_APOSTROPHES = "'‘’‛ʹʻʼʽʾʿˈ′`´＇"
_QUOTES = "“”„‟″«»＂"
# Before NFKC, which would tear U+00B4 into a space and a combining accent.
_STRAIGHT_QUOTES = {
    **{ord(mark): "'" for mark in _APOSTROPHES},
    **{ord(mark): '"' for mark in _QUOTES},
    # Invisible: soft hyphen, zero-width characters, direction marks, byte order mark.
    **dict.fromkeys([0x00AD, 0x180E, *range(0x200B, 0x2010), *range(0x202A, 0x202F)]),
    **dict.fromkeys([*range(0x2060, 0x2070), 0xFEFF]),
}
# Letters that Unicode does not decompose, and ё, which Russian writes as е as often as not.
_LETTERS = {
    "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i",
    "ħ": "h", "ŧ": "t", "ŋ": "n", "ƀ": "b", "ɓ": "b", "ɗ": "d", "ƙ": "k", "ƴ": "y", "ё": "е",
}  # fmt: skip


class _LetterTable(dict):
    """`str.translate` table that works out a letter's plain form when it first meets it."""

    def __missing__(self, code: int) -> str:
        letter = chr(code)
        base, *marks = unicodedata.normalize("NFD", letter)
        plain = letter
        if marks and unicodedata.name(base, "").startswith(("LATIN", "GREEK")):
            plain = base
        plain = "".join(_LETTERS.get(part, part) for part in plain)
        self[code] = plain
        return plain


_PLAIN_LETTERS = _LetterTable()


def _character_class(*categories: str) -> str:
    """Ranges, for use inside a regular expression's brackets, of all characters of the categories."""
    ranges: list[list[int]] = []
    for code in range(0x20000):
        if unicodedata.category(chr(code)) in categories:
            if ranges and ranges[-1][1] == code - 1:
                ranges[-1][1] = code
            else:
                ranges.append([code, code])
    return "".join(f"\\U{first:08x}-\\U{last:08x}" for first, last in ranges)


# Python's \w leaves out combining marks and would break Devanagari and Thai words apart.
_MARKS = _character_class("Mn", "Mc")
# Scripts written without spaces: Thai, Lao, Myanmar, Khmer, kana, bopomofo, Han.
_UNSPACED = (
    "\u0e01-\u0e30\u0e32\u0e33\u0e40-\u0e46\u0e81-\u0eb0\u0eb2\u0eb3\u0ec0-\u0ec6\u1000-\u102a"
    "\u1780-\u17b3\u3005-\u3007\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff\u3105-\u312f"
    "\u31a0-\u31bf\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
)
_WORD = re.compile(rf"[^\W_](?:[^\W_]|[{_MARKS}])*")
_TOKEN = re.compile(rf"[{_UNSPACED}][{_MARKS}]*|[^\W_{_UNSPACED}](?:[^\W_{_UNSPACED}]|[{_MARKS}])*")
_LETTERS_AND_MARKS = rf"(?:[^\W_{_UNSPACED}]|[{_MARKS}])"
# What `search_tokens` takes as one piece, found in text that is not folded yet.
_PIECE = re.compile(
    rf"[{_UNSPACED}][{_MARKS}]*"
    rf"|(?:[^\W\d_{_UNSPACED}]\.){{2,}}{_LETTERS_AND_MARKS}*"
    rf"|[^\W_{_UNSPACED}]{_LETTERS_AND_MARKS}*"
    rf"(?:[{re.escape(_APOSTROPHES)}][^\W_{_UNSPACED}]{_LETTERS_AND_MARKS}*"
    rf"|(?<=\d),(?=\d{{3}}(?!\d)){_LETTERS_AND_MARKS}+)*"
)
_ASCII_PIECE = re.compile(
    r"(?:[A-Za-z]\.){2,}[A-Za-z0-9]*|[A-Za-z0-9]+(?:['`][A-Za-z0-9]+|(?<=\d),(?=\d{3}(?!\d))[A-Za-z0-9]+)*"
)
_ASCII_TOKEN = re.compile(r"[a-z0-9]+")
_UNSPACED_LETTER = re.compile(f"[{_UNSPACED}]")
_STRAY_MARKS = re.compile("(?<=[a-zα-ω])[\u0300-\u036f]+")
_INNER_APOSTROPHE = re.compile(r"(?<=[^\W_])'(?=[^\W_])")
_POSSESSIVE = re.compile(r"(?<=[^\W\d_])'s(?![^\W_])")
_INITIALS = re.compile(r"(?<![^\W_])(?:[^\W\d_]\.){2,}")
# What all initials hold, found by looking at full stops alone.
_BETWEEN_STOPS = re.compile(r"\.[^\W\d_]\.")
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")

# Most Chinese text: ideographs with their punctuation, and wide or plain ASCII.
_CHINESE = re.compile("[ -~“”\u3000-\u3029\u4e00-\u9fff\uff01-\uff5e]*")

# Symbols that make another name: OPEC+ is not OPEC, and US$ is not U.S.
_SYMBOLS = {"+": " plus ", "$": " dollar ", "€": " euro ", "£": " pound ", "¥": " yen ", "₹": " rupee "}
_SHARP = re.compile(r"(?<=[^\W\d_])#")
_SYMBOL = re.compile(f"[{re.escape(''.join(_SYMBOLS))}]|{_SHARP.pattern}")
_SYMBOL_TABLE = str.maketrans(_SYMBOLS)
_NO_LETTERS = {code: None for code in range(128) if not chr(code).isalnum()}

_stemmer = snowballstemmer.stemmer("english")
# A Snowball stemmer keeps the word it works on in itself, so threads must take turns.
_stemmer_lock = threading.Lock()


@lru_cache(maxsize=100_000)
def _stem(word: str) -> str:
    if len(word) < 3 or word.isdigit():
        return word
    with _stemmer_lock:
        return _stemmer.stemWord(word)


def _fold_letters(text: str) -> str:
    if text.isascii():
        return text.lower().replace("`", "'")
    if _CHINESE.fullmatch(text):
        # No letter of it but the ASCII ones has case or accents.
        for mark in "“”":
            text = text.replace(mark, '"')
        return unicodedata.normalize("NFKC", text).lower().replace("`", "'")
    text = unicodedata.normalize("NFKC", text.translate(_STRAIGHT_QUOTES)).casefold()
    # Case folding can leave decomposed letters behind; NFKC can bring back a curly mark.
    text = unicodedata.normalize("NFKC", text).translate(_PLAIN_LETTERS)
    text = _STRAY_MARKS.sub("", text).translate(_STRAIGHT_QUOTES)
    return unicodedata.normalize("NFKC", text)


def fold(text: str) -> str:
    """Case, width, quotes and Latin or Greek accents evened out; apostrophes inside words dropped.

    `Shi'ite`, `Shi’ite` and `Shiite` fold alike, and so do `Łódź` and `lodz`. Marks that make
    another letter in other scripts (й, が, Devanagari vowels) stay.
    """
    folded = _fold_letters(text)
    return _INNER_APOSTROPHE.sub("", folded) if "'" in folded else folded


def _join_parts(text: str) -> str:
    """`u.s.` → `us` and `1,000` → `1000`, so that punctuation inside does not split them."""
    # The plain searches spare most texts the slower regular expressions.
    if "." in text and _BETWEEN_STOPS.search(text):
        text = _INITIALS.sub(lambda match: match[0].replace(".", ""), text)
    return _THOUSANDS.sub("", text) if "," in text else text


def folded_words(text: str) -> list[str]:
    """Folded words in their order; text of a script without spaces stays in runs."""
    folded = _join_parts(fold(text))
    return (_ASCII_TOKEN if folded.isascii() else _WORD).findall(folded)


def spell_symbols(name: str) -> str:
    """The name with the symbols that tell it from another name written as words."""
    return _SHARP.sub(" sharp ", name).translate(_SYMBOL_TABLE)


def spelt_symbols(text: str) -> list[tuple[int, str]]:
    """The symbols that `spell_symbols` writes as words, each as its offset and the word."""
    return [(match.start(), _SYMBOLS.get(match[0], "sharp").strip()) for match in _SYMBOL.finditer(text)]


def is_unspaced(text: str) -> bool:
    """Whether the text holds letters of a script written without spaces, such as Chinese or Thai."""
    return _UNSPACED_LETTER.search(text) is not None


@lru_cache(maxsize=50_000)
def name_key(name: str) -> str:
    """Key under which names that differ by case, accents, spaces or punctuation only are one.

    At most `MAX_KEY_LENGTH` characters; empty only for a blank name.
    """
    if name.isascii() and not _SYMBOL.search(name):
        # What folding leaves of most names.
        key = name.lower().translate(_NO_LETTERS)
    else:
        key = "".join(_WORD.findall(fold(spell_symbols(name))))
    if not key:
        key = "".join(unicodedata.normalize("NFKC", name).casefold().split())
    if len(key) > MAX_KEY_LENGTH:
        digest = hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()[:32]
        key = key[: MAX_KEY_LENGTH - len(digest)] + digest
    return key


def search_tokens(text: str) -> list[str]:
    """Tokens for the index and for queries: English words stemmed, numbers kept.

    Every letter of a script without spaces is a token of its own, so that adjacent tokens
    find a Chinese word; Hangul words stay whole.
    """
    folded = _fold_letters(text)
    if "'" in folded:
        folded = _INNER_APOSTROPHE.sub("", _POSSESSIVE.sub("", folded))
    folded = _join_parts(folded)
    if folded.isascii():
        return [_stem(token) for token in _ASCII_TOKEN.findall(folded)]
    return [_stem(token) if token.isascii() else token for token in _TOKEN.findall(folded)]


def word_pieces(text: str) -> list[tuple[int, int]]:
    """Offsets (start, end) in the unfolded text of what its search tokens were made from."""
    pattern = _ASCII_PIECE if text.isascii() else _PIECE
    return [match.span() for match in pattern.finditer(text)]


def index_text(text: str) -> str:
    """The tokens of a text, separated by single spaces."""
    return " ".join(search_tokens(text))


# Names of contexts and labels of citations come again with the next event.
name_tokens = lru_cache(maxsize=20_000)(index_text)
