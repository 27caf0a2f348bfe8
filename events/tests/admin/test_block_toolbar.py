"""What the toolbar asks: pictures, events and stories that blocks name, and contexts that a text names."""

import json

from django.test import SimpleTestCase, TestCase

from events.admin.block_toolbar import BLOCKS
from events.admin.context_links import links_in
from events.tests.factories import make_context, make_cover, make_event, make_story_line, picture_bytes
from events.tests.workflow.test_permissions import make_user
from events.text.blocks import Prose, read_body

FIND, LINKS = "/admin/events/article/blocks/find/", "/admin/events/article/blocks/links/"


class BlocksTests(SimpleTestCase):
    def test_what_each_button_puts_in_is_read_as_that_block(self):
        values = {
            "{key}": "0a1b2c3d", "{words}": "words", "{who}": "who", "{title}": "title", "⟨": "", "⟩": "",
            "https://": "https://example.org/",
        }  # fmt: skip
        for block in BLOCKS:
            text = block.text
            for name, value in values.items():
                text = text.replace(name, value)
            with self.subTest(block.name):
                (found,) = read_body(text).blocks
                if block.name == "footnote":
                    self.assertIsInstance(found, Prose)
                else:
                    self.assertEqual(found.name, block.name)

    def test_every_key_is_one_buttons(self):
        letters = [block.letter for block in BLOCKS]
        self.assertEqual(len(set(letters)), len(letters))
        self.assertNotIn("K", letters)


class FindTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.user = make_user("Reporter")

    def setUp(self):
        self.client.force_login(self.user)

    def find(self, kind: str, text: str = "") -> list[dict]:
        return self.client.get(FIND, {"kind": kind, "q": text}).json()["results"]

    def test_pictures_by_all_words_and_those_that_lack_something_are_told(self):
        bridge = make_cover(picture_bytes((640, 480)), alt="A bridge in fog", credit="Ada Reed")
        make_cover(picture_bytes((640, 400)), alt="A ferry", credit="")
        (found,) = self.find("picture", "reed bridge")
        self.assertEqual(found["key"], bridge.digest[:12])
        self.assertTrue(found["picture"])
        titles = {row["title"]: row["detail"] for row in self.find("picture")}
        self.assertIn("complete", titles["A ferry"])
        self.assertEqual(titles["A bridge in fog"], "Ada Reed")

    def test_events_by_words_with_their_state(self):
        event = make_event("Explosions in Homs", state="draft")
        make_event("A ferry")
        (found,) = self.find("event", "homs")
        self.assertEqual((found["key"], found["detail"]), (event.public_id, "2024-05-01 · draft"))
        self.assertEqual(len(self.find("event")), 2)

    def test_stories_of_editors_and_of_contexts(self):
        make_context("Harbour strike", kind="story")
        make_context("Harbour", kind="place")
        make_story_line("The harbour of the north", ["Harbour"])
        keys = [row["key"] for row in self.find("story", "harbour")]
        self.assertEqual(keys, ["the-harbour-of-the-north", "harbour-strike"])

    def test_other_kinds_and_strangers(self):
        self.assertEqual(self.client.get(FIND, {"kind": "user"}).status_code, 404)
        self.client.logout()
        self.assertEqual(self.client.get(FIND, {"kind": "event"}).status_code, 302)


class LinksTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        for name in ("Homs", "Damascus", "Syrian Civil War", "Aleppo", "Reuters"):
            make_context(name, kind="place")

    def words(self, body: str) -> list[tuple[int, str]]:
        return [(row["start"], row["words"]) for row in links_in(body)]

    def test_each_context_once_where_it_is_named_first(self):
        with self.assertNumQueries(1):
            found = links_in("In Homs.\n\nThe Syrian Civil War and Homs again.")
        self.assertEqual([row["path"] for row in found], ["/contexts/homs/", "/contexts/syrian-civil-war/"])
        self.assertEqual([row["start"] for row in found], [3, 14])

    def test_offsets_are_those_of_scripts(self):
        self.assertEqual(self.words("😀 in Homs,\n😀 Aleppo"), [(6, "Homs"), (15, "Aleppo")])

    def test_not_in_links_code_headings_fences_or_footnotes(self):
        body = (
            "## Homs\n\n[Damascus](https://e.org/) `Aleppo`\n\n```\nHoms\n```\n\n::: quote Homs\n"
            "Said.[^1]\n:::\n\n[^1]: [Reuters: x](https://e.org/)\n"
        )
        self.assertEqual(self.words(body), [])

    def test_what_is_linked_already_is_left_out(self):
        self.assertEqual(self.words("[Homs](/contexts/homs/) and Homs, Aleppo"), [(34, "Aleppo")])

    def test_a_long_hostile_text(self):
        for text in ("](" * 60_000, "[" * 100_000, "```\n" * 40_000, "`" * 100_000, "Homs " * 40_000):
            links_in(text)

    def test_the_view(self):
        self.client.force_login(make_user("Reporter"))
        answer = self.client.post(LINKS, {"body": "In Homs"})
        self.assertEqual(json.loads(answer.content)["links"][0]["name"], "Homs")
        self.assertEqual(self.client.get(LINKS).status_code, 403)
