from django.test import TestCase

from events.models import Event, Publisher
from events.sql import among
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
