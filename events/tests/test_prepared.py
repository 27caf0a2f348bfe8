from datetime import timedelta

from django.db.models import Count
from django.test import TestCase

from events.models import Event
from events.prepared import any_of, prepared
from events.tests.factories import DAY, NOW, make_cover, make_event

built = []


@prepared
def on_day(*, day, now):
    built.append("on_day")
    return Event.objects.public(now=now).on(day).newest_first().for_list()


@prepared
def first_keys(most, *, now, before=None):
    built.append(most)
    rows = Event.objects.public(now=now).newest_first()
    return (rows.filter(date__lt=before) if before else rows).values_list("pk")[:most]


@prepared
def titles_of(*, events):
    return Event.objects.filter(pk__in=any_of(events)).order_by("pk").values_list("headline", "visible_at")


@prepared
def at_slugs(*, slugs):
    return Event.objects.filter(slug__in=any_of(slugs, "text")).order_by("slug").values_list("slug")


@prepared
def counts(*, now):
    rows = Event.objects.public(now=now).order_by().values_list("date")
    return rows.annotate(Count("pk")).order_by("date")


class PreparedTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.one = make_event("One", publish_at=NOW, cover=make_cover())
        cls.two = make_event("Two", publish_at=NOW)
        cls.next = make_event("Next", date=DAY + timedelta(days=1), publish_at=NOW)
        cls.waiting = make_event("Waiting", publish_at=NOW + timedelta(hours=1))

    def test_models_equal_those_of_the_queryset(self):
        expected = list(Event.objects.public(now=NOW).on(DAY).newest_first().for_list())
        found = on_day(day=DAY, now=NOW)
        self.assertEqual(found, expected)
        self.assertEqual([event.visible_at for event in found], [event.visible_at for event in expected])
        self.assertEqual(found[0].get_deferred_fields(), expected[0].get_deferred_fields())

    def test_joined_models_come_without_a_query(self):
        one, two = on_day(day=DAY, now=NOW)
        with self.assertNumQueries(0):
            self.assertEqual(one.cover.renditions, self.one.cover.renditions)
            self.assertIsNone(two.cover)

    def test_values_differ_from_call_to_call(self):
        later = NOW + timedelta(hours=2)
        self.assertEqual([event.pk for event in on_day(day=self.next.date, now=NOW)], [self.next.pk])
        self.assertEqual(
            [event.pk for event in on_day(day=DAY, now=later)], [self.one.pk, self.two.pk, self.waiting.pk]
        )

    def test_sql_is_written_once_for_each_question(self):
        on_day(day=DAY, now=NOW)
        built.clear()
        with self.assertNumQueries(2):
            on_day(day=DAY, now=NOW)
            on_day(day=self.next.date, now=NOW)
        self.assertEqual(built, [])

    def test_what_is_fixed_or_left_out_makes_another_question(self):
        self.assertEqual(first_keys(1, now=NOW), [(self.next.pk,)])
        self.assertEqual(first_keys(2, now=NOW), [(self.next.pk,), (self.one.pk,)])
        self.assertEqual(first_keys(1, now=NOW, before=self.next.date), [(self.one.pk,)])

    def test_lists_of_any_length_are_one_question(self):
        self.assertEqual(titles_of(events=[]), [])
        for events in ([self.two], [self.one, self.two, self.next]):
            self.assertEqual(
                [tuple(row) for row in titles_of(events=[event.pk for event in events])],
                [(event.headline, event.visible_at) for event in events],
            )
        self.assertEqual([slug for (slug,) in at_slugs(slugs=["two", "one", "none"])], ["one", "two"])

    def test_counts(self):
        self.assertEqual([tuple(row) for row in counts(now=NOW)], [(DAY, 2), (self.next.date, 1)])
