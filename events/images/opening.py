"""A picture as it should look: upright, in plain colours, without metadata."""

from io import BytesIO
from typing import BinaryIO

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageCms, ImageOps

from events.images.names import EXTENSIONS
from events.images.validators import BROKEN, read_header

ORIENTATION = 0x0112
# EXIF 2.3, section 4.6.4: from the fifth on, rows are columns.
LYING = range(5, 9)


def validate_sound(upload) -> None:
    """The check of a form that has no use for the pixels yet. A header can be right and the rest cut off."""
    read_header(upload)
    open_upright(upload)
    upload.seek(0)


def upright_size(file: BinaryIO) -> tuple[int, int]:
    """Width and height as the picture is looked at, from the header."""
    picture = Image.open(file, formats=list(EXTENSIONS))
    try:
        is_lying = picture.getexif().get(ORIENTATION) in LYING
    except BROKEN:
        is_lying = False
    return picture.size[::-1] if is_lying else picture.size


def open_upright(file: BinaryIO, *, shrink: float = 1) -> Image.Image:
    """The picture: first frame, turned as EXIF says, in sRGB, without metadata.

    It may come as small as a `shrink`-th of its sides, which the decoder of JPEG does in passing. Raises
    ValidationError when the file is damaged.
    """
    try:
        picture = Image.open(file, formats=list(EXTENSIONS))
        least = max(picture.size) / shrink
        if shrink >= 2:
            picture.draft(None, (int(picture.width / shrink) + 1, int(picture.height / shrink) + 1))
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
    if max(clean.size) >= 2 * least:
        clean = clean.reduce(int(max(clean.size) / least))
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
