from datetime import UTC, date, datetime
from unittest import mock

from django.template.loader import get_template
from django.test import SimpleTestCase, override_settings
from django.utils import translation

from events.documents.types import ContextRef
from events.templatetags import kept
from events.tests.documents import make_ref


class KeptTests(SimpleTestCase):
    def setUp(self):
        kept._kept.cache_clear()

    def rendered(self, *args, **values) -> tuple[str, int]:
        """The part, and how many templates were rendered for it."""
        with mock.patch.object(kept, "get_template", wraps=get_template) as asked:
            return kept.kept(*args, **values), asked.call_count

    def test_part_is_rendered_once_for_its_values(self):
        syria = ContextRef("Syria & more", "syria", "place")
        first, number = self.rendered("ledger_kind", ref=syria)
        self.assertIn('<li><a href="/contexts/syria/">Syria &amp; more</a>', first)
        self.assertFalse(first.endswith("\n"))
        self.assertEqual(number, 1)
        self.assertEqual(
            self.rendered("ledger_kind", ref=ContextRef("Syria & more", "syria", "place")), (first, 0)
        )

    def test_other_values_are_another_part(self):
        self.rendered("ledger_count", path="/a/", name="A", count=1)
        other, number = self.rendered("ledger_count", path="/a/", name="A", count=2)
        self.assertEqual(number, 1)
        self.assertIn("2", other)

    def test_part_is_kept_for_each_language_and_zone(self):
        values = {"ref": make_ref(), "changed_at": datetime(2024, 2, 29, 23, 30, tzinfo=UTC)}
        english, _number = self.rendered("updated_item", **values)
        with translation.override("zh-hans"):
            self.assertNotEqual(self.rendered("updated_item", **values), (english, 0))
        with override_settings(TIME_ZONE="Pacific/Kiritimati"):
            moved, number = self.rendered("updated_item", **values)
        self.assertEqual(number, 1)
        self.assertIn("1 March 2024, 13:30", moved)

    @override_settings(DEBUG=True)
    def test_templates_that_are_worked_on_are_rendered_anew(self):
        for _turn in range(2):
            day = date(2024, 2, 29)
            text, number = self.rendered("day_head", date=day, path="/news/2024/02/29/", title="", count=3)
            self.assertEqual(number, 1)
        self.assertIn("3 events", text)
