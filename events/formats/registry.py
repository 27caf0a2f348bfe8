"""The formats there are. Addresses, `rel=alternate` links and exports follow from this list."""

from events.formats.base import EntryFormat, Format
from events.formats.json_format import JSONFormat
from events.formats.jsonld_format import JSONLDFormat
from events.formats.markdown import MarkdownFormat
from events.formats.ninjs import NinjsFormat
from events.formats.xml_format import XMLFormat

FORMATS: tuple[Format, ...] = (MarkdownFormat(), JSONFormat(), XMLFormat())
ENTRY_FORMATS: tuple[EntryFormat, ...] = (*FORMATS, NinjsFormat(), JSONLDFormat())


def get_format(extension: str) -> Format:
    """The format with this file extension (no dot).

    Raises LookupError where there is none.
    """
    for format in FORMATS:
        if format.extension == extension:
            return format
    raise LookupError(f"no format has the extension {extension!r}")


def get_entry_format(extension: str) -> EntryFormat:
    """The same among the formats of entries, which are more.

    Raises LookupError where there is none.
    """
    for format in ENTRY_FORMATS:
        if format.extension == extension:
            return format
    raise LookupError(f"no format of entries has the extension {extension!r}")
