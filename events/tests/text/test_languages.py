"""Language tags, directions and guesses."""

from django.test import SimpleTestCase

from events.text.languages import direction_of, is_language_tag


class IsLanguageTagTests(SimpleTestCase):
    def test_well_formed_tags(self):
        for tag in ("en", "zh-Hans", "pt-BR", "es-419", "de-CH-1996", "az-Arab-IR", "yue"):
            self.assertTrue(is_language_tag(tag), tag)

    def test_other_text(self):
        for tag in ("", "e", "english language", "en_GB", "-en", "en-", "12", 'en"', "a" * 40):
            self.assertFalse(is_language_tag(tag), tag)


class DirectionOfTests(SimpleTestCase):
    def test_languages(self):
        for tag, direction in {
            "ar": "rtl",
            "he-IL": "rtl",
            "FA": "rtl",
            "en": "ltr",
            "zh-Hant": "ltr",
        }.items():
            self.assertEqual(direction_of(tag), direction, tag)

    def test_the_script_decides(self):
        self.assertEqual(direction_of("az-Arab"), "rtl")
        self.assertEqual(direction_of("ur-Latn"), "ltr")
