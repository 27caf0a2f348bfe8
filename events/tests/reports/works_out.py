"""The worker's reports at once."""

from datetime import datetime

from events.jobs.kinds import origins, silences
from events.reports.kept import keep


def finish(steps):
    """What a generator returns."""
    while True:
        try:
            next(steps)
        except StopIteration as stop:
            return stop.value


def work_out_all(*, now: datetime, today) -> None:
    keep(silences.NAME, finish(silences.work_out(today=today)), now=now)
    keep(origins.NAME, finish(origins.work_out(today=today, now=now)), now=now)
