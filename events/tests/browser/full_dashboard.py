"""Something in each part of the admin's front page."""

from datetime import timedelta

from django.contrib.auth.models import User
from django.utils import timezone

from events.models import Autosave, Citation, Context, Event, SourcePage
from events.tests.factories import make_event
from events.tests.reports.works_out import work_out_all


def fill_dashboard(editor: User, event: Event, story: Context) -> None:
    now = timezone.now()
    today = timezone.localdate(now)
    for days in (22, 21, 20, 0):
        make_event(
            f"The bridge, {days} days ago",
            contexts=[story] if days else [],
            sources=[("Reuters", f"https://www.reuters.com/bridge/{days}")],
            date=today - timedelta(days=days),
            publish_at=now - timedelta(minutes=1),
        )
    for number in range(6):
        make_event(f"A draft of mine, {number}", state="draft", by=editor, publish_at=now)
    for state in ("in_review", "approved"):
        make_event(f"Another’s that is {state}", state=state, now=now)
    keys = Citation.objects.exclude(canonical_url="").values_list("canonical_url", flat=True)
    SourcePage.objects.bulk_create(
        SourcePage(key=key, problem="gone", checked_at=now, missing_since=now) for key in set(keys)
    )
    Autosave.objects.create(slot=f"event/{event.pk}", editor=editor, kept_at=now, form="x")
    work_out_all(now=now, today=today)
