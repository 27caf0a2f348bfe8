"""How an unsaved entry will look away from its own page: shared elsewhere, found by a search, in a list."""

from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseNotFound
from django.template.loader import render_to_string
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events.documents.article_types import ArticlePage
from events.documents.cards import RATIO, card_text
from events.documents.types import EventPage, SearchHit
from events.images.cards import SIZE, draw_card
from events.models import Article, Entry
from events.workflow.cards import FIELDS

CARD, FOUND = "card", "found"
KINDS = {
    CARD: gettext_lazy("Share card of social networks"),
    FOUND: gettext_lazy("Search results and lists"),
}
# Of a headline longer than this no card shows more; Pillow need not look at it.
MOST_CHARACTERS = 2_000


class CardDesk:
    """Mixed into an admin of entries: draws the card of words that are not stored."""

    def get_urls(self) -> list:
        view = self.admin_site.admin_view(self.card_view)
        return [path("card/", view, name=f"events_{self.opts.model_name}_card"), *super().get_urls()]

    def card_view(self, request: HttpRequest) -> HttpResponse:
        """The card as a picture; 404 where words are missing, or no font has their letters."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        entry = self.model()
        try:
            for name in FIELDS[self.model]:
                field = self.opts.get_field(name)
                given = request.GET.get(name, "")[:MOST_CHARACTERS] or field.get_default()
                setattr(entry, name, field.clean(given, entry))
            picture = draw_card(card_text(entry))
        except ValidationError as error:
            return HttpResponseNotFound(" ".join(error.messages), content_type="text/plain; charset=utf-8")
        if picture is None:
            words = _("No font here has all letters of this card; the site's own picture is shown.")
            return HttpResponseNotFound(words, content_type="text/plain; charset=utf-8")
        return HttpResponse(picture, content_type="image/png")


def elsewhere(
    entry: Entry, document: EventPage | ArticlePage, kind: str, request: HttpRequest
) -> HttpResponse:
    """The page that shows an entry as `kind`, one of `KINDS`."""
    is_article = isinstance(entry, Article)
    cover = document.entry.cover
    values = {
        "kind": kind,
        "title": KINDS[kind],
        "document": document,
        "is_article": is_article,
        "picture": cover and (cover.plain(RATIO) or cover.largest),
        "card": card_address(entry),
        "card_size": SIZE,
        "hit": None if is_article else hit_of(document),
    }
    return HttpResponse(render_to_string("admin/events/event/preview_elsewhere.html", values, request))


def card_address(entry: Entry) -> str:
    """Where the card of an entry's words is drawn."""
    told = {name: getattr(entry, name) for name in FIELDS[type(entry)]}
    query = urlencode({name: value for name, value in told.items() if value})
    return f"{reverse(f'admin:events_{entry.OWNER}_card')}?{query}"


def hit_of(document: EventPage) -> SearchHit:
    """The event as a search for words of its headline finds it."""
    event = document.event
    return SearchHit(event, ((event.ref.title, False),), ((event.summary_text, False),))
