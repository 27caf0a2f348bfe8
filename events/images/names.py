"""Names of picture files: derived from the content, never from what the uploader called them."""

import hashlib

EXTENSIONS = {"JPEG": "jpg", "PNG": "png", "WEBP": "webp", "AVIF": "avif", "GIF": "gif"}


def original_name(_image, filename: str) -> str:
    """Where an upload is kept: "originals/…". Never served; `filename` already carries the digest."""
    return f"originals/{filename}"


def digest_of(data: bytes) -> str:
    """The SHA-256 of a file, in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def rendition_name(digest: str, *, ratio: str, width: int, extension: str, focal: tuple[float, float]) -> str:
    """`renditions/ab/abcd…-16x9-1200-50-40.jpg`: says all that decides its bytes, to be kept for ever."""
    crop = ratio.replace(":", "x")
    point = "" if ratio == "full" else f"-{round(focal[0] * 100)}-{round(focal[1] * 100)}"
    return f"renditions/{digest[:2]}/{digest[:20]}-{crop}-{width}{point}.{extension}"
