"""Articles and profiles as the records that importers yield, and the pictures that articles show."""

from collections.abc import Iterator

from events.exports.originals import Originals
from events.exports.records import cover_record, fields_of, old_addresses, old_slugs, reference_of
from events.importers.records import ArticleRecord, BylineRecord, NoteRecord, ProfileRecord, SlotRecord
from events.models import Article, Image, Profile
from events.text.blocks import Picture, is_key, read_body

# Fields that are called alike in the table and in the record.
ARTICLE_FIELDS = (
    "date", "headline", "deck", "body", "kind", "section", "label", "label_until", "language", "direction",
    "public_id", "guid", "slug", "state", "publish_at", "embargo_until", "first_published_at", "updated_at",
    "edited_at", "retracted_at", "retraction_notice",
)  # fmt: skip


def article_record(article: Article, *, originals: Originals, is_whole: bool) -> ArticleRecord:
    """An article read by `rows.articles`. Its place on the front page is told in whole backups alone."""
    slot = getattr(article, "front_slot", None) if is_whole else None
    return ArticleRecord(
        import_ref=reference_of(article),
        agencies=article.agencies.splitlines(),
        bylines=[
            BylineRecord(row.profile.name, row.profile.slug, row.profile.kind, row.role)
            for row in article.bylines.all()
        ],
        events=[row.event.public_id for row in article.coverages.all()],
        contexts=[row.tag.name for row in article.taggings.all()],
        cover=cover_record(article.cover, originals=originals) if article.cover else None,
        pictures=[cover_record(image, originals=originals) for image in shown_in(article)],
        notes=[NoteRecord(row.kind, row.text, row.noted_at) for row in article.notes.all()],
        front=SlotRecord(slot.position, slot.until) if slot else None,
        old_addresses=old_addresses(article),
        **fields_of(article, ARTICLE_FIELDS),
    )


def shown_in(article: Article) -> Iterator[Image]:
    """The pictures that blocks of the body show."""
    keys = [block.key for block in read_body(article.body).blocks if isinstance(block, Picture)]
    for key in dict.fromkeys(keys):
        if is_key(key):
            yield from Image.objects.filter(digest__startswith=key).order_by("pk")[:1]


def profile_record(profile: Profile, *, originals: Originals) -> ProfileRecord:
    """A profile read by `rows.profiles`."""
    return ProfileRecord(
        picture=cover_record(profile.picture, originals=originals) if profile.picture else None,
        old_slugs=old_slugs(profile),
        **fields_of(profile, ("name", "slug", "kind", "text", "url")),
    )
