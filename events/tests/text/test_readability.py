from django.test import SimpleTestCase

from events.text.readability import reading_ease, syllables


class ReadabilityTests(SimpleTestCase):
    def test_syllables(self):
        for word, number in (
            ("bomb", 1),
            ("homs", 1),
            ("city", 2),
            ("state", 1),
            ("people", 2),
            ("syria", 2),
        ):
            self.assertEqual(syllables(word), number, word)

    def test_formula(self):
        # Six words, one sentence, six syllables.
        self.assertAlmostEqual(reading_ease("The cat sat on the mat."), 206.835 - 1.015 * 6 - 84.6, places=3)

    def test_plain_text_is_easier(self):
        hard = "Notwithstanding jurisdictional considerations, intergovernmental organisations deliberated."
        self.assertLess(reading_ease(hard), 0)
        self.assertEqual(reading_ease(""), 206.835)
