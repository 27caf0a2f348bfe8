"""The rule by which revisions are let go, and the command that follows it."""

from datetime import datetime, timedelta
from io import StringIO

from django.core.management import call_command
from django.test import SimpleTestCase, TestCase, override_settings
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from events.models import Event, Revision
from events.tests.factories import NOW, make_event
from events.workflow.edits import editing
from events.workflow.thinning import Version, superfluous, thin, versions

KEEP = 30


def history(moments: list[datetime], **changes: object) -> list[Version]:
    """Drafts written at these moments."""
    rows = []
    for number, moment in enumerate(moments):
        until = moments[number + 1] if number + 1 < len(moments) else None
        rows.append(Version(number, 1, number + 1, moment, until, "draft", None, None)._replace(**changes))
    return rows


def days_ago(*days: float) -> list[datetime]:
    return [NOW - timedelta(days=number) for number in days]


class RuleTests(SimpleTestCase):
    def gone(self, rows: list[Version]) -> list[int]:
        return superfluous(rows, now=NOW, keep_days=KEEP)

    def test_recent_ones_stay(self):
        self.assertEqual(self.gone(history(days_ago(29, 28.9, 28.8, 3, 2.9, 1))), [])

    def test_last_of_each_day_in_the_year_before(self):
        self.assertEqual(self.gone(history(days_ago(60.3, 60.2, 60.1, 50.2, 50.1, 1))), [1, 3])

    def test_last_of_each_month_in_older_ones(self):
        moments = [datetime(2020, month, day, tzinfo=NOW.tzinfo) for month in (3, 4) for day in (1, 9, 20)]
        self.assertEqual(self.gone(history([*moments, NOW])), [1, 3, 4])

    def test_what_was_public_stays(self):
        public = {"state": "published", "publish_at": days_ago(100)[0].isoformat()}
        self.assertEqual(self.gone(history(days_ago(60.3, 60.2, 60.1, 1), **public)), [])

    def test_what_only_waited_for_its_moment_goes(self):
        waiting = {"state": "published", "publish_at": (NOW + timedelta(days=9)).isoformat()}
        self.assertEqual(self.gone(history(days_ago(60.3, 60.2, 60.1, 1), **waiting)), [1])

    def test_embargo_counts(self):
        rows = history(
            days_ago(60.3, 60.2, 60.1, 1),
            state="published",
            publish_at=days_ago(100)[0].isoformat(),
            embargo_until=(NOW + timedelta(days=1)).isoformat(),
        )
        self.assertEqual(self.gone(rows), [1])

    def test_changes_of_state_stay(self):
        rows = history(days_ago(60.4, 60.3, 60.2, 60.1, 1))
        rows[2] = rows[2]._replace(state="in_review")
        rows[3] = rows[3]._replace(state="in_review")
        self.assertEqual(self.gone(rows), [1])

    @given(
        st.lists(
            st.tuples(
                st.floats(0.01, 900),
                st.sampled_from(["draft", "in_review", "published"]),
                st.none() | st.floats(-20, 900),
            ),
            min_size=1,
            max_size=20,
        )
    )
    def test_thinning_again_lets_nothing_more_go_and_nothing_public(self, drawn):
        drawn.sort(key=lambda row: row[0], reverse=True)
        rows = history(days_ago(*[days for days, _state, _publish in drawn]))
        rows = [
            row._replace(state=state, publish_at=days_ago(publish)[0].isoformat() if publish else None)
            for row, (_days, state, publish) in zip(rows, drawn, strict=True)
        ]
        gone = self.gone(rows)
        self.assertFalse([row for row in rows if row.pk in gone and row.was_public(now=NOW)])
        left = [row for row in rows if row.pk not in gone]
        followers = [*left[1:], None]
        left = [
            row._replace(until=after.made_at if after else None)
            for row, after in zip(left, followers, strict=True)
        ]
        self.assertEqual(self.gone(left), [])
        # What is said of those that stayed is what was said before.
        public = {row.pk for row in rows if row.was_public(now=NOW)}
        self.assertEqual({row.pk for row in left if row.was_public(now=NOW)}, public)


class ThinTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.event = make_event("Old", state="draft", now=NOW)
        for hours in range(1, 6):
            with editing(cls.event, now=NOW + timedelta(hours=hours)) as event:
                event.headline = f"Old {hours}"
        with editing(cls.event, now=NOW + timedelta(hours=6)) as event:
            event.state = Event.State.PUBLISHED
        with editing(cls.event, now=NOW + timedelta(hours=7)) as event:
            event.headline = "Old and public"
        make_event("Another", now=NOW)
        cls.later = NOW + timedelta(days=100)

    def left(self) -> list[int]:
        return list(self.event.revisions.order_by("version").values_list("version", flat=True))

    def test_public_first_newest_and_last_of_the_day_stay(self):
        read = list(versions(Revision.objects.filter(event=self.event), "event"))
        self.assertEqual([v.was_public(now=self.later) for v in read], [False] * 6 + [True] * 2)
        self.assertEqual(list(thin(now=self.later)), [(1, 5)])
        self.assertEqual(self.left(), [1, 7, 8])
        self.assertEqual(list(thin(now=self.later)), [(1, 0)])

    def test_command_tells_first_and_then_does(self):
        out = StringIO()
        call_command("thin_revisions", "--dry-run", stdout=out)
        self.assertIn("5 revisions would go", out.getvalue())
        self.assertEqual(len(self.left()), 8)
        call_command("thin_revisions", stdout=out)
        self.assertIn("5 revisions went", out.getvalue())
        self.assertEqual(len(self.left()), 3)

    @override_settings(EVENTS_REVISIONS_KEEP_DAYS=100_000)
    def test_setting_keeps_them_all(self):
        self.assertEqual(list(thin(now=timezone.now())), [])
