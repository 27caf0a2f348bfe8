"""Finding an entry by any address it ever had."""

import re
from urllib.parse import unquote

from events.models import Address, Article, Entry, Event
from events.outputs import ENTRY_FORMATS

FORMAT = re.compile(rf"\.(html?|{'|'.join(output.extension for output in ENTRY_FORMATS)})$")
QUERY = re.compile(r"[?#].*")
UNPADDED_DAY = re.compile(r"(^|/)(news|opinion)/(\d{4})/(\d{1,2})/(\d{1,2})/")


def address_key(path: str) -> str:
    """The key under which an address is kept: no slashes at its ends, no format, days with two digits."""
    key = FORMAT.sub("", path.strip("/"))
    return UNPADDED_DAY.sub(
        lambda found: f"{found[1]}{found[2]}/{found[3]}/{int(found[4]):02}/{int(found[5]):02}/", key
    )


def key_of_pasted(address: str) -> str:
    """The same of an address that somebody pasted: whole, as browsers write it, or a path alone."""
    path = address.partition("://")[2].partition("/")[2] if "://" in address else address
    return address_key(unquote(QUERY.sub("", path)))


def entry_at(path: str) -> Entry | None:
    """The event or article that has or had this address, whatever its state; a merged event leads to what it
    became."""
    rows = Address.objects.filter(path=address_key(path)).select_related("event__merged_into", "article")
    row = rows.first()
    return present(row.entry) if row else None


def entry_called(public_id: str) -> Entry | None:
    """The event or article with this permanent id."""
    event = Event.objects.filter(public_id=public_id).select_related("merged_into").first()
    found = event or Article.objects.filter(public_id=public_id).first()
    return present(found) if found else None


def present(entry: Entry) -> Entry:
    """The entry, or what it was merged into."""
    return (entry.merged_into or entry) if isinstance(entry, Event) else entry
