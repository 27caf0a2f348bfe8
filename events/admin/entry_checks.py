"""The checks before publishing, beside the form: live while one writes, and at the button that publishes.

Errors stop publishing. A warning is ticked to be overruled; it is kept with the revision and not asked again.
"""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import path
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _

from events.admin.article_form import ArticleAdminForm
from events.admin.duplicates import side_by_side
from events.admin.entry_form import RECHECK, DeskForm
from events.admin.event_form import EventAdminForm
from events.admin.open_forms import row_of_form
from events.admin.posted_drafts import article_draft_in, event_draft_in
from events.models import Article, Entry, Event, EventLink, OverruledWarning, Revision
from events.readiness import (
    DUPLICATE,
    ArticleDraft,
    Draft,
    Report,
    article_draft_of,
    draft_of,
    report_on,
    report_on_article,
)
from events.text.numbers import number_in
from events.workflow.permissions import may

OVERRULE = "_overrule"
# Entries that this one is said to follow from, by their keys.
FOLLOWS = "_follows"
# The transitions after which the public reads the entry.
PUBLISHING = {"publish", "schedule"}


class Checks(NamedTuple):
    """How a kind of entry is checked: drafts of a form and of what is stored, an empty one, the report."""

    of_posted: Callable[[Mapping[str, str], Any], Any]
    of_stored: Callable[[Any], Any]
    empty: Any
    report: Callable[..., Report]


CHECKS = {
    Event.OWNER: Checks(event_draft_in, draft_of, Draft(headline=""), report_on),
    Article.OWNER: Checks(article_draft_in, article_draft_of, ArticleDraft(headline=""), report_on_article),
}


class CheckedForm(DeskForm):
    """Publishes only what has no errors, and no warnings that nobody overruled."""

    report: Report | None = None

    def _post_clean(self) -> None:
        super()._post_clean()
        if self.is_checked() and not self.is_tried:
            self.report = self.make_report()
            for problem in problems(self.report, self.answered(), self.instance, listed_at="#checks-heading"):
                if not any(problem in told for told in self.errors.values()):
                    self.add_error(None, problem)

    def is_checked(self) -> bool:
        """Whether what is found keeps this form from being saved."""
        return self.transition in PUBLISHING

    def make_report(self) -> Report:
        checks = CHECKS[self.instance.OWNER]
        return checks.report(checks.of_posted(self.data, self.instance), today=timezone.localdate())

    def answered(self) -> set[str]:
        """The codes of the warnings that are overruled."""
        return overruled_in(self.data)

    def keep_overruled(self, revision: Revision) -> None:
        """Record, with its revision, which warnings were overruled."""
        chosen = overruled_in(self.data)
        warnings = self.report.warnings if self.report else ()
        OverruledWarning.objects.bulk_create(
            OverruledWarning(revision=revision, code=finding.code, message=finding.message)
            for finding in warnings
            if finding.code in chosen
        )


class CheckedArticleForm(CheckedForm, ArticleAdminForm):
    """An article's form."""


class CheckedEventForm(CheckedForm, EventAdminForm):
    """An event's form. A new one that may be the same as another is asked about at its first save too."""

    def _post_clean(self) -> None:
        super()._post_clean()
        if self.report is None and self.answers():
            # What is said of duplicates is kept whenever it is said.
            self.report = self.make_report()

    def is_checked(self) -> bool:
        return super().is_checked() or (not self.instance.pk and RECHECK not in self.data)

    def make_report(self) -> Report:
        report = super().make_report()
        return report if self.transition in PUBLISHING else report.about_duplicates()

    def answered(self) -> set[str]:
        return super().answered() | self.answers()

    def answers(self) -> set[str]:
        """The codes of duplicates that were answered: it is new, or it follows from that one."""
        new = {code for code in overruled_in(self.data) if code.startswith(DUPLICATE)}
        return new | {f"{DUPLICATE}{key}" for key in self.followed()}

    def followed(self) -> set[int]:
        """The entries that this one is said to follow from, by somebody who may link."""
        return followed_in(self.data) if may(self.user, "steer") else set()

    def put_rows(self) -> None:
        super().put_rows()
        for other in Event.objects.filter(pk__in=self.followed(), merged_into=None).exclude(
            pk=self.instance.pk
        ):
            EventLink.objects.update_or_create(
                event=self.instance,
                other=other,
                defaults={"kind": EventLink.Kind.UPDATE_OF, "made_by": self.user},
            )


class EntryChecks:
    """The admin's view of them: the list as a piece of HTML for the posted form."""

    def get_urls(self) -> list:
        view = self.admin_site.admin_view(self.checks_view)
        name = f"events_{self.opts.model_name}_checks"
        return [
            path("checks/", view, name=f"{name}_new"),
            path("<path:object_id>/checks/", view, name=name),
            *super().get_urls(),
        ]

    def checks_view(self, request: HttpRequest, object_id: str | None = None) -> HttpResponse:
        """What would be told if this form were published now; nothing of it has to be valid or is saved."""
        entry = row_of_form(self, request, object_id)
        draft = CHECKS[self.model.OWNER].of_posted(request.POST, entry or self.model())
        page = shown(draft, entry or self.model(), request)
        return TemplateResponse(request, "admin/events/event/entry_checks_list.html", page)

    def render_change_form(self, request: HttpRequest, context: dict, *args, obj=None, **kwargs):
        checks = CHECKS[self.model.OWNER]
        if request.method == "POST":
            draft = checks.of_posted(request.POST, obj or self.model())
        else:
            draft = checks.of_stored(self.model.objects.get(pk=obj.pk)) if obj else checks.empty
        context |= shown(draft, obj or self.model(), request)
        return super().render_change_form(request, context, *args, obj=obj, **kwargs)


def shown(draft: Any, entry: Entry, request: HttpRequest) -> dict:
    """What the template of the list needs."""
    chosen, followed = overruled_in(request.POST), followed_in(request.POST)
    report = CHECKS[entry.OWNER].report(draft, today=timezone.localdate())
    before = overruled_before(entry)
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


def problems(report: Report, chosen: set[str], entry: Entry, *, listed_at: str = "") -> list[str]:
    """Why the entry may not be published yet, in sentences; `listed_at` leads to the list of checks."""
    found = [finding.message for finding in report.errors]
    before = overruled_before(entry)
    open_ones = [row for row in report.warnings if row.code not in chosen and row.code not in before]
    if open_ones:
        messages = " ".join(row.message for row in open_ones)
        way = _("overrule it in the list of checks")
        words = _("Mend this, or {overrule}: {warnings}")
        if listed_at:
            link = format_html('<a href="{}">{}</a>', listed_at, way)
            found.append(format_html(words, overrule=link, warnings=messages))
        else:
            found.append(words.format(overrule=way, warnings=messages))
    return found


def hold_back(entry: Entry) -> None:
    """Raises ValidationError where a stored entry may not be published as it is."""
    checks = CHECKS[entry.OWNER]
    report = checks.report(checks.of_stored(entry), today=timezone.localdate())
    if found := problems(report, set(), entry):
        raise ValidationError(found)


def overruled_in(posted: Mapping[str, str]) -> set[str]:
    return set(posted.getlist(OVERRULE)) if hasattr(posted, "getlist") else set()


def followed_in(posted: Mapping[str, str]) -> set[int]:
    keys = posted.getlist(FOLLOWS) if hasattr(posted, "getlist") else []
    return {number for key in keys if (number := number_in(key)) is not None}


def overruled_before(entry: Entry) -> dict[str, OverruledWarning]:
    """What was overruled for earlier revisions of this entry, the last time of each."""
    if entry.pk is None:
        return {}
    rows = OverruledWarning.objects.filter(**{f"revision__{entry.OWNER}": entry.pk}).select_related(
        "revision__made_by"
    )
    return {row.code: row for row in rows}
