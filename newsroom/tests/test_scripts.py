import os
import socket
import subprocess
import sys

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

    def test_they_tell_their_use_and_do_nothing_else(self):
        def told(*words: str) -> subprocess.CompletedProcess:
            return subprocess.run(
                ["bash", *words],
                cwd=settings.BASE_DIR,
                capture_output=True,
                text=True,
                check=False,
                timeout=10,
            )

        for words, code in (
            (("bin/serve", "--help"), 0),
            (("bin/serve", "8001"), 1),
            (("bin/test", "-h"), 0),
        ):
            with self.subTest(words):
                result = told(*words)
                self.assertEqual(result.returncode, code)
                text = result.stdout + result.stderr
                self.assertEqual(len(text.splitlines()), 2, text)
                self.assertIn(
                    "bin/serve listens elsewhere" if "serve" in words[0] else "bin/test [--all]", text
                )


class FreeAddressTests(SimpleTestCase):
    """What bin/serve asks before it prepares anything."""

    def asked(self, host: str, port: int | str) -> subprocess.CompletedProcess:
        script = settings.BASE_DIR / "bin" / "free_address.py"
        return subprocess.run(
            [sys.executable, script, host, str(port)], capture_output=True, text=True, check=False
        )

    def test_a_taken_port_is_refused_even_where_its_holder_would_share_it(self):
        with socket.socket() as other:
            other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
            other.bind(("127.0.0.1", 0))
            other.listen()
            port = other.getsockname()[1]
            result = self.asked("127.0.0.1", port)
            self.assertEqual((result.returncode, result.stdout), (1, ""))
            self.assertIn(f"Nothing can listen on 127.0.0.1, port {port}: ", result.stderr)
        self.assertEqual(self.asked("127.0.0.1", port).stdout, "127.0.0.1\n")

    def test_a_name_becomes_the_number_that_the_server_takes(self):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        self.assertEqual(self.asked("localhost", port).stdout, "127.0.0.1\n")

    def test_what_is_no_port_is_told_in_words(self):
        for port in ("abc", "0", "65536", ""):
            with self.subTest(port):
                result = self.asked("127.0.0.1", port)
                self.assertEqual((result.returncode, result.stdout), (1, ""))
                self.assertIn(f"{port!r} is no port", result.stderr)
