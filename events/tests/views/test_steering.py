"""What editors decided about related stories, as readers see it."""

import json
from datetime import timedelta
from xml.etree import ElementTree

import time_machine
import yaml
from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext

from events.tests.factories import DAY, NOW, make_event
from events.tests.views.test_queries import MOST
from events.workflow import steering

NAMESPACE = "{urn:dayline:1}"


class SteeredPageTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.event = make_event("The dam breaks", contexts=["Dams"])
        cls.cause = make_event("Rain for a week", date=DAY - timedelta(days=3))
        cls.others = [
            make_event(f"Dams of old {n}", contexts=["Dams"], date=DAY - timedelta(days=n))
            for n in (10, 20, 30)
        ]

    def setUp(self):
        clock = time_machine.travel(NOW, tick=False)
        clock.start()
        self.addCleanup(clock.stop)

    def page(self, event=None, extension: str = "") -> str:
        path = (event or self.event).get_absolute_url()
        answer = self.client.get(f"{path.rstrip('/')}.{extension}" if extension else path)
        self.assertEqual(answer.status_code, 200)
        return answer.content.decode()

    def related(self, event=None) -> list[str]:
        facts = json.loads(self.page(event, "json"))["event"]
        return [found["headline"] for found in facts["related"]]

    def test_pins_and_hidden_ones_change_the_list_at_once(self):
        self.assertEqual(self.related(), ["Dams of old 10", "Dams of old 20", "Dams of old 30"])
        steering.pin(self.event, self.others[2])
        self.assertEqual(self.related(), ["Dams of old 30", "Dams of old 10", "Dams of old 20"])
        steering.hide(self.event, self.others[0], both_sides=True)
        self.assertEqual(self.related(), ["Dams of old 30", "Dams of old 20"])
        self.assertNotIn("The dam breaks", self.related(self.others[0]))
        steering.undo(self.event, self.others[0])
        steering.undo(self.event, self.others[2])
        self.assertEqual(self.related(), ["Dams of old 10", "Dams of old 20", "Dams of old 30"])

    def test_a_pin_without_anything_shared_says_who_chose_it(self):
        steering.pin(self.event, self.cause)
        self.assertIn("chosen by the editors", self.page())
        found = json.loads(self.page(extension="json"))["event"]["related"][0]
        self.assertEqual((found["headline"], found["is_pinned"]), ("Rain for a week", True))

    def test_links_show_from_both_sides_in_every_format(self):
        steering.link(self.cause, self.event, "led_to")
        self.assertEqual(self.related(), ["Rain for a week", *(event.headline for event in self.others)])
        for event, other, words, relation in (
            (self.cause, self.event, "Led to", "led_to"),
            (self.event, self.cause, "Result of", "result_of"),
        ):
            with self.subTest(event=event.headline):
                html = self.page(event)
                self.assertInHTML(f'<span class="links-relation">{words}</span>', html)
                self.assertIn(f'<a href="{other.get_absolute_url()}"', html)
                (linked,) = json.loads(self.page(event, "json"))["event"]["linked"]
                self.assertEqual((linked["id"], linked["relation"]), (other.public_id, relation))
                root = ElementTree.fromstring(self.page(event, "xml"))  # noqa: S314 (written by us)
                found = root.find(f".//{NAMESPACE}linked/{NAMESPACE}event")
                self.assertEqual(found.find(f"{NAMESPACE}relation").text, relation)
                self.assertEqual(found.find(f"{NAMESPACE}id").text, other.public_id)
                head = yaml.safe_load(self.page(event, "md").split("---\n")[1])
                (linked,) = head["linked"]
                self.assertEqual((linked["id"], linked["relation"]), (other.public_id, relation))

    def test_queries_of_a_page_do_not_grow_with_choices(self):
        def steer(others) -> None:
            for other in others:
                steering.pin(self.event, other)
                steering.link(self.event, other, "led_to")
                steering.hide(other, self.others[0])

        steer([self.cause])
        with CaptureQueriesContext(connection) as few:
            self.page()
        self.assertLessEqual(len(few), MOST)
        steer([make_event(f"Another {number}") for number in range(8)])
        with self.assertNumQueries(len(few)):
            self.page()
