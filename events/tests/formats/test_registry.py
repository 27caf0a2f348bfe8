from django.test import SimpleTestCase

from events import outputs
from events.formats.registry import ENTRY_FORMATS, FORMATS, get_entry_format, get_format


class RegistryTests(SimpleTestCase):
    def test_every_format_is_found_by_its_extension(self) -> None:
        self.assertEqual([format.extension for format in FORMATS], ["md", "json", "xml"])
        for format in FORMATS:
            self.assertIs(get_format(format.extension), format)

    def test_entries_have_more_of_them(self) -> None:
        self.assertEqual([format.extension for format in ENTRY_FORMATS[len(FORMATS) :]], ["ninjs", "jsonld"])
        for format in ENTRY_FORMATS:
            self.assertIs(get_entry_format(format.extension), format)

    def test_pages_link_every_format(self) -> None:
        written = [(format.extension, format.media_type, format.title) for format in ENTRY_FORMATS]
        self.assertEqual([tuple(output) for output in outputs.ENTRY_FORMATS], written)
        self.assertEqual(outputs.ENTRY_FORMATS[: len(FORMATS)], outputs.FORMATS)

    def test_unknown_extension_is_a_lookup_error(self) -> None:
        for find in (get_format, get_entry_format):
            with self.assertRaises(LookupError):
                find("pdf")
        with self.assertRaises(LookupError):
            get_format("ninjs")
