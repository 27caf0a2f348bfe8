"""The files that pages show, made of an upload when it is saved and never in a reader's request."""

from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import BinaryIO

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageCms, ImageOps

from events.images.crops import RATIOS, crop_box
from events.images.names import EXTENSIONS, rendition_name
from events.images.validators import BROKEN, read_header

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

    Raises ValidationError when the file is damaged.
    """
    try:
        picture = Image.open(file, formats=list(EXTENSIONS))
        picture.load()
    except BROKEN as error:
        raise ValidationError(_("The picture is damaged."), code="damaged") from error
    profile = picture.info.get("icc_profile")
    turn_upright(picture)
    if picture.mode.startswith("I;16") or picture.mode in ("I", "F"):
        picture = picture.point(lambda value: value / 256).convert("L")
    if picture.has_transparency_data or picture.mode == "P":
        picture = on_paper(picture.convert("RGBA"))
    if profile:
        picture = in_srgb(picture, profile)
    clean = picture if picture.mode == "RGB" else picture.convert("RGB")
    clean.info = {}
    return clean


def turn_upright(picture: Image.Image) -> None:
    """Turn the picture in its place as EXIF says; EXIF that cannot be read says nothing."""
    try:
        ImageOps.exif_transpose(picture, in_place=True)
    except BROKEN:
        return


def on_paper(picture: Image.Image) -> Image.Image:
    """Transparent parts become paper white: JPEG has no transparency."""
    paper = Image.new("RGB", picture.size, "white")
    paper.paste(picture, mask=picture.getchannel("A"))
    return paper


def in_srgb(picture: Image.Image, profile: bytes) -> Image.Image:
    """The picture's colours turned from its own profile to sRGB; a broken profile is ignored."""
    try:
        source = ImageCms.ImageCmsProfile(BytesIO(profile))
        return ImageCms.profileToProfile(picture, source, ImageCms.createProfile("sRGB"), outputMode="RGB")
    except (ImageCms.PyCMSError, OSError, ValueError):
        return picture


def validate_sound(upload) -> None:
    """The check of a form that has no use for the pixels yet. A header can be right and the rest cut off."""
    read_header(upload)
    open_upright(upload)
    upload.seek(0)


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
