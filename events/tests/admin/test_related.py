"""The desk of related stories: what it shows, what it does, to whom, and what it refuses."""

from datetime import timedelta

from django.test import Client, TestCase

from events.models import Context, Event, EventLink, RelatedChoice
from events.tests.factories import DAY, make_event, retract
from events.tests.workflow.test_permissions import make_user
from events.workflow import steering
from events.workflow.permissions import GROUPS

ACTS = ("pin", "note", "up", "down", "hide", "undo", "link", "unlink")


def desk_path(event: Event) -> str:
    return f"/admin/events/event/{event.pk}/related/"


class RelatedTestCase(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.editor = make_user("Editor")
        cls.event = make_event("The dam breaks", contexts=["Dams", "Floods"])
        cls.others = [
            make_event(f"Dams of old {n}", contexts=["Dams"], date=DAY - timedelta(days=n))
            for n in (10, 20, 30)
        ]
        cls.apart = make_event("Rain for a week", date=DAY - timedelta(days=3))

    def setUp(self):
        self.client.force_login(self.editor)

    def act(self, act: str, other: Event, *, part: str = "desk", based_on: int | None = None, **data):
        version = Event.objects.get(pk=self.event.pk).version if based_on is None else based_on
        return self.client.post(
            desk_path(self.event) + (f"?part={part}" if part else ""),
            {"act": act, "other": other.pk, "based_on": version, **data},
        )

    def shown(self, response) -> list[str]:
        return [str(row.other) for row in response.context["desk"].shown]


class DeskTests(RelatedTestCase):
    def test_list_as_readers_see_it_with_reasons(self):
        response = self.client.get(desk_path(self.event))
        self.assertEqual(self.shown(response), ["Dams of old 10", "Dams of old 20", "Dams of old 30"])
        self.assertContains(response, "earlier · shares Dams")
        for row in response.context["desk"].shown:
            self.assertRegex(row.why, r"score \d\.\d\d · .*nearness in time [01]\.\d\d")
        public = self.client.get(self.event.get_absolute_url())
        self.assertContains(public, "Dams of old 10")

    def test_edit_page_has_the_desk_and_leads_to_it(self):
        response = self.client.get(f"/admin/events/event/{self.event.pk}/change/")
        self.assertContains(response, 'href="#related-heading"')
        self.assertContains(response, "shares Dams", count=3)
        self.assertNotContains(self.client.get("/admin/events/event/add/"), "related-heading")

    def test_pin_shows_at_once_here_and_to_readers(self):
        response = self.act("pin", self.others[2], note="the worst of them")
        self.assertEqual(self.shown(response)[0], "Dams of old 30")
        self.assertContains(response, 'data-said="Pinned: Dams of old 30"')
        self.assertContains(response, "the worst of them")
        self.assertContains(response, f'data-version="{self.event.version + 1}"')
        page = self.client.get(self.event.get_absolute_url()).content.decode()
        self.assertLess(page.index("Dams of old 30"), page.index("Dams of old 10"))
        self.assertNotIn("the worst of them", page)
        row = RelatedChoice.objects.get()
        self.assertEqual((row.made_by, row.note), (self.editor, "the worst of them"))

    def test_pins_are_moved_and_taken_back(self):
        for other in self.others:
            self.act("pin", other)
        self.assertEqual(self.shown(self.act("up", self.others[2]))[1], "Dams of old 30")
        self.assertEqual(self.shown(self.act("down", self.others[0]))[0], "Dams of old 30")
        self.act("note", self.others[0], note="see there")
        self.assertEqual(RelatedChoice.objects.get(other=self.others[0]).note, "see there")
        response = self.act("undo", self.others[2])
        self.assertEqual(self.shown(response)[-1], "Dams of old 30")

    def test_hidden_ones_are_told_and_can_be_shown_again(self):
        response = self.act("hide", self.others[0], both_sides="on", note="another dam")
        self.assertNotIn("Dams of old 10", self.shown(response))
        self.assertContains(response, "hidden from both sides")
        theirs = self.client.get(desk_path(self.others[0]))
        self.assertContains(theirs, "Hidden from both sides")
        self.assertNotIn("The dam breaks", self.shown(theirs))
        refused = self.client.post(
            desk_path(self.others[0]) + "?part=desk", {"act": "pin", "other": self.event.pk, "based_on": 1}
        )
        self.assertContains(refused, "hidden from both sides by its own entry", status_code=422)
        self.assertIn("Dams of old 10", self.shown(self.act("undo", self.others[0])))

    def test_links_are_set_and_removed(self):
        response = self.act("link", self.apart, kind="update_of")
        self.assertEqual(self.shown(response)[0], "Rain for a week")
        self.assertContains(response, "earlier · Update of")
        self.assertContains(self.client.get(desk_path(self.apart)), "Updated by: ")
        self.assertEqual(self.act("link", self.apart, kind="").status_code, 422)
        self.assertNotIn("Rain for a week", self.shown(self.act("unlink", self.apart)))

    def test_a_pin_that_readers_cannot_see_yet_is_told_to_editors_alone(self):
        draft = make_event("Not out yet", state="draft", contexts=["Dams"])
        response = self.act("pin", draft)
        self.assertNotIn("Not out yet", self.shown(response))
        self.assertContains(response, "Pinned, but not shown at present")
        self.assertContains(response, "Not out yet")
        self.assertNotContains(self.client.get(self.event.get_absolute_url()), "Not out yet")

    def test_any_other_entry_is_found(self):
        for words in ("rain week", self.apart.public_id, f"http://127.0.0.1{self.apart.get_absolute_url()}"):
            with self.subTest(words=words):
                response = self.client.get(desk_path(self.event), {"find": words, "part": "found"})
                self.assertContains(response, "Rain for a week")
                self.assertContains(response, 'data-count="1"')
        nothing = self.client.get(desk_path(self.event), {"find": "dam breaks", "part": "found"})
        self.assertContains(nothing, "No other entry was found.")
        whole = self.client.get(desk_path(self.event), {"find": "rain"})
        self.assertContains(whole, "Rain for a week")

    def test_without_javascript_every_form_leads_back_to_the_desk(self):
        response = self.act("pin", self.apart, part="")
        self.assertRedirects(response, desk_path(self.event), fetch_redirect_response=False)
        page = self.client.get(desk_path(self.event))
        self.assertContains(page, "Pinned: Rain for a week")
        refused = self.act("link", self.apart, part="", kind="")
        self.assertContains(refused, "errornote", status_code=422)

    def test_queries_do_not_grow_with_choices(self):
        for other in (*self.others, self.apart):
            steering.pin(self.event, other)
            steering.link(self.event, other, "led_to")
            steering.link(other, self.event, "update_of")
        with self.assertNumQueries(DESK_QUERIES):
            self.client.get(desk_path(self.event) + "?part=desk")
        for number in range(6):
            other = make_event(f"Another {number}")
            steering.pin(self.event, other)
            steering.hide(other, self.event, both_sides=True)
        with self.assertNumQueries(DESK_QUERIES):
            self.client.get(desk_path(self.event) + "?part=desk")


DESK_QUERIES = 15


class GuardTests(RelatedTestCase):
    def test_each_group_as_the_matrix_says(self):
        """Reporters read the desk; editors steer what they may edit."""
        draft = make_event("A draft", state="draft")
        gone = retract(make_event("Gone"))
        for group in GROUPS:
            user = self.editor if group == "Editor" else make_user(group)
            client = Client()
            client.force_login(user)
            for event, may in (
                (self.event, group != "Reporter"),
                (draft, group != "Reporter"),
                (gone, group in ("Chief editor", "Administrator")),
            ):
                with self.subTest(group=group, event=event.headline):
                    page = client.get(desk_path(event))
                    self.assertEqual(page.status_code, 200)
                    self.assertEqual('value="pin"' in page.content.decode(), may and bool(self.shown(page)))
                    version = Event.objects.get(pk=event.pk).version
                    answer = client.post(
                        desk_path(event) + "?part=desk",
                        {"act": "hide", "other": self.apart.pk, "based_on": version},
                    )
                    self.assertEqual(answer.status_code, 200 if may else 403)
                    self.assertEqual(RelatedChoice.objects.filter(event=event).exists(), may)
                    RelatedChoice.objects.all().delete()

    def test_strangers_are_asked_who_they_are(self):
        self.client.logout()
        answer = self.client.get(desk_path(self.event))
        self.assertEqual(answer.status_code, 302)
        self.assertIn("/admin/login/", answer["Location"])
        # What was sent is kept on the page that asks.
        self.assertContains(self.act("pin", self.apart), "session has ended", status_code=403)
        self.assertFalse(RelatedChoice.objects.exists())

    def test_no_act_without_a_token_of_our_own(self):
        client = Client(enforce_csrf_checks=True)
        client.force_login(self.editor)
        data = {"act": "pin", "other": self.apart.pk, "based_on": 1}
        self.assertEqual(client.post(desk_path(self.event), data).status_code, 403)

    def test_the_second_of_two_editors_is_told_and_nothing_is_lost(self):
        steering.pin(self.event, self.others[1], by=self.editor)
        for act in ACTS:
            response = self.act(act, self.apart, based_on=1, kind="led_to")
            self.assertContains(response, "Somebody saved this entry meanwhile", status_code=409)
        self.assertEqual(self.shown(response)[0], "Dams of old 20")
        self.assertEqual((RelatedChoice.objects.count(), EventLink.objects.count()), (1, 0))

    def test_nonsense_is_refused(self):
        for data in (
            {"act": "burn", "other": self.apart.pk, "based_on": 1},
            {"act": "pin", "other": 0, "based_on": 1},
            {"act": "pin", "other": "x", "based_on": 1},
            {"act": "pin", "other": self.apart.pk},
            {"act": "pin", "other": self.event.pk, "based_on": 1},
            {"act": "note", "other": self.apart.pk, "based_on": 1},
            {"act": "up", "other": self.apart.pk, "based_on": 1},
            {"act": "pin", "other": self.apart.pk, "based_on": 1, "note": "x" * 256},
        ):
            with self.subTest(data=data):
                response = self.client.post(desk_path(self.event) + "?part=desk", data)
                self.assertEqual(response.status_code, 422)
        self.assertFalse(RelatedChoice.objects.exists())
        self.assertEqual(self.client.get("/admin/events/event/0/related/").status_code, 404)
        self.assertEqual(self.client.get("/admin/events/event/x/related/").status_code, 404)

    def test_headlines_and_notes_are_escaped(self):
        hostile = make_event('<script>alert("x")</script>', contexts=["Dams"])
        response = self.act("pin", hostile, note='"><img src=x>')
        self.assertNotContains(response, "<script>")
        self.assertNotContains(response, "<img")


class ContextsTests(RelatedTestCase):
    def test_a_context_is_marked_as_of_no_use(self):
        context = Context.objects.get(name="Dams")
        path = f"/admin/events/context/{context.pk}/change/"
        self.assertContains(self.client.get(path), 'name="is_for_related"')
        data = {
            "name": "Dams", "slug": "dams", "kind": "topic", "parent_names": "", "description": "",
            "names-TOTAL_FORMS": "0", "names-INITIAL_FORMS": "0",
        }  # fmt: skip
        self.assertEqual(self.client.post(path, data).status_code, 302)
        context.refresh_from_db()
        self.assertFalse(context.is_for_related)
        # Their headlines tie them still.
        self.assertNotContains(self.client.get(desk_path(self.event)), "shares Dams")
        self.client.post(path, data | {"is_for_related": "on"})
        self.assertContains(self.client.get(desk_path(self.event)), "shares Dams", count=3)
