from argparse import ArgumentTypeError
from datetime import date
from io import StringIO

from django.core.management import CommandError, call_command
from django.test import SimpleTestCase, TestCase

from events.management.arguments import day, whole_number


class ArgumentTests(SimpleTestCase):
    def test_numbers_have_bounds(self):
        self.assertEqual([whole_number(0, 9)(text) for text in ("0", "9")], [0, 9])
        for text in ("-1", "10", "1.5", "x", ""):
            with self.subTest(text), self.assertRaisesMessage(ArgumentTypeError, f"{text!r} is no whole"):
                whole_number(0, 9)(text)

    def test_days_are_told_with_an_example(self):
        self.assertEqual(day("2024-05-01"), date(2024, 5, 1))
        for text in ("2024-13-01", "May"):
            with self.subTest(text), self.assertRaisesMessage(ArgumentTypeError, "no day such as 2024-05-01"):
                day(text)

    def test_commands_refuse_what_they_cannot_mean(self):
        for line in (
            "check_citations --limit=-1",
            "check_citations --days=99999999",
            "clean_media --after=-1",
            "clean_media --after=99999999999",
            "draw_share_cards --since=x",
            "export_related x.json --limit=0",
        ):
            with self.subTest(line), self.assertRaisesMessage(CommandError, " is no "):
                call_command(*line.split())


class PictureTests(TestCase):
    def test_keys_that_are_none_of_a_picture_are_named(self):
        told = StringIO()
        with self.assertRaisesMessage(CommandError, "Some pictures were not remade."):
            call_command("remake_renditions", "77", stdout=StringIO(), stderr=told)
        self.assertIn("picture 77: there is none", told.getvalue())
