"""Two entries of one event become one: nothing of either is lost, every address leads to what stays."""

from datetime import datetime

from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from events.models import Address, Citation, Coverage, Event, EventLink, RelatedChoice, TurningPoint
from events.models.addresses import permanent_path
from events.workflow.edits import editing
from events.workflow.steering import PIN, renumber, steering


@transaction.atomic
def merge_events(
    event: Event, *, into: Event, by: AbstractBaseUser | None = None, now: datetime | None = None
) -> Event:
    """Fold `event` into another one and return that one.

    The one that stays gains the citations it lacks (by canonical address, else by label), the contexts, what
    was decided about related stories and turning points, the articles that tell of the other, and all
    addresses; its own text is not touched. The other keeps its text and history for the editors and leaves
    the public: its permanent and former addresses redirect. Raises ValidationError when one of the two has
    been merged already, EditConflict when somebody saved meanwhile.
    """
    now = now or timezone.now()
    if event.pk == into.pk or event.merged_into_id or into.merged_into_id:
        raise ValidationError(_("Choose two different entries that have not been merged before."))
    with editing(into, by=by, now=now, note=_("Merged with %(id)s") % {"id": event.public_id}):
        count = into.citations.count()
        for position, citation in enumerate(lacked_citations(event, into), count):
            citation.pk, citation.event, citation.position = None, into, position
            citation.save()
        carried = [row.tag for entry in (into, event) for row in entry.taggings.select_related("tag")]
        into.contexts.put(carried)
        into.cover = into.cover or event.cover
        take_over(event, into)
    for other in deciding_on(event):
        with steering(other, _("Merged into another entry: %(title)s"), event, by=by, now=now):
            redirect_decisions(other, event, into)
    with editing(event, by=by, now=now, note=_("Merged into %(id)s") % {"id": into.public_id}):
        event.merged_into = into
        event.state = Event.State.RETRACTED
        event.retraction_notice = _("This entry has been merged into another one.")
    Event.objects.filter(merged_into=event).update(merged_into=into)
    TurningPoint.objects.filter(pk__in=[point.pk for point in lacked_points(event, into)]).update(event=into)
    for row in event.coverages.select_related("article"):
        cover_instead(row, into, by=by, now=now)
    Address.objects.filter(event=event).update(event=into)
    # Its permanent address is from now on one of the other's, which exports tell; this row stays here.
    Address.objects.update_or_create(
        path=permanent_path(event.public_id), defaults={"event": into, "article": None, "created_at": now}
    )
    return into


def lacked_citations(event: Event, into: Event) -> list[Citation]:
    """Those of `event` whose page, else whose label, `into` does not cite."""
    have = {citation.canonical_url or citation.label for citation in into.citations.all()}
    rows = event.citations.all()
    return [citation for citation in rows if (citation.canonical_url or citation.label) not in have]


def lacked_points(event: Event, into: Event) -> list[TurningPoint]:
    """Where `event` is a turning point of a story that has none in `into`."""
    have = set(into.turning_points.values_list("context", "story_line"))
    rows = event.turning_points.all()
    return [point for point in rows if (point.context_id, point.story_line_id) not in have]


def cover_instead(row: Coverage, into: Event, *, by: AbstractBaseUser | None, now: datetime) -> None:
    """Let an article that tells of a merged event tell of the one that stays, in its place."""
    article = row.article
    with editing(article, by=by, now=now, note=_("Merged into %(id)s") % {"id": into.public_id}):
        if article.coverages.filter(event=into).exists():
            row.delete()
        else:
            Coverage.objects.filter(pk=row.pk).update(event=into)


def take_over(event: Event, into: Event) -> None:
    """Give `into` the decisions of `event` on entries that it has no word on itself; pins come last."""
    places = into.choices.filter(kind=PIN).count()
    for rows, known in (
        (event.choices.order_by("position", "pk"), into.choices),
        (event.links.order_by("pk"), into.links),
    ):
        decided = {into.pk, *known.values_list("other", flat=True)}
        for row in rows:
            if row.other_id in decided:
                row.delete()
            else:
                row.event = into
                if isinstance(row, RelatedChoice) and row.kind == PIN:
                    row.position += places
                row.save()
    into.choices.filter(other=event).delete()
    into.links.filter(other=event).delete()
    renumber(into)


def deciding_on(event: Event) -> list[Event]:
    """The entries that have pinned, hidden or linked this one."""
    chosen = RelatedChoice.objects.filter(other=event).values("event")
    linked = EventLink.objects.filter(other=event).values("event")
    return list(Event.objects.filter(Q(pk__in=chosen) | Q(pk__in=linked)).order_by("pk"))


def redirect_decisions(other: Event, event: Event, into: Event) -> None:
    """What `other` decided on `event` holds for `into`, unless it has decided on that one already."""
    for rows in (other.choices, other.links):
        if rows.filter(other=into).exists():
            rows.filter(other=event).delete()
        else:
            rows.filter(other=event).update(other=into)
    renumber(other)
