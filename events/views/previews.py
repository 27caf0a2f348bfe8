"""An entry that is not public, to whoever has a secret link: never cached, indexed or passed on."""

from dataclasses import replace

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from events.documents.entry_pages import entry_page
from events.responses import read_only
from events.workflow.preview_links import entry_of


@read_only
def preview(request: HttpRequest, secret: str) -> HttpResponse:
    now = timezone.now()
    entry = entry_of(secret, now=now)
    if entry is None:
        raise Http404(_("This preview link is not valid, or not any more."))
    if entry.state == entry.State.RETRACTED:
        # What was taken back is shown to nobody: its notice stands there, or the entry that it became.
        response = redirect(entry.get_absolute_url())
        response["Cache-Control"] = "private, no-store"
        return response
    document = entry_page(entry, now=now)
    title = _("Preview: %(title)s") % {"title": document.page.title}
    page = replace(document.page, title=title, is_indexed=False, formats=())
    response = render(
        request,
        f"events/{entry.OWNER}.html",
        {"document": replace(document, page=page)},
    )
    response["Cache-Control"] = "private, no-store"
    response["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    # What is linked from the page must not learn its address.
    response["Referrer-Policy"] = "no-referrer"
    return response
