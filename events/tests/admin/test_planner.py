"""The planner: which entries stand on which day, what a move answers, and queries that do not grow."""

from datetime import UTC, date, datetime, timedelta
from unittest import mock

from django.test import override_settings
from django.utils import timezone

from events.models import Event
from events.tests.admin.test_events import LIST, DeskTestCase
from events.tests.factories import DAY, make_article, make_event
from events.tests.workflow.test_permissions import make_user
from events.workflow.edits import editing
from events.workflow.merging import merge_events

PLANNER = f"{LIST}planner/"
MAY = f"{PLANNER}?month=2024-05"
THERE = DAY + timedelta(days=2)
# Session and user, permissions (2), and of each kind of entry the numbers and the first of each day.
QUERIES = 8


class PlannerTestCase(DeskTestCase):
    def days(self, address: str = MAY) -> dict:
        return {day.date: day for day in self.client.get(address).context["days"]}

    def shown(self, address: str = MAY) -> dict[date, list[str]]:
        return {
            day.date: [str(row.entry) for row in day.planned]
            for day in self.days(address).values()
            if day.planned
        }

    def post(self, entry, *, view: str = "month=2024-05", **values):
        data = {"kind": entry.OWNER, "pk": entry.pk, "version": entry.version} | values
        return self.client.post(f"{PLANNER}move/?{view}", data, follow=True)


class DaysTests(PlannerTestCase):
    def test_a_month_and_a_week_show_their_days(self):
        self.assertEqual(len(self.days()), 31)
        week = list(self.days(f"{PLANNER}?week=2024-05-01"))
        self.assertEqual(len(week), 7)
        self.assertIn(DAY, week)
        page = self.client.get(MAY)
        self.assertContains(page, "month=2024-04")
        self.assertContains(page, "month=2024-06")

    def test_nonsense_in_the_address_shows_this_month(self):
        today = timezone.localdate()
        for query in (
            "",
            "month=2024-13",
            "month=0001-01",
            "month=9999-12",
            "week=x",
            "by=x&state=y",
            "month=١",
        ):
            with self.subTest(query):
                self.assertIn(today, self.days(f"{PLANNER}?{query}"))

    def test_every_state_stands_on_its_day_articles_told_apart(self):
        soon = timezone.now() + timedelta(days=1)
        make_event("Live")
        make_event("Scheduled", publish_at=soon)
        for state in ("draft", "in_review", "approved", "retracted"):
            make_event(state, state=state, retraction_notice="Wrong.")
        make_article("An article", state="draft")
        make_event("Elsewhere", date=date(2024, 6, 1))
        kept = make_event("Kept", date=THERE)
        merge_events(make_event("Merged", date=THERE), into=kept, by=self.user)
        expected = ["Scheduled", "draft", "in_review", "approved", "retracted", "Live", "An article"]
        self.assertEqual(self.shown(), {DAY: expected, THERE: ["Kept"]})
        day = self.days()[DAY]
        self.assertEqual(
            [row.badge for row in day.planned],
            ["scheduled", "draft", "in_review", "approved", "retracted", "published", "draft"],
        )
        self.assertEqual([row.kind for row in day.planned][-2:], ["", "article"])
        for state in ("scheduled", "draft", "in_review", "approved", "retracted", "published"):
            with self.subTest(state):
                found = self.shown(f"{MAY}&state={state}")
                self.assertEqual(len(found[DAY]), 2 if state == "draft" else 1)

    def test_days_over_without_public_entries_stand_out_whatever_is_filtered(self):
        make_event("Live")
        make_event("Draft", state="draft", date=THERE)
        for query in ("", "&state=draft"):
            days = self.days(MAY + query)
            self.assertEqual((days[DAY].is_bare, days[THERE].is_bare), (False, True))
        self.assertEqual(self.client.get(MAY).content.decode().count("Nothing public"), 30)
        ahead = timezone.localdate() + timedelta(days=70)
        self.assertFalse(any(day.is_bare for day in self.days(f"{PLANNER}?month={ahead:%Y-%m}").values()))

    def test_a_busy_day_shows_the_first_and_leads_to_the_list(self):
        for number in range(9):
            make_event(f"Event {number}", state="draft" if number > 6 else "published")
        day = self.days()[DAY]
        self.assertEqual(
            [str(row.entry) for row in day.planned],
            ["Event 7", "Event 8", "Event 0", "Event 1", "Event 2", "Event 3"],
        )
        page = self.client.get(MAY)
        self.assertContains(page, "and 3 more (events)")
        more = page.context["days"][0].more[0]
        self.assertEqual(len(self.client.get(more.address).context["cl"].result_list), 9)
        published = self.days(f"{MAY}&state=published")[DAY].more[0]
        self.assertEqual(published.number, 1)
        self.assertEqual(len(self.client.get(published.address).context["cl"].result_list), 7)

    def test_queries_do_not_grow_with_the_entries(self):
        for number in (1, 20):
            for count in range(number):
                make_event(f"{number} {count}", state="draft", date=DAY + timedelta(days=count))
                make_article(f"{number} {count}", date=DAY)
            for query in ("", "&by=moment"):
                self.client.get(MAY + query)
                with self.subTest(number, query=query), self.assertNumQueries(QUERIES):
                    self.client.get(MAY + query)

    def test_the_form_of_a_new_entry_has_the_day(self):
        page = self.client.get(MAY)
        self.assertContains(page, "/admin/events/event/add/?date=2024-05-03")
        page = self.client.get("/admin/events/event/add/?date=2024-05-03")
        self.assertContains(page, 'name="date" value="2024-05-03"')

    @override_settings(TIME_ZONE="Pacific/Kiritimati")
    def test_days_and_today_are_those_of_the_site(self):
        now = datetime(2024, 5, 1, 11, tzinfo=UTC)
        with mock.patch("django.utils.timezone.now", return_value=now):
            make_event("Before ten", publish_at=datetime(2024, 5, 3, 9, 59, tzinfo=UTC))
            make_event("At ten", publish_at=datetime(2024, 5, 3, 10, tzinfo=UTC))
            days = self.days()
            self.assertEqual([day.date for day in days.values() if day.is_today], [date(2024, 5, 2)])
            self.assertEqual([day.date for day in days.values() if day.is_bare], [date(2024, 5, 1)])
            shown = self.shown(f"{MAY}&by=moment")
            page = self.client.get(f"{MAY}&by=moment")
        self.assertEqual(shown, {date(2024, 5, 3): ["Before ten"], date(2024, 5, 4): ["At ten"]})
        self.assertContains(page, "Pacific/Kiritimati")
        self.assertContains(page, ">00:00</time>")

    def test_by_moment_whatever_has_one(self):
        moment = datetime(2024, 5, 20, 9, tzinfo=UTC)
        make_event("Published", publish_at=moment)
        make_event("Embargo", publish_at=moment, embargo_until=moment + timedelta(days=2))
        make_article("Planned", state="approved", publish_at=moment + timedelta(days=3))
        make_event("No moment", state="draft")
        make_event("Promised", state="draft", embargo_until=moment)
        shown = self.shown(f"{MAY}&by=moment")
        self.assertEqual(
            {day.day: titles for day, titles in shown.items()},
            {20: ["Published"], 22: ["Embargo"], 23: ["Planned"]},
        )

    def test_a_busy_day_by_moment_leads_to_the_list(self):
        for hour in range(8):
            make_event(f"At {hour}", publish_at=datetime(2024, 5, 20, hour, tzinfo=UTC))
        make_event("Next day", publish_at=datetime(2024, 5, 21, tzinfo=UTC))
        day = self.days(f"{MAY}&by=moment")[date(2024, 5, 20)]
        self.assertEqual((len(day.planned), day.more[0].number), (6, 2))
        self.assertEqual(len(self.client.get(day.more[0].address).context["cl"].result_list), 8)


class MovesTests(PlannerTestCase):
    def test_a_move_is_told_shown_and_taken_back(self):
        event = make_event("A draft", state="draft")
        page = self.post(event, day="2024-05-03")
        self.assertContains(page, "“A draft” stands on 3 May 2024 now.")
        self.assertContains(page, "Take the move back")
        self.assertEqual(self.shown(), {THERE: ["A draft"]})
        undo = page.context["undo"]
        event.version = undo["version"]
        page = self.post(event, back_to=undo["back_to"])
        self.assertContains(page, "“A draft” stands on 1 May 2024 now.")
        self.assertNotContains(page, "Take the move back")
        self.assertEqual(Event.objects.get().version, 3)

    def test_the_planner_follows_to_another_month(self):
        page = self.post(make_event(state="draft"), day="2024-07-09")
        self.assertEqual(page.context["view"].title, "July 2024")
        self.assertTrue(page.redirect_chain[0][0].endswith(f"#event-{Event.objects.get().pk}"))

    def test_published_entries_are_asked_about_first(self):
        event = make_event("Known")
        page = self.post(event, day="2024-05-03")
        self.assertContains(page, "/news/2024/05/01/known/")
        self.assertContains(page, "/news/2024/05/03/known/")
        self.assertEqual(Event.objects.get().date, DAY)
        page = self.post(event, day="2024-05-03", is_sure="1")
        self.assertContains(page, "Its old address leads to the new one.")
        self.assertRedirects(self.client.get("/news/2024/05/01/known/"), "/news/2024/05/03/known/", 301)
        article = make_article("Known too")
        self.assertContains(self.post(article, day="2024-05-03"), "/opinion/2024/05/03/known-too/")

    def test_a_scheduled_entry_moves_its_moment(self):
        moment = timezone.now().replace(microsecond=0) + timedelta(days=10)
        event = make_event("Soon", publish_at=moment)
        view = f"by=moment&month={moment:%Y-%m}"
        there = timezone.localdate(moment + timedelta(days=2))
        page = self.post(event, view=view, day=there.isoformat())
        self.assertContains(page, "goes live on")
        event.refresh_from_db()
        self.assertEqual((event.publish_at, event.date), (moment + timedelta(days=2), DAY))
        self.post(event, view=view, back_to="1")
        event.refresh_from_db()
        self.assertEqual(event.publish_at, moment)

    def test_a_stale_version_is_told_and_moves_nothing(self):
        event = make_event("A draft", state="draft")
        with editing(Event.objects.get()) as changed:
            changed.summary = "Somebody else's."
        for values in ({"day": "2024-05-03"}, {"back_to": "1"}):
            page = self.post(event, **values)
            self.assertContains(page, "Somebody saved “A draft” meanwhile")
        self.assertEqual((Event.objects.get().date, Event.objects.get().version), (DAY, 2))

    def test_an_undo_is_not_offered_after_another_save_or_to_who_may_not(self):
        event = make_event(state="draft")
        self.post(event, day="2024-05-03")
        address = f"{MAY}&moved=event.{event.pk}.2.1"
        self.assertContains(self.client.get(address), "Take the move back")
        with editing(Event.objects.get()) as changed:
            changed.summary = "Somebody else's."
        self.assertNotContains(self.client.get(address), "Take the move back")
        live = make_event("Live")
        self.client.force_login(make_user("Reporter"))
        self.assertNotContains(self.client.get(f"{MAY}&moved=event.{live.pk}.1.1"), "Take the move back")
        for wrong in ("x", "event.1.1.x", "event.-1.1.1", f"event.{'9' * 30}.1.1", "nobody.1.1.1"):
            self.assertEqual(self.client.get(f"{MAY}&moved={wrong}").status_code, 200)

    def test_what_cannot_be_is_told(self):
        event = make_event("A draft", state="draft")
        make_event("A draft", date=THERE)
        for values, words in (
            ({"day": "2024-05-03"}, "Another entry has or had this address"),
            ({"day": "2024-05-01"}, "It stands on this day already."),
            ({"day": ""}, "Say to which day"),
            ({"day": "0001-01-01"}, "Say to which day"),
            ({"day": "3 May"}, "Say to which day"),
            ({"day": "2024-05-04", "version": "x"}, "Nothing was moved."),
            ({"day": "2024-05-04", "kind": "user"}, "Nothing was moved."),
            ({"day": "2024-05-04", "pk": "9" * 30}, "Nothing was moved."),
        ):
            with self.subTest(values):
                self.assertContains(self.post(event, **values), words)
        self.assertEqual(Event.objects.get(pk=event.pk).version, 1)
        event.pk += 1_000
        self.assertEqual(self.post(event, day="2024-05-04").status_code, 404)

    def test_lost_approval_is_told(self):
        page = self.post(make_event(state="approved"), day="2024-05-03")
        self.assertContains(page, "the entry is in review again")

    def test_reporters_move_what_is_not_published(self):
        draft, live = make_event("Draft", state="draft"), make_event("Live")
        self.client.force_login(make_user("Reporter"))
        rows = self.days()[DAY].planned
        self.assertEqual([(str(row.entry), row.may_move) for row in rows], [("Draft", True), ("Live", False)])
        self.assertContains(self.post(draft, day="2024-05-03"), "stands on 3 May 2024 now")
        self.assertEqual(self.post(live, day="2024-05-03", is_sure="1").status_code, 403)
        self.assertEqual(Event.objects.get(pk=live.pk).date, DAY)
