import tempfile
from pathlib import Path

from django.test import Client, SimpleTestCase, override_settings


class PictureTests(SimpleTestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = Path(folder.name) / "media"
        (self.root / "covers").mkdir(parents=True)
        (self.root / "covers" / "flood.webp").write_bytes(b"RIFF")
        (self.root / "covers" / "drawing.svg").write_bytes(b"<svg onload='alert(1)'/>")
        (self.root.parent / "secret.png").write_bytes(b"outside")
        media = override_settings(MEDIA_ROOT=self.root)
        media.enable()
        self.addCleanup(media.disable)

    def test_is_kept_for_ever_and_never_sniffed(self):
        response = self.client.get("/media/covers/flood.webp")
        self.assertEqual(b"".join(response.streaming_content), b"RIFF")
        self.assertEqual(response["Content-Type"], "image/webp")
        self.assertIn("immutable", response["Cache-Control"])
        self.assertEqual(response["X-Content-Type-Options"], "nosniff")

    def test_answers_304(self):
        modified = self.client.get("/media/covers/flood.webp")["Last-Modified"]
        response = self.client.get("/media/covers/flood.webp", headers={"If-Modified-Since": modified})
        self.assertEqual(response.status_code, 304)

    def test_only_reads(self):
        client = Client(enforce_csrf_checks=True)
        for path in ("/media/covers/flood.webp", "/healthz", "/readyz"):
            response = client.post(path)
            self.assertEqual((response.status_code, response["Allow"]), (405, "GET, HEAD"), path)

    def test_refuses_what_can_carry_a_script_or_lies_outside(self):
        for name in (
            "covers/drawing.svg",
            "../secret.png",
            "%2e%2e/secret.png",
            "covers/none.webp",
            "covers/",
        ):
            with self.subTest(name):
                self.assertEqual(self.client.get(f"/media/{name}").status_code, 404)
