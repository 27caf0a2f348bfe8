"""What a picture's file says of itself: proposals for its description, which an editor takes or leaves.

Read are the properties of the IPTC Photo Metadata Standard 2023.2, in XMP first, then IPTC-IIM 4.2, then EXIF
2.32. The coordinates of the place are never read: nobody meant to publish them.
"""

from collections.abc import Callable, Iterator
from datetime import date
from io import BytesIO
from itertools import islice
from typing import Any

from PIL import ExifTags, Image, IptcImagePlugin

from events.images.names import EXTENSIONS
from events.images.validators import BROKEN
from events.licences import licence_at
from events.text.cleaning import clean_block, clean_line

# By the fields of a picture: the property of XMP, the dataset of IIM, the tag of EXIF.
CAPTION = ("description", (2, 120), ExifTags.Base.ImageDescription)
CREATOR = ("creator", (2, 80), ExifTags.Base.Artist)
CREDIT_LINE = ("Credit", (2, 110), None)
ALT = ("AltTextAccessibility", None, None)
DAY = ("DateCreated", (2, 55), ExifTags.Base.DateTimeOriginal)
# From the smallest place to the largest.
PLACES = (
    ("Location", (2, 92), None),
    ("City", (2, 90), None),
    ("State", (2, 95), None),
    ("Country", (2, 101), None),
)
PEOPLE = ("PersonInImage", None, None)
LICENCE_ADDRESSES = ("license", "WebStatement")

CHARACTER_SET, UTF_8 = (1, 90), b"\x1b%G"
MOST_CHARACTERS = {"credit": 255, "place": 255}
MOST_TEXT = 4000

Property = tuple[str, tuple[int, int] | None, int | None]


def proposals_of(data: bytes) -> dict[str, str]:
    """Values for the fields of a picture, by their names; what the file does not say is left out.

    A file whose record cannot be read is as good a picture as any.
    """
    try:
        return dict(read_proposals(Image.open(BytesIO(data), formats=list(EXTENSIONS))))
    except BROKEN:
        return {}


def read_proposals(picture: Image.Image) -> Iterator[tuple[str, str]]:
    read = reader_of(picture)
    found = {
        "caption": "\n".join(read(CAPTION)),
        "alt": "\n".join(read(ALT)),
        "credit": credit(", ".join(read(CREATOR)), ", ".join(read(CREDIT_LINE))),
        "place": ", ".join(dict.fromkeys(value for place in PLACES for value in read(place))),
        "people": "\n".join(map(clean_line, read(PEOPLE))),
        "taken_on": next(filter(None, map(day_of, read(DAY))), ""),
        "licence": next(filter(None, (licence_at(address) for address in addresses(read))), ""),
    }
    for name, value in found.items():
        if text := shortened(name, value):
            yield name, text


def shortened(name: str, value: str) -> str:
    if name in MOST_CHARACTERS:
        return clean_line(value)[: MOST_CHARACTERS[name]].strip()
    return clean_block(value)[:MOST_TEXT].strip()


def credit(creator: str, line: str) -> str:
    """The photographer and whom the agency wants to be named: "Ada Reed/Reuters"."""
    if creator and line and creator.lower() not in line.lower():
        return f"{creator}/{line}"
    return line or creator


def addresses(read: Callable[[Property], list[str]]) -> Iterator[str]:
    for name in LICENCE_ADDRESSES:
        yield from read((name, None, None))


def day_of(value: str) -> str:
    """The day of `2024-05-01T10:00`, `20240501` or `2024:05:01 10:00:00` in ISO form, or ""."""
    digits = "".join(filter(str.isdigit, value[:10]))[:8]
    try:
        return date.fromisoformat(digits).isoformat()
    except ValueError:
        return ""


def reader_of(picture: Image.Image) -> Callable[[Property], list[str]]:
    """A function that tells what the file says of a property, in its first record that says anything."""
    xmp = dict(xmp_texts(picture))
    iim = iim_texts(picture)
    exif = exif_texts(picture)

    def read(wanted: Property) -> list[str]:
        name, dataset, tag = wanted
        found = xmp.get(name) or iim.get(dataset, []) or ([exif[tag]] if tag in exif else [])
        return [value for value in (text.strip("\0 \r\n\t") for text in found) if value]

    return read


def xmp_texts(picture: Image.Image) -> Iterator[tuple[str, list[str]]]:
    """The properties of XMP with their values, by their names without a namespace."""
    try:
        root = picture.getxmp()
    except BROKEN:
        return
    for description in descriptions(root):
        for name, value in description.items():
            if texts := list(leaves(value)):
                yield name, texts


def descriptions(node: Any) -> Iterator[dict]:
    """Every `rdf:Description` of a tree of XMP."""
    for name in ("xmpmeta", "RDF"):
        node = node.get(name, {}) if isinstance(node, dict) else {}
    found = node.get("Description", []) if isinstance(node, dict) else []
    yield from (each for each in (found if isinstance(found, list) else [found]) if isinstance(each, dict))


def leaves(node: Any) -> Iterator[str]:
    """The texts of a value: itself, or the items of its list; of several languages the first."""
    if isinstance(node, str):
        yield node
    elif isinstance(node, list):
        for item in node:
            yield from leaves(item)
    elif isinstance(node, dict):
        for name in ("Alt", "Seq", "Bag", "li", "text", "value", "resource"):
            if name in node:
                found = leaves(node[name])
                yield from islice(found, 1 if name == "Alt" else None)
                return


def iim_texts(picture: Image.Image) -> dict[tuple[int, int], list[str]]:
    """The datasets of IPTC-IIM with their values."""
    try:
        found = IptcImagePlugin.getiptcinfo(picture) or {}
    except BROKEN:
        return {}
    is_utf_8 = found.get(CHARACTER_SET) == UTF_8
    texts = {}
    for dataset, values in found.items():
        values = values if isinstance(values, list) else [values]
        texts[dataset] = [decoded(value, is_utf_8=is_utf_8) for value in values if isinstance(value, bytes)]
    return texts


def exif_texts(picture: Image.Image) -> dict[int, str]:
    """The texts of EXIF by their tags."""
    try:
        exif = picture.getexif()
        entries = {**exif, **exif.get_ifd(ExifTags.IFD.Exif)}
    except BROKEN:
        return {}
    return {tag: as_text(value) for tag, value in entries.items() if isinstance(value, str | bytes)}


def as_text(value: str | bytes) -> str:
    """Pillow reads EXIF as Latin-1; cameras and programs write UTF-8 all the same."""
    data = value.encode("latin-1", "replace") if isinstance(value, str) else value
    return decoded(data, is_utf_8=False)


def decoded(data: bytes, *, is_utf_8: bool) -> str:
    try:
        return data.decode()
    except UnicodeDecodeError:
        return data.decode("utf-8" if is_utf_8 else "latin-1", "replace")
