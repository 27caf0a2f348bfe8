"""The pictures of imported articles: files beside the import, or fetched from where they were shown.

Fetching goes through the safe fetcher and happens before anything is written, so that no transaction waits
for a foreign site.
"""

import re
from collections.abc import Iterable
from io import BytesIO
from pathlib import Path

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from events.citations.fetching import FetchError, fetch_picture
from events.images.names import digest_of
from events.importers.entries import crops_of, described, new_cover, picture_beside
from events.importers.records import ArticleRecord, CoverRecord
from events.models import Image
from events.text.from_html import escape_markdown
from events.workflow.pictures import store_picture
from events.workflow.snapshots import COVER_FIELDS

# A block that shows a picture of another site; once we have its file, the file's hash takes the place.
REMOTE_BLOCK = re.compile(r"^::: picture (https?://\S+)\n((?:(?!:::).*\n)*?):::[ \t]*$", re.MULTILINE)


def remote_pictures(record: ArticleRecord) -> list[CoverRecord]:
    """The cover and the pictures of the body that are known by their addresses alone."""
    pictures = [*([record.cover] if record.cover else []), *record.pictures]
    return [picture for picture in pictures if picture.source_url and not picture.file]


def fetch_missing(record: ArticleRecord, *, licence: str = "") -> list[str]:
    """Store the pictures that only another site has; returns why some could not be, in sentences.

    `licence` is by what right we show those of which the record says nothing.
    """
    problems = []
    for picture in remote_pictures(record):
        if stored_copy(picture.source_url):
            continue
        try:
            found = fetch_picture(picture.source_url)
            image = described(picture)
            image.licence = image.licence or licence[:64]
            store_picture(image, BytesIO(found.body))
        except FetchError as error:
            told = _("The picture %(url)s could not be fetched (%(problem)s).")
            problems.append(told % {"url": picture.source_url, "problem": error.problem})
        except ValidationError as error:
            problems.append(f"{picture.source_url}: {' '.join(error.messages)}")
    return problems


def stored_copy(source_url: str) -> Image | None:
    """Our own copy of a picture of another site."""
    return Image.objects.filter(source_url=source_url).exclude(file="").order_by("pk").first()


def cover_of(record: ArticleRecord, *, folder: Path | None, is_dry_run: bool) -> Image | None:
    """The record's cover: a picture that is here already where there is one, else stored or linked."""
    cover = record.cover
    if cover is None:
        return None
    known = stored_twin(cover, folder=folder) if cover.file else stored_copy(cover.source_url)
    return known or new_cover(cover, folder=folder, is_dry_run=is_dry_run)


def stored_twin(cover: CoverRecord, *, folder: Path | None) -> Image | None:
    """The picture of the same file of which the same is said: an event may show it too."""
    digest = digest_of(picture_beside(cover.file, folder).read_bytes())
    for image in Image.objects.filter(digest=digest).exclude(file="").order_by("pk"):
        told = all(getattr(image, name) == getattr(cover, name) for name in COVER_FIELDS)
        if told and image.crops == crops_of(cover):
            return image
    return None


def store_beside(pictures: Iterable[CoverRecord], *, folder: Path | None, is_dry_run: bool) -> None:
    """Store the pictures of the body whose files stand beside the import. Raises ValidationError."""
    for picture in pictures:
        if not picture.file:
            continue
        # Files of an export are called by the first half of their hash.
        name = picture_beside(picture.file, folder).stem
        if not is_dry_run and not Image.objects.filter(digest__startswith=name, file__gt="").exists():
            new_cover(picture, folder=folder)


def with_own_pictures(body: str) -> str:
    """The body with our own copies in the place of other sites' pictures; of one we lack, a link is left."""

    def own(found: re.Match[str]) -> str:
        url, caption = found[1], found[2].strip("\n")
        if copy := stored_copy(url):
            return f"::: picture {copy.block_key}\n{caption}\n:::".replace("\n\n", "\n")
        words = caption.replace("\n", " ").strip() or escape_markdown(url.rpartition("/")[2] or url)
        return f"[{words}]({url})"

    return REMOTE_BLOCK.sub(own, body)
