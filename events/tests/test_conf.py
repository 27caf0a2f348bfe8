from django.test import SimpleTestCase, override_settings

from events.conf import DEFAULTS, conf


class DefaultTests(SimpleTestCase):
    def test_every_setting_has_a_value(self):
        for name in DEFAULTS:
            with self.subTest(name):
                getattr(conf, name)

    def test_an_unknown_name_is_an_attribute_error(self):
        with self.assertRaisesMessage(AttributeError, "EVENTS_PAGE_SISE"):
            conf.PAGE_SISE  # noqa: B018

    def test_the_ten_headings_are_all_there(self):
        self.assertEqual(len(conf.CATEGORIES), 10)
        self.assertIn("Law and crime", [str(heading) for heading in conf.CATEGORIES])


class ComputedTests(SimpleTestCase):
    @override_settings(EVENTS_SITE_URL="https://news.example.org/")
    def test_the_site_url_never_ends_in_a_slash(self):
        self.assertEqual(conf.SITE_URL, "https://news.example.org")

    @override_settings(EVENTS_SITE_URL="https://news.example.org:8443")
    def test_the_tag_authority_is_the_host_without_its_port(self):
        self.assertEqual(conf.TAG_AUTHORITY, "news.example.org,2026")

    @override_settings(EVENTS_SITE_URL="https://new.example.org", EVENTS_TAG_AUTHORITY="old.example.org,2020")
    def test_the_tag_authority_survives_a_move_of_the_site(self):
        self.assertEqual(conf.TAG_AUTHORITY, "old.example.org,2020")

    @override_settings(EVENTS_SITE_NAME="The Bulletin")
    def test_the_publisher_is_the_site_unless_named(self):
        self.assertEqual(conf.PUBLISHER_NAME, "The Bulletin")

    def test_the_default_licence_has_its_own_deed(self):
        self.assertEqual(conf.LICENCE_URL, "https://creativecommons.org/licenses/by-sa/4.0/")

    @override_settings(EVENTS_LICENCE="ODbL-1.0")
    def test_another_licence_never_points_at_the_default_deed(self):
        self.assertEqual(conf.LICENCE_URL, "https://spdx.org/licenses/ODbL-1.0.html")

    @override_settings(EVENTS_LICENCE="ODbL-1.0", EVENTS_LICENCE_URL="https://example.org/odbl")
    def test_a_given_deed_wins(self):
        self.assertEqual(conf.LICENCE_URL, "https://example.org/odbl")


class EnvironmentTests(SimpleTestCase):
    """Values from the environment are text."""

    @override_settings(EVENTS_PAGE_SIZE="12")
    def test_numbers_become_numbers(self):
        self.assertEqual(conf.PAGE_SIZE, 12)

    def test_switches_are_read_in_all_their_spellings(self):
        for text, is_on in (
            ("1", True),
            ("yes", True),
            ("True", True),
            ("0", False),
            ("no", False),
            ("", False),
        ):
            with self.subTest(text), override_settings(EVENTS_FOUR_EYES=text, EVENTS_FETCH_SOURCES=text):
                self.assertEqual((conf.FOUR_EYES, conf.FETCH_SOURCES), (is_on, is_on))

    @override_settings(EVENTS_PAGE_SIZE="many")
    def test_what_is_no_number_is_an_error(self):
        with self.assertRaises(ValueError):
            conf.PAGE_SIZE  # noqa: B018

    @override_settings(EVENTS_CATEGORIES="War, peace; Law\nSports;")
    def test_lists_are_split_at_semicolons_and_lines(self):
        self.assertEqual(conf.CATEGORIES, ("War, peace", "Law", "Sports"))
