"""The formats there are. Addresses, `rel=alternate` links and exports follow from this list."""

from events.formats.base import Format
from events.formats.json_format import JSONFormat
from events.formats.markdown import MarkdownFormat
from events.formats.xml_format import XMLFormat

FORMATS: tuple[Format, ...] = (MarkdownFormat(), JSONFormat(), XMLFormat())


def get_format(extension: str) -> Format:
    """The format with this file extension (no dot).

    :raises LookupError: where there is none.
    """
    for format in FORMATS:
        if format.extension == extension:
            return format
    raise LookupError(f"no format has the extension {extension!r}")
