import tempfile
from pathlib import Path

from django.test import Client, SimpleTestCase, override_settings


class PictureTests(SimpleTestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = Path(folder.name) / "media"
        (self.root / "renditions").mkdir(parents=True)
        (self.root / "renditions" / "flood.webp").write_bytes(b"RIFF")
        (self.root / "renditions" / "drawing.svg").write_bytes(b"<svg onload='alert(1)'/>")
        (self.root / "originals").mkdir()
        (self.root / "originals" / "flood.jpg").write_bytes(b"with the place where it was taken")
        (self.root.parent / "secret.png").write_bytes(b"outside")
        media = override_settings(MEDIA_ROOT=self.root)
        media.enable()
        self.addCleanup(media.disable)

    def test_is_kept_for_ever_and_never_sniffed(self):
        response = self.client.get("/media/renditions/flood.webp")
        self.assertEqual(b"".join(response.streaming_content), b"RIFF")
        self.assertEqual(response["Content-Type"], "image/webp")
        self.assertIn("immutable", response["Cache-Control"])
        self.assertEqual(response["X-Content-Type-Options"], "nosniff")

    def test_answers_304(self):
        modified = self.client.get("/media/renditions/flood.webp")["Last-Modified"]
        response = self.client.get("/media/renditions/flood.webp", headers={"If-Modified-Since": modified})
        self.assertEqual(response.status_code, 304)

    def test_only_reads(self):
        client = Client(enforce_csrf_checks=True)
        for path in ("/media/renditions/flood.webp", "/healthz", "/readyz"):
            response = client.post(path)
            self.assertEqual((response.status_code, response["Allow"]), (405, "GET, HEAD"), path)

    def test_never_serves_an_original(self):
        for name in ("originals/flood.jpg", "renditions/../originals/flood.jpg", "./originals/flood.jpg"):
            with self.subTest(name):
                self.assertEqual(self.client.get(f"/media/{name}").status_code, 404)

    def test_refuses_what_can_carry_a_script_or_lies_outside(self):
        for name in (
            "renditions/drawing.svg",
            "../secret.png",
            "%2e%2e/secret.png",
            "renditions/none.webp",
            "renditions/",
        ):
            with self.subTest(name):
                self.assertEqual(self.client.get(f"/media/{name}").status_code, 404)
