"""What may be uploaded: decided by reading the file's header, before any pixel is decoded."""

import warnings
from itertools import count
from typing import BinaryIO

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from PIL import Image

from events.images.names import EXTENSIONS

MAX_BYTES = 30 * 1024 * 1024
MAX_PIXELS = 40_000_000
# WebP, in which every picture is offered, holds no more in a row or a column.
MAX_SIDE = 16_383
MAX_FRAMES = 1000

# At files that are cut off or forged, Pillow's decoders raise whatever comes: OSError, SyntaxError,
# RuntimeError, struct.error, TypeError.
BROKEN = Exception
# Telephones append a depth map or a brighter version to a JPEG; Pillow calls that "MPO" and opens the JPEG.
SAME_AS = {"MPO": "JPEG"}


def read_header(file: BinaryIO) -> tuple[str, int, int]:
    """Format, width and height of a picture, from its header alone.

    Raises ValidationError when the file is not one of our formats, too large, longer on a side than
    WebP can be, or has more than 40 megapixels with all its frames counted.
    """
    file.seek(0, 2)
    if file.tell() > MAX_BYTES:
        raise ValidationError(_("The file is larger than 30 megabytes."), code="too_large")
    file.seek(0)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            picture = Image.open(file, formats=list(EXTENSIONS))
            width, height = picture.size
            is_too_large = width * height > MAX_PIXELS or has_too_many_frames(picture)
    except Image.DecompressionBombError:
        is_too_large = True
    except BROKEN as error:
        raise ValidationError(
            _("This is not a JPEG, PNG, WebP, AVIF or GIF picture."), code="no_picture"
        ) from error
    if is_too_large:
        raise ValidationError(_("The picture has more than 40 megapixels."), code="too_large")
    if max(width, height) > MAX_SIDE:
        raise ValidationError(_("The picture is wider or higher than 16,383 pixels."), code="too_large")
    file.seek(0)
    return SAME_AS.get(picture.format, picture.format), width, height


def has_too_many_frames(picture: Image.Image) -> bool:
    """Whether an animation is beyond the limits as a whole.

    The other formats write the number of their frames down. Those of a GIF are counted by going through
    it, no further than the limits reach: each has been looked at before the next one is decoded.
    """
    if picture.format in SAME_AS or not getattr(picture, "is_animated", False):
        return False
    area = picture.width * picture.height
    if picture.format != "GIF":
        return picture.n_frames > MAX_FRAMES or picture.n_frames * area > MAX_PIXELS
    for number in count(1):
        # A later frame may reach beyond the first.
        if number > MAX_FRAMES or (number + 1) * picture.width * picture.height > MAX_PIXELS:
            return True
        try:
            picture.seek(number)
        except EOFError:
            return False
    return False


def validate_picture(file) -> None:
    """The form's check of an upload (a field file or uploaded file). What is stored was checked then."""
    if getattr(file, "_committed", False):
        return
    read_header(file.file if hasattr(file, "file") else file)
    file.seek(0)
