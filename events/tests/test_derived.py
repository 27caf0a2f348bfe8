"""What follows from the entries is right after every write, and quick to ask for."""

import io
import json

from django.db import connection
from django.test import TestCase
from django.utils import timezone

from events.dates import parse_day
from events.importers.runner import run_import
from events.models import Event


class StatisticsTests(TestCase):
    """Without statistics SQLite reads all that is visible to find the events of one day."""

    def test_day_is_found_by_its_date_after_an_import(self) -> None:
        lines = [
            json.dumps(
                {"id": str(number), "date": f"2020-01-{1 + number % 20:02}", "headline": f"Event {number}"}
            )
            for number in range(60)
        ]
        run_import("jsonl", io.BytesIO("\n".join(lines).encode()), path="events.jsonl")
        day = Event.objects.public(now=timezone.now()).on(parse_day("2020", "1", "2"))
        self.assertEqual(day.count(), 3)
        if connection.vendor == "sqlite":
            self.assertIn("date=?", day.explain())
        else:
            # So few rows are read without an index; what matters is that they have been counted.
            with connection.cursor() as cursor:
                cursor.execute("SELECT reltuples FROM pg_class WHERE relname = 'events_event'")
                self.assertEqual(cursor.fetchone(), (60,))
