from django.test import SimpleTestCase

from events.text.numbers import number_in


class NumberTests(SimpleTestCase):
    def test_whole_numbers_that_a_column_holds(self):
        for text, number in {"0": 0, "007": 7, "9" * 18: 10**18 - 1}.items():
            self.assertEqual(number_in(text), number)

    def test_anything_else_is_none(self):
        for text in ("", "-1", "1.0", " 1", "1e3", "٣", "²", "9" * 19, "1\x00"):
            with self.subTest(text):
                self.assertIsNone(number_in(text))
