"""Names of files for the parts of addresses, which may be longer than a file system allows."""

import hashlib

# File systems take 255 bytes; this leaves room for an extension.
MAX_BYTES = 240


def file_name(part: str) -> str:
    """`part` itself, or its beginning with a digest where its UTF-8 is too long for a file's name."""
    data = part.encode()
    if len(data) <= MAX_BYTES:
        return part
    digest = hashlib.sha256(data).hexdigest()[:8]
    return f"{data[: MAX_BYTES - 9].decode(errors='ignore')}~{digest}"


def readable(name: str) -> str:
    """The name of a file as text that can be written anywhere, also where it is not UTF-8."""
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
