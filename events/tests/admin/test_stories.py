"""Story lines and turning points at the editors' desk."""

from datetime import date

from django.test import TestCase
from django.urls import reverse

from events.models import StoryLine, TurningPoint
from events.tests.factories import make_context, make_event, make_story_line
from events.tests.workflow.test_permissions import make_user

ADD = reverse("admin:events_storyline_add")


def posted(*points: dict, initial: int = 0, **fields: str) -> dict[str, str]:
    """What the form sends: its fields, and a row for each turning point."""
    data = {"title": "Steel bridge", "context_names": "The bridge\nSteel", "slug": "", "description": ""}
    data |= {
        "first_day": "",
        "last_day": "",
        "turning_points-TOTAL_FORMS": str(len(points)),
        "turning_points-INITIAL_FORMS": str(initial),
    }
    for number, point in enumerate(points):
        data |= {f"turning_points-{number}-{name}": str(value) for name, value in point.items()}
    return data | fields


class StoryLineAdminTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.bridge = make_context("The bridge", kind="story", aliases=["Span"])
        cls.event = make_event("The arch closes", contexts=["The bridge", "Steel"], date=date(2020, 1, 2))
        cls.editor, cls.reporter = make_user("Editor"), make_user("Reporter")

    def setUp(self):
        self.client.force_login(self.editor)

    def test_editor_puts_a_line_together_and_pins(self):
        point = {"event": self.event.pk, "note": "At last."}
        answer = self.client.post(ADD, posted(point, context_names="Span\nSteel", first_day="2020-01-01"))
        self.assertEqual(answer.status_code, 302, answer.content[:3000])
        line = StoryLine.objects.get()
        self.assertEqual((line.slug, line.events_count), ("steel-bridge", 1))
        self.assertContains(self.client.get("/stories/steel-bridge/"), "At last.")

    def test_made_up_keys_of_events(self):
        for key in ("x", "²", "9" * 30):
            for path in (ADD, f"{ADD}preview/"):
                answer = self.client.post(path, posted({"event": key}))
                self.assertContains(answer, "Select a valid choice.", status_code=answer.status_code)
                self.assertLess(answer.status_code, 500)

    def test_changed_contexts_change_what_belongs(self):
        line = make_story_line("Steel bridge", ["The bridge", "Steel"])
        make_event("Only steel", contexts=["Steel"])
        page = reverse("admin:events_storyline_change", args=[line.pk])
        self.assertContains(self.client.get(page), "Steel\nThe bridge")
        self.client.post(page, posted(context_names="Steel", slug="steel-bridge"))
        line.refresh_from_db()
        self.assertEqual(line.events_count, 2)

    def test_bad_forms_say_what_is_wrong(self):
        make_story_line("Taken", ["Steel"])
        for fields, words in (
            ({"context_names": ""}, "This field is required."),
            ({"context_names": "Nobody"}, "No context is called “Nobody”."),
            ({"context_names": "+Nobody"}, "Make the context first"),
            ({"slug": "the-bridge"}, "This address belongs to the story line of a context."),
            ({"slug": "taken"}, "This address belongs to another story line."),
            (
                {"first_day": "2020-01-02", "last_day": "2020-01-01"},
                "The last day comes before the first one.",
            ),
        ):
            with self.subTest(words):
                self.assertContains(self.client.post(ADD, posted(**fields)), words)
        self.assertEqual(StoryLine.objects.count(), 1)

    def test_pinned_stranger_is_pointed_out(self):
        stranger = make_event("A tunnel", contexts=["Steel"])
        answer = self.client.post(ADD, posted({"event": stranger.pk, "note": ""}), follow=True)
        self.assertContains(answer, "does not belong to this story")

    def test_preview_shows_the_page_and_saves_nothing(self):
        answer = self.client.post(
            f"{ADD}preview/", posted({"event": self.event.pk, "note": "At last."}, description="*So.*")
        )
        self.assertContains(answer, "<em>So.</em>")
        self.assertContains(answer, "At last.")
        self.assertFalse(StoryLine.objects.exists() or TurningPoint.objects.exists())
        answer = self.client.post(f"{ADD}preview/", posted(title=""))
        self.assertContains(answer, "This field is required")
        self.assertEqual(answer["Preview-State"], "incomplete")
        line = make_story_line("Steel bridge", ["Steel"])
        page = reverse("admin:events_storyline_change", args=[line.pk])
        answer = self.client.post(f"{page}preview/", posted(title="Another title", slug="steel-bridge"))
        self.assertContains(answer, "Another title")
        line.refresh_from_db()
        self.assertEqual(line.title, "Steel bridge")

    def test_context_of_kind_story_has_turning_points(self):
        page = reverse("admin:events_context_change", args=[self.bridge.pk])
        self.assertContains(self.client.get(page), "turning_points-TOTAL_FORMS")
        topic = reverse("admin:events_context_change", args=[make_context("Iron").pk])
        self.assertNotContains(self.client.get(topic), "turning_points-TOTAL_FORMS")
        data = posted({"event": self.event.pk, "note": "Here."}, description="") | {
            "name": "The bridge",
            "slug": "the-bridge",
            "kind": "story",
            "names-TOTAL_FORMS": "0",
            "names-INITIAL_FORMS": "0",
        }
        self.assertEqual(self.client.post(page, data).status_code, 302)
        self.assertContains(self.client.get("/stories/the-bridge/"), "Here.")

    def test_events_are_offered_by_their_words(self):
        found = self.client.get(
            reverse("admin:autocomplete"),
            {"app_label": "events", "model_name": "turningpoint", "field_name": "event", "term": "arch"},
        )
        self.assertEqual([row["text"] for row in found.json()["results"]], ["The arch closes"])

    def test_who_may(self):
        line = make_story_line("Steel bridge", ["Steel"])
        page = reverse("admin:events_storyline_change", args=[line.pk])
        delete = reverse("admin:events_storyline_delete", args=[line.pk])
        self.assertEqual(self.client.get(delete).status_code, 403)
        self.client.force_login(self.reporter)
        self.assertContains(self.client.get(page), "Steel bridge")
        for path in (ADD, f"{ADD}preview/", f"{page}preview/"):
            self.assertEqual(self.client.post(path, posted()).status_code, 403, path)
        self.client.force_login(make_user("Chief editor"))
        self.assertRedirects(
            self.client.post(delete, {"post": "yes"}), reverse("admin:events_storyline_changelist")
        )
        self.assertEqual(self.client.get("/stories/steel-bridge/").status_code, 404)
