"""Two processes write what one writes, and neither outlives the other."""

import gc
import io
import json
import os
import signal
import tempfile
from contextlib import contextmanager
from datetime import UTC, datetime
from itertools import islice
from unittest import mock

from django.test import SimpleTestCase, TestCase

from events.importers import ahead, jsonl
from events.importers.ahead import ReaderStoppedError, prepared_ahead, rising, without_garbage_rounds
from events.importers.files import read_files
from events.importers.records import EventRecord, InvalidRecord
from events.importers.runner import run_records
from events.models import Citation, Event, Revision

NOW = datetime(2026, 1, 2, 3, 4, tzinfo=UTC)


def lines(count):
    """Events of one day with one headline, so that slugs are numbered; each third line is invalid."""
    for number in range(count):
        if number % 3 == 2:
            yield json.dumps({"id": str(number), "date": "2020-02-30", "headline": "No such day"})
        else:
            yield json.dumps(
                {
                    "id": str(number),
                    "date": "2020-02-29",
                    "headline": "A bridge opens",
                    "contexts": ["Bridges", f"Bridge {number % 4}"],
                    "citations": [{"label": "Reuters", "url": f"https://www.reuters.com/{number}"}],
                }
            )


@contextmanager
def standard_input(content):
    """This process's own standard input, by its number, holds `content`."""
    with tempfile.TemporaryFile() as file:
        file.write(content)
        file.seek(0)
        kept = os.dup(0)
        os.dup2(file.fileno(), 0)
        try:
            yield
        finally:
            os.dup2(kept, 0)
            os.close(kept)


def read(count):
    return jsonl.read(io.BytesIO("\n".join(lines(count)).encode()), path="events.jsonl")


def stored():
    """What was written, but for keys, which go on counting."""
    events = Event.objects.order_by("import_ref")
    return (
        list(events.values_list("import_ref", "slug", "publish_at", "edited_at")),
        list(events.values_list("import_ref", "contexts__name")),
        list(Citation.objects.order_by("url").values_list("url", "canonical_url", "publisher__host")),
        list(Revision.objects.order_by("event__import_ref").values_list("snapshot", flat=True)),
    )


class PreparedAheadTests(SimpleTestCase):
    def test_the_first_chunks_are_small(self):
        self.assertEqual(list(islice(rising(1000), 6)), [100, 200, 400, 800, 1000, 1000])
        self.assertEqual(list(islice(rising(7), 2)), [7, 7])

    def test_standard_input_reaches_the_second_process(self):
        with standard_input("\n".join(lines(4)).encode()):
            told = list(prepared_ahead(read_files(["-"], jsonl), as_draft=False, now=NOW))
        self.assertEqual([getattr(record, "import_ref", "") for record in told], ["0", "1", "", "3"])

    def test_records_come_in_order_with_their_entries(self):
        with mock.patch.object(ahead, "CHUNK", 4):
            records = list(prepared_ahead(read(30), as_draft=False, now=NOW))
        self.assertEqual(records, list(read(30)))
        for record in records:
            if isinstance(record, EventRecord):
                self.assertIn(record.import_ref, record.entry.values)
            else:
                self.assertIsInstance(record, InvalidRecord)

    def test_record_that_breaks_a_rule_comes_without_an_entry(self):
        record = EventRecord("a", datetime(2020, 1, 1, tzinfo=UTC).date(), "Noon", time_zone="Nowhere")
        (came,) = prepared_ahead([record], as_draft=False, now=NOW)
        self.assertEqual(came, record)
        self.assertIsNone(came.entry)

    def test_error_of_the_source_is_raised_after_the_chunks_before_it(self):
        def source():
            yield from read(2)
            raise LookupError("torn")

        with mock.patch.object(ahead, "CHUNK", 1):
            records = prepared_ahead(source(), as_draft=False, now=NOW)
            self.assertEqual([next(records).import_ref, next(records).import_ref], ["0", "1"])
            with self.assertRaisesMessage(LookupError, "torn"):
                next(records)

    def test_killed_reader_is_no_end_of_the_file(self):
        def source():
            os.kill(os.getpid(), signal.SIGKILL)
            yield

        with self.assertRaises(ReaderStoppedError):
            list(prepared_ahead(source(), as_draft=False, now=NOW))

    def test_reader_ends_when_nobody_reads_on(self):
        receiver, sender = ahead.get_context("fork").Pipe(duplex=False)
        process = ahead.get_context("fork").Process(
            target=ahead._send, args=(read(20_000), sender, receiver), daemon=True
        )
        process.start()
        sender.close()
        receiver.recv()
        # As when the first process is killed: its end of the pipe is closed for it.
        receiver.close()
        process.join(60)
        self.assertEqual(process.exitcode, 0)

    def test_collection_of_garbage_goes_on_afterwards(self):
        with self.assertRaises(LookupError), without_garbage_rounds():
            self.assertFalse(gc.isenabled())
            raise LookupError
        self.assertTrue(gc.isenabled())


class SameDatabaseTests(TestCase):
    def test_two_processes_write_what_one_writes(self):
        alone = run_records(read(40), name="events.jsonl", now=NOW)
        expected = stored()
        Event.objects.all().delete()
        with mock.patch.object(ahead, "CHUNK", 7):
            together = run_records(read(40), name="events.jsonl", now=NOW, use_two_processes=True)
        self.assertEqual(stored(), expected)
        self.assertEqual((together.counts, together.rows), (alone.counts, alone.rows))
