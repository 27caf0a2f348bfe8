"""Hostile uploads are refused by their header, before a pixel is decoded."""

import subprocess
import sys
import tempfile
import time
import zlib
from io import BytesIO
from pathlib import Path
from unittest import mock, skipUnless

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import SimpleTestCase
from PIL import Image

from events.images import validators
from events.images.validators import read_header, validate_picture
from events.tests.factories import picture_bytes
from events.tests.images.odd_files import png_claiming


class ReadHeaderTests(SimpleTestCase):
    def assert_refused(self, data: bytes, code: str) -> None:
        with self.assertRaises(ValidationError) as caught:
            read_header(BytesIO(data))
        self.assertEqual(caught.exception.code, code)

    def test_our_formats_are_taken(self):
        for kind in ("JPEG", "PNG", "WEBP", "AVIF", "GIF"):
            with self.subTest(kind):
                self.assertEqual(read_header(BytesIO(picture_bytes(kind=kind))), (kind, 64, 48))

    def test_other_files_are_refused(self):
        svg = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
        postscript = b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 10 10\n"
        for name, data in {
            "svg": svg,
            "html": b"<!doctype html><script>alert(1)</script>",
            "empty": b"",
            "postscript": postscript,
            "tiff": picture_bytes(kind="TIFF"),
            "bmp": picture_bytes(kind="BMP"),
            "zip": b"PK\x03\x04" + b"\0" * 200,
            "html before a picture": b"<script>alert(1)</script>" + picture_bytes(),
            "half a header": picture_bytes()[:20],
        }.items():
            with self.subTest(name):
                self.assert_refused(data, "no_picture")

    def test_bombs_are_refused_quickly_and_unread(self):
        began = time.process_time()
        for size in ((30_000, 30_000), (65_000, 65_000), (2**31 - 1, 2**31 - 1), (40_000_001, 1)):
            with self.subTest(size), mock.patch.object(Image.Image, "load", side_effect=AssertionError):
                self.assert_refused(png_claiming(*size), "too_large")
        self.assertLess(time.process_time() - began, 2)

    def test_side_that_webp_cannot_hold_is_refused_unread(self):
        self.assertEqual(read_header(BytesIO(png_claiming(400, 16_383))), ("PNG", 400, 16_383))
        for size in ((400, 16_384), (16_384, 400), (17_000, 1)):
            with self.subTest(size), mock.patch.object(Image.Image, "load", side_effect=AssertionError):
                self.assert_refused(png_claiming(*size), "too_large")

    def test_frames_of_an_animation_count(self):
        frames = [Image.new("L", (100, 100), shade * 5) for shade in range(50)]
        buffer = BytesIO()
        frames[0].save(buffer, "GIF", save_all=True, append_images=frames[1:])
        self.assertEqual(read_header(BytesIO(buffer.getvalue()))[0], "GIF")
        with mock.patch.object(validators, "MAX_PIXELS", 100 * 100 * 49):
            self.assert_refused(buffer.getvalue(), "too_large")

    def test_frames_are_counted_no_further_than_needed(self):
        frames = [Image.new("L", (2, 2), shade * 5) for shade in range(40)]
        buffer = BytesIO()
        frames[0].save(buffer, "GIF", save_all=True, append_images=frames[1:])
        with mock.patch.object(validators, "MAX_FRAMES", 20):
            self.assert_refused(buffer.getvalue(), "too_large")

    def test_depth_map_behind_a_jpeg_is_no_animation(self):
        buffer = BytesIO()
        views = [Image.new("RGB", (60, 40), shade) for shade in ("red", "blue")]
        views[0].save(buffer, "MPO", save_all=True, append_images=views[1:])
        self.assertEqual(read_header(BytesIO(buffer.getvalue())), ("JPEG", 60, 40))

    def test_large_file_is_refused_by_its_length(self):
        with mock.patch.object(validators, "MAX_BYTES", 100):
            self.assert_refused(picture_bytes(), "too_large")

    def test_extension_and_media_type_are_not_believed(self):
        upload = SimpleUploadedFile("picture.png", b"<svg/>", content_type="image/png")
        with self.assertRaises(ValidationError):
            validate_picture(upload)
        right = SimpleUploadedFile("page.html", picture_bytes(), content_type="text/html")
        validate_picture(right)
        self.assertEqual(right.tell(), 0)


# Run in a process of its own, whose memory is nobody else's.
PROBE = """
import re, sys, time
from events.images.validators import read_header

began = time.process_time()
with open(sys.argv[1], "rb") as file:
    try:
        read_header(file)
    except Exception as error:
        print(error.code, end=" ")
print(time.process_time() - began, re.search("VmHWM:\\s+(\\d+)", open("/proc/self/status").read())[1])
"""


@skipUnless(Path("/proc/self/status").exists(), "memory is read from Linux's /proc")
class BombTests(SimpleTestCase):
    def test_is_refused_in_half_a_second_and_150_megabytes(self):
        """A whole picture of 30,000 by 30,000 pixels that decodes without a fault."""
        side = 30_000
        rows = zlib.compress(bytes(side * (1 + side // 8)), 1)
        with tempfile.NamedTemporaryFile() as file:
            file.write(png_claiming(side, side, depth=1, colour=0, rows=rows))
            file.flush()
            told = subprocess.run(
                [sys.executable, "-c", PROBE, file.name], capture_output=True, text=True, check=True
            )
        code, seconds, kilobytes = told.stdout.split()
        self.assertEqual(code, "too_large")
        self.assertLess(float(seconds), 0.5)
        self.assertLess(int(kilobytes), 150_000)
