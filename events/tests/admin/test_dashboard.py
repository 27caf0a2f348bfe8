"""The front page of the admin: each part with what belongs there and without what does not."""

from datetime import UTC, date, datetime, timedelta
from unittest import mock

from django.contrib.auth.models import User
from django.test import TestCase, override_settings

from events.models import Autosave, SourcePage
from events.tests.factories import make_article, make_context, make_event, make_story_line
from events.tests.reports.works_out import work_out_all
from events.tests.workflow.test_permissions import make_user
from events.workflow.transitions import carry_out

FRONT = "/admin/"
NOW = datetime(2024, 6, 1, 11, 30, tzinfo=UTC)
TODAY = NOW.date()
# Session, user, permissions (4); queues of one person (18), text not saved (3), today (4), days, links that
# died (3), results of the worker with what they lead to (5); Django's list of actions.
QUERIES = 39


class DashboardTestCase(TestCase):
    group = "Editor"

    def setUp(self):
        self.user = make_user(self.group)
        self.client.force_login(self.user)
        self.other = User.objects.create_user("other", is_staff=True)

    def page(self, *, now: datetime = NOW):
        with mock.patch("events.admin.dashboard.timezone.now", return_value=now):
            return self.client.get(FRONT)

    def desk(self, *, now: datetime = NOW) -> dict:
        return self.page(now=now).context["desk"]

    def needs(self) -> dict[str, list[str]]:
        return {str(row.title): [str(each.entry) for each in row.entries] for row in self.desk()["needs"]}


class NeedsTests(DashboardTestCase):
    def fill(self) -> None:
        now = NOW - timedelta(days=1)
        make_event("Mine", state="draft", by=self.user, now=now)
        make_event("Other's", state="draft", by=self.other, now=now)
        for event in (
            make_event("Back", state="draft", by=self.user, now=now),
            make_article("Back too", state="draft", by=self.user, now=now),
        ):
            carry_out(event, "submit", by=self.user, now=now)
            carry_out(event, "send_back", by=make_reviewer(), note="Who says so?", now=now)
        make_event("Submitted", state="in_review", by=self.other, now=now)
        make_event("Approved", state="approved", by=self.other, now=now)
        make_event("Late", state="draft", by=self.other, publish_at=NOW - timedelta(hours=1), now=now)
        make_event("Later", state="draft", by=self.other, publish_at=NOW + timedelta(hours=1), now=now)
        make_event("Mine, late", state="draft", by=self.user, publish_at=NOW - timedelta(hours=2), now=now)
        make_event("Live", by=self.user, now=now)

    def test_each_entry_stands_where_it_waits(self):
        self.fill()
        found = self.needs()
        self.assertCountEqual(found["Sent back to me"], ["Back", "Back too"])
        self.assertEqual(found["To be reviewed"], ["Submitted"])
        self.assertEqual(found["Approved, not yet published"], ["Approved"])
        self.assertEqual(found["Should be live by now"], ["Mine, late", "Late"])
        self.assertEqual(found["My drafts"], ["Mine"])
        self.assertContains(self.page(), "Who says so?")

    def test_what_i_sent_back_myself_does_not_wait_for_me(self):
        event = make_event("Theirs", state="in_review", by=self.other)
        carry_out(event, "send_back", by=self.user, note="Who says so?")
        self.assertNotIn("Sent back to me", self.needs())

    def test_text_not_saved(self):
        event = make_event("Opened", by=self.other)
        for slot, kept_at, editor in (
            (f"event/{event.pk}", NOW, self.user),
            ("article/new/aa", NOW, self.user),
            ("event/999999", NOW, self.user),
            ("event/new/bb", None, self.user),
            ("event/new/cc", NOW, self.other),
        ):
            Autosave.objects.create(slot=slot, editor=editor, kept_at=kept_at, form="x")
        found = {text.title for text in self.desk()["unsaved"]}
        self.assertEqual(found, {"Opened", "a new entry (article)"})

    @override_settings(EVENTS_FOUR_EYES=True)
    def test_with_four_eyes_my_own_text_is_anothers_to_review(self):
        make_event("By me", state="in_review", by=self.user)
        make_event("By another", state="in_review", by=self.other)
        self.assertEqual(self.needs()["To be reviewed"], ["By another"])

    def test_nothing_is_said_in_words(self):
        page = self.page()
        for words in (
            "Nothing waits for you.",
            "This day has no entry yet.",
            "Nothing goes live today.",
            "No cited page has been looked at yet",
            "Not worked out yet",
        ):
            self.assertContains(page, words)


class ReporterTests(DashboardTestCase):
    group = "Reporter"
    fill = NeedsTests.fill

    def test_only_what_is_theirs(self):
        self.fill()
        found = self.needs()
        self.assertEqual(set(found), {"Sent back to me", "Should be live by now", "My drafts"})
        self.assertEqual(found["Should be live by now"], ["Mine, late"])

    def test_todays_drafts_and_dead_links_of_others_are_not_shown(self):
        for by, name in ((self.user, "Mine"), (self.other, "Theirs")):
            make_event(f"{name}, draft", state="draft", date=TODAY, by=by)
            make_event(f"{name}, live", date=TODAY, by=by, sources=[("AP", f"https://apnews.com/{name}")])
        for key in ("https://apnews.com/Mine", "https://apnews.com/Theirs"):
            SourcePage.objects.create(key=key, checked_at=NOW, missing_since=NOW, problem="gone")
        work_out_all(now=NOW, today=TODAY)
        desk = self.desk()
        rows = {str(row.entry) for row in desk["of_today"][0].rows}
        self.assertEqual(rows, {"Mine, draft", "Mine, live", "Theirs, live"})
        self.assertEqual([str(row.event) for row in desk["dead_links"]], ["Mine, live"])
        self.assertEqual([str(row.event) for row in desk["single"]["rows"]], ["Mine, live"])
        for name in ("dead-links", "single-origin"):
            page = self.client.get(f"/admin/events/event/{name}/")
            self.assertEqual([str(row.event) for row in page.context["rows"]], ["Mine, live"])

    def test_without_the_events_permission_the_page_is_djangos(self):
        self.client.force_login(self.other)
        page = self.page()
        self.assertEqual(page.status_code, 200)
        self.assertNotContains(page, "What needs me")
        self.assertTemplateUsed(page, "admin/index.html")
        self.assertEqual(self.client.get("/admin/events/event/dead-links/").status_code, 403)


class TodayTests(DashboardTestCase):
    def headlines(self, *, now: datetime = NOW) -> list[list[str]]:
        return [[str(row.entry) for row in part.rows] for part in self.desk(now=now)["of_today"]]

    def test_by_event_day_and_by_going_live(self):
        make_event("Of today", date=TODAY)
        make_event("Draft of today", date=TODAY, state="draft")
        make_event("Of tomorrow", date=TODAY + timedelta(days=1))
        make_event("Came out", publish_at=NOW - timedelta(hours=2))
        make_article("Comes out", publish_at=NOW + timedelta(hours=2))
        make_event("Yesterday", publish_at=NOW - timedelta(days=1))
        make_event("Draft for today", state="draft", publish_at=NOW)
        of_day, live = self.headlines()
        self.assertEqual(of_day, ["Of today", "Draft of today"])
        self.assertEqual(live, ["Came out", "Comes out"])

    def test_today_is_that_of_the_site(self):
        """At 11:30 UTC it is 1 June at noon in Europe, 2 June in Kiritimati and still 1 June in Niue."""
        for day in (31, 1, 2):
            make_event(f"Day {day}", date=date(2024, 5 if day == 31 else 6, day), state="draft")
        # 00:30 of 2 June in Kiritimati, 23:30 of 31 May in Niue.
        make_event("Early", publish_at=datetime(2024, 6, 1, 10, 30, tzinfo=UTC))
        make_event("Late", publish_at=datetime(2024, 6, 2, 10, 30, tzinfo=UTC))
        for zone, of_day, live in (
            ("Pacific/Kiritimati", "Day 2", ["Early"]),
            ("Pacific/Niue", "Day 1", ["Late"]),
            ("UTC", "Day 1", ["Early"]),
        ):
            with self.subTest(zone), override_settings(TIME_ZONE=zone):
                self.assertEqual(self.headlines(), [[of_day], live])
        with override_settings(TIME_ZONE="Pacific/Niue"):
            early = datetime(2024, 6, 1, 10, 59, tzinfo=UTC)
            self.assertEqual(self.headlines(now=early), [["Day 31"], ["Early"]])

    @override_settings(TIME_ZONE="Pacific/Kiritimati")
    def test_the_lists_behind_have_them(self):
        make_event("Of today", date=date(2024, 6, 2), publish_at=NOW - timedelta(hours=3))
        make_event("Going live", publish_at=NOW)
        for part, headline in zip(self.desk()["of_today"], ("Of today", "Going live"), strict=True):
            found = self.client.get(part.path).context["cl"].result_list
            self.assertEqual([str(event) for event in found], [headline])


class ByItselfTests(DashboardTestCase):
    """What goes wrong by itself."""

    def test_links_that_died(self):
        make_event("Dead", sources=[("Reuters", "https://www.reuters.com/1")])
        make_event("Sound", sources=[("AP", "https://apnews.com/1")])
        for key, since in (("https://reuters.com/1", NOW), ("https://apnews.com/1", None)):
            SourcePage.objects.create(key=key, checked_at=NOW, missing_since=since, problem="gone")
        self.assertEqual([str(row.event) for row in self.desk()["dead_links"]], ["Dead"])
        page = self.client.get("/admin/events/event/dead-links/")
        self.assertContains(page, "no archived copy is cited")
        self.assertContains(page, "https://web.archive.org/web/https://www.reuters.com/1")
        copy = "https://web.archive.org/web/20240101000000/https://www.reuters.com/1"
        SourcePage.objects.update(archived_copy=copy)
        self.assertContains(self.client.get("/admin/events/event/dead-links/"), f'href="{copy}"')
        SourcePage.objects.update(missing_since=None)
        self.assertContains(self.page(), "No cited page is known to be gone. Last look at a page:")

    def test_what_the_worker_worked_out(self):
        story = make_context("The bridge", kind="story")
        for days in (22, 21, 20):
            sources = [("Reuters", f"https://www.reuters.com/{days}")]
            day = TODAY - timedelta(days=days)
            make_event(f"Told {days}", contexts=[story], date=day, sources=sources)
        work_out_all(now=NOW, today=TODAY)
        desk = self.desk()
        self.assertEqual([row.story.title for row in desk["silences"]["rows"]], ["The bridge"])
        self.assertEqual((desk["single"]["share"], desk["single"]["before"]), (100, 0))
        page = self.page()
        self.assertContains(page, "3 of 3 public entries with sources")
        self.assertContains(page, "Worked out <time", count=2)
        with mock.patch("events.admin.reports.timezone.now", return_value=NOW):
            self.assertContains(self.client.get("/admin/events/event/silences/"), "The bridge")
        self.assertContains(self.client.get("/admin/events/event/single-origin/"), "Told 21")

    def test_days_without_an_entry_and_the_chart(self):
        for days in range(1, 40):
            if days not in (3, 30):
                make_event(f"{days}", date=TODAY - timedelta(days=days))
        desk = self.desk()
        self.assertEqual(desk["empty_days"], [TODAY - timedelta(days=3)])
        self.assertEqual((len(desk["days"]), desk["entries"]), (56, 37))
        page = self.page()
        self.assertContains(page, "/admin/events/event/add/?date=2024-05-29")
        self.assertContains(page, '<rect class="desk-bar"', count=37)
        form = self.client.get("/admin/events/event/add/?date=2024-05-29")
        self.assertContains(form, 'value="2024-05-29"')


class CostTests(DashboardTestCase):
    def fill(self, number: int) -> None:
        for count in range(number):
            name, now = f"{number} {count}", NOW - timedelta(days=1)
            for model in (make_event, make_article):
                for state in ("in_review", "approved"):
                    model(f"{state} {name}", state=state, by=self.other, now=now)
                late = {"state": "draft", "publish_at": NOW - timedelta(hours=1)}
                back = model(f"Back {name}", by=self.user, now=now, **late)
                carry_out(back, "submit", by=self.user, now=now)
                carry_out(back, "send_back", by=self.other_editor, note="?", now=now)
                model(f"Today {name}", date=TODAY, publish_at=NOW)
            story = make_context(f"Story {name}", kind="story")
            for days in (22, 21, 20):
                url = f"https://www.reuters.com/{number}/{count}/{days}"
                day = TODAY - timedelta(days=days)
                event = make_event(
                    f"Told {name} {days}", contexts=[story], date=day, sources=[("Reuters", url)]
                )
            make_story_line(f"Line {name}", [story])
            key = event.citations.get().canonical_url
            SourcePage.objects.create(key=key, checked_at=NOW, missing_since=NOW, problem="gone")
            Autosave.objects.create(slot=f"event/{event.pk}", editor=self.user, kept_at=NOW, form="x")
        # A story line that fell silent after all others: whatever keys these have, one is looked at.
        topic = make_context(f"Topic {number}")
        for days in (21, 20, 19):
            make_event(f"Of the topic {number} {days}", contexts=[topic], date=TODAY - timedelta(days=days))
        make_story_line(f"Line {number}", [topic])
        article = make_article(f"Article {number}", by=self.other)
        Autosave.objects.create(slot=f"article/{article.pk}", editor=self.user, kept_at=NOW, form="x")

    def test_queries_do_not_grow(self):
        self.other_editor = make_reviewer()
        for number in (1, 20):
            self.fill(number)
            work_out_all(now=NOW, today=TODAY)
            self.page()
            with self.assertNumQueries(QUERIES):
                self.page()
            for name, queries in (("dead-links", 7), ("single-origin", 7), ("silences", 7)):
                with self.subTest(name), self.assertNumQueries(queries):
                    self.client.get(f"/admin/events/event/{name}/")


def make_reviewer() -> User:
    """Another who may send back."""
    user = User.objects.filter(username="chief-editor").first()
    return user or make_user("Chief editor")
