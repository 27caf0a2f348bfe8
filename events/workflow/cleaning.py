"""Removing files that no picture needs any more, safely: found by one run, removed by a later one.

A file is needed by a picture, as its upload or one of its renditions, by a card, and by the revisions of
entries, which may be gone back to. What is not needed is marked first. Pages, feeds and readers' caches that
still link it have days to forget it, and a picture that comes back in between takes its mark away.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import NamedTuple

from django.core.files.storage import default_storage

from events.images.cards import CARDS
from events.images.listing import read_listing
from events.images.names import ORIGINALS, RENDITIONS
from events.models import ArticleCard, DraftRevision, Image, OrphanFile, Revision, ShareCard

FOLDERS = (ORIGINALS, RENDITIONS, CARDS)
GRACE = timedelta(days=7)


class Cleaning(NamedTuple):
    """What a run did: how many files there are, which were marked, which were removed."""

    files: int
    marked: list[str]
    removed: list[str]


class NothingKnown(Exception):
    """Originals are stored and the database knows none: it is the wrong one, or empty by mistake."""


def clean(*, now: datetime, grace: timedelta = GRACE, is_dry_run: bool = False) -> Cleaning:
    """Mark what nobody needs, and remove what was marked longer than `grace` ago.

    Raises NothingKnown; a dry run changes nothing. Files beside our own folders are not looked at.
    """
    # In this order: what is stored from here on is not among the files, whatever the database says later.
    files = {name for folder in FOLDERS for name in stored_names(folder)}
    if any(name.startswith(ORIGINALS) for name in files) and not Image.objects.exclude(file="").exists():
        raise NothingKnown
    orphans = files - needed_names()
    marks = dict(OrphanFile.objects.values_list("name", "found_at"))
    marked = sorted(orphans - set(marks))
    due = {name for name in orphans if name in marks and marks[name] <= now - grace}
    if is_dry_run:
        return Cleaning(len(files), marked, sorted(due))
    OrphanFile.objects.filter(name__in=set(marks) - orphans).delete()
    OrphanFile.objects.bulk_create([OrphanFile(name=name, found_at=now) for name in marked], batch_size=500)
    # Somebody may have taken one up while the folders were read.
    removed = sorted(due - needed_names()) if due else []
    for name in removed:
        default_storage.delete(name)
        OrphanFile.objects.filter(name=name).delete()
    return Cleaning(len(files), marked, removed)


def stored_names(folder: str) -> Iterator[str]:
    """The names of all files below a folder of the storage."""
    try:
        folders, files = default_storage.listdir(folder)
    except FileNotFoundError:
        return
    for name in files:
        yield f"{folder}{name}"
    for name in folders:
        yield from stored_names(f"{folder}{name}/")


def needed_names() -> set[str]:
    """The names of all files that the database knows."""
    needed = set()
    for file, listing in Image.objects.exclude(file="").values_list("file", "renditions").iterator():
        needed.add(file)
        needed.update(row.name for row in read_listing(listing))
    for model in (ShareCard, ArticleCard):
        needed.update(model.objects.values_list("name", flat=True).iterator())
    for model in (Revision, DraftRevision):
        kept = model.objects.filter(snapshot__cover__file__gt="")
        needed.update(kept.values_list("snapshot__cover__file", flat=True).distinct().iterator())
    return needed
