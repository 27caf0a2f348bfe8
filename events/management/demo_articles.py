"""The articles of the demo newsroom, written through the door that editors use."""

import json
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.conf import settings

from events.models import Article, Context, Event, Image, Profile
from events.workflow.article_snapshots import put_bylines, put_coverage
from events.workflow.edits import editing
from events.workflow.pictures import store_picture

WORDS = ("kind", "headline", "deck", "section", "body")


def load_articles(path: Path) -> int:
    """Write the articles of a file that are not there yet, and who wrote them; returns how many are new."""
    lines = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    known = set(Article.objects.filter(import_ref__isnull=False).values_list("import_ref", flat=True))
    articles = [line for line in lines if line["type"] == "article" and line["id"] not in known]
    if not articles:
        return 0
    slugs = {line["name"]: load_profile(line).slug for line in lines if line["type"] == "profile"}
    for line in articles:
        load_article(line, slugs)
    return len(articles)


def load_profile(line: dict[str, Any]) -> Profile:
    """Somebody who writes, with the site's mark as their picture."""
    found = Profile.objects.filter(name=line["name"]).first()
    if found:
        return found
    with (settings.BASE_DIR / "static" / "img" / "logo-512.png").open("rb") as file:
        picture = store_picture(Image(is_decorative=True, credit=line["name"], licence="CC0-1.0"), file)
    fields = {name: line[name] for name in ("name", "kind", "text", "url")}
    return Profile.objects.create(**fields, picture=picture)


def load_article(line: dict[str, Any], slugs: dict[str, str]) -> None:
    """Public from its moment on; `{demo-…}` in the body stands for the permanent id of that event."""
    events = {event.import_ref: event for event in Event.objects.filter(import_ref__in=line["events"])}
    cover = events[line["cover_of"]].cover if line["cover_of"] in events else None
    article = Article(
        **{name: line[name] for name in WORDS},
        date=date.fromisoformat(line["date"]),
        import_ref=line["id"],
        agencies="\n".join(line["agencies"]),
        state=Article.State.PUBLISHED,
        publish_at=datetime.fromisoformat(line["publish_at"]),
        cover=cover,
    )
    for reference, event in events.items():
        article.body = article.body.replace(f"{{{reference}}}", event.public_id)
    with editing(article):
        article.contexts.put(Context.objects.resolve(line["contexts"]))
        put_bylines(article, [{"slug": slugs[name], "name": name} for name in line["by"]])
        put_coverage(article, [events[name].public_id for name in line["events"] if name in events])
