import os
from pathlib import Path
from tempfile import TemporaryDirectory

from django.test import SimpleTestCase, override_settings

from events.stamps import release_moment


class ReleaseTests(SimpleTestCase):
    def test_pages_are_made_anew_when_static_files_got_other_addresses(self):
        with TemporaryDirectory() as folder, override_settings(STATIC_ROOT=folder):
            before = release_moment.__wrapped__()
            manifest = Path(folder) / "staticfiles.json"
            manifest.write_text("{}")
            later = before.timestamp() + 60
            os.utime(manifest, (later, later))
            self.assertEqual(release_moment.__wrapped__().timestamp(), later)
