"""Rules over a ranking: nothing twice, no context and no day too often, the event's own day."""

from django.test import SimpleTestCase

from events.related.candidates import Candidate
from events.related.ranking import Scored, Signals
from events.related.variety import DAY_MOST, NAMED_PLACE, TIED_PLACE, varied

# The rules read the order alone, so that what the signals are is all the same here.
SIGNALS = Signals(*(0.0 for _signal in Signals._fields))


def scored(pk: int, *, days: int, words: dict[int, float] | None = None) -> Scored:
    """A suggestion with words of its own, unless others are given; the lower the key, the better."""
    candidate = Candidate(pk, 700_000 + days, 0, (), ())
    return Scored(candidate, 1 / pk, days, SIGNALS, words or {pk: 1.0})


class VarietyTests(SimpleTestCase):
    def keys(self, ranking: list[Scored], *, limit: int = 10, resting_on=None, places=None) -> list[int]:
        places = places or {}
        found = varied(
            ranking,
            limit=limit,
            resting_on=resting_on or {},
            place_of=lambda each: places.get(each.candidate.pk),
        )
        return [each.candidate.pk for each in found]

    def test_nothing_to_vary(self):
        self.assertEqual(self.keys([scored(pk, days=pk) for pk in range(1, 20)], limit=4), [1, 2, 3, 4])
        self.assertEqual(self.keys([]), [])

    def test_twins_of_neighbouring_days_are_told_once(self):
        words = {7: 0.6, 8: 0.8}
        ranking = [
            scored(1, days=3, words=words),
            scored(2, days=4, words=words),
            scored(3, days=9, words=words),
        ]
        self.assertEqual(self.keys(ranking), [1, 3])

    def test_a_wide_context_has_its_share_while_there_are_others(self):
        ranking = [scored(pk, days=pk) for pk in range(1, 12)]
        resting_on = dict.fromkeys(range(1, 10), 5)
        self.assertEqual(self.keys(ranking, resting_on=resting_on), [1, 2, 3, 4, 5, 6, 7, 10, 11, 8])

    def test_a_day_has_so_many_places_but_for_the_events_own(self):
        other = [scored(pk, days=2) for pk in range(1, 6)]
        self.assertEqual(self.keys([*other, scored(9, days=5)], limit=DAY_MOST + 1), [1, 2, 3, 9])
        self.assertEqual(self.keys(other), [1, 2, 3, 4, 5])
        own = [scored(pk, days=0) for pk in range(1, 6)]
        self.assertEqual(self.keys([*own, scored(9, days=5)], limit=5), [1, 2, 3, 4, 5])

    def test_the_events_own_day_is_among_the_first(self):
        ranking = [scored(pk, days=0 if pk in (8, 9) else pk) for pk in range(1, 10)]
        self.assertEqual(self.keys(ranking)[-2:], [8, 9])
        tied = self.keys(ranking, places={8: NAMED_PLACE, 9: TIED_PLACE})
        self.assertEqual(tied, [1, 2, 9, 3, 4, 5, 6, 7, 8])
        named = self.keys(ranking, places={8: NAMED_PLACE, 9: NAMED_PLACE})
        self.assertEqual(named, [1, 2, 3, 4, 8, 5, 6, 7, 9])

    def test_who_is_among_the_first_already_stays(self):
        ranking = [scored(pk, days=0 if pk == 2 else pk) for pk in range(1, 6)]
        self.assertEqual(self.keys(ranking, places={2: TIED_PLACE}), [1, 2, 3, 4, 5])
