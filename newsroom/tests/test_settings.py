import os
import stat
import subprocess
import sys
import tempfile
from pathlib import Path
from textwrap import dedent

from django.conf import settings
from django.test import SimpleTestCase

KEY = "a" * 25 + "bcdefghijklmnopqrstuvwxyz" + "0123456789"


class SettingsTests(SimpleTestCase):
    """Reads the settings in a process of its own, under an environment of its own."""

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.var = Path(folder.name)

    def python(self, *arguments: str, **environment: str) -> subprocess.CompletedProcess:
        return subprocess.run(
            [sys.executable, *arguments],
            cwd=settings.BASE_DIR,
            env={"PATH": os.environ["PATH"], "NEWSROOM_VAR": str(self.var)} | environment,
            capture_output=True,
            text=True,
            check=False,
        )

    def value(self, expression: str, **environment: str) -> str:
        result = self.python("-c", f"import newsroom.settings as s; print({expression})", **environment)
        self.assertEqual(result.returncode, 0, result.stderr)
        return result.stdout.strip()

    def test_check_deploy_is_clean_in_the_environment_of_the_deploy_page(self):
        page = (settings.BASE_DIR / "docs" / "deploy.md").read_text()
        file = self.var / "dayline.env"
        file.write_text(page.split("```ini\n", 1)[1].split("```", 1)[0].replace("put the key here", KEY))
        # As the page's script reads it.
        script = 'set -a; . "$0"; exec "$@"'
        check = ["check", "--deploy", "--fail-level", "WARNING"]
        result = subprocess.run(
            ["sh", "-c", script, file, sys.executable, "manage.py", *check],
            cwd=settings.BASE_DIR,
            env={"PATH": os.environ["PATH"], "NEWSROOM_VAR": str(self.var)},
            capture_output=True,
            text=True,
            check=False,
        )
        self.assertEqual(result.returncode, 0, result.stderr)
        said = subprocess.run(["sh", "-c", script, file, "env"], capture_output=True, text=True, check=True)
        self.assertIn("EVENTS_SITE_NAME=The Example Chronicle\n", said.stdout)

    def test_the_admin_is_loaded_for_checks_and_pages_alone(self):
        def registered(first: str) -> int:
            code = f"{first}; from django.contrib import admin; print(len(admin.site._registry))"
            return int(self.python("manage.py", "shell", "--no-imports", "-c", code).stdout.splitlines()[-1])

        self.assertEqual(registered("pass"), 0)
        check = "from django.core.management import call_command; call_command('check', tags=['admin'])"
        self.assertGreater(registered(check), 10)

    def test_check_deploy_finds_what_is_missing_without_them(self):
        result = self.python("manage.py", "check", "--deploy", "--fail-level", "WARNING")
        self.assertIn("security.W008", result.stderr)

    def test_the_secret_key_is_made_once_for_its_owner_only(self):
        first = self.value("s.SECRET_KEY")
        self.assertGreaterEqual(len(first), 50)
        self.assertEqual(self.value("s.SECRET_KEY"), first)
        self.assertEqual(stat.S_IMODE((self.var / "secret_key").stat().st_mode), 0o600)
        self.assertEqual([path.name for path in self.var.iterdir()], ["secret_key"])

    def test_a_given_secret_key_is_not_written_down(self):
        self.assertEqual(self.value("s.SECRET_KEY", SECRET_KEY="given"), "given")
        self.assertEqual(list(self.var.iterdir()), [])

    def test_sqlite_takes_its_write_lock_at_the_start(self):
        options = self.value("s.DATABASES['default']['OPTIONS']['transaction_mode']")
        self.assertEqual(options, "IMMEDIATE")

    def test_a_sqlite_url_keeps_the_options(self):
        url = f"sqlite:///{self.var}/other.sqlite3"
        shown = self.value(
            "s.DATABASES['default']['NAME'], s.DATABASES['default']['OPTIONS']", DATABASE_URL=url
        )
        self.assertIn("other.sqlite3", shown)
        self.assertIn("IMMEDIATE", shown)

    def test_connections_to_postgresql_stay_and_are_checked(self):
        url = "postgres://user@db.example.org/newsroom"
        names = ("ENGINE", "CONN_MAX_AGE", "CONN_HEALTH_CHECKS")
        asked = ", ".join(f"s.DATABASES['default']['{name}']" for name in names)
        self.assertEqual(self.value(asked, DATABASE_URL=url), "newsroom.postgres None True")

    def test_a_cache_url_fails_open(self):
        backend = self.value("s.CACHES['default']['BACKEND']", CACHE_URL="redis://localhost/1")
        self.assertEqual(backend, "newsroom.cache.FailOpenRedisCache")

    def test_who_shares_a_cache_takes_no_page_of_other_settings(self):
        def prefix(**more: str) -> str:
            return self.value("s.CACHES['default']['KEY_PREFIX']", CACHE_URL="redis://localhost/1", **more)

        changes = (
            {"EVENTS_SITE_NAME": "The Bulletin"},
            {"EVENTS_PAGE_SIZE": "20"},
            {"DATABASE_URL": "postgres://localhost/other"},
            {"NEWSROOM_LOG_LEVEL": "ERROR"},
        )
        self.assertEqual(len({prefix(), *(prefix(**change) for change in changes)}), 4)

    def test_the_log_level_may_be_written_small(self):
        self.assertEqual(self.value("s.LOGGING['root']['level']", NEWSROOM_LOG_LEVEL="info"), "INFO")

    def test_the_log_has_a_line_for_a_refused_request_and_the_traceback_of_a_broken_page(self):
        def told(logger: str) -> list[str]:
            code = f"""
                import logging, django
                django.setup()
                try:
                    raise ValueError("told by Django")
                except ValueError:
                    logging.getLogger({logger!r}).error("What happened", exc_info=True)
            """
            result = self.python("-c", dedent(code), DJANGO_SETTINGS_MODULE="newsroom.settings")
            return result.stderr.splitlines()

        (line,) = told("django.security.DisallowedHost")
        self.assertTrue(line.endswith(" ERROR django.security.DisallowedHost: What happened"), line)
        self.assertEqual(told("django.request")[-1], "ValueError: told by Django")

    def test_debug_is_off_and_only_switched_on_by_name(self):
        self.assertEqual(self.value("s.DEBUG"), "False")
        self.assertEqual(self.value("s.DEBUG", DEBUG="0"), "False")
        self.assertEqual(self.value("s.DEBUG", DEBUG="1"), "True")

    def test_the_site_and_its_host_follow_the_port_and_the_url(self):
        self.assertEqual(self.value("s.EVENTS_SITE_URL", PORT="9000"), "http://127.0.0.1:9000")
        self.assertIn("news.example.org", self.value("s.ALLOWED_HOSTS", SITE_URL="https://news.example.org"))

    def test_the_newsrooms_settings_come_from_the_environment(self):
        self.assertEqual(self.value("s.EVENTS_SITE_NAME", EVENTS_SITE_NAME="The Bulletin"), "The Bulletin")
