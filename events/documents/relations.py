"""Words for how one event stands to another: in time, as an editor linked them, and why it is suggested."""

from collections.abc import Collection, Iterator
from datetime import date
from itertools import islice

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from events.documents.types import RelatedDocument
from events.models import Relation

IN_TIME = {
    "earlier": gettext_lazy("earlier"),
    "same-day": gettext_lazy("same day"),
    "same-month": gettext_lazy("same month"),
    "same-year": gettext_lazy("same year"),
    "later": gettext_lazy("later"),
}


def when_words(when: str) -> str:
    """Whether it came "earlier", the "same day" (or month, or year) or "later", in the active language."""
    return str(IN_TIME[when])


def relation_words(relation: str) -> str:
    """ "Update of", "Led to" … in the active language. Raises ValueError for what is no `Relation`."""
    return str(Relation(relation).label)


# Further apart a number of days says nothing that the date does not.
DAYS_TOLD = 7
# More names are a list to search and no reason; formats have them all.
NAMES_TOLD = 3


def why_words(related: RelatedDocument, day: date | None) -> str:
    """Why an event is suggested beside one of that day, in the active language; every part of it is true.

    Without `day`, for events that are not both known to the day, nothing is said of days.
    """
    return _("; ").join(reasons(related, day))


def reasons(related: RelatedDocument, day: date | None) -> Iterator[str]:
    """The parts of `why_words`: what an editor said, articles, time, contexts, what its text names."""
    if related.relation:
        yield relation_words(related.relation)
    elif related.is_pinned:
        yield _("chosen by the editors")
    if day:
        yield from days_between(day, related.event.date)
    if related.is_covered:
        yield _("told in the same article")
    if related.shared:
        yield _("shares %(names)s") % {"names": listed([ref.name for ref in related.shared])}
    if related.under:
        yield _("both under %(names)s") % {"names": listed(related.under)}
    if related.names:
        yield _("names %(names)s") % {"names": listed(related.names)}
    elif not (related.shared or related.under or related.is_covered or related.is_pinned or related.relation):
        yield _("told in like words")


def days_between(day: date, other: date) -> Iterator[str]:
    """How many days the other one is from a day; nothing where it is far."""
    days = (other - day).days
    if days == 0:
        yield _("the same day")
    elif abs(days) == 1:
        yield _("the day after") if days > 0 else _("the day before")
    elif 0 < days <= DAYS_TOLD:
        yield _("%(days)d days later") % {"days": days}
    elif 0 < -days <= DAYS_TOLD:
        yield _("%(days)d days earlier") % {"days": -days}


def listed(names: Collection[str]) -> str:
    """The first names one after another, and how many more there are."""
    first, more = _(", ").join(islice(names, NAMES_TOLD)), len(names) - NAMES_TOLD
    if more <= 0:
        return first
    told = ngettext("%(names)s and %(count)d more", "%(names)s and %(count)d more", more)
    return told % {"names": first, "count": more}
