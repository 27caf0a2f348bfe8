"""The toolbar over an article's text: blocks at a button or a key, and what they name looked for in a dialog.

Without JavaScript a help with the syntax of every block is all there is; the views here serve the script.
"""

from collections.abc import Callable
from functools import reduce
from operator import or_
from typing import NamedTuple

from django import forms
from django.core.exceptions import PermissionDenied
from django.core.files.storage import default_storage
from django.db.models import Q
from django.http import Http404, HttpRequest, JsonResponse
from django.template.loader import render_to_string
from django.urls import path, reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from events.admin.context_links import links_in
from events.admin.event_list import search_events, state_of
from events.models import Context, Event, Image, StoryLine
from events.text.folding import name_key

MOST_FOUND = 12
MOST_CHARACTERS = 200
MOST_BODY = 400_000


class Block(NamedTuple):
    """A button: what it puts in, the letter that works with Alt and Shift, what is looked for first if so.

    In `text` `{words}` is what is selected, else `words`; `{key}` is what was found. What stands between
    brackets of ⟨…⟩ is selected afterwards, to be typed over.
    """

    name: str
    label: str | Promise
    letter: str
    text: str
    words: str | Promise = ""
    find: str = ""


BLOCKS = (
    Block("picture", gettext_lazy("Picture"), "P", "::: picture {key}\n⟨{words}⟩\n:::", "", "picture"),
    Block(
        "quote", gettext_lazy("Pull quote"), "Q", "::: quote ⟨{who}⟩\n{words}\n:::", gettext_lazy("The words")
    ),
    Block(
        "facts", gettext_lazy("Fact box"), "F", "::: facts ⟨{title}⟩\n{words}\n:::", gettext_lazy("- a fact")
    ),
    Block("timeline", gettext_lazy("Timeline of a story"), "T", "::: timeline {key}\n:::", "", "story"),
    Block("event", gettext_lazy("Event card"), "E", "::: event {key}\n:::", "", "event"),
    Block(
        "link",
        gettext_lazy("Link card"),
        "L",
        "::: link ⟨https://⟩\n{words}\n:::",
        gettext_lazy("Title of the page"),
    ),
    Block("footnote", gettext_lazy("Footnote"), "N", "[^{number}]", "[^{number}]: [⟨{label}⟩](https://)"),
)


class BodyInput(forms.Textarea):
    """The text of an article with its toolbar."""

    class Media:
        js = [forms.Script("js/admin-block-toolbar.js", type="module")]

    def __init__(self) -> None:
        super().__init__(attrs={"rows": 20, "class": "body-input"})

    def render(self, name: str, value: str | None, attrs: dict | None = None, renderer=None) -> SafeString:
        page = {
            "blocks": BLOCKS,
            "area": super().render(name, value, attrs, renderer),
            "find_address": reverse("admin:events_article_find"),
            "links_address": reverse("admin:events_article_links"),
        }
        return render_to_string("admin/events/article/body.html", page)


class BlockDesk:
    """Mixed into the articles' admin."""

    def get_urls(self) -> list:
        wrap = self.admin_site.admin_view
        return [
            path("blocks/find/", wrap(self.find_view), name="events_article_find"),
            path("blocks/links/", wrap(self.links_view), name="events_article_links"),
            *super().get_urls(),
        ]

    def find_view(self, request: HttpRequest) -> JsonResponse:
        """Pictures, events or story lines for what was typed; the newest ones for nothing."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        find = FINDERS.get(request.GET.get("kind", ""))
        if find is None:
            raise Http404
        return JsonResponse({"results": find(request.GET.get("q", "").strip()[:MOST_CHARACTERS])})

    def links_view(self, request: HttpRequest) -> JsonResponse:
        """The contexts that the posted text names and does not link to yet."""
        if request.method != "POST" or not request.user.has_perm("events.change_event"):
            raise PermissionDenied
        return JsonResponse({"links": links_in(request.POST.get("body", "")[:MOST_BODY])})


def find_pictures(text: str) -> list[dict]:
    rows = Image.objects.exclude(file="").order_by("-pk")
    for word in text.split():
        ways = (Q(**{f"{name}__icontains": word}) for name in ("alt", "caption", "credit", "people", "place"))
        rows = rows.filter(reduce(or_, ways))
    return [picture_facts(image) for image in rows[:MOST_FOUND]]


def picture_facts(image: Image) -> dict:
    small = image.thumbnail
    lacking = _("Readers see it once its description is complete.") if image.missing() else ""
    return {
        "key": image.block_key,
        "title": image.alt or image.caption or str(image),
        "detail": " · ".join(filter(None, (image.credit, lacking))),
        "picture": default_storage.url(small.name) if small else "",
        "words": image.caption,
    }


def find_events(text: str) -> list[dict]:
    rows = Event.objects.filter(merged_into=None)
    if text:
        rows = search_events(rows, text, now=timezone.now())
    return [
        {
            "key": event.public_id,
            "title": str(event),
            "detail": f"{event.date.isoformat()} · {state_of(event)[1]}",
        }
        for event in rows.defer("body", "summary").newest_first()[:MOST_FOUND]
    ]


def find_stories(text: str) -> list[dict]:
    """The editors' own story lines, then contexts of kind story, by the beginning of a name."""
    lines = StoryLine.objects.filter(title__icontains=text).order_by("-pk")[:MOST_FOUND]
    contexts = Context.objects.filter(kind=Context.Kind.STORY)
    if key := name_key(text) if text else "":
        contexts = contexts.filter(names__key__startswith=key).distinct()
    found = [(line.slug, line.title, line.events_count) for line in lines]
    found += [
        (row.slug, row.name, row.events_count) for row in contexts.order_by("-events_count")[:MOST_FOUND]
    ]
    return [
        {
            "key": slug,
            "title": title,
            "detail": ngettext("%(count)s event", "%(count)s events", number) % {"count": number},
        }
        for slug, title, number in found[:MOST_FOUND]
    ]


FINDERS: dict[str, Callable[[str], list[dict]]] = {
    "picture": find_pictures,
    "event": find_events,
    "story": find_stories,
}
