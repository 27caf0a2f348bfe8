"""The files that pages show, made of an upload when it is saved and never in a reader's request."""

from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import BinaryIO

from PIL import Image, ImageCms, ImageOps

from events.images.crops import RATIOS, crop_box
from events.images.names import rendition_name

FULL_WIDTHS = (480, 960, 1600)
CROP_WIDTH = 1200
FORMATS = {
    "jpg": ("JPEG", "image/jpeg", {"quality": 82, "progressive": True, "optimize": True}),
    "webp": ("WEBP", "image/webp", {"quality": 78, "method": 4}),
}


@dataclass(frozen=True, slots=True)
class RenditionFile:
    """A finished rendition: what the database remembers of it, and its bytes."""

    name: str
    ratio: str
    width: int
    height: int
    type: str
    data: bytes

    def record(self) -> dict:
        return {
            "name": self.name,
            "ratio": self.ratio,
            "width": self.width,
            "height": self.height,
            "type": self.type,
            "bytes": len(self.data),
        }


def open_upright(file: BinaryIO) -> Image.Image:
    """The picture as it should look: first frame, turned as EXIF says, in sRGB, without metadata.

    Raises OSError when the file is truncated.
    """
    picture = Image.open(file)
    profile = picture.info.get("icc_profile")
    picture = ImageOps.exif_transpose(picture)
    if picture.mode.startswith("I;16") or picture.mode in ("I", "F"):
        picture = picture.point(lambda value: value / 256).convert("L")
    if picture.mode in ("P", "LA", "PA", "RGBA"):
        # Transparent parts become paper white: JPEG has no transparency.
        picture = picture.convert("RGBA")
        paper = Image.new("RGBA", picture.size, "white")
        picture = Image.alpha_composite(paper, picture)
    elif profile:
        picture = in_srgb(picture, profile)
    clean = picture.convert("RGB")
    clean.info = {}
    return clean


def in_srgb(picture: Image.Image, profile: bytes) -> Image.Image:
    """The picture's colours turned from its own profile to sRGB; a broken profile is ignored."""
    try:
        source = ImageCms.ImageCmsProfile(BytesIO(profile))
        return ImageCms.profileToProfile(picture, source, ImageCms.createProfile("sRGB"), outputMode="RGB")
    except (ImageCms.PyCMSError, OSError, ValueError):
        return picture


def make_renditions(file: BinaryIO, *, digest: str, focal: tuple[float, float]) -> Iterator[RenditionFile]:
    """All renditions: the whole picture in several widths, and one crop a ratio. Never scaled up."""
    picture = open_upright(file)
    for width in full_widths(picture.width):
        height = max(1, round(picture.height * width / picture.width))
        scaled = picture.resize((width, height), Image.Resampling.LANCZOS)
        for extension in FORMATS:
            yield encode(scaled, digest=digest, ratio="full", extension=extension, focal=focal)
    for ratio, (across, down) in RATIOS.items():
        cut = picture.crop(crop_box(*picture.size, ratio=ratio, focal=focal))
        if cut.width > CROP_WIDTH:
            cut = cut.resize((CROP_WIDTH, CROP_WIDTH * down // across), Image.Resampling.LANCZOS)
        yield encode(cut, digest=digest, ratio=ratio, extension="jpg", focal=focal)


def full_widths(width: int) -> list[int]:
    """The widths to offer of a picture `width` pixels wide: the standard ones it reaches, else its own."""
    return [step for step in FULL_WIDTHS if step < width] + ([width] if width <= FULL_WIDTHS[-1] else [])


def encode(
    picture: Image.Image, *, digest: str, ratio: str, extension: str, focal: tuple[float, float]
) -> RenditionFile:
    name, media_type, options = FORMATS[extension]
    buffer = BytesIO()
    picture.save(buffer, name, **options)
    return RenditionFile(
        name=rendition_name(digest, ratio=ratio, width=picture.width, extension=extension, focal=focal),
        ratio=ratio,
        width=picture.width,
        height=picture.height,
        type=media_type,
        data=buffer.getvalue(),
    )
