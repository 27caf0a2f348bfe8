from datetime import date

from django.http import QueryDict
from django.test import TestCase

from events.filters import EventFilterSet
from events.models import Event
from events.tests.search.entries import publish


def filters(query: str) -> EventFilterSet:
    return EventFilterSet(QueryDict(query), queryset=Event.objects.public())


class EventFilterSetTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        publish("First", date=date(2016, 2, 1), contexts=["Homs", "Syria"], sources=["BBC bbc.com"])
        publish("Second", date=date(2016, 3, 1), contexts=["Syria"], sources=["BBC bbc.com", "CNN cnn.com"])

    def headlines(self, query: str) -> list[str]:
        return list(filters(query).qs.order_by("date").values_list("headline", flat=True))

    def test_days_are_inclusive_and_may_be_a_month_or_a_year(self):
        self.assertEqual(self.headlines("from=2016-02-01&to=2016-02-01"), ["First"])
        self.assertEqual(self.headlines("from=2016-03"), ["Second"])
        self.assertEqual(self.headlines("to=2016"), ["First", "Second"])

    def test_contexts_and_sources_must_all_be_carried(self):
        self.assertEqual(self.headlines("context=syria"), ["First", "Second"])
        self.assertEqual(self.headlines("context=syria&context=homs"), ["First"])
        self.assertEqual(self.headlines("context=syria, homs"), ["First"])
        self.assertEqual(self.headlines("source=bbc.com&source=cnn.com"), ["Second"])

    def test_a_name_may_have_a_comma(self):
        form = filters("context=Paris, Texas").form
        self.assertTrue(form.is_valid())
        self.assertEqual(form.cleaned_data["context"], ("Paris, Texas",))

    def test_no_value_is_no_filter(self):
        self.assertEqual(self.headlines("from=&to=+&context=&source=,"), ["First", "Second"])

    def test_wrong_days_are_told(self):
        wrong = filters("from=2016-02-30&to=soon")
        self.assertFalse(wrong.is_valid())
        self.assertEqual(len(wrong.problems), 2)
        self.assertIn("2016-02-30", wrong.problems[0])
