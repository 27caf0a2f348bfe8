"""Two entries of one event become one: nothing of either is lost, every address leads to what stays."""

from datetime import datetime

from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from events.models import Address, Event
from events.workflow.edits import editing


@transaction.atomic
def merge_events(
    event: Event, *, into: Event, by: AbstractBaseUser | None = None, now: datetime | None = None
) -> Event:
    """Fold `event` into another one and return that one.

    The one that stays gains the citations it lacks (by canonical address, else by label), the contexts and
    all addresses; its own text is not touched. The other keeps its text and history for the editors and
    leaves the public: its permanent and former addresses redirect. Raises ValidationError when one of the
    two has been merged already, EditConflict when somebody saved meanwhile.
    """
    now = now or timezone.now()
    if event.pk == into.pk or event.merged_into_id or into.merged_into_id:
        raise ValidationError(_("Choose two different entries that have not been merged before."))
    with editing(into, by=by, now=now, note=_("Merged with %(id)s") % {"id": event.public_id}):
        have = {citation.canonical_url or citation.label for citation in into.citations.all()}
        position = into.citations.count()
        for citation in event.citations.all():
            if (citation.canonical_url or citation.label) not in have:
                citation.pk, citation.event, citation.position = None, into, position
                citation.save()
                position += 1
        carried = [row.tag for entry in (into, event) for row in entry.taggings.select_related("tag")]
        into.contexts.put(carried)
        into.cover = into.cover or event.cover
    with editing(event, by=by, now=now, note=_("Merged into %(id)s") % {"id": into.public_id}):
        event.merged_into = into
        event.state = Event.State.RETRACTED
        event.retraction_notice = _("This entry has been merged into another one.")
    Event.objects.filter(merged_into=event).update(merged_into=into)
    Address.objects.filter(event=event).update(event=into)
    return into
