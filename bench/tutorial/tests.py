"""The tutorial site works: run by `bench/tests/test_tutorial.py` under the tutorial's own settings."""

import json
import tempfile
from pathlib import Path

from django.core.management import call_command
from django.test import TestCase

RECORDS = [
    {
        "id": number,
        "date": f"2020-01-{1 + number // 30:02}",
        "category": "Sports",
        "headline": f"Match {number} ends",
        "summary": f"A summary with word{number}.",
        "contexts": ["Football", "Côte d'Azur" if number % 2 else "Cote d'Azur"],
        "citations": [{"label": "BBC News", "url": f"https://bbc.example/{number}"}],
    }
    for number in range(60)
]


class TutorialTests(TestCase):
    @classmethod
    def setUpTestData(cls) -> None:
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "events.jsonl"
            file.write_text("\n".join(map(json.dumps, RECORDS)), encoding="utf-8")
            call_command("load_events", file)

    def test_front_page_lists_the_newest_events(self) -> None:
        response = self.client.get("/")
        self.assertContains(response, "Match 59 ends")
        self.assertEqual(len(response.context["object_list"]), 20)

    def test_day_page_lists_its_events(self) -> None:
        self.assertEqual(len(self.client.get("/news/2020/01/01/").context["object_list"]), 30)

    def test_event_page_lists_events_that_share_most_tags(self) -> None:
        response = self.client.get("/news/2020/01/01/match-3-ends-3/")
        related = response.context["related"]
        self.assertEqual(len(related), 10)
        self.assertEqual({event.shared for event in related}, {2})
        self.assertContains(response, "https://bbc.example/3")

    def test_tags_of_one_slug_are_told_apart(self) -> None:
        found = [self.client.get(f"/contexts/{slug}/") for slug in ("cote-dazur", "cote-dazur_1")]
        self.assertEqual([page.context["paginator"].count for page in found], [30, 30])

    def test_tag_page_has_numbered_pages(self) -> None:
        self.assertContains(self.client.get("/contexts/football/?page=3"), "Page 3 of 3")

    def test_search_finds_part_of_a_word(self) -> None:
        self.assertEqual(len(self.client.get("/search/?q=ord59").context["object_list"]), 1)

    def test_feed_carries_summary_and_tags(self) -> None:
        response = self.client.get("/feeds/news.rss")
        self.assertContains(response, "word59")
        self.assertContains(response, "<category>Football</category>")
