"""What every template gets besides its document."""

from django.http import HttpRequest

from events.documents.site import Site, current_site


def site(request: HttpRequest) -> dict[str, Site]:
    """`site` and nothing more: no user and no session, so that a page is the same for every reader."""
    return {"site": current_site()}
