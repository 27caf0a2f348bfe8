"""The queues, the page of roles, and the steps of review as the desk offers them."""

from datetime import datetime, timedelta
from unittest.mock import patch

from django.test import override_settings
from django.utils import timezone

from events.admin.moment_input import MomentInput
from events.models import DraftRevision, Event
from events.tests.admin.test_events import LIST, DeskTestCase, change, form_of
from events.tests.factories import make_article, make_event
from events.tests.workflow.test_permissions import make_user
from events.workflow import permissions
from events.workflow.edits import editing
from events.workflow.merging import merge_events
from events.workflow.permissions import GROUPS, TABLE
from events.workflow.transitions import TRANSITIONS, carry_out

QUEUES = f"{LIST}queues/"
# Session and user, permissions (2); of five queues events and articles with their last revisions, draft
# revisions in one query, of what went live late one for each kind.
QUEUE_QUERIES = 27


class QueuesTests(DeskTestCase):
    def titles(self) -> dict[str, list[str]]:
        page = self.client.get(QUEUES)
        return {
            queue.name: [str(waiting.entry) for waiting in queue.entries] for queue in page.context["queues"]
        }

    def test_each_entry_stands_where_it_waits(self):
        now, other = timezone.now(), make_user("Reporter")
        make_event("Mine", state="draft", by=self.user, now=now)
        make_event("Other's", state="draft", by=other, now=now)
        make_event("Submitted", state="in_review", by=other, now=now)
        make_event("Approved", state="approved", by=other, now=now)
        make_event("Second", publish_at=now + timedelta(days=2), now=now)
        make_event("First", publish_at=now + timedelta(days=1), now=now)
        make_event("Embargo", publish_at=now, embargo_until=now + timedelta(hours=1), now=now)
        make_event("Overdue", state="in_review", publish_at=now - timedelta(hours=1), now=now)
        make_event("Live", by=self.user)
        self.assertEqual(
            self.titles(),
            {
                "mine": ["Mine"],
                "review": ["Submitted", "Overdue"],
                "approved": ["Approved"],
                "drafts": [],
                "scheduled": ["Embargo", "First", "Second"],
                "overdue": ["Overdue"],
                "late": [],
            },
        )

    def test_draft_revision_of_a_merged_entry_waits_for_nobody(self):
        stays, goes = make_event("Stays"), make_event("Goes")
        for event in (stays, goes, make_article("Told")):
            snapshot = event.revisions.get().snapshot
            DraftRevision.objects.create(**{event.OWNER: event}, snapshot=snapshot, based_on=1)
        merge_events(goes, into=stays)
        self.assertEqual(self.titles()["drafts"], ["Stays", "Told"])

    def test_articles_stand_among_events(self):
        now = timezone.now()
        make_event("An event", state="in_review", now=now - timedelta(hours=1))
        make_article("An article", state="in_review", now=now - timedelta(hours=2))
        make_event("Soon", publish_at=now + timedelta(days=1), now=now)
        make_article("Sooner", publish_at=now + timedelta(hours=1), now=now)
        late = make_article("Late", state="draft", publish_at=now - timedelta(hours=3), now=now)
        carry_out(late, "publish", by=self.user)
        found = self.titles()
        self.assertEqual(found["review"], ["An article", "An event"])
        self.assertEqual(found["scheduled"], ["Sooner", "Soon"])
        self.assertEqual(found["late"], ["Late"])
        self.assertContains(self.client.get(QUEUES), f"/admin/events/article/{late.pk}/change/")

    def test_what_was_published_after_its_planned_moment(self):
        now = timezone.now()
        late = make_event("Late", state="draft", publish_at=now - timedelta(hours=3), now=now)
        planned = late.publish_at
        early = make_event("Early", state="draft", publish_at=now + timedelta(hours=3), now=now)
        unplanned = make_event("Unplanned", state="draft", now=now)
        for event in (late, early, unplanned):
            carry_out(event, "publish", by=self.user)
        old = make_event("Long ago", state="draft", publish_at=now - timedelta(days=30), now=now)
        carry_out(old, "publish", by=self.user, now=now - timedelta(days=29))
        self.assertEqual(self.titles()["late"], ["Late"])
        waiting = self.client.get(QUEUES).context["queues"][-1].entries[0]
        self.assertEqual((waiting.moment, waiting.by), (planned, "editor"))

    def test_queries_do_not_grow(self):
        for number in (1, 12):
            for state in ("draft", "in_review", "approved"):
                for count in range(number):
                    make_event(f"{state} {count}", state=state, by=self.user)
                    make_article(f"{state} {count}", state=state, by=self.user)
            make_event("Waiting", publish_at=timezone.now() + timedelta(days=number))
            make_event("Overdue", state="draft", publish_at=timezone.now())
            make_article("Waiting", publish_at=timezone.now() + timedelta(days=number))
            make_article("Overdue", state="draft", publish_at=timezone.now())
            self.client.get(QUEUES)
            with self.assertNumQueries(QUEUE_QUERIES):
                self.client.get(QUEUES)

    def test_page_tells_state_note_and_zone(self):
        event = make_event("Submitted", state="draft", by=self.user)
        carry_out(event, "submit", by=self.user, note="Please look at the second source")
        page = self.client.get(QUEUES)
        for words in ("in review", "Please look at the second source", "Times are those of UTC"):
            self.assertContains(page, words)

    def test_needs_an_account(self):
        self.client.logout()
        self.assertEqual(self.client.get(QUEUES).status_code, 302)


class RolesPageTests(DeskTestCase):
    group = "Reporter"

    def test_every_act_and_step_is_there(self):
        page = self.client.get(f"{LIST}roles/")
        for act in TABLE:
            self.assertContains(page, str(act.label).capitalize()[:12])
        for step in TRANSITIONS:
            self.assertContains(page, str(step.title))
        self.assertContains(page, "✓", count=sum(len(row) for _label, row in self.held(page)))

    def test_groups_are_named_in_the_readers_language(self):
        names = {name: f"le {name}" for name in GROUPS}
        with patch.object(permissions, "GROUP_NAMES", names):
            page = self.client.get(f"{LIST}roles/")
        self.assertContains(page, '<th scope="col">le Reporter</th>', html=True)
        self.assertContains(page, "<td>le Editor, le Chief editor, le Administrator</td>", html=True)

    def held(self, page) -> list:
        return [(label, [held for held in row if held]) for label, row in page.context["acts"]]


class ReviewTests(DeskTestCase):
    def setUp(self):
        super().setUp()
        self.event = make_event("Draft", state="in_review", by=make_user("Reporter"))

    def test_sent_back_with_a_comment_that_the_writer_reads(self):
        response = self.edit(self.event, _to_send_back="1")
        self.assertContains(response, "Say in a note what is to be changed.")
        self.edit(self.event, _to_send_back="1", revision_note="Who says so?")
        self.assertEqual(Event.objects.get().state, "draft")
        page = self.client.get(change(self.event))
        self.assertContains(page, "editor sent this entry back")
        self.assertContains(page, "<q>Who says so?</q>")
        self.edit(self.event, _to_submit="1")
        self.assertNotContains(self.client.get(change(self.event)), "sent this entry back")

    def test_changed_after_approval_it_is_in_review_again_and_this_is_told(self):
        self.edit(self.event, _to_approve="1")
        self.assertEqual(Event.objects.get().state, "approved")
        response = self.client.post(
            change(self.event), form_of(self.client.get(change(self.event)), headline="Changed"), follow=True
        )
        self.assertContains(response, "The approval was of the text as it was before")
        self.assertEqual(Event.objects.get().state, "in_review")

    @override_settings(EVENTS_FOUR_EYES=True)
    def test_four_eyes_on_the_form(self):
        response = self.edit(self.event, _to_approve="1", headline="Changed")
        self.assertContains(response, "Save your changes first")
        self.assertContains(response, "Changed")
        self.edit(self.event, _to_approve="1")
        self.assertEqual(Event.objects.get().state, "approved")
        with editing(Event.objects.get(), by=self.user) as event:
            event.headline = "By the editor"
        self.assertNotContains(self.client.get(change(self.event)), "_to_approve")
        self.assertContains(self.edit(self.event, _to_approve="1"), "You wrote the last change yourself")

    def test_moments_name_their_zone(self):
        """Publication, embargo and the end of the label."""
        with self.settings(TIME_ZONE="Asia/Shanghai"):
            page = self.client.get(change(self.event))
        self.assertContains(page, "Asia/Shanghai, UTC+08:00", count=3)
        self.assertContains(page, '<local-time data-zone="Asia/Shanghai">', count=3)

    def test_offset_is_that_of_the_moment(self):
        """In summer and in winter, whatever the season is now; also of what was typed and refused."""
        with self.settings(TIME_ZONE="Europe/Paris"):
            for month, offset in ((1, "+01:00"), (7, "+02:00")):
                typed = f"2030-0{month}-01T09:00"
                for value in (datetime.fromisoformat(typed), typed):
                    with self.subTest(value):
                        html = MomentInput().render("publish_at", value)
                        self.assertIn(f"Europe/Paris, UTC{offset}", html)
