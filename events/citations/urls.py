"""Addresses of sources: the form that finds duplicates, and the host that names the publisher.

Nothing here raises on a malformed address: pasted and imported ones are full of them.
"""

import posixpath
import re
from functools import lru_cache
from urllib.parse import SplitResult, unquote_to_bytes, urlsplit

import idna

MAX_URL_LENGTH = 2000

_BLANKS = re.compile(r"[\x00-\x20\x7f\ufeff\u200b]+")
_PERCENT_OR_OTHER = re.compile(r"%[0-9A-Fa-f]{2}|.", re.DOTALL)
# RFC 3986: unreserved characters, and the reserved ones that stand in paths and queries as they are.
_UNRESERVED = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
_LITERAL = _UNRESERVED | frozenset("!$&'()*+,;=:@/?")
_ALL_LITERAL = re.compile(r"[A-Za-z0-9\-._~!$&'()*+,;=:@/?]*")
_HOST = re.compile(r"(?=.{1,253}$)(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\.)+[a-z0-9-]{2,63}")
_IPV4 = re.compile(r"\d{1,3}(?:\.\d{1,3}){3}")
# Most addresses are plain: an ASCII host in lower case, no user, no port, nothing that needs escaping.
_PLAIN = re.compile(
    r"https?://(?![^/?#]{254})(?P<host>(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63})"
    r"(?P<path>/[A-Za-z0-9\-._~!$&'()*+,;=:@/]*)?"
    r"(?:\?(?P<query>[A-Za-z0-9\-._~!$&'()*+,;=:@/?]*))?(?:#[!-~]*)?"
)
# Hosts whose addresses may hold another one; `_unwrap` looks closer.
_WRAPPERS = ("web.archive.", "archive.", "www.google.")

# The same page under another host: with and without `www.`, for phones, or CNN's `edition.`.
_HOST_PREFIXES = ("www.", "www1.", "www2.", "www3.", "m.", "mobile.", "amp.", "edition.")

# https://web.archive.org/web/20160221000000if_/http://… ; other archives shorten the address away.
# Also asked of the databases, which have the same in their languages of patterns.
ARCHIVED = (
    r"^(?:https?:)?//(?:web\.archive\.org/web|archive\.(?:is|today|ph|li|fo|vn|md))"
    r"/\d{4,14}(?:[a-z]{2}_|\*)?/(?=https?:/|www\.)"
)
_ARCHIVED = re.compile(ARCHIVED, re.IGNORECASE)
_GOOGLE_AMP = re.compile(r"^https?://www\.google\.[a-z.]+/amp/(?:s/)?(?=[^/?#]+\.)", re.IGNORECASE)

_TRACKING_PREFIXES = ("utm_", "ns_", "at_", "pk_", "mtm_", "hsa_", "guce_", "wt.", "soc_", "__twitter")
_TRACKING = frozenset(
    [
        "_ga", "_gl", "_hsenc", "_hsmi", "_openstat", "_r", "__source", "amp", "cmp", "cmpid", "dclid",
        "dlbk", "emc", "fbclid", "feature", "feedname", "feedtype", "ftag", "gbraid", "gclid", "gclsrc",
        "icid", "igsh", "igshid", "intcmp", "ito", "mc_cid", "mc_eid", "mkt_tok", "mod", "msclkid", "ncid",
        "ocid", "outputtype", "partner", "ref", "ref_src", "ref_url", "referrer", "rpc", "rss", "rssfeed",
        "sh", "share", "smid", "smtyp", "sr_share", "spm", "taid", "taboola", "twclid", "via",
        "virtualbrandchannel", "wbraid", "xtor", "yclid",
    ]
)  # fmt: skip


def _unwrap(url: str) -> str:
    """The address that an archive's or a cache's copy was made of."""
    for _ in range(3):
        match = _ARCHIVED.match(url) or _GOOGLE_AMP.match(url)
        if match is None:
            break
        url = url[match.end() :]
        # Some copies lost one of the two slashes.
        url = re.sub(r"^(https?):/+", r"\1://", url, flags=re.IGNORECASE)
        if not url.lower().startswith(("http://", "https://")):
            url = f"https://{url}"
    return url


# One address is asked for its canonical form and its host, and whether it is one, in a row.
@lru_cache(maxsize=1000)
def _plain_parts(url: str) -> re.Match[str] | None:
    """Host, path and query of an address that is plain, which spares it the careful way."""
    parts = _PLAIN.fullmatch(url) if len(url) <= MAX_URL_LENGTH else None
    return None if parts and parts["host"].startswith(_WRAPPERS) else parts


@lru_cache(maxsize=1000)
def split_url(url: str) -> SplitResult | None:
    """Parts of a web address, or None if it is no address with an `http(s)` scheme and a public host."""
    url = _BLANKS.sub("", url)
    if url.startswith("//"):
        url = f"https:{url}"
    try:
        parts = urlsplit(url)
        parts.port  # noqa: B018 - reading it is what checks it
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or not ascii_host(parts.hostname or ""):
        return None
    return parts


def is_web_url(url: str) -> bool:
    """Whether a reader can follow the address: `http(s)`, a host with a dot, no blanks, no password."""
    if _plain_parts(url):
        return True
    parts = split_url(url)
    stripped = url.strip()
    return (
        parts is not None
        and stripped[:4].lower() == "http"
        and "@" not in parts.netloc
        and not _BLANKS.search(stripped)
        and len(stripped) <= MAX_URL_LENGTH
    )


# The same few hundred newsrooms are cited again and again.
@lru_cache(maxsize=4096)
def ascii_host(host: str) -> str:
    """Lower-case ASCII form of a host name, `""` if there is none."""
    host = host.strip().rstrip(".").lower()
    if not host.isascii():
        try:
            host = idna.encode(host, uts46=True).decode("ascii")
        except (idna.IDNAError, UnicodeError):
            return ""
    return host if _HOST.fullmatch(host) or _IPV4.fullmatch(host) else ""


@lru_cache(maxsize=4096)
def _bare_host(host: str) -> str:
    """Host without the prefixes that name a way to the same pages; `m.co` keeps its own."""
    shortened = True
    while shortened:
        shortened = False
        for prefix in _HOST_PREFIXES:
            if host.startswith(prefix) and "." in host[len(prefix) :]:
                host = host[len(prefix) :]
                shortened = True
    return host


def _normal_percents(text: str) -> str:
    """Percent-encoding in one form: needless escapes decoded, hex in upper case, the rest encoded."""
    if _ALL_LITERAL.fullmatch(text):
        return text

    def one(match: re.Match[str]) -> str:
        piece = match[0]
        if len(piece) == 3 and piece[0] == "%":
            letter = unquote_to_bytes(piece).decode("latin-1")
            return letter if letter in _UNRESERVED else piece.upper()
        if piece in _LITERAL:
            return piece
        return "".join(f"%{byte:02X}" for byte in piece.encode("utf-8", "replace"))

    return _PERCENT_OR_OTHER.sub(one, text)


def _normal_path(path: str) -> str:
    path = _normal_percents(path)
    if "/." in path:
        path = posixpath.normpath(path)
    # Sites answer with and without the last slash alike.
    return "/" + path.strip("/") if path.strip("/") else "/"


def _is_tracking(name: str) -> bool:
    name = name.lower()
    return name in _TRACKING or name.startswith(_TRACKING_PREFIXES)


def _normal_query(query: str) -> str:
    pieces = [_normal_percents(piece) for piece in query.split("&") if piece]
    return "&".join(sorted(piece for piece in pieces if not _is_tracking(piece.partition("=")[0])))


def canonical_url(url: str) -> str:
    """The one form of an address that its duplicates share, in ASCII; `""` if it is no web address.

    `https` whatever the scheme (both lead to the same page today), host in lower case and IDNA
    without `www.` and phone prefixes, no user, default port, fragment or tracking parameter,
    parameters sorted, percent-encoding and dot segments as in RFC 3986 section 6.2.2. An archived
    copy counts as its original. Meant for comparing, not for following: keep the original too.
    """
    plain = _plain_parts(url)
    if plain:
        query = _normal_query(plain["query"]) if plain["query"] else ""
        path = _normal_path(plain["path"] or "/")
        return f"https://{_bare_host(plain['host'])}{path}{'?' + query if query else ''}"
    parts = split_url(_unwrap(_BLANKS.sub("", url)))
    if parts is None:
        return ""
    host = _bare_host(ascii_host(parts.hostname or ""))
    port = f":{parts.port}" if parts.port not in (None, 80, 443) else ""
    query = _normal_query(parts.query)
    canonical = f"https://{host}{port}{_normal_path(parts.path)}{'?' + query if query else ''}"
    return canonical if len(canonical) <= MAX_URL_LENGTH else ""


def host_of(url: str) -> str:
    """The publisher's host: no port, no `www.`, `m.`, `amp.` or `edition.`; `""` if there is none."""
    plain = _plain_parts(url)
    if plain:
        return _bare_host(plain["host"])
    parts = split_url(_unwrap(_BLANKS.sub("", url)))
    return _bare_host(ascii_host(parts.hostname or "")) if parts else ""


def is_archived(url: str) -> bool:
    """Whether the address leads to an archive's copy, which stays when the page goes."""
    return _ARCHIVED.match(url.strip()) is not None
