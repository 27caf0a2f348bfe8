import json
from datetime import UTC, datetime
from io import BytesIO

from django.test import TestCase

from events.documents.contexts import context_page, find_contexts
from events.documents.event_pages import event_page
from events.formats.markdown import MarkdownFormat
from events.importers.runner import run_import
from events.models import Article, Context, Event, Publisher
from events.tests import documents

NOW = datetime(2024, 6, 1, tzinfo=UTC)


def import_pages(pages: list[str]):
    counts = {"new": 0, "invalid": 0}
    for page in pages:
        result = run_import("context", BytesIO(page.encode()), path="page.md", now=NOW)
        counts = {name: count + result.counts[name] for name, count in counts.items()}
    return counts


def export_pages() -> list[str]:
    markdown = MarkdownFormat()
    events = Event.objects.public(now=NOW).for_page().order_by("date", "pk")
    pages = [markdown.render_event(event_page(event, now=NOW)) for event in events]
    slugs = Context.objects.order_by("slug").values_list("slug", flat=True)
    return pages + [
        markdown.render_list(context_page(find_contexts([slug], now=NOW), now=NOW)) for slug in slugs
    ]


class RoundTripTests(TestCase):
    def test_export_import_export_gives_the_same_bytes(self) -> None:
        cover = documents.make_cover(renditions=())
        pages = [
            MarkdownFormat().render_event(documents.make_event_page(event))
            for event in (documents.make_event(cover=cover), documents.make_bare_event())
        ]
        self.assertEqual(import_pages(pages)["invalid"], 0)
        first = export_pages()
        self.assertIn("Dockers vote", "".join(first))
        for model in (Event, Context, Publisher):
            model.objects.all().delete()
        self.assertEqual(import_pages(first)["invalid"], 0)
        self.assertEqual(export_pages(), first)

    def test_importing_an_export_again_changes_nothing(self) -> None:
        import_pages([MarkdownFormat().render_event(documents.make_event_page())])
        first = export_pages()
        self.assertEqual(import_pages(first)["new"], 0)
        self.assertEqual(export_pages(), first)

    def test_who_has_no_language_of_its_own_stays_without(self) -> None:
        records = (
            {"id": "quay", "date": "2024-03-01", "headline": "The quay is swept"},
            {"type": "article", "id": "why", "date": "2024-03-01", "headline": "Why sweep?", "body": "So."},
        )
        run_import("jsonl", BytesIO("\n".join(map(json.dumps, records)).encode()), path="x.jsonl", now=NOW)
        for path in (entry.get_absolute_url() for entry in (Event.objects.get(), Article.objects.get())):
            page = self.client.get(f"{path.rstrip('/')}.md").content
            self.assertIn(b"language: en\n", page)
            self.assertEqual(run_import("context", BytesIO(page), path="x.md").counts["unchanged"], 1, path)
        self.assertEqual((Event.objects.get().language, Article.objects.get().language), ("", ""))
