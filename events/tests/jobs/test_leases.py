from datetime import timedelta

from django.test import TestCase

from events.jobs.leases import claim, enqueue, fail, finish, give_back, renew
from events.models import Job
from events.tests.factories import NOW

LEASE = timedelta(minutes=2)


class LeasesTests(TestCase):
    def setUp(self):
        enqueue([Job(kind="page", key=key, due_at=NOW) for key in ("a", "b")])

    def claim(self, now=NOW, kinds=("page",)) -> Job | None:
        return claim(kinds, now=now, lease=LEASE)

    def test_each_is_claimed_once(self):
        self.assertEqual([self.claim().key, self.claim().key], ["a", "b"])
        self.assertIsNone(self.claim())

    def test_nothing_to_do_takes_no_lock(self):
        with self.assertNumQueries(1):
            self.assertIsNone(self.claim(kinds=("other",)))
        self.assertIsNone(self.claim(now=NOW - timedelta(seconds=1)))

    def test_lease_that_ran_out_is_anybodys(self):
        first = self.claim()
        self.claim()
        second = self.claim(now=NOW + LEASE)
        self.assertEqual((second.key, second.attempts), ("a", 2))
        # Who comes too late changes nothing.
        self.assertFalse(renew(first, until=NOW + 2 * LEASE))
        self.assertFalse(finish(first, again_at=None))
        fail(first, "late", now=NOW)
        self.assertTrue(finish(second, again_at=None))
        self.assertEqual([job.key for job in Job.objects.all()], ["b"])

    def test_what_comes_back(self):
        job = self.claim()
        self.assertTrue(finish(job, again_at=NOW + timedelta(hours=1)))
        job.refresh_from_db()
        self.assertEqual((job.attempts, job.leased_until), (0, None))
        self.claim()
        self.assertIsNone(self.claim())
        self.assertEqual(self.claim(now=NOW + timedelta(hours=1)).key, "b")

    def test_failures_wait_longer_each_time(self):
        Job.objects.filter(key="b").delete()
        now, pauses = NOW, []
        for _attempt in range(15):
            fail(self.claim(now=now), "no", now=now)
            due_at = Job.objects.get().due_at
            pauses.append(due_at - now)
            now = due_at
        self.assertEqual(pauses[:3], [timedelta(minutes=1), timedelta(minutes=2), timedelta(minutes=4)])
        self.assertEqual(pauses[-1], timedelta(days=1))
        self.assertEqual(Job.objects.get().problem, "no")

    def test_given_back_is_due_at_once(self):
        give_back(self.claim())
        self.assertEqual(self.claim().attempts, 1)

    def test_adding_again_changes_nothing(self):
        held = self.claim()
        enqueue([Job(kind="page", key="a", due_at=NOW - LEASE)])
        self.assertTrue(renew(held, until=NOW + LEASE))
        self.assertEqual(Job.objects.count(), 2)
