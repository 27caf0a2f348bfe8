"""What is checked before publishing, read from a posted form, whatever is wrong with it."""

from collections.abc import Mapping
from datetime import date

from events.admin.article_form import ARTICLE_FORM
from events.admin.posted import CONTEXT_LINES, lines_of, posted_rows
from events.conf import conf
from events.models import Article, Event, Image
from events.readiness import ArticleDraft, Draft, Source
from events.text.cleaning import clean_line
from events.text.numbers import number_in

COVER = ("source_url", "alt", "caption", "credit", "licence")


def event_draft_in(posted: Mapping[str, str], event: Event) -> Draft:
    return Draft(
        headline=posted.get("headline", ""),
        short_headline=posted.get("short_headline", ""),
        summary=posted.get("summary", ""),
        body=posted.get("body", ""),
        day=day_in(posted.get("date", "")),
        language=posted.get("language") or conf.LANGUAGE,
        contexts=contexts_in(posted),
        sources=tuple(
            Source(
                row.get("label", "").strip(),
                row.get("url", "").strip(),
                row.get("agency", "").strip(),
                day_in(row.get("published_on", "")),
            )
            for row in posted_rows(posted)
            if "DELETE" not in row
        ),
        cover=cover_in(posted),
        event=event.pk,
    )


def article_draft_in(posted: Mapping[str, str], article: Article) -> ArticleDraft:
    counted = {lines.field: len(lines_of(posted, lines)) for lines in ARTICLE_FORM.lines}
    return ArticleDraft(
        headline=posted.get("headline", ""),
        deck=posted.get("deck", ""),
        body=posted.get("body", ""),
        day=day_in(posted.get("date", "")),
        authors=counted["byline_names"],
        events=counted["event_names"],
        contexts=contexts_in(posted),
        cover=cover_in(posted),
    )


def contexts_in(posted: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(clean_line(CONTEXT_LINES.read(line)) for line in lines_of(posted, CONTEXT_LINES))


def cover_in(posted: Mapping[str, str]) -> Image | None:
    """The cover with what the form says of it; where it says nothing, what is stored with the picture."""
    key = number_in(posted.get("cover", ""))
    stored = Image.objects.filter(pk=key).first() if key is not None else None
    if stored is None and not posted.get("cover_source_url", "").strip():
        return None
    picture = stored or Image()
    for name in COVER:
        if value := posted.get(f"cover_{name}", "").strip():
            setattr(picture, name, value)
    picture.is_decorative = "cover_is_decorative" in posted
    return picture


def day_in(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
