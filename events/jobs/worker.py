"""The loop of a worker: claim a job, do it step by step, record it."""

import logging
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime

from django.db import transaction

from events.jobs.kinds import Kind
from events.jobs.leases import claim, enqueue, fail, finish, give_back, renew
from events.models import Job

DONE, FAILED, LOST, STOPPED = "done", "failed", "lost", "stopped"

log = logging.getLogger(__name__)


class LeaseLost(Exception):
    """Another worker has claimed the job meanwhile."""


def plan(kinds: Sequence[Kind], *, now: datetime) -> None:
    """See that each kind of job that comes back is on the list."""
    enqueue(Job(kind=kind.name, due_at=now) for kind in kinds if kind.every)


def work(
    kinds: Sequence[Kind], *, is_stopping: Callable[[], bool], clock: Callable[[], datetime]
) -> Iterator[tuple[Job, str]]:
    """Do what is due until nothing is, or until told to stop; yields each job with what became of it."""
    by_name = {kind.name: kind for kind in kinds}
    shortest = min(kind.lease for kind in kinds)
    while not is_stopping() and (job := claim(by_name, now=clock(), lease=shortest)):
        yield job, do(job, by_name[job.kind], is_stopping=is_stopping, clock=clock)


def do(job: Job, kind: Kind, *, is_stopping: Callable[[], bool], clock: Callable[[], datetime]) -> str:
    try:
        if not renew(job, until=clock() + kind.lease):
            return LOST
        if kind.in_one_transaction:
            with transaction.atomic():
                for _step in kind.run(job):
                    pass
                record(job, kind, now=clock())
            return DONE
        for _step in kind.run(job):
            if not renew(job, until=clock() + kind.lease):
                return LOST
            if is_stopping():
                give_back(job)
                return STOPPED
        record(job, kind, now=clock())
    except LeaseLost:
        return LOST
    except Exception as error:
        # Whatever is wrong with one job, the others have to be done.
        log.exception("job %s", job)
        fail(job, repr(error), now=clock())
        return FAILED
    return DONE


def record(job: Job, kind: Kind, *, now: datetime) -> None:
    if not finish(job, again_at=now + kind.every if kind.every else None):
        raise LeaseLost
