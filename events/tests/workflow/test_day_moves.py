"""Moving entries from day to day: what moves along, what stays, and moments that keep their time of day."""

from datetime import UTC, date, datetime, timedelta
from unittest import mock
from zoneinfo import ZoneInfo

from django.core.exceptions import PermissionDenied, ValidationError
from django.test import SimpleTestCase, TestCase, override_settings

from events.models import Event
from events.tests.factories import DAY, NOW, make_article, make_event
from events.tests.workflow.test_permissions import make_user
from events.workflow.day_moves import READINGS, moment_on, move_back, move_entry
from events.workflow.edits import EditConflict

BY_DAY, BY_MOMENT = READINGS["day"], READINGS["moment"]
BERLIN = ZoneInfo("Europe/Berlin")
THERE = DAY + timedelta(days=2)


class MomentOnTests(SimpleTestCase):
    def test_time_of_day_stays_across_changes_of_the_clock(self):
        for before, day, after in (
            (datetime(2024, 3, 30, 9, tzinfo=BERLIN), date(2024, 4, 2), "2024-04-02T09:00:00+02:00"),
            (datetime(2024, 10, 26, 9, tzinfo=BERLIN), date(2024, 10, 28), "2024-10-28T09:00:00+01:00"),
            # Skipped on that day, and shown twice.
            (datetime(2024, 3, 30, 2, 30, tzinfo=BERLIN), date(2024, 3, 31), "2024-03-31T03:30:00+02:00"),
            (datetime(2024, 10, 26, 2, 30, tzinfo=BERLIN), date(2024, 10, 27), "2024-10-27T02:30:00+02:00"),
            (
                datetime(2024, 10, 27, 2, 30, tzinfo=BERLIN, fold=1),
                date(2024, 10, 28),
                "2024-10-28T02:30:00+01:00",
            ),
        ):
            with self.subTest(before=before, day=day):
                self.assertEqual(moment_on(before, day, BERLIN).astimezone(BERLIN).isoformat(), after)

    def test_the_day_is_that_of_the_zone(self):
        zone = ZoneInfo("Pacific/Kiritimati")
        moved = moment_on(datetime(2024, 5, 1, 20, tzinfo=UTC), date(2024, 5, 9), zone)
        self.assertEqual(moved, datetime(2024, 5, 8, 20, tzinfo=UTC))


class MoveTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.editor, cls.reporter = make_user("Editor"), make_user("Reporter")

    def move(self, entry, day=THERE, *, reading=BY_DAY, by=None, based_on=None, now=NOW):
        stored = type(entry).objects.get(pk=entry.pk)
        move_entry(stored, reading, day, by=by or self.editor, based_on=based_on or stored.version, now=now)
        return type(entry).objects.get(pk=entry.pk)

    def back(self, entry, version, *, reading=BY_DAY, by=None, now=NOW):
        move_back(entry, reading, version, by=by or self.editor, based_on=entry.version, now=now)
        return type(entry).objects.get(pk=entry.pk)

    def test_an_event_of_several_days_keeps_their_number_and_comes_back(self):
        event = self.move(make_event(state="draft", end_date=DAY + timedelta(days=3)))
        self.assertEqual((event.date, event.end_date), (THERE, THERE + timedelta(days=3)))
        revision = event.revisions.first()
        self.assertEqual(
            (event.version, revision.note, revision.made_by), (2, "Moved to 3 May 2024", self.editor)
        )
        event = self.back(event, 1)
        self.assertEqual((event.date, event.end_date, event.version), (DAY, DAY + timedelta(days=3), 3))

    def test_an_article_moves_and_comes_back(self):
        article = self.move(make_article(state="draft"))
        self.assertEqual((article.date, self.back(article, 1).date), (THERE, DAY))

    def test_the_old_address_of_a_published_event_leads_to_the_new_one(self):
        event = make_event()
        moved = self.move(event)
        page = self.client.get(event.get_absolute_url())
        self.assertRedirects(page, moved.get_absolute_url(), 301)

    def test_who_saw_another_version_moves_nothing(self):
        event = self.move(make_event(state="draft"))
        with self.assertRaises(EditConflict):
            self.move(event, DAY, based_on=1)
        # Read before the other's save as well: the door knows better.
        stale = Event.objects.get(pk=event.pk)
        self.move(event, DAY)
        with self.assertRaises(EditConflict):
            move_entry(stale, BY_DAY, THERE, by=self.editor, based_on=2, now=NOW)
        self.assertEqual(Event.objects.get(pk=event.pk).date, DAY)

    def test_permissions_are_those_of_editing(self):
        draft, live = make_event(state="draft"), make_event()
        self.assertEqual(self.move(draft, by=self.reporter).date, THERE)
        with self.assertRaises(PermissionDenied):
            self.move(live, by=self.reporter)
        moved = self.move(live)
        with self.assertRaises(PermissionDenied):
            self.back(moved, 1, by=self.reporter)

    def test_slugs_of_the_other_day_are_kept_clear_of(self):
        make_event("The same", date=THERE)
        event = make_event("The same", state="draft")
        with self.assertRaisesMessage(ValidationError, "Another entry has or had this address"):
            self.move(event)
        self.assertEqual(Event.objects.get(pk=event.pk).date, DAY)

    def test_what_is_known_by_month_only_stays(self):
        with self.assertRaisesMessage(ValidationError, "known only by month or year"):
            self.move(make_event(date_precision="month"))

    def test_approval_is_lost_with_the_day_that_was_approved(self):
        self.assertEqual(self.move(make_event(state="approved")).state, "in_review")

    @override_settings(EVENTS_FOUR_EYES=True)
    def test_four_eyes_keep_the_day_of_what_is_published(self):
        with self.assertRaisesMessage(ValidationError, "Keep your change as a draft revision"):
            self.move(make_event())
        self.assertEqual(self.move(make_event("Draft", state="draft")).date, THERE)

    @override_settings(TIME_ZONE="Pacific/Kiritimati")
    def test_a_scheduled_moment_keeps_its_time_and_decides(self):
        # The second of June, nine in the morning, fourteen hours before Greenwich.
        moment = datetime(2024, 6, 1, 19, tzinfo=UTC)
        event = make_event(publish_at=moment)
        self.assertEqual(BY_MOMENT.day_of(event), date(2024, 6, 2))
        event = self.move(event, date(2024, 6, 9), reading=BY_MOMENT)
        self.assertEqual(event.visible_at, moment + timedelta(days=7))
        self.assertEqual(event.first_published_at, moment + timedelta(days=7))
        self.assertEqual(event.date, DAY)
        self.assertFalse(Event.objects.public(now=moment + timedelta(days=6)).exists())
        self.assertEqual(self.back(event, 1, reading=BY_MOMENT).visible_at, moment)

    def test_the_embargo_is_moved_where_it_decides_and_kept_where_not(self):
        embargo = NOW + timedelta(days=4)
        event = make_event(publish_at=NOW + timedelta(days=3), embargo_until=embargo)
        event = self.move(event, (NOW + timedelta(days=1)).date(), reading=BY_MOMENT)
        self.assertEqual((event.embargo_until, event.visible_at), (NOW + timedelta(days=1),) * 2)
        event = self.back(event, 1, reading=BY_MOMENT)
        self.assertEqual((event.publish_at, event.embargo_until), (NOW + timedelta(days=3), embargo))
        other = make_event("Other", publish_at=embargo + timedelta(days=1), embargo_until=embargo)
        with self.assertRaisesMessage(ValidationError, "Its embargo runs until 2024-06-05 12:00 UTC."):
            self.move(other, (NOW + timedelta(days=2)).date(), reading=BY_MOMENT)

    def test_no_moment_becomes_past_and_none_that_is_past_moves(self):
        event = make_event(publish_at=NOW + timedelta(days=1))
        with self.assertRaisesMessage(ValidationError, "This moment is past."):
            self.move(event, (NOW - timedelta(days=1)).date(), reading=BY_MOMENT)
        with self.assertRaisesMessage(ValidationError, "It has gone live"):
            self.move(make_event("Out"), THERE, reading=BY_MOMENT)
        with self.assertRaisesMessage(ValidationError, "It has no moment yet."):
            self.move(make_event("Draft", state="draft"), reading=BY_MOMENT)
        moved = self.move(event, (NOW + timedelta(days=9)).date(), reading=BY_MOMENT)
        with self.assertRaisesMessage(ValidationError, "This moment is past."):
            self.back(moved, 1, reading=BY_MOMENT, now=NOW + timedelta(days=2))

    def test_a_reporter_plans_drafts_only(self):
        planned = make_article(state="in_review", publish_at=NOW + timedelta(days=1))
        moved = self.move(planned, THERE + timedelta(days=90), reading=BY_MOMENT, by=self.reporter)
        self.assertEqual(BY_MOMENT.day_of(moved), THERE + timedelta(days=90))
        scheduled = make_article("Scheduled", publish_at=NOW + timedelta(days=1))
        with self.assertRaises(PermissionDenied):
            self.move(scheduled, reading=BY_MOMENT, by=self.reporter)

    def test_a_version_that_is_gone_cannot_be_gone_back_to(self):
        event = self.move(make_event(state="draft"))
        with self.assertRaisesMessage(ValidationError, "not kept any more"):
            self.back(event, 77)

    def test_a_move_that_fails_half_way_writes_nothing(self):
        event = make_event()
        with (
            mock.patch("events.workflow.edits.keep_address", side_effect=RuntimeError),
            self.assertRaises(RuntimeError),
        ):
            self.move(event)
        self.assertEqual(Event.objects.get(pk=event.pk).date, DAY)
