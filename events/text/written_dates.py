"""Days named in a text: found, and made into links in its HTML.

Read are the usual English forms ("April 3, 2017", "3rd of April 2017", "Apr. 3"), the Chinese one
(2017年4月3日) and ISO 8601. A day without a year is the one nearest to the day of the text, and none where
that is not near.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import date

_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August",
    "September", "October", "November", "December",
)  # fmt: skip
_SHORT = {
    "Jan": 1, "Feb": 2, "Mar": 3, "Apr": 4, "Aug": 8, "Sept": 9, "Sep": 9, "Oct": 10, "Nov": 11, "Dec": 12,
}  # fmt: skip
_NUMBERS = {name: number for number, name in enumerate(_MONTHS, 1)} | _SHORT
# So near a day has to be for which no year is written.
NEAR_DAYS = 120
# More than any text names; the rest stays words.
MOST_DAYS = 200

_GAP = r"(?:[ \n]|&nbsp;){1,2}"
_MONTH = rf"(?:{'|'.join(_MONTHS)}|(?:{'|'.join(_SHORT)})\b\.?)"
_DAY = r"\d{1,2}(?:st|nd|rd|th)?"
# What follows a day without a year and says that more of the date is to come, as in "April 3 to 5, 2016".
_MORE = rf"(?!{_GAP}(?:to|and|or|through|until|till){_GAP}\d|[-–/]\d|,?{_GAP}[12]\d\d\d)"
_ENGLISH_YEAR = rf",?{_GAP}(?P<%s>[12]\d\d\d)(?![\w-])"
_WRITTEN = re.compile(
    r"(?<![\w/.&#-])(?P<iso>[12]\d\d\d-\d\d-\d\d)(?![\w-])"
    rf"|\b(?P<m1>{_MONTH}){_GAP}(?P<d1>{_DAY})(?![\w]|[.,]\d)"
    rf"(?:{_ENGLISH_YEAR % 'y1'}|{_MORE})"
    rf"|(?<![\w.,/–-])(?P<d2>{_DAY}){_GAP}(?:of{_GAP})?(?P<m2>{_MONTH})(?!\w)"
    rf"(?:{_ENGLISH_YEAR % 'y2'}|{_MORE})"
    r"|(?:(?<!\d)(?P<y3>[12]\d\d\d)年|(?<![\d年]))(?P<m3>\d{1,2})月(?P<d3>\d{1,2})[日号]"
)
# A tag whole, quoted values with a ">" in them too; what it prints is clean HTML, where each "<" begins one.
_TAG = re.compile(r"""<(/?)([a-z0-9]+)((?:"[^"]*"|[^">])*)>""")
_LEFT_ALONE = frozenset({"a", "code", "pre"})


def written_days(html: str, near: date) -> frozenset[date]:
    """The days that some clean HTML names outside links and code; `near` is the text's own day."""
    found: set[date] = set()
    for words, is_open in _pieces(html):
        if is_open:
            found.update(day for match in _WRITTEN.finditer(words) if (day := _day_of(match, near)))
    return frozenset(sorted(found)[:MOST_DAYS])


def link_days(html: str, near: date, addresses: Mapping[date, str]) -> str:
    """The same HTML in which the names of these days lead to their addresses."""
    if not addresses:
        return html

    def linked(match: re.Match[str]) -> str:
        day = _day_of(match, near)
        return f'<a href="{addresses[day]}">{match[0]}</a>' if day in addresses else match[0]

    return "".join(_WRITTEN.sub(linked, words) if is_open else words for words, is_open in _pieces(html))


def _pieces(html: str) -> Iterator[tuple[str, bool]]:
    """The HTML in pieces: its words that may hold a link, and all else."""
    inside = place = 0
    for tag in _TAG.finditer(html):
        yield html[place : tag.start()], inside == 0
        yield tag[0], False
        place = tag.end()
        if tag[2] in _LEFT_ALONE:
            inside += -1 if tag[1] else 1
    yield html[place:], inside == 0


def _day_of(match: re.Match[str], near: date) -> date | None:
    """The day that is meant; None where there is no such day, or its year is not plain."""
    if match["iso"]:
        year, month, day = map(int, match["iso"].split("-"))
        return _day(year, month, day)
    for number in "123":
        if not match[f"m{number}"]:
            continue
        written = match[f"m{number}"].rstrip(".")
        month = int(written) if number == "3" else _NUMBERS[written]
        day = int(re.sub(r"\D", "", match[f"d{number}"]))
        year = match[f"y{number}"]
        return _day(int(year), month, day) if year else _nearest(month, day, near)
    return None


def _nearest(month: int, day: int, near: date) -> date | None:
    for year in (near.year, near.year - 1, near.year + 1):
        found = _day(year, month, day)
        if found and abs((found - near).days) <= NEAR_DAYS:
            return found
    return None


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
