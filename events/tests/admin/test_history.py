"""The page of an entry's revisions: listed, compared, brought back."""

from datetime import timedelta

from django.utils import timezone

from events.models import Event, RelatedChoice
from events.tests.admin.test_events import DeskTestCase
from events.tests.factories import DAY, find_contexts, make_cover, make_event, picture_bytes
from events.workflow import steering
from events.workflow.edits import editing


def history(event: Event) -> str:
    return f"/admin/events/revision/of/event/{event.pk}/"


# Session and user, permissions (2), entry, its draft revision, revisions, the two compared, pictures, other
# entries.
PAGE_QUERIES = 10


class HistoryTests(DeskTestCase):
    def setUp(self):
        super().setUp()
        self.other = make_event("The dam breaks")
        self.event = make_event(
            "The bridge is open",
            summary="It rains. <b>Nobody</b> is hurt.",
            contexts=["Homs", "Bridges"],
            sources=[("Reuters", "https://r.example/"), ("AFP", "https://a.example/")],
            cover=make_cover(),
        )

    def change(self) -> None:
        with editing(self.event, by=self.user, note="as it turned out") as event:
            event.headline, event.summary = "The bridge is closed", "It snows. <b>Nobody</b> is hurt."
            event.date = DAY + timedelta(days=1)
            event.cover = make_cover(picture_bytes((70, 50)), alt="Snow")
            event.contexts.put(find_contexts(["Bridges", "Snow"]))
            first, _second = event.citations.all()
            first.position, first.quote = 7, "“Closed.”"
            first.save()
        steering.pin(self.event, self.other, note="why")

    def restore(self, **data: object):
        data = {"version": 1, "based_on": self.event.version} | data
        return self.client.post(f"{history(self.event)}restore/", data, follow=True)

    def test_lists_who_when_why_and_what_was_public(self):
        self.change()
        page = self.client.get(history(self.event))
        self.assertContains(page, "as it turned out")
        self.assertContains(page, self.user.username)
        self.assertContains(page, "was public", count=3)
        self.assertEqual([row["version"] for row in page.context["rows"]], [3, 2, 1])

    def test_draft_that_nobody_could_read_is_not_called_public(self):
        event = make_event("Draft", state="draft", now=timezone.now())
        with editing(event) as scheduled:
            scheduled.state, scheduled.publish_at = "published", timezone.now() + timedelta(days=1)
        self.assertNotContains(self.client.get(history(event)), "was public")

    def test_compares_any_two_part_by_part(self):
        self.change()
        page = self.client.get(history(self.event), {"old": 3, "new": 1})
        for words in (
            "The bridge is <del>open</del><ins>closed</ins>",
            "It <del>rains</del><ins>snows</ins>. &lt;b&gt;Nobody&lt;/b&gt; is hurt.",
            "<ins>Snow</ins>",
            "<del>Homs</del>",
            "moved, from place 2 to 1",
            "<ins>“Closed.”</ins>",
            "<del>2024-05-01</del><ins>2024-05-02</ins>",
            "<ins>The dam breaks</ins>",
        ):
            with self.subTest(words):
                self.assertContains(page, words)
        self.assertContains(page, 'class="thumbnail"', count=2)
        self.assertNotContains(page, "part-category")

    def test_sources_by_one_name_are_told_apart_by_their_addresses(self):
        with editing(self.event, by=self.user) as event:
            event.citations.filter(label="AFP").delete()
            event.citations.create(label="AFP", url="https://new.example/", position=9)
        page = self.client.get(history(self.event), {"old": 1, "new": 2})
        self.assertContains(page, "<ins>https://new.example/</ins>")
        self.assertContains(page, "<del>https://a.example/</del>")
        self.assertNotContains(page, "https://r.example/")

    def test_queries_do_not_grow(self):
        self.change()
        self.client.get(history(self.event))
        for _number in range(5):
            with self.assertNumQueries(PAGE_QUERIES):
                self.client.get(history(self.event), {"old": 1, "new": self.event.version})
            with editing(self.event) as event:
                event.citations.create(label="More", url="https://m.example/", position=9)

    def test_long_histories_come_in_pages(self):
        for _number in range(35):
            with editing(self.event):
                pass
        page = self.client.get(history(self.event))
        self.assertEqual([row["version"] for row in page.context["rows"]], list(range(36, 6, -1)))
        older = self.client.get(history(self.event), {"before": page.context["older"]})
        self.assertEqual([row["version"] for row in older.context["rows"]], list(range(6, 0, -1)))
        self.assertTrue(all(row["was_public"] for row in older.context["rows"]))
        self.assertIsNone(older.context["older"])

    def test_four_eyes_bring_no_text_back_to_what_is_published(self):
        """Related stories, which one person chooses, come back."""
        self.change()
        with self.settings(EVENTS_FOUR_EYES=True):
            page = self.restore(part="summary")
            self.assertContains(page, "Keep your change as a draft revision")
            self.assertEqual(Event.objects.get(pk=self.event.pk).version, self.event.version)
            self.assertContains(self.restore(part="pins"), "From version 1: pinned stories")

    def test_brings_back_all_or_one_part(self):
        self.change()
        page = self.restore(part="summary")
        self.assertContains(page, "From version 1: summary")
        event = Event.objects.get(pk=self.event.pk)
        self.assertEqual(event.headline, "The bridge is closed")
        self.assertEqual(event.summary, "It rains. <b>Nobody</b> is hurt.")
        self.restore(based_on=event.version)
        event.refresh_from_db()
        self.assertEqual((event.headline, event.version), ("The bridge is open", 5))
        self.assertIsNone(event.updated_at)
        self.assertFalse(RelatedChoice.objects.exists())
        revision = event.revisions.first()
        self.assertEqual((revision.made_by, revision.note), (self.user, "Version 1 restored"))

    def test_significant_restoring_tells_readers(self):
        self.change()
        self.restore(is_significant="on")
        self.assertIsNotNone(Event.objects.get(pk=self.event.pk).updated_at)

    def test_what_somebody_saved_meanwhile_is_not_lost(self):
        self.change()
        self.assertContains(self.restore(based_on=1), "Somebody saved this entry meanwhile")
        self.assertEqual(self.event.revisions.count(), 3)

    def test_address_that_is_another_entrys_now_is_told(self):
        with editing(self.event) as event:
            event.slug = "elsewhere"
        self.event.addresses.filter(path__endswith="the-bridge-is-open").delete()
        make_event("The bridge is open")
        self.assertContains(self.restore(), "This address belonged to another entry")

    def test_nonsense_is_answered(self):
        self.assertContains(self.client.get(history(self.event), {"old": "1", "new": "1"}), "two different")
        for query in ({"old": "-1"}, {"old": "٣", "before": "x"}, {"before": "9" * 99}):
            self.assertEqual(self.client.get(history(self.event), query).status_code, 200)
        self.assertEqual(self.restore(version=99).status_code, 404)
        self.assertEqual(self.restore(part="state").status_code, 403)
        self.assertEqual(self.client.get(f"{history(self.event)}restore/").status_code, 405)
        self.assertEqual(self.client.get("/admin/events/revision/of/event/999999/").status_code, 404)

    def test_django_history_leads_here(self):
        answer = self.client.get(f"/admin/events/event/{self.event.pk}/history/")
        self.assertRedirects(answer, history(self.event))


class ReporterTests(DeskTestCase):
    group = "Reporter"

    def test_brings_back_drafts_but_no_decisions(self):
        draft = make_event("Draft", state="draft")
        steering.pin(draft, make_event("Other"))
        with editing(draft) as event:
            event.headline = "Changed"
        self.client.post(f"{history(draft)}restore/", {"version": 1, "based_on": 3})
        draft.refresh_from_db()
        self.assertEqual((draft.headline, draft.choices.count()), ("Draft", 1))
        answer = self.client.post(f"{history(draft)}restore/", {"version": 1, "based_on": 4, "part": "pins"})
        self.assertEqual(answer.status_code, 403)

    def test_reads_but_does_not_restore_what_is_live(self):
        live = make_event("Live")
        with editing(live) as event:
            event.headline = "Changed"
        self.assertNotContains(self.client.get(history(live), {"old": 1, "new": 2}), "Bring back")
        answer = self.client.post(f"{history(live)}restore/", {"version": 1, "based_on": 2})
        self.assertEqual(answer.status_code, 403)

    def test_nobody_without_an_account(self):
        self.client.logout()
        self.assertEqual(self.client.get(history(make_event())).status_code, 302)
