from unittest import mock

from django.core.checks import run_checks
from django.test import SimpleTestCase, override_settings

from events import checks, outputs


def ids(found) -> list[str]:
    return [message.id for message in found]


class SettingsTests(SimpleTestCase):
    def test_defaults_are_sane(self):
        self.assertEqual(checks.check_settings(), [])

    def test_checks_are_registered(self):
        with override_settings(EVENTS_PAGE_SIZE=0):
            self.assertIn("events.E002", ids(run_checks()))

    def test_site_url_is_an_origin(self):
        for url in ("", "news.example.org", "https://news.example.org/blog", "ftp://example.org", "https://"):
            with self.subTest(url), override_settings(EVENTS_SITE_URL=url, EVENTS_TAG_AUTHORITY="a.org,2026"):
                self.assertEqual(ids(checks.check_settings()), ["events.E001"])
        for url in ("https://news.example.org", "https://news.example.org/", "http://127.0.0.1:8000"):
            with self.subTest(url), override_settings(EVENTS_SITE_URL=url):
                self.assertEqual(checks.check_settings(), [])

    def test_sizes_have_bounds(self):
        for name in ("PAGE_SIZE", "FEED_SIZE", "RELATED_LIMIT"):
            for value in (0, -1, 100_000, "many", ""):
                with self.subTest(name, value=value), override_settings(**{f"EVENTS_{name}": value}):
                    self.assertEqual(ids(checks.check_settings()), ["events.E002"])
            with self.subTest(name), override_settings(**{f"EVENTS_{name}": "25"}):
                self.assertEqual(checks.check_settings(), [])

    def test_days_to_keep_may_be_none_and_have_a_bound(self):
        for name in ("REVISIONS_KEEP_DAYS", "AUTOSAVE_KEEP_DAYS"):
            for value, found in (
                ("0", []),
                ("-1", ["events.E002"]),
                ("99999999", ["events.E002"]),
                ("x", ["events.E002"]),
            ):
                with self.subTest(name, value=value), override_settings(**{f"EVENTS_{name}": value}):
                    self.assertEqual(ids(checks.check_settings()), found)

    def test_switches_are_written_as_such(self):
        for value, found in (("yes", []), ("off", []), (True, []), ("enabled", ["events.E011"])):
            for name in ("FOUR_EYES", "FETCH_SOURCES"):
                with self.subTest(name, value=value), override_settings(**{f"EVENTS_{name}": value}):
                    self.assertEqual(ids(checks.check_settings()), found)

    def test_a_misspelt_setting_is_told(self):
        with override_settings(EVENTS_SITENAME="The Bulletin"):
            self.assertEqual(ids(checks.check_settings()), ["events.W012"])

    def test_the_ranker_is_known(self):
        with override_settings(EVENTS_RELATED_RANKER="newest"):
            self.assertEqual(ids(checks.check_outputs()), ["events.E022"])

    def test_time_zone_exists(self):
        with mock.patch.object(type(checks.conf), "TIME_ZONE", "Mars/Olympus"):
            self.assertEqual(ids(checks.check_settings()), ["events.E003"])

    def test_zones_are_used(self):
        with override_settings(USE_TZ=False):
            self.assertEqual(ids(checks.check_settings()), ["events.E004"])

    def test_licence_is_known_or_has_an_address(self):
        with override_settings(EVENTS_LICENCE=""):
            self.assertEqual(ids(checks.check_settings()), ["events.E005"])
        with override_settings(EVENTS_LICENCE="House rules"):
            self.assertEqual(ids(checks.check_settings()), ["events.W005"])
        with override_settings(EVENTS_LICENCE="House rules", EVENTS_LICENCE_URL="https://example.org/rules"):
            self.assertEqual(checks.check_settings(), [])

    def test_tag_authority_follows_its_standard(self):
        for value in ("example.org", "example.org,26", "example org,2026"):
            with self.subTest(value), override_settings(EVENTS_TAG_AUTHORITY=value):
                self.assertEqual(ids(checks.check_settings()), ["events.E006"])
        with override_settings(EVENTS_TAG_AUTHORITY="desk@example.org,2026-01-01"):
            self.assertEqual(checks.check_settings(), [])

    def test_categories_are_names(self):
        for value in (("Sports", "Sports"), ("",), ("x" * 81,)):
            with self.subTest(value), override_settings(EVENTS_CATEGORIES=value):
                self.assertEqual(ids(checks.check_settings()), ["events.E007"])

    def test_hub_is_a_web_address(self):
        with override_settings(EVENTS_WEBSUB_HUB="hub.example.org"):
            self.assertEqual(ids(checks.check_settings()), ["events.E008"])

    def test_cache_address_is_of_redis_and_not_repeated(self):
        cache = {"BACKEND": "newsroom.cache.FailOpenRedisCache", "LOCATION": "http://:secret@cache:6379"}
        with override_settings(CACHES={"default": cache}):
            found = checks.check_settings()
        self.assertEqual(ids(found), ["events.E009"])
        self.assertNotIn("secret", str(found))
        for address in ("redis://cache:6379/1", "rediss://:secret@cache/0", "unix:///run/redis.sock"):
            with override_settings(CACHES={"default": cache | {"LOCATION": address}}):
                self.assertEqual(checks.check_settings(), [])


class CodecsTests(SimpleTestCase):
    def test_this_machine_has_them(self):
        self.assertEqual(checks.check_codecs(), [])

    def test_missing_ones_are_told(self):
        with mock.patch("PIL.features.check", return_value=False):
            self.assertEqual(ids(checks.check_codecs()), ["events.E010"] * 4)


class OutputsTests(SimpleTestCase):
    def test_lists_agree(self):
        self.assertEqual(checks.check_outputs(), [])

    def test_missing_writer_is_told(self):
        more = (*outputs.ENTRY_FORMATS, outputs.Output("csv", "text/csv", "CSV"))
        with mock.patch.object(checks, "ENTRY_FORMATS", more):
            self.assertEqual(ids(checks.check_outputs()), ["events.E020"])
        with mock.patch.object(checks, "FEEDS", outputs.FEEDS[:1]):
            self.assertEqual(ids(checks.check_outputs()), ["events.E021"])


class SqliteTests(SimpleTestCase):
    def test_this_library_will_do(self):
        self.assertEqual(checks.check_sqlite(), [])

    def test_old_library_is_refused(self):
        found = checks.sqlite_problems((3, 34, 1), has_full_text=False)
        self.assertEqual(ids(found), ["events.E030", "events.E031"])
        self.assertEqual(list(checks.sqlite_problems((3, 35, 0), has_full_text=True)), [])
