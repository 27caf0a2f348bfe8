"""Taking a picture in: checked, named by its content, its renditions made, all before a reader asks."""

from dataclasses import dataclass
from io import BytesIO
from typing import BinaryIO

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from PIL import Image as PillowImage

from events.images.likeness import ALIKE, distance, likeness_of, placeholder_of
from events.images.listing import write_listing
from events.images.metadata import proposals_of
from events.images.names import EXTENSIONS, ORIGINALS, digest_of
from events.images.renditions import RenditionFile, make_renditions
from events.images.validators import read_header
from events.models import Image

MOST_ALIKE = 12


@dataclass(frozen=True, slots=True)
class Intake:
    """An upload that was decoded and found sound, with all that is made of it; nothing is stored yet."""

    data: bytes
    digest: str
    extension: str
    width: int
    height: int
    files: tuple[RenditionFile, ...]
    placeholder: str
    likeness: int
    proposals: dict[str, str]

    @property
    def name(self) -> str:
        return f"{self.digest[:32]}.{self.extension}"


def take_in(image: Image, upload: BinaryIO) -> Intake:
    """Read `upload` as the file of `image`, whose framing decides the crops.

    Raises ValidationError when the upload is not a picture that we take.
    """
    picture_format, width, height = read_header(upload)
    data = upload.read()
    digest = digest_of(data)
    files = tuple(make_renditions(BytesIO(data), digest=digest, framing=image.framing))
    whole = [file for file in files if file.facts.ratio == "full"]
    smallest = PillowImage.open(BytesIO(min(whole, key=lambda file: file.facts.width).data))
    return Intake(
        data=data,
        digest=digest,
        extension=EXTENSIONS[picture_format],
        width=width,
        height=height,
        files=files,
        placeholder=placeholder_of(smallest),
        likeness=likeness_of(smallest),
        proposals=proposals_of(data),
    )


def store(image: Image, intake: Intake) -> Image:
    """Make what was taken in the file of `image`, and save it with its renditions."""
    for file in intake.files:
        # The name tells the bytes: what is there already is the same.
        if not default_storage.exists(file.facts.name):
            default_storage.save(file.facts.name, ContentFile(file.data))
    image.renditions = write_listing(file.facts for file in intake.files)
    image.digest, image.width, image.height = intake.digest, intake.width, intake.height
    image.placeholder, image.likeness = intake.placeholder, intake.likeness
    image.proposals = intake.proposals
    if default_storage.exists(f"{ORIGINALS}{intake.name}"):
        # A whole new value: what a form had put there would be stored a second time.
        image.file = f"{ORIGINALS}{intake.name}"
    else:
        image.file.save(intake.name, ContentFile(intake.data), save=False)
    image.save()
    return image


def store_picture(image: Image, upload: BinaryIO) -> Image:
    """Make `upload` the file of `image` and save it with its renditions.

    Raises ValidationError when the upload is not a picture that we take; nothing is stored then.
    """
    return store(image, take_in(image, upload))


def lookalikes(image: Image) -> list[Image]:
    """Other stored pictures with the same file, or that look like it, the most alike first.

    The likeness of every picture is read: a library of a hundred thousand takes a fifth of a second.
    """
    if image.likeness is None:
        return []
    others = Image.objects.exclude(pk=image.pk).filter(likeness__isnull=False)
    known = others.values_list("pk", "likeness", "digest").iterator(chunk_size=10_000)
    alike = sorted(
        (0 if digest == image.digest else 1 + distance(likeness, image.likeness), pk)
        for pk, likeness, digest in known
        if digest == image.digest or distance(likeness, image.likeness) <= ALIKE
    )
    found = Image.objects.in_bulk([pk for _far, pk in alike[:MOST_ALIKE]])
    return [found[pk] for _far, pk in alike[:MOST_ALIKE] if pk in found]


def remake_renditions(image: Image) -> Image:
    """Make the renditions anew, after the focal point or a crop has moved."""
    with image.file.open("rb") as file:
        return store_picture(image, file)
