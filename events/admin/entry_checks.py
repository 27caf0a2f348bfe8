"""The checks before publishing, beside the form: live while one writes, and at the button that publishes.

Errors stop publishing. A warning is ticked to be overruled; it is kept with the revision and not asked again.
"""

from collections.abc import Mapping
from datetime import date

from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _

from events.admin.duplicates import side_by_side
from events.admin.event_form import RECHECK, EventAdminForm
from events.admin.posted import posted_rows
from events.conf import conf
from events.forms import NEW_MARK
from events.models import Event, EventLink, Image, OverruledWarning, Revision
from events.readiness import DUPLICATE, Draft, Report, Source, draft_of, report_on
from events.text.cleaning import clean_line
from events.workflow.permissions import may

OVERRULE = "_overrule"
# Entries that this one is said to follow from, by their keys.
FOLLOWS = "_follows"
# The transitions after which the public reads the entry.
PUBLISHING = {"publish", "schedule"}
COVER = ("source_url", "alt", "caption", "credit", "licence")


class CheckedForm(EventAdminForm):
    """Publishes only what has no errors, and no warnings that nobody overruled.

    A new entry that may be the same as another one is asked about at its first save too.
    """

    report: Report | None = None

    def _post_clean(self) -> None:
        super()._post_clean()
        is_new = not self.instance.pk and RECHECK not in self.data
        if not (self.transition in PUBLISHING or is_new or self.answered()):
            return
        self.report = report_on(draft_in(self.data, self.instance), today=timezone.localdate())
        if self.transition not in PUBLISHING:
            self.report = self.report.about_duplicates()
        if self.transition in PUBLISHING or is_new:
            answered = overruled_in(self.data) | self.answered()
            for problem in problems(self.report, answered, self.instance):
                if not any(problem in told for told in self.errors.values()):
                    self.add_error(None, problem)

    def answered(self) -> set[str]:
        """The codes of duplicates that were answered: it is new, or it follows from that one."""
        new = {code for code in overruled_in(self.data) if code.startswith(DUPLICATE)}
        return new | {f"{DUPLICATE}{key}" for key in self.followed()}

    def followed(self) -> set[int]:
        """The entries that this one is said to follow from, by somebody who may link."""
        return followed_in(self.data) if may(self.user, "steer") else set()

    def link_followed(self) -> None:
        """Link the entry as an update of those that it follows from; before its write is recorded."""
        for other in Event.objects.filter(pk__in=self.followed(), merged_into=None).exclude(
            pk=self.instance.pk
        ):
            EventLink.objects.update_or_create(
                event=self.instance,
                other=other,
                defaults={"kind": EventLink.Kind.UPDATE_OF, "made_by": self.user},
            )

    def keep_overruled(self, revision: Revision) -> None:
        """Record, with its revision, which warnings were overruled: all at publishing, duplicates always."""
        chosen = overruled_in(self.data)
        warnings = self.report.warnings if self.report else ()
        OverruledWarning.objects.bulk_create(
            OverruledWarning(revision=revision, code=finding.code, message=finding.message)
            for finding in warnings
            if finding.code in chosen
        )


class EntryChecks:
    """The admin's view of them: the list as a piece of HTML for the posted form."""

    def get_urls(self) -> list:
        view = self.admin_site.admin_view(self.checks_view)
        return [
            path("checks/", view, name="events_event_checks_new"),
            path("<path:object_id>/checks/", view, name="events_event_checks"),
            *super().get_urls(),
        ]

    def checks_view(self, request: HttpRequest, object_id: str | None = None) -> HttpResponse:
        """What would be told if this form were published now; nothing of it has to be valid or is saved."""
        event = self.get_object(request, unquote(object_id)) if object_id else None
        may_edit = self.has_change_permission(request, event) if event else self.has_add_permission(request)
        if request.method != "POST" or not may_edit or (object_id and event is None):
            raise PermissionDenied
        draft = draft_in(request.POST, event or Event())
        page = shown(draft, event, request)
        return TemplateResponse(request, "admin/events/event/entry_checks_list.html", page)

    def render_change_form(self, request: HttpRequest, context: dict, *args, obj=None, **kwargs):
        if request.method == "POST":
            draft = draft_in(request.POST, obj or Event())
        else:
            draft = draft_of(Event.objects.get(pk=obj.pk)) if obj else Draft(headline="")
        context |= shown(draft, obj, request)
        return super().render_change_form(request, context, *args, obj=obj, **kwargs)


def shown(draft: Draft, event: Event | None, request: HttpRequest) -> dict:
    """What the template of the list needs."""
    chosen, followed = overruled_in(request.POST), followed_in(request.POST)
    report = report_on(draft, today=timezone.localdate())
    before = overruled_before(event)
    rows = [
        {
            "finding": finding,
            "before": before.get(finding.code),
            "is_chosen": finding.code in chosen,
            "is_followed": finding.duplicate is not None and finding.duplicate.event.pk in followed,
            "sides": side_by_side(draft, finding.duplicate.event) if finding.duplicate else (),
        }
        for finding in report.findings
    ]
    return {"check_report": report, "check_rows": rows, "may_link": may(request.user, "steer")}


def problems(report: Report, chosen: set[str], event: Event) -> list[str]:
    """Why the entry may not be published yet, in sentences."""
    found = [finding.message for finding in report.errors]
    before = overruled_before(event)
    open_ones = [row for row in report.warnings if row.code not in chosen and row.code not in before]
    if open_ones:
        messages = " ".join(row.message for row in open_ones)
        found.append(
            _("Mend this, or overrule it in the list of checks: %(warnings)s") % {"warnings": messages}
        )
    return found


def hold_back(event: Event) -> None:
    """Raises ValidationError where a stored entry may not be published as it is."""
    report = report_on(draft_of(event), today=timezone.localdate())
    if found := problems(report, set(), event):
        raise ValidationError(found)


def overruled_in(posted: Mapping[str, str]) -> set[str]:
    return set(posted.getlist(OVERRULE)) if hasattr(posted, "getlist") else set()


def followed_in(posted: Mapping[str, str]) -> set[int]:
    keys = posted.getlist(FOLLOWS) if hasattr(posted, "getlist") else []
    return {int(key) for key in keys if key.isascii() and key.isdigit() and len(key) < 19}


def overruled_before(event: Event | None) -> dict[str, OverruledWarning]:
    """What was overruled for earlier revisions of this entry, the last time of each."""
    if event is None or event.pk is None:
        return {}
    rows = OverruledWarning.objects.filter(revision__event=event).select_related("revision__made_by")
    return {row.code: row for row in rows}


def draft_in(posted: Mapping[str, str], event: Event) -> Draft:
    """The entry as it stands in a posted form, whatever is wrong with it."""
    lines = [line.removeprefix(NEW_MARK) for line in posted.get("context_names", "").splitlines()]
    return Draft(
        headline=posted.get("headline", ""),
        short_headline=posted.get("short_headline", ""),
        summary=posted.get("summary", ""),
        body=posted.get("body", ""),
        day=day_in(posted.get("date", "")),
        language=posted.get("language") or conf.LANGUAGE,
        contexts=tuple(filter(None, map(clean_line, lines))),
        sources=tuple(
            Source(
                row.get("label", "").strip(),
                row.get("url", "").strip(),
                row.get("agency", "").strip(),
                day_in(row.get("published_on", "")),
            )
            for row in posted_rows(posted)
            if "DELETE" not in row
        ),
        cover=cover_in(posted),
        event=event.pk,
    )


def cover_in(posted: Mapping[str, str]) -> Image | None:
    """The cover with what the form says of it; where it says nothing, what is stored with the picture."""
    key = posted.get("cover", "")
    stored = Image.objects.filter(pk=key).first() if key.isascii() and key.isdigit() else None
    if stored is None and not posted.get("cover_source_url", "").strip():
        return None
    picture = stored or Image()
    for name in COVER:
        if value := posted.get(f"cover_{name}", "").strip():
            setattr(picture, name, value)
    picture.is_decorative = "cover_is_decorative" in posted
    return picture


def day_in(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
