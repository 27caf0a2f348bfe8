import re

from django.conf import settings
from django.test import SimpleTestCase

from events.conf import DEFAULTS

PAGE = settings.BASE_DIR / "docs" / "reference" / "settings.md"
READ = re.compile(r'(?:environ\.get\(|environ\[|env_flag\(|env_list\()"(\w+)"')


class SettingsPageTests(SimpleTestCase):
    """Holds docs/reference/settings.md to the code, both ways."""

    def test_describes_exactly_what_is_read(self):
        source = (settings.BASE_DIR / "newsroom" / "settings.py").read_text()
        scripts = {"NEWSROOM_WORKERS", "DAYLINE_SHARED", "CHROMIUM", "PYTHON", "MANY_SAVES"}
        read = set(READ.findall(source)) | {f"EVENTS_{name}" for name in DEFAULTS} | scripts
        rows = [line.split("|")[1] for line in PAGE.read_text().splitlines() if line.startswith("| `")]
        described = set(re.findall(r"`(\w+)`", " ".join(rows)))
        self.assertEqual(described, read)
