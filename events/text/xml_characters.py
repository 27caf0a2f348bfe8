"""The characters that may stand in an XML document at all."""

import re

# https://www.w3.org/TR/xml/#charsets: no escape makes these legal in XML 1.0. A carriage return is
# legal, but a parser would turn it into a line feed.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def without_forbidden(text: str) -> str:
    """`text` without the characters that XML 1.0 forbids; escaping is left to the writer."""
    return _FORBIDDEN.sub("", text)
