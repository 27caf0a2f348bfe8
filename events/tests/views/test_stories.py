"""Story lines as readers get them: pages, directory, frame, feeds, and the panel on an event's page."""

import re
from datetime import date, timedelta
from types import SimpleNamespace

import time_machine
from django.core.cache import cache
from django.test import TestCase, override_settings

from events import derived
from events.dates import format_day
from events.documents.types import StoryRef
from events.models import Context, Event, StoryLine
from events.stories.rhythm import Bar
from events.templatetags.stories import chart_text
from events.tests.factories import DAY, NOW, find_contexts, make_context, make_event, make_story_line, retract
from events.workflow import stories
from events.workflow.contexts import merge, rename
from events.workflow.edits import editing

PATH = "/stories/the-bridge/"


class Bridge(TestCase):
    """A story of ten days with a long silence, inside a larger one, and a line of the editors' across it."""

    @classmethod
    def setUpTestData(cls):
        cls.city = make_context("The city", kind="story")
        cls.bridge = make_context(
            "The bridge", kind="story", parents=[cls.city], description="It *stands*.", aliases=["Span"]
        )
        make_event("The city is founded", date=date(2019, 5, 1), contexts=["The city"])
        cls.days = [date(2020, 1, day) for day in range(1, 10)] + [date(2020, 3, 1)]
        cls.events = [
            make_event(
                f"Day {number}",
                date=day,
                contexts=["The bridge", "Steel"] if number % 2 else ["The bridge"],
            )
            for number, day in enumerate(cls.days)
        ]
        make_event("The city sleeps", date=date(2021, 5, 1), contexts=["The city"])
        stories.pin(cls.events[3], context=cls.bridge, note="The arch closes.", now=NOW)

    def setUp(self):
        clock = time_machine.travel(NOW, tick=False)
        clock.start()
        self.addCleanup(clock.stop)

    def facts(self, path: str = f"{PATH}index.json") -> dict:
        answer = self.client.get(path)
        self.assertEqual(answer.status_code, 200, path)
        return answer.json()

    def headlines(self, path: str = f"{PATH}index.json") -> list[str]:
        return [event["headline"] for part in self.facts(path)["sections"] for event in part["events"]]


class StoryPageTests(Bridge):
    def test_story_is_told_from_its_first_day(self):
        self.assertEqual(self.headlines(), [f"Day {number}" for number in range(10)])
        story = self.facts()["story"]
        self.assertEqual((story["count"], story["days"]), (10, 10))
        self.assertEqual((story["first"], story["last"]), ("2020-01-01", "2020-03-01"))
        self.assertEqual(sum(bar["count"] for bar in story["chart"]), 10)

    def test_headings_go_from_the_story_over_parts_and_days_to_entries(self):
        told = self.client.get(PATH).content.decode().partition('class="story-part"')[2]
        self.assertEqual(re.findall("<h([1-4])", told)[:4], ["2", "3", "4", "3"])
        self.assertEqual(told.count("<h4"), told.count("</h4>"))

    def test_entries_of_one_day_stand_in_the_order_of_entry(self):
        for name in ("First", "Second"):
            make_event(name, date=self.days[-1], contexts=["The bridge"])
        self.assertEqual(self.headlines()[-3:], ["Day 9", "First", "Second"])

    def test_silence_is_told_in_words(self):
        self.assertEqual(
            self.facts()["story"]["gaps"], [{"first": "2020-01-10", "last": "2020-02-29", "days": 51}]
        )
        self.assertContains(self.client.get(PATH), "51 days without an entry")
        self.assertContains(self.client.get(f"{PATH}index.md"), "_51 days without an entry_")

    def test_turning_points_stand_above_and_are_marked(self):
        page = self.client.get(PATH)
        self.assertContains(page, "The arch closes.", count=2)
        self.assertContains(page, "entry-turn", count=1)
        (point,) = self.facts()["story"]["turning_points"]
        self.assertEqual((point["headline"], point["note"]), ("Day 3", "The arch closes."))

    def test_turning_point_that_left_the_story_is_not_shown(self):
        with editing(self.events[3], now=NOW) as event:
            event.contexts.put(find_contexts(["Steel"]))
        self.assertEqual(self.facts()["story"]["turning_points"], [])

    def test_larger_story_says_what_came_before_and_after(self):
        story = self.facts()["story"]
        self.assertEqual([parent["title"] for parent in story["part_of"]], ["The city"])
        self.assertEqual(story["before"]["headline"], "The city is founded")
        self.assertEqual(story["after"]["headline"], "The city sleeps")
        page = self.client.get(PATH)
        self.assertContains(page, "What came before")
        self.assertContains(page, "What came after")

    def test_story_within_stands_under_its_parent(self):
        (within,) = self.facts("/stories/the-city/index.json")["story"]["stories"]
        self.assertEqual((within["title"], within["count"]), ("The bridge", 10))
        self.assertContains(self.client.get("/stories/the-city/"), f'href="{PATH}"')

    def test_chart_has_a_table_with_ways_into_the_story(self):
        page = self.client.get(PATH)
        self.assertContains(page, 'role="img"')
        self.assertContains(page, f'href="{PATH}?after=2020-02-24.0"')
        self.assertNotContains(page, "style=")

    def test_new_event_joins_by_itself(self):
        make_event("Joined", date=date(2020, 1, 5), contexts=["Span"])
        self.assertIn("Joined", self.headlines())
        self.assertEqual(self.facts()["story"]["count"], 11)

    def test_context_and_story_lead_to_each_other(self):
        self.assertContains(self.client.get("/contexts/the-bridge/"), f'href="{PATH}"')
        self.assertContains(self.client.get(PATH), 'href="/contexts/the-bridge/"')
        self.assertNotContains(self.client.get("/contexts/steel/"), "/stories/steel/")

    @override_settings(EVENTS_PAGE_SIZE=4)
    def test_pages_follow_one_another_both_ways(self):
        forwards, path = [], f"{PATH}index.json"
        while path:
            facts = self.facts(path)
            forwards.append([event["headline"] for part in facts["sections"] for event in part["events"]])
            path = facts["next"] and facts["next"]["document"].removeprefix("http://127.0.0.1:8000")
            last = facts
        self.assertEqual([len(page) for page in forwards], [4, 4, 2])
        self.assertEqual(
            [headline for page in forwards for headline in page], [f"Day {number}" for number in range(10)]
        )
        back = last["previous"]["document"].removeprefix("http://127.0.0.1:8000")
        self.assertEqual(self.headlines(back), forwards[1])
        self.assertIsNone(self.facts()["previous"])

    @override_settings(EVENTS_PAGE_SIZE=4)
    def test_cursors_from_outside_lead_into_the_story(self):
        self.assertEqual(self.headlines(f"{PATH}index.json?after=2020-03-01.0"), ["Day 9"])
        latest = self.facts(f"{PATH}index.json?before=9999-12-31.0")
        self.assertIsNone(latest["next"])
        self.assertEqual(len(latest["sections"]), 4)
        self.assertIsNone(self.facts(f"{PATH}index.json?after=2001-01-01.0")["previous"])
        for wrong in ("?after=x", "?before=2020-02-30.1", "?before=2020-01-01.1&after=2020-01-01.1"):
            self.assertEqual(self.client.get(f"{PATH}{wrong}").status_code, 400, wrong)

    def test_structured_data_names_the_entries_in_order(self):
        page = self.client.get(PATH).content.decode()
        self.assertIn('"@type":"CollectionPage"', page)
        self.assertIn('"position":10', page)


class AddressTests(Bridge):
    def test_former_slug_leads_to_the_present_one(self):
        rename(self.bridge, "The old bridge", slug="old-bridge", now=NOW)
        for rest in ("", "index.json", "feed.rss", "embed/"):
            answer = self.client.get(f"{PATH}{rest}")
            self.assertRedirects(
                answer, f"/stories/old-bridge/{rest}", status_code=301, fetch_redirect_response=False
            )

    def test_merged_context_takes_its_story_along(self):
        span = make_context("The viaduct", kind="story")
        merge([self.bridge], into=span, now=NOW)
        self.assertRedirects(self.client.get(PATH), "/stories/the-viaduct/", status_code=301)
        story = self.facts("/stories/the-viaduct/index.json")["story"]
        self.assertEqual((story["count"], len(story["turning_points"])), (10, 1))

    def test_context_of_another_kind_leads_to_its_own_page(self):
        answer = self.client.get("/stories/steel/")
        self.assertRedirects(answer, "/contexts/steel/", status_code=302)
        self.assertEqual(self.client.get("/stories/steel/embed/").status_code, 404)
        self.assertEqual(self.client.get("/stories/nothing/").status_code, 404)

    def test_line_of_the_editors_keeps_its_address_when_a_context_takes_the_slug(self):
        make_story_line("Tunnels", ["The bridge", "Steel"])
        make_event("A tunnel", contexts=[make_context("Tunnels", kind="story")])
        self.assertEqual(self.facts("/stories/tunnels/index.json")["story"]["count"], 5)
        self.assertNotContains(self.client.get("/stories/"), "1 event, 1 May 2024")

    def test_renamed_line_redirects(self):
        line = make_story_line("Steel bridge", ["The bridge", "Steel"])
        line.slug = "bridge-of-steel"
        stories.save(line, contexts=line.contexts.all(), now=NOW)
        self.assertRedirects(
            self.client.get("/stories/steel-bridge/"), "/stories/bridge-of-steel/", status_code=301
        )


class LinesOfEditorsTests(Bridge):
    def test_line_holds_events_that_carry_all_contexts_within_its_days(self):
        make_story_line(
            "Steel bridge",
            ["The bridge", "Steel"],
            first_day=date(2020, 1, 3),
            last_day=date(2020, 1, 8),
        )
        self.assertEqual(self.headlines("/stories/steel-bridge/index.json"), ["Day 3", "Day 5", "Day 7"])
        make_event("Outside", date=date(2020, 1, 9), contexts=["The bridge", "Steel"])
        make_event("Inside", date=date(2020, 1, 4), contexts=["Steel", "The bridge"])
        self.assertEqual(
            self.headlines("/stories/steel-bridge/index.json"), ["Day 3", "Inside", "Day 5", "Day 7"]
        )
        story = self.facts("/stories/steel-bridge/index.json")["story"]
        self.assertEqual((story["count"], story["first_day"]), (4, "2020-01-03"))

    def test_line_lies_under_the_stories_that_it_is_made_of(self):
        make_story_line("Steel bridge", ["The bridge", "Steel"])
        self.assertEqual([inner["title"] for inner in self.facts()["story"]["stories"]], ["Steel bridge"])
        story = self.facts("/stories/steel-bridge/index.json")["story"]
        self.assertEqual([parent["title"] for parent in story["part_of"]], ["The bridge"])

    def test_directory_has_both_kinds_and_nests(self):
        make_story_line("Steel bridge", ["The bridge", "Steel"])
        found = self.facts("/stories/index.json")["stories"]
        self.assertEqual([story["title"] for story in found], ["Steel bridge", "The city"])
        self.assertEqual([story["title"] for story in found[1]["stories"]], ["The bridge"])


class EmbedTests(Bridge):
    def test_frame_may_stand_on_any_site_and_only_this_page_may(self):
        answer = self.client.get(f"{PATH}embed/")
        self.assertEqual(answer.status_code, 200)
        self.assertNotIn("X-Frame-Options", answer)
        self.assertIn("frame-ancestors *", answer["Content-Security-Policy"])
        self.assertIn("script-src 'self'", answer["Content-Security-Policy"])
        self.assertNotContains(answer, "<script")
        self.assertContains(answer, 'name="robots" content="noindex')
        self.assertContains(answer, f'rel="canonical" href="http://127.0.0.1:8000{PATH}"')
        page = self.client.get(PATH)
        self.assertEqual(page["X-Frame-Options"], "DENY")
        self.assertIn("frame-ancestors 'none'", page["Content-Security-Policy"])
        self.assertContains(page, f'&lt;iframe src="http://127.0.0.1:8000{PATH}embed/" title="The bridge"')

    def test_snippet_survives_any_title(self):
        rename(self.bridge, 'A "bridge" & <more>', slug="the-bridge", now=NOW)
        self.assertContains(
            self.client.get(PATH), 'title="A &amp;quot;bridge&amp;quot; &amp;amp; &amp;lt;more&amp;gt;"'
        )

    def test_kept_frame_and_304_may_stand_there_too(self):
        answer = self.client.get(f"{PATH}embed/")
        again = self.client.get(f"{PATH}embed/", headers={"If-None-Match": answer["ETag"]})
        self.assertEqual(again.status_code, 304)
        for found in (again, self.client.get(f"{PATH}embed/")):
            self.assertNotIn("X-Frame-Options", found)
            self.assertIn("frame-ancestors *", found["Content-Security-Policy"])

    def test_turning_point_that_the_frame_leaves_out_stands_among_the_latest_entries(self):
        for number in (4, 5, 6, 7, 8, 9):
            stories.pin(self.events[number], context=self.bridge, note="", now=NOW)
        answer = self.client.get(f"{PATH}embed/")
        for number in range(3, 10):
            with self.subTest(number):
                self.assertContains(answer, f"Day {number}<", count=1)

    def test_frame_shows_turning_points_and_the_latest_entries(self):
        answer = self.client.get(f"{PATH}embed/")
        self.assertContains(answer, "Day 3", count=1)
        self.assertContains(answer, "Day 9")
        self.assertNotContains(answer, "Day 1<")


class ChartTests(Bridge):
    def test_colour_of_a_turning_point_is_said_in_words(self):
        page = self.client.get(PATH)
        self.assertContains(page, "story-bar-turn", count=1)
        # Beside the drawing and in the row of its table.
        self.assertContains(page, "with a turning point", count=2)
        self.bridge.turning_points.get().delete()
        derived.touch(now=NOW)
        self.assertNotContains(self.client.get(PATH), "with a turning point")

    def test_text_names_the_fullest_bar_with_large_numbers_grouped(self):
        bars = (Bar(DAY, DAY, 1_493), Bar(DAY + timedelta(days=1), DAY + timedelta(days=1), 1_200))
        ref = StoryRef("The bridge", "the-bridge", 2_693, DAY, DAY + timedelta(days=1))
        story = SimpleNamespace(ref=ref, days=1_002, bars=bars, unit="day")
        self.assertEqual(
            chart_text(story),
            f"2,693 events on 1,002 days; the most in one bar, 1,493, in: {format_day(DAY, 'day')}.",
        )


class FeedTests(Bridge):
    def test_feed_holds_the_newest_publications(self):
        make_event("Told later", date=date(2020, 1, 2), contexts=["The bridge"], publish_at=NOW)
        for extension in ("rss", "atom", "json"):
            self.assertContains(self.client.get(f"{PATH}feed.{extension}"), "Told later")
        titles = [item["title"] for item in self.facts(f"{PATH}feed.json")["items"]]
        self.assertEqual(titles[0], "Told later")
        self.assertEqual(len(titles), 11)


class EventPageTests(Bridge):
    def test_event_of_many_story_lines_shows_the_first_few_and_folds_the_rest(self):
        path = self.events[3].get_absolute_url()
        self.assertNotContains(self.client.get(path), "<summary>and")
        for number in range(4):
            make_story_line(f"Steel {number}", ["The bridge", "Steel"])
        page = self.client.get(path)
        self.assertContains(page, 'class="place-story"', count=5)
        shown, folded = page.content.decode().split("<summary>and 1 more</summary>")
        self.assertEqual((shown.count("place-story"), folded.count("place-story")), (4, 1))

    def test_event_names_its_story_lines_with_its_neighbours(self):
        make_story_line("Steel bridge", ["The bridge", "Steel"])
        path = self.events[3].get_absolute_url().rstrip("/")
        lines = self.facts(f"{path}.json")["event"]["story_lines"]
        told = [(line["title"], line["previous"]["headline"], line["next"]["headline"]) for line in lines]
        self.assertEqual(told, [("Steel bridge", "Day 1", "Day 5"), ("The bridge", "Day 2", "Day 4")])
        self.assertContains(self.client.get(f"{path}/"), f'href="{PATH}"')
        self.assertContains(self.client.get(f"{path}.md"), "story_lines:")
        self.assertContains(self.client.get(f"{path}.xml"), "<story_line>", count=2)

    def test_ends_have_one_neighbour_and_the_same_day_counts(self):
        beside = make_event("Beside", date=self.days[0], contexts=["The bridge"])
        lines = self.facts(f"{beside.get_absolute_url().rstrip('/')}.json")["event"]["story_lines"]
        self.assertEqual(lines[0]["previous"]["headline"], "Day 0")
        self.assertEqual(lines[0]["next"]["headline"], "Day 1")
        first = self.facts(f"{self.events[0].get_absolute_url().rstrip('/')}.json")["event"]
        self.assertIsNone(first["story_lines"][0]["previous"])
        self.assertEqual(first["story_lines"][0]["next"]["headline"], "Beside")

    def test_event_without_a_story_has_no_panel(self):
        event = make_event("Alone", contexts=["Steel"])
        self.assertNotContains(self.client.get(event.get_absolute_url()), 'class="places"')


class HiddenTests(Bridge):
    """Drafts, waiting and retracted entries are in no count, gap, chart, neighbour or turning point."""

    def hide(self) -> list[Event]:
        out_at = NOW + timedelta(hours=1)
        fields = {"contexts": ["The bridge", "Steel"]}
        hidden = [
            make_event("zqdraft", date=date(2020, 2, 1), state="draft", **fields),
            make_event("zqwaits", date=date(2020, 2, 2), publish_at=out_at, **fields),
            make_event("zqembargo", date=date(2022, 2, 3), embargo_until=out_at, **fields),
            retract(make_event("zqgone", date=date(2019, 2, 4), **fields)),
        ]
        for event in hidden:
            stories.pin(event, context=self.bridge, note="zqnote", now=NOW)
        return hidden

    def pages(self) -> dict[str, bytes]:
        paths = [
            *(f"{PATH}{rest}" for rest in ("", "index.json", "index.md", "index.xml", "embed/", "feed.atom")),
            *(f"/stories/steel-bridge/{rest}" for rest in ("", "index.json", "embed/", "feed.json")),
            "/stories/",
            "/stories/index.json",
            f"{self.events[9].get_absolute_url().rstrip('/')}.json",
            f"{self.events[8].get_absolute_url().rstrip('/')}.json",
        ]
        cache.clear()
        return {path: self.client.get(path).content for path in paths}

    def test_nothing_hidden_changes_any_page(self):
        make_story_line("Steel bridge", ["The bridge", "Steel"])
        before = self.pages()
        self.hide()
        after = self.pages()
        for path, content in before.items():
            with self.subTest(path):
                # The related list may not have changed either: it is the same test for it.
                self.assertEqual(after[path].decode(), content.decode())

    def test_time_alone_brings_them_out(self):
        make_story_line("Steel bridge", ["The bridge", "Steel"])
        self.hide()
        with time_machine.travel(NOW + timedelta(hours=2), tick=False):
            story = self.facts()["story"]
            self.assertEqual((story["count"], story["last"]), (12, "2022-02-03"))
            self.assertEqual([point["note"] for point in story["turning_points"]][1:], ["zqnote"] * 2)
            self.assertEqual(self.facts("/stories/steel-bridge/index.json")["story"]["count"], 7)

    def test_story_of_hidden_events_alone_is_unknown(self):
        make_event("Draft", state="draft", contexts=[make_context("Secret", kind="story"), "Plan"])
        StoryLine.objects.all().delete()
        make_story_line("Secret plan", ["Secret", "Plan"])
        for slug in ("secret", "secret-plan"):
            for rest in ("", "index.json", "feed.rss", "embed/"):
                self.assertEqual(self.client.get(f"/stories/{slug}/{rest}").status_code, 404)
        self.assertNotContains(self.client.get("/stories/"), "ecret")
        self.assertNotContains(self.client.get("/sitemap-pages.xml"), "ecret")
        self.assertTrue(Context.objects.filter(slug="secret").exists())
