"""The tutorial site passes its own tests, in a process of its own because it has settings of its own."""

import subprocess
import sys

from django.test import SimpleTestCase

from bench.sites import PROJECT, TUTORIAL, environment


class TutorialTests(SimpleTestCase):
    def test_tutorial_site_works(self) -> None:
        command = [sys.executable, "-m", "django", "test", "bench.tutorial", "--verbosity", "0"]
        run = subprocess.run(command, cwd=PROJECT, env=environment(TUTORIAL), capture_output=True, text=True)
        self.assertEqual(run.returncode, 0, run.stderr)
        self.assertRegex(run.stderr, r"Ran [1-9]\d* tests")

    def test_models_have_their_migrations(self) -> None:
        command = [sys.executable, "-m", "django", "makemigrations", "--check", "--dry-run"]
        run = subprocess.run(command, cwd=PROJECT, env=environment(TUTORIAL), capture_output=True, text=True)
        self.assertEqual(run.returncode, 0, run.stdout + run.stderr)
