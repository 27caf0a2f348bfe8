"""The public page of an entry as it stands in the form, in every format, without saving anything.

The form is saved inside a transaction that is always rolled back, so that the preview runs through the very
builders, templates and formats that the public page will. The edit page shows the answer in a frame by
`srcdoc`, so no answer of ours needs to allow framing.
"""

from collections.abc import Iterable
from dataclasses import replace

from django.db import transaction
from django.forms import BaseForm, BaseFormSet, all_valid
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _

from events.admin import preview_elsewhere as elsewhere
from events.documents.article_types import ArticlePage
from events.documents.entry_pages import entry_page
from events.documents.types import EventPage, FeedDocument
from events.feeds.registry import FEEDS
from events.formats.registry import ENTRY_FORMATS
from events.models import Article, Entry

# The same page; the form shows it at the width of a phone.
PAGE, PHONE = "page", "phone"
# Marks an answer that tells what is missing. An error would be noted in the browser's console at every pause.
INCOMPLETE = {"Preview-State": "incomplete"}


def choices() -> list[tuple[str, str]]:
    """What a preview can be asked for: name and words."""
    return [
        (PHONE, _("Public page on a phone")),
        *((kind, str(title)) for kind, title in elsewhere.KINDS.items()),
        *((format.extension, str(format.title)) for format in ENTRY_FORMATS),
        *((f"feed-{feed.extension}", str(feed.title)) for feed in FEEDS),
    ]


def preview(admin, request: HttpRequest, entry: Entry | None, kind: str) -> HttpResponse:
    """Answer with the entry of the posted form as `kind`, or with the problems where it is not valid."""
    with transaction.atomic():
        answer = unsaved(admin, request, entry, kind)
        transaction.set_rollback(True)
    return answer


def unsaved(admin, request: HttpRequest, entry: Entry | None, kind: str) -> HttpResponse:
    """Save the posted form in the caller's transaction and render what became of it."""
    form_class = admin.get_form(request, entry, change=entry is not None)
    form = form_class(request.POST, instance=entry)
    form.is_tried = True
    formsets, _inlines = admin._create_formsets(request, form.instance, change=entry is not None)
    is_valid = form.is_valid()
    if not (all_valid(formsets) and is_valid):
        return incomplete(request, problems(form, formsets))
    saved = saved_for_now(admin, request, form, formsets, change=entry is not None)
    return rendered(type(saved).objects.for_page().get(pk=saved.pk), kind, request)


def incomplete(request: HttpRequest, told: list[tuple[str, str]]) -> HttpResponse:
    """What is to be put right first, instead of the page."""
    page = render_to_string("admin/events/event/preview_problems.html", {"problems": told}, request)
    return HttpResponse(page, headers=INCOMPLETE)


def saved_for_now(
    admin, request: HttpRequest, form: BaseForm, formsets: Iterable[BaseFormSet], *, change: bool
) -> Entry:
    """What saving this valid form would leave, in a transaction that the caller rolls back."""
    saved = admin.save_form(request, form, change=change)
    saved.cover = form.described_cover()
    if saved.cover:
        saved.cover.save()
    saved.edited_at = timezone.now()
    saved.save()
    for formset in formsets:
        admin.save_formset(request, form, formset, change=change)
    form.put_rows()
    return saved


def problems(form: BaseForm, formsets: Iterable[BaseFormSet]) -> list[tuple[str, str]]:
    """Every problem as a sentence, with the label of its field if it has one."""
    found = []
    for part in [form, *(row for formset in formsets for row in formset.forms)]:
        for name, errors in part.errors.items():
            label = part.fields[name].label if name in part.fields else ""
            found += [(label, words) for words in errors]
    return found + [("", words) for formset in formsets for words in formset.non_form_errors()]


def rendered(entry: Entry, kind: str, request: HttpRequest) -> HttpResponse:
    now = timezone.now()
    is_article = isinstance(entry, Article)
    document = entry_page(entry, now=now)
    if kind.startswith("feed-"):
        writer = next(feed for feed in FEEDS if f"feed-{feed.extension}" == kind)
        return plain(writer.render(as_feed(document, "/feeds/opinion" if is_article else "/feeds/news")))
    # No search engine should ever meet it, and the addresses of its other formats do not exist yet.
    hidden = replace(document, page=replace(document.page, is_indexed=False, formats=()))
    if kind in elsewhere.KINDS:
        return elsewhere.elsewhere(entry, hidden, kind, request)
    if kind not in (PAGE, PHONE):
        writer = next(format for format in ENTRY_FORMATS if format.extension == kind)
        return plain(writer.render_article(document) if is_article else writer.render_event(document))
    return HttpResponse(render_to_string(f"events/{entry.OWNER}.html", {"document": hidden}, request))


def as_feed(document: EventPage | ArticlePage, path: str) -> FeedDocument:
    """A feed of this one entry."""
    return FeedDocument(
        title=document.page.title,
        description=document.page.description,
        path=path,
        query="",
        page_path=document.page.path,
        events=(document.entry,),
        updated_at=document.entry.changed_at,
    )


def plain(text: str) -> HttpResponse:
    """As text to read, whatever it is: a browser would try to follow or to download it."""
    return HttpResponse(text, content_type="text/plain; charset=utf-8")
