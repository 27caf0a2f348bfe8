from django.test import TestCase

from events.models import Event, Publisher
from events.sql import among, any_of, is_one_of, run
from events.tests.factories import make_event


class AmongTests(TestCase):
    def test_finds_numbers_and_texts(self) -> None:
        event = make_event(sources=[("BBC", "https://www.bbc.com/1")])
        self.assertEqual(Event.objects.filter(pk__in=among([event.pk, 0])).get(), event)
        self.assertTrue(Publisher.objects.filter(host__in=among(["bbc.com", 'it\'s "odd"'])).exists())

    def test_nothing_is_among_no_keys(self) -> None:
        make_event(sources=[("BBC", "https://www.bbc.com/1")])
        self.assertFalse(Event.objects.filter(pk__in=among([])).exists())
        self.assertFalse(Publisher.objects.filter(host__in=among({})).exists())


class AnyOfTests(TestCase):
    def test_texts_keep_every_sign(self) -> None:
        odd = ['say "so"', "it's", "a\\b", "{1,2}", "", "NULL", "\n", "汉"]
        marks, values = any_of(odd)
        self.assertEqual({text for (text,) in run(f"SELECT * FROM {marks} t", values)}, set(odd))  # noqa: S608


class IsOneOfTests(TestCase):
    def hosts(self, *keys: str) -> list[tuple]:
        told, values = is_one_of("host", list(keys))
        return run(f"SELECT host FROM events_publisher WHERE {told}", values)  # noqa: S608

    def test_one_of_many_and_of_none(self) -> None:
        event = make_event(sources=[("BBC", "https://www.bbc.com/1")])
        self.assertEqual(self.hosts("bbc.com", 'it\'s "odd"'), [("bbc.com",)])
        self.assertEqual((self.hosts("none.org"), self.hosts()), ([], []))
        told, values = is_one_of("id", [event.pk, 0])
        self.assertEqual(run(f"SELECT id FROM events_event WHERE {told}", values), [(event.pk,)])  # noqa: S608
