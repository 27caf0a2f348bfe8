"""What may be uploaded: decided by reading the file's header, before any pixel is decoded."""

import warnings
from typing import BinaryIO

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from PIL import Image, UnidentifiedImageError

from events.images.names import EXTENSIONS

MAX_BYTES = 30 * 1024 * 1024
MAX_PIXELS = 40_000_000


def read_header(file: BinaryIO) -> tuple[str, int, int]:
    """Format, width and height of a picture, from its header alone.

    Raises ValidationError when the file is not one of our formats, too large, or has more than 40
    megapixels with all its frames counted.
    """
    file.seek(0, 2)
    if file.tell() > MAX_BYTES:
        raise ValidationError(_("The file is larger than 30 megabytes."), code="too_large")
    file.seek(0)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            picture = Image.open(file, formats=list(EXTENSIONS))
    except Image.DecompressionBombError as error:
        raise ValidationError(_("The picture has more than 40 megapixels."), code="too_large") from error
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError) as error:
        raise ValidationError(
            _("This is not a JPEG, PNG, WebP, AVIF or GIF picture."), code="no_picture"
        ) from error
    width, height = picture.size
    if width * height > MAX_PIXELS or width * height * frames(picture) > MAX_PIXELS:
        raise ValidationError(_("The picture has more than 40 megapixels."), code="too_large")
    file.seek(0)
    return picture.format, width, height


def frames(picture: Image.Image) -> int:
    """How many frames an animation has; a broken one counts as one and fails when it is decoded."""
    try:
        return getattr(picture, "n_frames", 1)
    except (OSError, ValueError, EOFError, SyntaxError):
        return 1


def validate_picture(file) -> None:
    """The form's check of an upload (a field file or uploaded file). What is stored was checked then."""
    if getattr(file, "_committed", False):
        return
    read_header(file.file if hasattr(file, "file") else file)
    file.seek(0)
