"""The pages of articles and profiles as files, as the site serves them."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from events.documents.article_types import ArticlePage, OpinionPage
from events.documents.articles import article_page, profile_page
from events.documents.builders import build_cover
from events.documents.opinion import opinion_page
from events.documents.types import CoverDocument, Crop, ListPage, Original
from events.exports import rows
from events.exports.articles import shown_in
from events.exports.originals import Originals
from events.exports.records import old_slugs
from events.formats.base import Format
from events.models import Article, Image, Profile
from events.models.articles import opinion_path
from events.text.file_names import file_name


def article_files(
    folder: Path, format: Format, *, now: datetime, originals: Originals
) -> Iterator[tuple[str, Path, str]]:
    """What each page is, its place and its text. A profile's page holds its newest articles, as does a day's:
    which tells an import their order."""
    is_imported = format.extension == "md"
    for profile in rows.profiles(now=now):
        page = without_pager(profile_page(profile, now=now))
        if is_imported:
            page = with_facts_of_import(page, profile, originals)
        place = folder / "profiles" / file_name(profile.slug) / f"index.{format.extension}"
        yield "profile", place, format.render_list(page)
    before = None
    for article in rows.articles(now=now):
        page = article_page(article, now=now, with_former=True)
        if is_imported:
            page = with_files(page, article, originals)
        place = folder / opinion_path(article.date).strip("/")
        if article.date != before:
            before = article.date
            day = without_pager(opinion_page(day=before, now=now))
            yield "day", place / f"index.{format.extension}", format.render_list(day)
        yield "article", place / f"{file_name(article.slug)}.{format.extension}", format.render_article(page)


def without_pager(page: ListPage) -> ListPage:
    """The page without the way to its older entries: a folder has no cursors, which name keys of ours."""
    return replace(page, page=replace(page.page, previous=None, next=None))


def with_facts_of_import(page: OpinionPage, profile: Profile, originals: Originals) -> OpinionPage:
    known = replace(page.profile, old_slugs=tuple(old_slugs(profile)))
    if known.picture:
        known = replace(known, picture=with_original(known.picture, profile.picture, originals))
    return replace(page, profile=known)


def with_files(page: ArticlePage, article: Article, originals: Originals) -> ArticlePage:
    """The page with the places of its pictures' files, which are copied there."""
    document = page.article
    cover = document.cover and with_original(document.cover, article.cover, originals)
    pictures = tuple(with_original(build_cover(image), image, originals) for image in shown_in(article))
    return replace(page, article=replace(document, cover=cover, pictures=pictures))


def with_original(cover: CoverDocument, image: Image, originals: Originals) -> CoverDocument:
    """The picture with the place of its file, which is copied there."""
    file = originals.keep(image)
    if not file:
        return cover
    crops = tuple(Crop(ratio, *edges) for ratio, edges in sorted(image.crops.items()))
    return replace(cover, original=Original(file, image.focal_x, image.focal_y, crops))
