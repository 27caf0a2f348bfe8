"""Workers in processes of their own, killed at random, on the database that this process was started with.

Each job of theirs writes its name down, which must happen once. They are forked: a start takes seconds.
"""

import json
import os
import random
import select
import signal
import sys
import time
from collections.abc import Callable
from datetime import timedelta
from io import StringIO
from typing import NamedTuple

from django.core.management import call_command
from django.db import connections
from django.utils import timezone

from events.jobs.kinds import Kind
from events.jobs.leases import enqueue
from events.jobs.worker import work
from events.models import Job, OrphanFile

JOBS, WORKERS, KILLS = 1000, 4, 25
LEASE = timedelta(seconds=1)


class Worker(NamedTuple):
    """A process, and a pipe in which it puts a byte for each job that it begins."""

    pid: int
    pipe: int


def main() -> None:
    """Prints as JSON: jobs left, names written down, different ones, those of a second attempt, end codes."""
    enqueue(Job(kind="write-down", key=str(number), due_at=timezone.now()) for number in range(JOBS))
    codes = kill_some()
    names = [name.split("/") for name in OrphanFile.objects.values_list("name", flat=True)]
    codes.append(stop_one())
    told = {
        "left": Job.objects.filter(kind="write-down").count(),
        "effects": len(names),
        "jobs": len({job for job, _attempts in names}),
        "again": sum(attempts != "1" for _job, attempts in names),
        "codes": codes,
    }
    sys.stdout.write(json.dumps(told))


def kill_some() -> list[int]:
    chance = random.Random(8)  # noqa: S311 (no secret)
    workers = [start(do_all) for _worker in range(WORKERS)]
    for _kill in range(KILLS):
        place = chance.choice(beginning(workers))
        time.sleep(chance.uniform(0, 0.006))
        os.kill(workers[place].pid, signal.SIGKILL)
        ended(workers[place])
        workers[place] = start(do_all)
    return [ended(worker) for worker in workers]


def beginning(workers: list[Worker]) -> list[int]:
    """The places of those that begin a job just now, or have ended; what they did before is read away."""
    pipes = [worker.pipe for worker in workers]
    for pipe in select.select(pipes, [], [], 0)[0]:
        os.read(pipe, 1 << 16)
    return [pipes.index(pipe) for pipe in select.select(pipes, [], [])[0]]


def stop_one() -> int:
    """Start the command, and tell it to stop when it has done everything that comes back."""
    worker = start(lambda _pipe: call_command("run_worker", poll=0.1, stdout=StringIO()))
    while not Job.objects.exists() or Job.objects.filter(due_at__lte=timezone.now()).exists():
        time.sleep(0.05)
    os.kill(worker.pid, signal.SIGTERM)
    return ended(worker)


def do_all(pipe: int) -> None:
    def write_down(job: Job):
        # Slow enough to be killed in the middle, on either side of the write.
        os.write(pipe, b".")
        time.sleep(0.003)
        OrphanFile.objects.create(name=f"{job.key}/{job.attempts}", found_at=timezone.now())
        time.sleep(0.003)
        yield

    kinds = (Kind("write-down", write_down, lease=LEASE, in_one_transaction=True),)
    while Job.objects.filter(kind="write-down").exists():
        for _job, _result in work(kinds, is_stopping=lambda: False, clock=timezone.now):
            pass
        time.sleep(0.1)


def start(run: Callable[[int], None]) -> Worker:
    connections.close_all()
    reading, writing = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.close(reading)
        try:
            run(writing)
        except BaseException:  # noqa: BLE001 (nothing of the child may go on in the parent's code)
            os._exit(1)
        os._exit(0)
    os.close(writing)
    return Worker(pid, reading)


def ended(worker: Worker) -> int:
    """Wait for its end; 0 if it ended well, what killed it as a negative number."""
    code = os.waitstatus_to_exitcode(os.waitpid(worker.pid, 0)[1])
    os.close(worker.pipe)
    return code
