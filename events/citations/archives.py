"""Whether an archive of the web has a copy of a page, asked as the Wayback Machine answers it.

https://archive.org/help/wayback_api.php: `?url=…` is answered by JSON, whose `archived_snapshots` holds the
`closest` copy or nothing.
"""

import json
import re
from urllib.parse import quote

from events.citations.fetching import FetchError, Wanted, follow
from events.citations.urls import is_web_url

SECONDS = 4
MOST_CHARACTERS = 2000
AVAILABILITY = Wanted("application/json", ("application/json", "text/javascript"), 100_000)


def copy_of(url: str, *, archive: str, seconds: float = SECONDS) -> str | None:
    """The address of the archive's copy, `""` where it has none, None where it did not say."""
    try:
        answer = follow(f"{archive}?url={quote(url, safe='')}", AVAILABILITY, seconds=seconds)
        found = json.loads(answer.body)["archived_snapshots"]
        closest = found.get("closest", {})
        address = closest["url"] if closest.get("available") else ""
        # The Wayback Machine names its own copies without TLS.
        address = re.sub(r"^http:", "https:", address)
    except (FetchError, ValueError, RecursionError, KeyError, TypeError, AttributeError):
        return None
    return address if not address or (is_web_url(address) and len(address) <= MOST_CHARACTERS) else None
