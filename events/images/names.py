"""Names of picture files: derived from what decides their bytes, never from what the uploader called them."""

import hashlib

EXTENSIONS = {"JPEG": "jpg", "PNG": "png", "WEBP": "webp", "AVIF": "avif", "GIF": "gif"}
ORIGINALS, RENDITIONS = "originals/", "renditions/"


def original_name(_image, filename: str) -> str:
    """Where an upload is kept: "originals/…". Never served; `filename` already carries the digest."""
    return f"{ORIGINALS}{filename}"


def digest_of(data: bytes) -> str:
    """The SHA-256 of a file, in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def rendition_stem(digest: str, *, ratio: str, width: int, recipe: str) -> str:
    """`renditions/ab/abcd…-16x9-960`, to which an extension comes.

    The hexadecimal digits are a hash of the upload's `digest` and of `recipe`, which says all else that
    decides the bytes. So a file of this name never changes and may be kept for ever, and nobody learns the
    name of the original from it.
    """
    key = digest_of(f"{digest} {ratio} {width} {recipe}".encode())[:20]
    return f"{RENDITIONS}{key[:2]}/{key}-{ratio.replace(':', 'x')}-{width}"
