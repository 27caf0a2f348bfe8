"""Review, approval and four eyes: who sees a text before readers do."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.test import TestCase, override_settings

from events.models import Event
from events.tests.factories import NOW, find_contexts, make_event
from events.tests.workflow.test_permissions import make_user
from events.workflow.approval import last_writer
from events.workflow.edits import editing
from events.workflow.restoring import restore
from events.workflow.transitions import carry_out, open_to


class ApprovalTestCase(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.reporter, cls.editor = make_user("Reporter"), make_user("Editor")
        cls.chief = make_user("Chief editor")

    def setUp(self):
        self.event = make_event("Draft", state="draft", by=self.reporter)

    def step(self, name: str, by, **options: object) -> Event:
        return carry_out(self.event, name, by=by, now=NOW, **options)

    def write(self, by, **fields: object) -> None:
        with editing(self.event, by=by, now=NOW) as event:
            for name, value in fields.items():
                setattr(event, name, value)


class CourseTests(ApprovalTestCase):
    def test_from_draft_to_live_step_by_step(self):
        for name, by, state in (
            ("submit", self.reporter, "in_review"),
            ("approve", self.editor, "approved"),
            ("publish", self.editor, "published"),
        ):
            self.assertEqual(self.step(name, by).state, state)
        acts = self.event.revisions.order_by("version").values_list("act", flat=True)
        self.assertEqual(list(acts), ["", "submit", "approve", "publish"])

    def test_sent_back_only_with_a_comment(self):
        self.step("submit", self.reporter)
        with self.assertRaises(ValidationError) as caught:
            carry_out(self.event, "send_back", by=self.editor, note="  ")
        self.assertIn("revision_note", caught.exception.message_dict)
        self.event.refresh_from_db()
        self.step("send_back", self.editor, note="Who says so?")
        self.assertEqual((self.event.state, self.event.revisions.first().note), ("draft", "Who says so?"))

    def test_reporters_neither_approve_nor_send_back(self):
        self.step("submit", self.reporter)
        names = [transition.name for transition in open_to(self.event, self.reporter)]
        self.assertEqual(names, ["withdraw"])
        for name in ("approve", "send_back"):
            with self.assertRaises(PermissionDenied):
                carry_out(self.event, name, by=self.reporter, note="x")

    def test_change_of_an_approved_entry_takes_the_approval_back(self):
        self.step("submit", self.reporter)
        self.step("approve", self.editor)
        self.write(self.editor)
        self.assertEqual(self.event.state, "approved")
        for change in (
            lambda event: setattr(event, "headline", "Changed"),
            lambda event: event.contexts.put(find_contexts(["Brand new"])),
            lambda event: event.citations.create(label="R", url="https://r.example/"),
        ):
            with editing(self.event, by=self.editor) as event:
                change(event)
            self.assertEqual(self.event.state, "in_review")
            self.assertEqual(self.event.revisions.first().snapshot["state"], "in_review")
            self.step("approve", self.editor)

    def test_restoring_takes_it_back_too(self):
        before = self.event.revisions.get().snapshot
        self.write(self.reporter, headline="Changed")
        self.step("submit", self.reporter)
        self.step("approve", self.editor)
        restore(self.event, before, names=["headline"])
        self.assertEqual(self.event.state, "in_review")


@override_settings(EVENTS_FOUR_EYES=True)
class FourEyesTests(ApprovalTestCase):
    def test_the_last_writer_is_the_one_who_changed_the_text(self):
        self.assertEqual(last_writer(self.event), self.reporter.pk)
        self.write(self.editor, summary="More.")
        self.write(self.chief)
        self.step("submit", self.chief)
        self.assertEqual(last_writer(self.event), self.editor.pk)

    def test_the_last_writer_does_not_approve(self):
        self.write(self.editor, summary="More.")
        self.step("submit", self.reporter)
        self.assertNotIn("approve", [step.name for step in open_to(self.event, self.editor)])
        with self.assertRaises(ValidationError):
            carry_out(self.event, "approve", by=self.editor)
        self.event.refresh_from_db()
        self.assertEqual(self.step("approve", self.chief).state, "approved")
        self.assertEqual(self.step("publish", self.editor).state, "published")

    def test_nothing_goes_live_unapproved(self):
        for state in ("draft", "in_review"):
            event = make_event("Another", state=state, by=self.reporter)
            for name in ("publish", "schedule"):
                with self.subTest(state=state, step=name), self.assertRaises(ValidationError):
                    carry_out(event, name, by=self.chief, publish_at=NOW)
                event.refresh_from_db()

    def test_a_change_does_not_ride_along(self):
        self.step("submit", self.reporter)
        for state in ("approved", "published"):
            with self.assertRaises(PermissionDenied), editing(self.event, by=self.editor) as event:
                event.state, event.headline = state, "Seen by nobody else"
            self.event.refresh_from_db()
        self.assertEqual((self.event.state, self.event.headline), ("in_review", "Draft"))
