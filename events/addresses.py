"""Finding an event by any address it ever had."""

import re

from events.models import Address, Event
from events.outputs import FORMATS

FORMAT = re.compile(rf"\.(html?|{'|'.join(output.extension for output in FORMATS)})$")
UNPADDED_DAY = re.compile(r"(^|/)news/(\d{4})/(\d{1,2})/(\d{1,2})/")


def address_key(path: str) -> str:
    """The key under which an address is kept: no slashes at its ends, no format, days with two digits."""
    key = FORMAT.sub("", path.strip("/"))
    return UNPADDED_DAY.sub(
        lambda found: f"{found[1]}news/{found[2]}/{int(found[3]):02}/{int(found[4]):02}/", key
    )


def event_at(path: str) -> Event | None:
    """The event that has or had this address, whatever its state; a merged one leads to what it became."""
    row = Address.objects.filter(path=address_key(path)).select_related("event__merged_into").first()
    return (row.event.merged_into or row.event) if row else None
