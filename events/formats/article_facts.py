"""What is said of an article and of those who write, under the names that all formats share."""

from dataclasses import replace

from events.documents.article_types import (
    ArticleDocument,
    ArticlePage,
    ArticleRef,
    BlockDocument,
    BylineDocument,
    ProfileDocument,
    ProfileRef,
)
from events.documents.types import absolute
from events.formats.shared_facts import (
    Facts,
    context_ref_facts,
    cover_facts,
    event_ref_facts,
    iso,
    page_facts,
)


def article_page_facts(document: ArticlePage, *, extension: str) -> Facts:
    """The page of one article; `extension` names the format that its neighbours are linked in."""
    return page_facts(document.page, extension) | {"article": article_facts(document.article)}


def article_facts(article: ArticleDocument) -> Facts:
    """Everything that the public may know of one article."""
    of_export: Facts = {}
    if article.pictures:
        of_export["pictures"] = [cover_facts(picture) for picture in article.pictures]
    return (
        article_entry_facts(article)
        | of_export
        | {
            "body": article.body,
            "reading_minutes": article.reading_minutes,
            "footnotes": [
                {"number": note.number, "label": note.label, "url": note.url, "text": note.source}
                for note in article.footnotes
            ],
            "blocks": [_block(block) for block in article.blocks if block.name != "prose"],
            "events": [event_ref_facts(ref) for ref in article.events],
            "notes": [
                {"kind": note.kind, "text": note.text, "noted": note.noted_at.isoformat()}
                for note in article.notes
            ],
            "old_addresses": [absolute(path) for path in article.old_addresses],
        }
    )


def article_entry_facts(article: ArticleDocument) -> Facts:
    """An article as an entry of a list."""
    ref = article.ref
    return {
        "id": ref.public_id,
        "guid": article.guid,
        "address": ref.url,
        "short_address": absolute(ref.short_path),
        "date": ref.date.isoformat(),
        "first_published": article.first_published_at.isoformat(),
        "updated": iso(article.updated_at),
        "edited": article.edited_at.isoformat(),
        "headline": ref.headline,
        "deck": article.deck,
        "kind": ref.kind,
        "section": article.section,
        "label": article.label,
        "label_until": iso(article.label_until),
        "agencies": list(article.agencies),
        "bylines": [_byline(byline) for byline in article.bylines],
        "language": ref.language,
        "direction": ref.direction,
        "import_reference": ref.import_ref,
        "cover": article.cover and cover_facts(article.cover),
        "contexts": [context_ref_facts(context) for context in article.contexts],
    }


def article_ref_facts(ref: ArticleRef) -> Facts:
    """An article as it is named elsewhere."""
    return {
        "id": ref.public_id,
        "date": ref.date.isoformat(),
        "headline": ref.headline,
        "kind": ref.kind,
        "language": ref.language,
        "direction": ref.direction,
        "address": ref.url,
    }


def profile_facts(profile: ProfileDocument | ProfileRef) -> Facts:
    """Somebody as their own page tells them; of a mere reference less is known."""
    ref = profile if isinstance(profile, ProfileRef) else profile.ref
    facts = {"name": ref.name, "slug": ref.slug, "kind": ref.kind, "address": ref.url}
    if isinstance(profile, ProfileRef):
        return facts
    return (
        facts
        | {
            "text": profile.text,
            "url": profile.url,
            "picture": profile.picture and cover_facts(profile.picture),
        }
        | ({"old_slugs": list(profile.old_slugs)} if profile.old_slugs else {})
    )


def _byline(byline: BylineDocument) -> Facts:
    return profile_facts(byline.profile.ref) | {"role": byline.role}


def _block(block: BlockDocument) -> Facts:
    """What a block leads to; its words stand in the body."""
    facts: Facts = {"name": block.name, "title": block.title, "url": block.url}
    if block.picture:
        facts["picture"] = cover_facts(replace(block.picture, original=None))
    if block.event:
        facts["event"] = event_ref_facts(block.event)
    if block.story:
        facts["story"] = {"title": block.story.title, "address": absolute(block.story.path)}
        facts["events"] = [event_ref_facts(ref) for ref in block.events]
    return facts
