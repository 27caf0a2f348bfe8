from datetime import timedelta

from django.test import TestCase

from events.models import SourcePage
from events.reports.dead_links import dead_links, missing_pages
from events.tests.factories import NOW, make_event
from events.tests.workflow.test_permissions import make_user

GONE = "https://www.reuters.com/gone"
COPY = f"https://web.archive.org/web/20240501000000/{GONE}"


def make_missing(key: str = "https://reuters.com/gone", *, days: int = 1, **fields) -> SourcePage:
    """A page that has been gone for so many days."""
    values = {"problem": "gone", "checked_at": NOW, "missing_since": NOW - timedelta(days=days)} | fields
    return SourcePage.objects.create(key=key, **values)


class DeadLinksTests(TestCase):
    def found(self, **asked) -> list[tuple[str, str, bool]]:
        rows = dead_links(list(missing_pages(**asked)), **asked)
        return [(str(row.event), row.citation.label, row.is_archived) for row in rows]

    def test_dead_pages_of_published_entries_latest_first(self):
        for number in (1, 2, 3):
            make_event(f"Event {number}", sources=[("Reuters", f"https://www.reuters.com/{number}")])
        make_event("Draft", state="draft", sources=[("AP", "https://apnews.com/1")])
        make_missing(self.key(1), days=9)
        make_missing(self.key(2), days=2)
        make_missing(self.key(3), missing_since=None, problem="slow")
        make_missing("https://apnews.com/1")
        make_missing("https://nobody.example/")
        self.assertEqual(self.found(), [("Event 2", "Reuters", False), ("Event 1", "Reuters", False)])

    def key(self, number: int) -> str:
        event = make_event("Probe", state="draft", sources=[("x", f"https://www.reuters.com/{number}")])
        return event.citations.get().canonical_url

    def test_a_copy_beside_it_and_a_copy_alone(self):
        make_event("Both", sources=[("Reuters", GONE), ("Copy", COPY)])
        make_event("Dead", sources=[("Reuters", GONE)])
        event = make_event("Copy alone", sources=[("Copy", COPY)])
        make_missing(event.citations.get().canonical_url)
        self.assertCountEqual(self.found(), [("Both", "Reuters", True), ("Dead", "Reuters", False)])

    def test_a_page_whose_copy_took_its_place_takes_no_place_itself(self):
        event = make_event(
            "Mended", sources=[("Copy", COPY), ("Today", COPY.replace("web.archive.org/web", "archive.ph"))]
        )
        make_missing(event.citations.first().canonical_url)
        self.assertFalse(missing_pages().exists())

    def test_only_those_of_one_editor(self):
        reporter = make_user("Reporter")
        make_event("Other's", sources=[("Reuters", GONE)])
        own = make_event("Own", sources=[("Reuters", GONE)], by=reporter)
        make_missing(own.citations.get().canonical_url)
        self.assertEqual(self.found(by=reporter), [("Own", "Reuters", False)])
