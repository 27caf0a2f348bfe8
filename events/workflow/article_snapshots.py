"""An article as plain data, whole: what its revisions keep, and how its rows are brought back from them."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from events.models import (
    Article,
    ArticleNote,
    ArticleTagging,
    Byline,
    Coverage,
    Event,
    ProfileAddress,
)
from events.workflow.snapshots import cover_snapshot, filled, rows_of

ARTICLE_FIELDS = (
    "public_id", "guid", "import_ref", "date", "headline", "deck", "slug", "kind", "section", "label",
    "label_until", "agencies", "body", "language", "direction", "state", "publish_at", "embargo_until",
    "retracted_at", "retraction_notice", "first_published_at", "updated_at", "edited_at",
)  # fmt: skip
NOTE_FIELDS = ("kind", "text", "noted_at")


def whole_article(article: Article) -> dict:
    """The stored article as a snapshot, with all that belongs to it: four queries."""
    return whole_articles([article])[0]


def whole_articles(articles: Sequence[Article]) -> list[dict]:
    """The same of many, in as many queries."""
    taggings = rows_of(articles, ArticleTagging, "content_object_id", "tag")
    bylines = rows_of(articles, Byline, "article_id", "profile")
    coverages = rows_of(articles, Coverage, "article_id", "event", ("article", "event__public_id"))
    notes = rows_of(articles, ArticleNote, "article_id")
    return [
        filled(article, ARTICLE_FIELDS)
        | {
            "contexts": [row.tag.name for row in taggings[article.pk]],
            "bylines": [
                {"slug": row.profile.slug, "name": row.profile.name}
                | ({"role": row.role} if row.role else {})
                for row in bylines[article.pk]
            ],
            "events": [{"id": row.event.public_id} for row in coverages[article.pk]],
            "notes": [filled(row, NOTE_FIELDS) for row in notes[article.pk]],
        }
        | ({"cover": cover_snapshot(article.cover)} if article.cover_id else {})
        for article in articles
    ]


def put_bylines(article: Article, rows: Sequence[dict]) -> list[str]:
    """Make these the bylines, in this order; returns the names of profiles that are gone.

    A profile that was renamed is found by its former address.
    """
    slugs = [row["slug"] for row in rows]
    by_slug = dict(ProfileAddress.objects.filter(slug__in=slugs).values_list("slug", "profile"))
    found = {by_slug[row["slug"]]: row.get("role", "") for row in rows if row["slug"] in by_slug}
    article.bylines.exclude(profile__in=found).delete()
    for position, (profile, role) in enumerate(found.items(), 1):
        Byline.objects.update_or_create(
            article=article, profile_id=profile, defaults={"role": role, "position": position}
        )
    return [row["name"] for row in rows if row["slug"] not in by_slug]


def put_coverage(article: Article, public_ids: Iterable[str]) -> list[str]:
    """Make these the events covered, in this order; returns the ids of those that are gone."""
    public_ids = list(dict.fromkeys(public_ids))
    known = dict(Event.objects.filter(public_id__in=public_ids).values_list("public_id", "pk"))
    pks = [known[public_id] for public_id in public_ids if public_id in known]
    article.coverages.exclude(event__in=pks).delete()
    for position, pk in enumerate(pks, 1):
        Coverage.objects.update_or_create(article=article, event_id=pk, defaults={"position": position})
    return [public_id for public_id in public_ids if public_id not in known]


def put_notes(article: Article, rows: Sequence[dict]) -> None:
    """Make these the notes to readers."""
    article.notes.all().delete()
    for row in reversed(rows):
        noted_at = datetime.fromisoformat(row["noted_at"])
        ArticleNote.objects.create(article=article, kind=row["kind"], text=row["text"], noted_at=noted_at)


def restore_bylines(article: Article, rows: Sequence[dict]) -> list[str]:
    gone = put_bylines(article, rows)
    return [_("These profiles are gone: %(names)s.") % {"names": ", ".join(gone)}] if gone else []


def restore_coverage(article: Article, rows: Sequence[dict]) -> list[str]:
    gone = put_coverage(article, [row["id"] for row in rows])
    return [_("These entries are gone: %(ids)s.") % {"ids": ", ".join(gone)}] if gone else []


def restore_notes(article: Article, rows: Sequence[dict]) -> list[str]:
    put_notes(article, rows)
    return []
