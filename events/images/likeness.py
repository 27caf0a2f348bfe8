"""How a picture looks in a few bits: colours that stand in for it, and what tells that two look alike."""

from PIL import Image

PLACEHOLDER = (3, 2)
# Telling an edited or newly compressed copy from another picture: of 64 bits so many may differ.
ALIKE = 8


def placeholder_of(picture: Image.Image) -> str:
    """The colours of 3 × 2 parts of the picture, row by row, each as three hexadecimal digits of CSS."""
    small = picture.convert("RGB").resize(PLACEHOLDER, Image.Resampling.BOX)
    return "".join(f"{min(15, (value + 8) // 17):x}" for value in small.tobytes())


def likeness_of(picture: Image.Image) -> int:
    """The difference hash of 64 bits (Krawetz, "Kind of like that", 2013), as a signed whole number.

    Each bit tells whether a part of the picture is brighter than its neighbour on the right.
    """
    width, height = 9, 8
    grey = picture.convert("L").resize((width, height), Image.Resampling.BOX).tobytes()
    bits = 0
    for row in range(height):
        for column in range(width - 1):
            place = row * width + column
            bits = bits << 1 | (grey[place] > grey[place + 1])
    return int.from_bytes(bits.to_bytes(8), signed=True)


def distance(one: int, other: int) -> int:
    """In how many of their bits two likenesses differ."""
    return ((one ^ other) & 0xFFFF_FFFF_FFFF_FFFF).bit_count()
