import os
import subprocess

from django.conf import settings
from django.test import SimpleTestCase

SCRIPTS = ("bin/serve", "bin/test", ".ci/run")


class ScriptTests(SimpleTestCase):
    def test_bash_can_read_them(self):
        for name in (*SCRIPTS, "bin/environment.sh"):
            with self.subTest(name):
                result = subprocess.run(
                    ["bash", "-n", settings.BASE_DIR / name], capture_output=True, check=False
                )
                self.assertEqual((result.returncode, result.stderr), (0, b""))

    def test_they_can_be_started(self):
        for name in SCRIPTS:
            with self.subTest(name):
                self.assertTrue(os.access(settings.BASE_DIR / name, os.X_OK))

    def test_they_stop_at_a_misspelt_variable_and_a_failing_pipe(self):
        for name in SCRIPTS:
            with self.subTest(name):
                self.assertRegex((settings.BASE_DIR / name).read_text(), r"(?m)^set -e?uo pipefail$")

    def test_an_old_python_is_refused_in_words(self):
        script = ". bin/environment.sh; PYTHON=false find_python"
        result = subprocess.run(
            ["/bin/bash", "-c", script],
            cwd=settings.BASE_DIR,
            env={"PATH": "/nowhere"},
            capture_output=True,
            text=True,
            check=False,
        )
        self.assertEqual(result.returncode, 1)
        self.assertIn("Python 3.11 or newer is needed", result.stderr)
