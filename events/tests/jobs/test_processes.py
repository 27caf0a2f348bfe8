"""Four workers, killed at random: each job's effect is there once."""

import json

from django.test import SimpleTestCase

from events.tests.importers.processes import manage, scratch_database
from events.tests.jobs.effects import JOBS, WORKERS

CODE = "from events.tests.jobs.effects import main; main()"


class WorkersTests(SimpleTestCase):
    def test_killed_at_random_and_stopped_when_told(self):
        with scratch_database() as environment:
            environment |= {"EVENTS_FETCH_SOURCES": "0"}
            told = json.loads(manage(environment, "shell", "-v0", "-c", CODE).splitlines()[-1])
        self.assertEqual((told["left"], told["effects"], told["jobs"]), (0, JOBS, JOBS))
        # Some were killed in the middle of a job, which another one did.
        self.assertGreater(told["again"], 0)
        self.assertEqual(told["codes"], [0] * (WORKERS + 1))
