"""The files that pages show, made of an upload when it is saved and never in a reader's request."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO
from typing import BinaryIO, NamedTuple

from PIL import Image

from events.images.crops import RATIOS, OwnCrop, crop_box
from events.images.listing import TYPES, StoredRendition
from events.images.names import rendition_stem
from events.images.opening import open_upright, upright_size

# What Pillow is told. Speed 9 makes an AVIF as small as speed 8 does, in half the time.
FORMATS = {
    "avif": ("AVIF", {"quality": 60, "speed": 9, "max_threads": 1}),
    "webp": ("WEBP", {"quality": 78, "method": 2}),
    "jpg": ("JPEG", {"quality": 82, "progressive": True, "optimize": True}),
}
ALL, PLAIN = tuple(FORMATS), ("jpg",)


class Size(NamedTuple):
    """A width in pixels at which a ratio is offered, and in which formats."""

    width: int
    formats: tuple[str, ...] = ALL


# Widths for `srcset`: a cover or lead picture fills a phone or a column, a list shows thumbnails. Structured
# data and social networks ask for 1200 pixels and more, and read JPEG.
SIZES: dict[str, tuple[Size, ...]] = {
    "full": (Size(480), Size(960), Size(1600)),
    "16:9": (Size(480), Size(960), Size(1600)),
    "4:3": (Size(192), Size(384), Size(768), Size(1200, PLAIN)),
    "1:1": (Size(192), Size(384), Size(768), Size(1200, PLAIN)),
    "1.91:1": (Size(1200, PLAIN),),
}


@dataclass(frozen=True, slots=True)
class Framing:
    """What an editor decided about the crops: the focal point, and own crops by ratio."""

    focal: tuple[float, float] = (0.5, 0.5)
    crops: Mapping[str, OwnCrop] | None = None

    def box(self, size: tuple[int, int], ratio: str) -> tuple[int, int, int, int]:
        """What is shown of a picture of this size: (left, top, right, bottom) in pixels."""
        if ratio == "full":
            return (0, 0, *size)
        return crop_box(*size, ratio=ratio, focal=self.focal, own=(self.crops or {}).get(ratio))


@dataclass(frozen=True, slots=True)
class RenditionFile:
    """A finished rendition: what the database remembers of it, and its bytes."""

    facts: StoredRendition
    data: bytes


def make_renditions(file: BinaryIO, *, digest: str, framing: Framing) -> Iterator[RenditionFile]:
    """All renditions of an upload with this `digest`, never scaled up.

    The same upload and framing give the same names and bytes. Raises ValidationError when it is damaged.
    """
    size = upright_size(file)
    boxes = {ratio: framing.box(size, ratio) for ratio in SIZES}
    picture = open_upright(file, shrink=spare(boxes))
    for ratio, box in boxes.items():
        cut = tuple(
            # At the far edges, fractions must not reach beyond the picture.
            min(edge * own / whole, own)
            for edge, own, whole in zip(box, picture.size * 2, size * 2, strict=True)
        )
        recipe = f"{box} {FORMATS}"
        sizes = sizes_of(ratio, box)
        # The smaller ones are made of the largest: the picture itself is gone through once a ratio.
        widest = picture.resize(sizes[-1][:2], Image.Resampling.LANCZOS, box=cut, reducing_gap=3.0)
        for width, height, formats in sizes:
            # Of the same size it is the same picture.
            shown = widest.resize((width, height), Image.Resampling.LANCZOS)
            stem = rendition_stem(digest, ratio=ratio, width=width, recipe=recipe)
            for extension in formats:
                data = encode(shown, extension)
                facts = StoredRendition(
                    ratio, width, height, f"{stem}.{extension}", TYPES[extension], len(data)
                )
                yield RenditionFile(facts, data)


def spare(boxes: Mapping[str, tuple[int, int, int, int]]) -> float:
    """How many times smaller a picture could be and still have enough pixels for the largest of all sizes."""
    return min((box[2] - box[0]) / SIZES[ratio][-1].width for ratio, box in boxes.items())


def sizes_of(ratio: str, box: tuple[int, int, int, int]) -> list[tuple[int, int, tuple[str, ...]]]:
    """Width, height and formats of what is offered of a box, smallest first.

    Those that the box reaches, of exactly their ratio, and the box itself where it does not reach the last.
    """
    box_width, box_height = box[2] - box[0], box[3] - box[1]
    across, down = RATIOS.get(ratio, (box_width, box_height))
    found = [
        (size.width, max(1, round(size.width * down / across)), size.formats)
        for size in SIZES[ratio]
        if size.width <= box_width
    ]
    wider = [size for size in SIZES[ratio] if size.width > box_width]
    if wider and not (found and found[-1][0] == box_width):
        found.append((box_width, box_height, wider[0].formats))
    return found


def encode(picture: Image.Image, extension: str) -> bytes:
    name, options = FORMATS[extension]
    buffer = BytesIO()
    picture.save(buffer, name, **options)
    return buffer.getvalue()
