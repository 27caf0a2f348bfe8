from django.test import TestCase

from events.models import Event
from events.tests.factories import DAY, make_event
from events.tests.importers.files import BRIDGE, import_lines

TOLD = "Two car bombs kill dozens near a shrine in Khalidiya"


class ReportTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        make_event(TOLD, contexts=["Homs"], sources=[("BBC", "https://www.bbc.com/bombs")])

    def lines(self) -> list[dict]:
        plain = BRIDGE | {"date": DAY.isoformat(), "citations": [], "contexts": [], "summary": ""}
        cites = [{"label": "BBC", "url": "http://bbc.com/bombs?utm_source=x"}]
        return [
            plain | {"id": "same-page", "headline": "Something else entirely happens", "citations": cites},
            plain | {"id": "same-words", "headline": "Car bombs near the shrine in Khalidiya kill dozens"},
            plain | {"id": "new", "headline": "A bridge over the strait is opened to all"},
        ]

    def test_names_what_may_be_the_same(self):
        result = import_lines(*self.lines(), report_duplicates=True)
        rows = {row.import_ref: row.message for row in result.rows}
        self.assertEqual(rows.keys(), {"same-page", "same-words"})
        self.assertIn("cites the same page", rows["same-page"])
        self.assertIn("in the same rare words", rows["same-words"])
        # It is a report: everything is imported, and counted once.
        self.assertEqual((result.duplicates, result.counts.total()), (2, 3))
        self.assertEqual(Event.objects.count(), 4)
        again = import_lines(*self.lines(), report_duplicates=True)
        self.assertEqual((again.duplicates, again.counts["unchanged"]), (0, 3))

    def test_asks_nothing_unless_told(self):
        self.assertEqual(import_lines(*self.lines()).duplicates, 0)
