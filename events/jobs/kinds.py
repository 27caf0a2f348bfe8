"""What jobs there are. Each goes by steps: where it yields, it may be ended, and its lease is renewed.

Each can be done twice without harm: a worker may be killed after the work and before it is recorded.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.utils import timezone

from events import derived
from events.citations.urls import host_of
from events.conf import conf
from events.jobs.leases import enqueue
from events.models import Image, Job
from events.reports import origins, silences
from events.reports.kept import keep
from events.sources.checking import PAUSE_SECONDS, due
from events.sources.pages import look_at
from events.workflow import autosaves
from events.workflow.cards import KINDS as CARDS
from events.workflow.cards import draw_missing, without_picture
from events.workflow.cleaning import clean
from events.workflow.context_pairs import find_pairs
from events.workflow.pictures import remake_renditions
from events.workflow.thinning import thin

PAGE = "page"
# After so long a cited page is looked at again; so many are put on the list at once.
LOOK_AGAIN, MOST_PAGES = timedelta(days=30), 500

Steps = Iterator[None]


class Kind(NamedTuple):
    """How a kind of job is done, how long one step of it may take, and after how long it comes back.

    `in_one_transaction` for work in the database alone, which is then done and recorded, or neither.
    """

    name: str
    run: Callable[[Job], Steps]
    lease: timedelta = timedelta(minutes=2)
    every: timedelta | None = None
    in_one_transaction: bool = False


def look(job: Job) -> Steps:
    """Look at a cited page."""
    yield
    if conf.FETCH_SOURCES:
        look_at(job.key, now=timezone.now())


def list_pages(job: Job) -> Steps:
    """Put the cited pages that nobody has looked at for long on the list, those never looked at with them."""
    yield
    if conf.FETCH_SOURCES:
        now = timezone.now()
        enqueue(page_jobs(due(before=now - LOOK_AGAIN, limit=MOST_PAGES), now=now))


def page_jobs(urls: list[str], *, now: datetime) -> Iterator[Job]:
    """A job for each page; those of one site are due a second after one another, however many work."""
    before: Counter[str] = Counter()
    for url in urls:
        host = host_of(url)
        yield Job(kind=PAGE, key=url, due_at=now + before[host] * timedelta(seconds=PAUSE_SECONDS))
        before[host] += 1


def draw_cards(job: Job) -> Steps:
    """Draw the share cards that entries without a picture lack."""
    for model in CARDS:
        for is_drawn in draw_missing(without_picture(model)):
            if is_drawn:
                derived.touch()
            yield


def make_renditions(job: Job) -> Steps:
    """Make the files of pictures that have none; an upload that cannot be read stops no other."""
    for image in Image.objects.filter(renditions="").exclude(file="").order_by("pk").iterator(chunk_size=50):
        try:
            remake_renditions(image)
            derived.touch()
        except (ValidationError, OSError):
            pass
        yield


def let_go(job: Job) -> Steps:
    """Let old revisions, forgotten unsaved texts and sessions go."""
    now = timezone.now()
    for _batch in thin(now=now):
        yield
    autosaves.thin(now=now)
    call_command("clearsessions")


def clean_media(job: Job) -> Steps:
    """Remove files that nothing has needed for a week."""
    yield
    clean(now=timezone.now())


def pair_contexts(job: Job) -> Steps:
    """Look for contexts that may be one."""
    yield from find_pairs()


def make_reports(job: Job) -> Steps:
    """Work out what the dashboard shows and no page could read cheaply."""
    now = timezone.now()
    today = timezone.localdate(now)
    keep(silences.NAME, (yield from silences.work_out(today=today)), now=now)
    keep(origins.NAME, (yield from origins.work_out(today=today, now=now)), now=now)


HOUR, DAY = timedelta(hours=1), timedelta(days=1)
KINDS = (
    Kind(PAGE, look),
    Kind("list-pages", list_pages, every=timedelta(minutes=10)),
    Kind("share-cards", draw_cards, every=HOUR),
    Kind("renditions", make_renditions, lease=timedelta(minutes=5), every=HOUR),
    Kind("reports", make_reports, lease=timedelta(minutes=10), every=HOUR),
    Kind("let-go", let_go, lease=timedelta(minutes=10), every=DAY),
    Kind("pair-contexts", pair_contexts, lease=timedelta(minutes=10), every=DAY),
    Kind("clean-media", clean_media, lease=timedelta(hours=2), every=DAY),
)
