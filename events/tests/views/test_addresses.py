"""Addresses never die: renaming, moving, merging, and reading a long list from end to end."""

from datetime import date, timedelta

from django.core.cache import cache
from django.test import TestCase, override_settings

from events.documents.types import ListPage
from events.models import Event
from events.tests.factories import DAY, find_contexts, make_context, make_event, retract
from events.workflow import contexts as context_work
from events.workflow.edits import editing, keep_address


class AddressesTests(TestCase):
    def assert_leads(self, asked: str, there: str, status: int = 301) -> None:
        with self.subTest(asked):
            answer = self.client.get(asked)
            self.assertRedirects(answer, there, status_code=status, target_status_code=200)

    def test_renamed_and_moved_event_is_found_at_all_its_addresses(self):
        event = make_event("A bridge is opened")
        first = event.get_absolute_url()
        with editing(event):
            event.slug = "new-bridge"
        second = event.get_absolute_url()
        with editing(event):
            event.date = DAY + timedelta(days=3)
        third = event.get_absolute_url()
        self.assertEqual(third, "/news/2024/05/04/new-bridge/")
        for path in (first, second):
            self.assert_leads(path, third)
            for extension in ("md", "json", "xml"):
                self.assert_leads(f"{path[:-1]}.{extension}", f"{third[:-1]}.{extension}")
            self.assertRedirects(
                self.client.get(f"{path[:-1]}.html"), path, status_code=301, target_status_code=301
            )
        self.assert_leads(f"/e/{event.public_id}/", third, 302)
        self.assert_leads(f"/e/{event.public_id.upper()}/", third, 302)
        page = self.client.get(f"{third[:-1]}.json").json()
        self.assertIn(first.rstrip("/"), str(page))

    def test_addresses_of_an_older_system_lead_on_padded_or_not(self):
        event = make_event("A bridge is opened")
        keep_address(
            event, now=event.edited_at, former=["articles/2016/02/05/story", "en/news/2016/02/05/story"]
        )
        self.assert_leads("/articles/2016/02/05/story", event.get_absolute_url())
        self.assert_leads("/articles/2016/02/05/story.html", event.get_absolute_url())
        self.assert_leads("/en/news/2016/2/5/story/", event.get_absolute_url())
        self.assert_leads("/en/news/2016/2/5/story.md", f"{event.get_absolute_url()[:-1]}.md")

    def test_freed_address_never_goes_to_another_event(self):
        first = make_event("A bridge is opened")
        with editing(first):
            first.slug = "other"
        second = make_event("A bridge is opened")
        self.assertEqual(second.slug, "a-bridge-is-opened-2")
        self.assert_leads("/news/2024/05/01/a-bridge-is-opened/", first.get_absolute_url())

    def test_moved_and_then_retracted_event_has_its_notice_at_all_addresses(self):
        event = make_event("A bridge is opened")
        first = event.get_absolute_url()
        with editing(event):
            event.slug = "other"
        retract(event, "It never was.")
        for path in (first, event.get_absolute_url(), f"/e/{event.public_id}/"):
            self.assertContains(self.client.get(path), "It never was.", status_code=410)

    def test_merged_event_leads_to_what_it_became(self):
        kept, gone = make_event("A bridge is opened"), make_event("Bridge opened")
        with editing(gone):
            gone.state, gone.merged_into = Event.State.RETRACTED, kept
            gone.retraction_notice = "Told twice."
        self.assert_leads("/news/2024/05/01/bridge-opened/", kept.get_absolute_url())
        self.assert_leads("/news/2024/05/01/bridge-opened.json", f"{kept.get_absolute_url()[:-1]}.json")
        self.assert_leads(f"/e/{gone.public_id}/", kept.get_absolute_url(), 302)

    def test_renamed_and_merged_contexts_redirect(self):
        make_event(contexts=["Bridges", "Crossings", "Rivers"])
        bridges, crossings = find_contexts(["Bridges", "Crossings"])
        context_work.rename(bridges, "Great bridges")
        self.assert_leads("/contexts/bridges/", "/contexts/great-bridges/")
        context_work.merge([crossings], into=bridges)
        for asked, there in (
            ("/contexts/crossings/", "/contexts/great-bridges/"),
            ("/contexts/crossings/index.json", "/contexts/great-bridges/index.json"),
            ("/contexts/bridges/feed.atom", "/contexts/great-bridges/feed.atom"),
            ("/contexts/crossings+rivers/", "/contexts/great-bridges+rivers/"),
            ("/contexts/rivers+crossings/", "/contexts/great-bridges+rivers/"),
        ):
            self.assert_leads(asked, there)
        self.assert_leads("/contexts/bridges+crossings/", "/contexts/great-bridges/")
        self.assert_leads("/contexts/rivers+rivers/", "/contexts/rivers/")
        self.assert_leads("/contexts/rivers++rivers/feed.atom", "/contexts/rivers/feed.atom")
        for nothing in ("+", "+++"):
            self.assertEqual(self.client.get(f"/contexts/{nothing}/").status_code, 404)
            self.assertEqual(self.client.get(f"/contexts/{nothing}/feed.rss").status_code, 404)

    def test_pair_of_contexts_holds_what_carries_both(self):
        make_event("Both", contexts=["Bridges", "Rivers"])
        make_event("One", contexts=["Bridges"])
        page = self.client.get("/contexts/bridges+rivers/index.json").content.decode()
        self.assertIn('"Both"', page)
        self.assertNotIn('"One"', page)
        either = self.client.get("/contexts/rivers+bridges/")
        self.assertContains(
            either, '<link rel="canonical" href="http://127.0.0.1:8000/contexts/bridges+rivers/">'
        )

    def test_parents_and_children_are_linked(self):
        war = make_context("War")
        make_event("Talks begin", contexts=[make_context("Peace process", parents=[war])])
        self.assertContains(self.client.get("/contexts/war/"), "/contexts/peace-process/")
        self.assertContains(self.client.get("/contexts/peace-process/"), "/contexts/war/")

    def test_month_leads_to_the_months_beside_it_that_have_events(self):
        for day in (date(2015, 11, 3), date(2016, 2, 21), date(2016, 3, 1)):
            make_event("Event", date=day)
        html = self.client.get("/news/2016/02/").content.decode()
        for link, title in (
            ('<a rel="prev" href="/news/2015/11/">', "November 2015"),
            ('<a rel="next" href="/news/2016/03/">', "March 2016"),
        ):
            self.assertEqual(html.count(link), 2)
            self.assertIn(f"<bdi>{title}</bdi>", html.partition(link)[2][:100])


@override_settings(EVENTS_PAGE_SIZE=4, EVENTS_FEED_SIZE=4)
class PagingTests(TestCase):
    """Every event exactly once, in both directions, also where many share a day."""

    @classmethod
    def setUpTestData(cls):
        days = [DAY - timedelta(days=back) for back in (0, 0, 0, 0, 0, 0, 1, 1, 2, 3, 3, 3, 3, 3, 4)]
        cls.events = [
            make_event(
                f"Event {number}",
                date=day,
                contexts=["Bridges", "Rivers"],
                sources=[("R", "https://reuters.com/")],
            )
            for number, day in enumerate(days)
        ]
        cls.order = [f"Event {number}" for number in range(15)]

    def read(self, path: str) -> ListPage:
        """The document of a page that is made anew: one from the cache has none."""
        cache.clear()
        answer = self.client.get(path)
        self.assertEqual(answer.status_code, 200, path)
        return answer.context["document"]

    def walk(self, path: str, *, direction: str) -> list[list[str]]:
        """The headlines of each page, following the links from page to page."""
        pages = []
        for _page in range(20):
            document = self.read(path)
            pages.append([event.headline for event in document.events])
            self.assertLessEqual(len(pages[-1]), 4)
            link = getattr(document.page, direction)
            if link is None:
                self.last = path
                return pages
            path = link.path
        return self.fail("the list has no end")

    def test_lists_are_read_once_in_both_directions(self):
        for path in ("/contexts/bridges/", "/contexts/bridges+rivers/", "/sources/reuters.com/"):
            with self.subTest(path):
                pages = self.walk(path, direction="next")
                self.assertEqual([headline for page in pages for headline in page], self.order)
                back = self.walk(self.last, direction="previous")
                self.assertEqual([headline for page in back[::-1] for headline in page][-15:], self.order)

    def test_month_is_read_once(self):
        pages = self.walk("/news/2024/05/", direction="next") + self.walk("/news/2024/04/", direction="next")
        self.assertEqual([headline for page in pages for headline in page], self.order)

    def test_days_that_a_page_cuts_are_counted_whole_or_not_at_all(self):
        numbers = {section.date: section.number for section in self.read("/news/2024/05/").sections}
        self.assertEqual(numbers, {DAY: 6})
        self.assertContains(self.client.get("/news/2024/05/"), "All 6 events of 1 May 2024")
        for path in ("/contexts/bridges/", "/contexts/bridges+rivers/", "/sources/reuters.com/"):
            first = self.read(path)
            second = self.read(first.page.next.path)
            self.assertEqual([section.number for section in first.sections], [None], path)
            self.assertEqual([section.number for section in second.sections], [None, None], path)
            last = self.read(self.read(second.page.next.path).page.next.path)
            self.assertEqual([section.number for section in last.sections], [None, 1], path)

    def test_feed_is_read_once(self):
        for path in ("/feeds/news", "/contexts/bridges/feed", "/sources/reuters.com/feed"):
            found, address = [], f"{path}.json"
            while address:
                feed = self.client.get(address).json()
                found += [item["id"] for item in feed["items"]]
                address = feed.get("next_url", "").replace("http://127.0.0.1:8000", "")
            with self.subTest(path):
                self.assertCountEqual(found, [event.guid for event in self.events])

    def test_new_entry_does_not_move_the_pages_behind_it(self):
        second = self.read("/contexts/bridges/").page.next.path
        before = self.client.get(second).content
        make_event("Newest", date=DAY + timedelta(days=1), contexts=["Rivers"])
        self.assertEqual(self.client.get(second).content, before)

    def test_directory_of_contexts_is_read_once(self):
        names = [f"Name {number:03}" for number in range(130)]
        make_event("Many", contexts=names)
        found, path = [], "/contexts/"
        while path:
            document = self.read(path)
            found += [ref.name for ref in document.contexts]
            path = document.page.next.path if document.page.next else ""
        self.assertEqual(found, ["Bridges", *names, "Rivers"])

    def test_search_pages_hold_every_hit_once(self):
        found, path = [], "/search/?q=event"
        while path:
            document = self.read(path)
            found += [hit.event.headline for hit in document.search.hits]
            path = document.page.next.path if document.page.next else ""
        self.assertCountEqual(found, self.order)
