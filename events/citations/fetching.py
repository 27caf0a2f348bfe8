"""A page of somebody else's, fetched with care: public addresses only, little time, little data, no trust."""

import codecs
import http.client
import re
import socket
import ssl
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import quote, urljoin, urlsplit, urlunsplit

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from events.citations.reaching import Clock, Connection, NotPublic
from events.citations.urls import ascii_host, is_web_url

SECONDS = 8
MOST_BYTES = 2_000_000
# For the heads of all answers and the marks between chunks: with a whole page these are 2 MiB.
HEAD_BYTES = 2 * 1024 * 1024 - MOST_BYTES
# A picture is larger than a page, and waited for.
MOST_PICTURE_BYTES, PICTURE_SECONDS = 30 * 1024 * 1024, 20
MOST_REDIRECTS = 5
PORTS = {"http": 80, "https": 443}
USER_AGENT = "Mozilla/5.0 (compatible; Dayline; source check)"
HEADERS = {
    "User-Agent": USER_AGENT,
    "Accept-Language": "*",
    "Accept-Encoding": "gzip, deflate",
    "Connection": "close",
}
REDIRECTS = {301, 302, 303, 307, 308}
# The page is no more, or never was: what a reader who follows the citation finds out too.
GONE = {404, 410}
PIECE = 16_384
# Answers of the system's look-up: no such name, or none with an address. Not all systems have both.
NO_HOST = {socket.EAI_NONAME, getattr(socket, "EAI_NODATA", socket.EAI_NONAME)}

_META_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.IGNORECASE)
# Codecs that are encodings of web pages; Python has others, some of them slow or no encodings at all.
_CHARSET = re.compile(
    r"utf-?8|utf-?16(?:le|be)?|us-ascii|ascii|iso-?8859-?\d{1,2}|latin-?1|windows-\d{3,4}|cp\d{3,4}|koi8-[ru]"
    r"|gb2312|gbk|gb18030|big5(?:-hkscs)?|shift_?jis|sjis|euc-(?:jp|kr)|iso-2022-jp|tis-620"
)
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_UNSAFE = re.compile(r"[^!-~]")

PROBLEMS: dict[str, str | Promise] = {
    "address": _("This is no address that can be followed."),
    "port": _("Only the web's usual ports are followed."),
    "private": _("The address leads into a private network."),
    "unknown": _("There is no such host."),
    "unreachable": _("The site could not be reached."),
    "insecure": _("The site's certificate is not valid."),
    "slow": _("The site took too long."),
    "redirects": _("The address was redirected too often."),
    "gone": _("The page is not there any more."),
    "refused": _("The site refused to show the page."),
    "broken": _("The site's answer could not be read."),
    "kind": _("This is no web page."),
}


class FetchError(Exception):
    """Why a page could not be fetched: a key of `PROBLEMS`; `status` is the answer's, 0 where none came."""

    def __init__(self, problem: str, *, status: int = 0) -> None:
        super().__init__(problem)
        self.problem = problem
        self.status = status


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked for: the media types named to the site, those taken (empty: all), the most bytes."""

    accept: str
    types: tuple[str, ...]
    most_bytes: int


PAGE = Wanted("text/html,application/xhtml+xml;q=0.9", ("text/html", "application/xhtml+xml"), MOST_BYTES)
# What a file is, its content tells: many sites call a picture what they like. One byte more than is taken
# shows that there was more.
PICTURE = Wanted("image/avif,image/webp,image/jpeg,image/png,image/*;q=0.8", (), MOST_PICTURE_BYTES + 1)


@dataclass(frozen=True, slots=True)
class Answer:
    """What a site sent, and the address it was found at in the end."""

    url: str
    status: int
    body: bytes
    charset: str


@dataclass(frozen=True, slots=True)
class Fetched:
    """A page as text, and the address it was found at in the end."""

    url: str
    status: int
    text: str


def fetch(url: str, *, seconds: float = SECONDS) -> Fetched:
    """The page at an address, at most `MOST_BYTES` of it and within `seconds` altogether.

    Raises FetchError, nothing else.
    """
    answer = follow(url, PAGE, seconds=seconds)
    return Fetched(answer.url, answer.status, decoded(answer.body, answer.charset))


def fetch_picture(url: str, *, seconds: float = PICTURE_SECONDS) -> Answer:
    """The file at an address, whatever it is: who takes it in decodes it. Raises FetchError, nothing else."""
    return follow(url, PICTURE, seconds=seconds)


def follow(url: str, wanted: Wanted, *, seconds: float) -> Answer:
    """What is at an address. Redirects are followed one by one, each judged as the first address is.

    Raises FetchError, nothing else.
    """
    clock = Clock(seconds, wanted.most_bytes + HEAD_BYTES)
    seen: set[str] = set()
    for _hop in range(MOST_REDIRECTS + 1):
        url = url.strip().partition("#")[0]
        check_address(url)
        if url in seen:
            break
        seen.add(url)
        answer = ask(url, clock, wanted)
        if isinstance(answer, Answer):
            return answer
        url = answer
    raise FetchError("redirects")


def check_address(url: str) -> None:
    """Raises FetchError where the address is not of the web: its schemes and ports, no name or password."""
    if not is_web_url(url):
        raise FetchError("address")
    parts = urlsplit(url)
    if parts.port not in (None, PORTS[parts.scheme]):
        raise FetchError("port")


def ask(url: str, clock: Clock, wanted: Wanted) -> Answer | str:
    """What is at one address, or the address that it redirects to. Raises FetchError."""
    parts = urlsplit(url)
    secure = parts.scheme == "https"
    connection = Connection(
        ascii_host(parts.hostname or ""), PORTS[parts.scheme], is_secure=secure, clock=clock
    )
    try:
        connection.request("GET", target_of(url), headers=HEADERS | {"Accept": wanted.accept})
        answer = connection.getresponse()
        if answer.status in REDIRECTS and answer.headers.get("Location"):
            return urljoin(url, quoted(answer.headers["Location"].strip(), "latin-1"))
        if answer.status != 200:
            raise FetchError("gone" if answer.status in GONE else "refused", status=answer.status)
        if wanted.types and answer.headers.get_content_type() not in wanted.types:
            raise FetchError("kind", status=answer.status)
        body = b"".join(pieces(answer, wanted.most_bytes))
        return Answer(url, answer.status, body, answer.headers.get_content_charset(""))
    except NotPublic:
        raise FetchError("private") from None
    except TimeoutError:
        raise FetchError("slow") from None
    except ssl.SSLError:
        raise FetchError("insecure") from None
    except (http.client.HTTPException, zlib.error, ValueError):
        raise FetchError("broken") from None
    except OSError as error:
        raise FetchError("unknown" if is_no_host(error) else "unreachable") from None
    finally:
        connection.hang_up()


def is_no_host(error: OSError) -> bool:
    """Whether there is no such name. A look-up that could not be made, as in an outage, does not say so."""
    cause = error.__cause__
    if isinstance(cause, socket.gaierror):
        return cause.errno in NO_HOST
    return isinstance(cause, OSError | UnicodeError)


def target_of(url: str) -> str:
    """Path and query as they go into the request line: nothing but printable ASCII."""
    parts = urlsplit(url)
    return quoted(urlunsplit(("", "", parts.path or "/", parts.query, "")))


def quoted(text: str, encoding: str = "utf-8") -> str:
    """Text with all but printable ASCII escaped. Headers come as Latin-1, whatever bytes they are."""
    return _UNSAFE.sub(lambda match: quote(match[0].encode(encoding, "replace")), text)


def pieces(answer: http.client.HTTPResponse, most_bytes: int = MOST_BYTES) -> Iterator[bytes]:
    """The body, unpacked, until its end or so many bytes of it, whichever comes first."""
    unpack = unpacker(answer.headers.get("Content-Encoding", "").strip().lower())
    read = given = 0
    while given < most_bytes and read < most_bytes and (packed := answer.read1(PIECE)):
        read += len(packed)
        piece = unpack(packed, most_bytes - given)
        given += len(piece)
        yield piece


def unpacker(coding: str):
    """A function of (bytes, most bytes to give) for a content coding (RFC 9110, section 8.4.1)."""
    if coding in ("", "identity"):
        return lambda data, most: data[:most]
    if coding not in ("gzip", "x-gzip", "deflate"):
        raise ValueError(coding)
    # 32 takes the wrappers of gzip and of zlib alike.
    engine = zlib.decompressobj(wbits=zlib.MAX_WBITS | 32)
    # A limit of 0 would be none.
    return lambda data, most: engine.decompress(engine.unconsumed_tail + data, max(most, 1))


def decoded(body: bytes, charset: str) -> str:
    """The text of a page: by its byte order mark, the header, its own `meta`, else UTF-8. Never fails."""
    for mark, name in _BOMS:
        if body.startswith(mark):
            return body.decode(name, "replace")
    found = _META_CHARSET.search(body, 0, 4096)
    for name in (charset, found[1].decode("ascii", "replace") if found else ""):
        if _CHARSET.fullmatch(name.lower()):
            try:
                return body.decode(name, "replace")
            except LookupError:
                continue
    return body.decode("utf-8", "replace")
