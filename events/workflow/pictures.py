"""Taking a picture in: checked, named by its content, its renditions made, all before a reader asks."""

from dataclasses import dataclass
from io import BytesIO
from typing import BinaryIO

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from events.images.names import EXTENSIONS, digest_of
from events.images.renditions import RenditionFile, make_renditions
from events.images.validators import read_header
from events.models import Image


@dataclass(frozen=True, slots=True)
class Intake:
    """An upload that was decoded and found sound, with all that is made of it; nothing is stored yet."""

    data: bytes
    digest: str
    extension: str
    width: int
    height: int
    files: tuple[RenditionFile, ...]

    @property
    def name(self) -> str:
        return f"{self.digest[:32]}.{self.extension}"


def take_in(image: Image, upload: BinaryIO) -> Intake:
    """Read `upload` as the file of `image`, whose focal point decides the crops.

    Raises ValidationError when the upload is not a picture that we take.
    """
    picture_format, width, height = read_header(upload)
    data = upload.read()
    digest = digest_of(data)
    focal = (image.focal_x, image.focal_y)
    files = tuple(make_renditions(BytesIO(data), digest=digest, focal=focal))
    return Intake(data, digest, EXTENSIONS[picture_format], width, height, files)


def store(image: Image, intake: Intake) -> Image:
    """Make what was taken in the file of `image`, and save it with its renditions."""
    for file in intake.files:
        # The name tells the bytes: what is there already is the same.
        if not default_storage.exists(file.name):
            default_storage.save(file.name, ContentFile(file.data))
    image.renditions = [file.record() for file in intake.files]
    image.digest, image.width, image.height = intake.digest, intake.width, intake.height
    if default_storage.exists(f"originals/{intake.name}"):
        # A whole new value: what a form had put there would be stored a second time.
        image.file = f"originals/{intake.name}"
    else:
        image.file.save(intake.name, ContentFile(intake.data), save=False)
    image.save()
    return image


def store_picture(image: Image, upload: BinaryIO) -> Image:
    """Make `upload` the file of `image` and save it with its renditions.

    Raises ValidationError when the upload is not a picture that we take; nothing is stored then.
    """
    return store(image, take_in(image, upload))


def remake_renditions(image: Image) -> Image:
    """Make the renditions anew, after the focal point has moved."""
    with image.file.open("rb") as file:
        return store_picture(image, file)
