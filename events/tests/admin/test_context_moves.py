from django.test import TestCase

from events.models import Context, ContextMove
from events.tests.factories import make_context, make_event
from events.tests.workflow.test_permissions import make_user
from events.workflow.contexts import merge
from events.workflow.edits import editing

DESK = "/admin/events/context/"


class ContextMoveDeskTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.chief = make_user("Chief editor")
        cls.war = make_context("War")
        cls.event = make_event("Shells fall", contexts=[cls.war])
        cls.other = make_event("Talks begin", contexts=[cls.war])

    def setUp(self):
        self.client.force_login(self.chief)
        self.split = f"{DESK}{self.war.pk}/split/"

    def names(self) -> list[str]:
        return [row.tag.name for row in self.event.taggings.select_related("tag")]

    def test_a_split_is_shown_done_and_undone(self):
        asked = {"into": "Siege", "words": "shells"}
        page = self.client.get(self.split, asked)
        self.assertContains(page, "Shells fall")
        self.assertNotContains(page, "Talks begin")
        self.assertEqual(self.names(), ["War"])
        answer = self.client.post(self.split, asked | {"count": "1"}, follow=True)
        self.assertContains(answer, "1 entry was changed.")
        self.assertEqual(self.names(), ["Siege"])
        self.assertEqual(self.event.revisions.first().made_by, self.chief)
        move = ContextMove.objects.get()
        self.assertContains(self.client.get(f"{DESK}moves/"), str(move))
        self.client.post(f"{DESK}moves/{move.pk}/")
        self.assertEqual(self.names(), ["War"])

    def test_what_is_ticked_stays(self):
        asked = {"into": "Siege", "count": "2", "stays": f"event:{self.event.pk}"}
        self.client.post(self.split, asked)
        self.assertEqual(self.names(), ["War"])
        self.assertEqual(Context.objects.get(name="Siege").events_count, 1)

    def test_another_choice_by_now_is_shown_again(self):
        answer = self.client.post(self.split, {"into": "Siege", "count": "1"})
        self.assertContains(answer, "Other entries are chosen by now")
        self.assertEqual(self.names(), ["War"])

    def test_wrong_names_are_told(self):
        page = self.client.get(self.split, {"into": "war", "second": "Nobody"})
        self.assertContains(page, "That is the context that is split.")
        self.assertContains(page, "No context has this name.")

    def test_what_stands_in_the_way_is_told(self):
        move = merge([self.war], into=make_context("Conflict"))
        self.event.refresh_from_db()
        with editing(self.event) as event:
            event.contexts.put([make_context("Peace")])
        page = self.client.post(f"{DESK}moves/{move.pk}/")
        self.assertContains(page, "The contexts of “Shells fall” were changed.")
        self.assertFalse(Context.objects.filter(name="War").exists())

    def test_editors_neither_split_nor_undo(self):
        self.client.force_login(make_user("Editor"))
        self.assertEqual(self.client.get(self.split).status_code, 403)
        self.assertEqual(self.client.get(f"{DESK}moves/").status_code, 403)
        self.assertNotContains(self.client.get(f"{DESK}{self.war.pk}/change/"), "split/")
