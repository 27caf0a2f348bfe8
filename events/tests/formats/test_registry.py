from django.test import SimpleTestCase

from events import outputs
from events.formats.registry import FORMATS, get_format


class RegistryTests(SimpleTestCase):
    def test_every_format_is_found_by_its_extension(self) -> None:
        self.assertEqual([format.extension for format in FORMATS], ["md", "json", "xml"])
        for format in FORMATS:
            self.assertIs(get_format(format.extension), format)

    def test_pages_link_every_format(self) -> None:
        written = [(format.extension, format.media_type, format.title) for format in FORMATS]
        self.assertEqual([tuple(output) for output in outputs.FORMATS], written)

    def test_unknown_extension_is_a_lookup_error(self) -> None:
        with self.assertRaises(LookupError):
            get_format("pdf")
