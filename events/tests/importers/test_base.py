import gzip
import io
import os
import tempfile
from pathlib import Path
from unittest import mock

from django.test import SimpleTestCase

from events.importers import base
from events.importers.registry import IMPORTERS, get_importer


class OpenSourceTests(SimpleTestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)

    def test_plain_and_packed_files_whatever_their_name(self):
        for name, content in (("a.gz", b"plain"), ("b.txt", gzip.compress(b"plain")), ("c", b"")):
            (self.folder / name).write_bytes(content)
            with base.open_source(self.folder / name) as stream:
                self.assertEqual(stream.read(), b"plain" if content else b"")

    def test_standard_input_from_a_pipe(self):
        reader, writer = os.pipe()
        os.write(writer, gzip.compress(b"one\ntwo\n"))
        os.close(writer)
        with open(reader, "rb") as pipe, mock.patch.object(base, "STDIN_NUMBER", pipe.fileno()):
            with base.open_source("-") as stream:
                self.assertEqual(list(stream), [b"one\n", b"two\n"])
            self.assertFalse(pipe.closed)

    def test_missing_file(self):
        with self.assertRaises(FileNotFoundError):
            base.open_source(self.folder / "none")

    def test_packed_stream_can_be_read_twice(self):
        stream = base.unpacked(io.BytesIO(gzip.compress(b"x" * 1_000_000)))
        self.assertEqual(len(stream.read()), 1_000_000)
        stream.seek(0)
        self.assertEqual(len(stream.read()), 1_000_000)

    def test_bomb_is_not_unpacked_to_its_end(self):
        bomb = gzip.compress(b"\0" * 100_000_000)
        stream = base.unpacked(io.BytesIO(bomb))
        with self.assertRaises(gzip.BadGzipFile):
            while stream.read(1_000_000):
                pass


class RegistryTests(SimpleTestCase):
    def test_every_importer_is_whole(self):
        names = ["jsonl", "context", "feed", "wxr", "wxr-events"]
        self.assertEqual([importer.name for importer in IMPORTERS], names)
        for importer in IMPORTERS:
            self.assertIs(get_importer(importer.name), importer)
            self.assertTrue(str(importer.title))
            self.assertTrue(all(extension.startswith(".") for extension in importer.extensions))

    def test_unknown_name(self):
        with self.assertRaises(KeyError):
            get_importer("xlsx")
