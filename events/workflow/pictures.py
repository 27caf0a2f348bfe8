"""Taking a picture in: checked, named by its content, its renditions made, all before a reader asks."""

from io import BytesIO
from typing import BinaryIO

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils.translation import gettext as _

from events.images.names import EXTENSIONS, digest_of
from events.images.renditions import make_renditions
from events.images.validators import read_header
from events.models import Image


def store_picture(image: Image, upload: BinaryIO) -> Image:
    """Make `upload` the file of `image` and save it with its renditions.

    Raises ValidationError when the upload is not a picture that we take; nothing is stored then.
    """
    picture_format, width, height = read_header(upload)
    data = upload.read()
    image.digest = digest_of(data)
    focal = (image.focal_x, image.focal_y)
    try:
        files = list(make_renditions(BytesIO(data), digest=image.digest, focal=focal))
    except (OSError, ValueError, SyntaxError, EOFError) as error:
        raise ValidationError(_("The picture is damaged."), code="damaged") from error
    for file in files:
        # The name tells the bytes: what is there already is the same.
        if not default_storage.exists(file.name):
            default_storage.save(file.name, ContentFile(file.data))
    image.renditions = [file.record() for file in files]
    name = f"{image.digest[:32]}.{EXTENSIONS[picture_format]}"
    if default_storage.exists(f"originals/{name}"):
        image.file.name = f"originals/{name}"
    else:
        image.file.save(name, ContentFile(data), save=False)
    # Without them Django opens the file each time the row is read.
    image.width, image.height = width, height
    image.save()
    return image


def remake_renditions(image: Image) -> Image:
    """Make the renditions anew, after the focal point has moved."""
    with image.file.open("rb") as file:
        return store_picture(image, file)
