"""Claiming jobs, so that many workers never do one at the same time, and none is lost with its worker.

A claim writes a new lease into the row. Everything later asks for that lease: who held one that ran out, and
that another has claimed, changes nothing any more.
"""

import secrets
from collections.abc import Collection, Iterable
from datetime import datetime, timedelta

from django.db import connection, transaction
from django.db.models import F, Q, QuerySet

from events.models import Job

FIRST_PAUSE, LONGEST_PAUSE = timedelta(minutes=1), timedelta(days=1)
MOST_DOUBLINGS = 12
NO_LEASE = {"lease": "", "leased_until": None}


def enqueue(jobs: Iterable[Job]) -> None:
    """Add jobs; one that is there already stays as it is."""
    Job.objects.bulk_create(jobs, ignore_conflicts=True, batch_size=500)


def claim(kinds: Collection[str], *, now: datetime, lease: timedelta) -> Job | None:
    """The job that has been due the longest and that nobody holds, now held; None where there is none."""
    free = Job.objects.filter(Q(leased_until=None) | Q(leased_until__lte=now), due_at__lte=now)
    free = free.filter(kind__in=kinds).order_by("due_at", "pk")
    # SQLite's transactions here begin with the lock for writing: not for a look that finds nothing.
    while free.exists():
        with transaction.atomic():
            rows = free
            if connection.features.has_select_for_update_skip_locked:
                rows = free.select_for_update(skip_locked=True)
            job = rows.first()
            if job is None:
                # What is free is being claimed by others.
                return None
            held = Job.objects.filter(pk=job.pk, lease=job.lease, leased_until=job.leased_until)
            job.lease = secrets.token_hex(16)
            until = now + lease
            if held.update(lease=job.lease, leased_until=until, attempts=F("attempts") + 1):
                job.leased_until, job.attempts = until, job.attempts + 1
                return job
    return None


def renew(job: Job, *, until: datetime) -> bool:
    """Hold the job for longer; whether it was still held."""
    return bool(held(job).update(leased_until=until))


def give_back(job: Job) -> None:
    """Let another worker begin it anew at once."""
    held(job).update(**NO_LEASE, attempts=job.attempts - 1)


def finish(job: Job, *, again_at: datetime | None) -> bool:
    """Record that the job is done, and due again at `again_at` if so; whether it was still held."""
    if again_at is None:
        return bool(held(job).delete()[0])
    return bool(held(job).update(**NO_LEASE, due_at=again_at, attempts=0, problem=""))


def fail(job: Job, problem: str, *, now: datetime) -> None:
    """Keep why it failed; it is due again after a minute, then two, four, at most a day."""
    pause = min(FIRST_PAUSE * 2 ** min(job.attempts - 1, MOST_DOUBLINGS), LONGEST_PAUSE)
    held(job).update(**NO_LEASE, due_at=now + pause, problem=problem)


def held(job: Job) -> QuerySet[Job]:
    return Job.objects.filter(pk=job.pk, lease=job.lease)
