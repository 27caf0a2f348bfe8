"""A hundred and sixty files as strangers send them: half of them no pictures, the rest odd in some way.

Each is a name, bytes, and whether it may be taken. Made here, so that the repository holds none of them.
"""

import struct
import zlib
from collections.abc import Iterator
from io import BytesIO
from typing import NamedTuple

from PIL import Image, ImageCms, PngImagePlugin

from events.tests.factories import picture_bytes

# Words that no output may carry.
SECRET = "zqsecret"
SCRIPT = f"<script>alert('{SECRET}')</script>"
KINDS = {"JPEG": "jpg", "PNG": "png", "WEBP": "webp", "GIF": "gif", "AVIF": "avif"}
ORIENTATION, DESCRIPTION, ARTIST, GPS, SERIAL = 0x0112, 0x010E, 0x013B, 0x8825, 0xA431


class OddFile(NamedTuple):
    """`is_picture` is None where both answers are right, as long as nothing breaks."""

    name: str
    data: bytes
    is_picture: bool | None


def odd_files() -> Iterator[OddFile]:
    """All of them, in the same order each time."""
    for part in (
        polyglots,
        wrong_names,
        cut_off,
        not_pictures,
        colours,
        animations,
        huge,
        metadata,
        damage,
        names,
    ):
        yield from part()


def polyglots() -> Iterator[OddFile]:
    """Pictures with something else behind or inside them, and something else with a picture behind it."""
    tails = {
        "html": SCRIPT.encode(),
        "zip": b"PK\x03\x04" + SECRET.encode() * 20,
        "php": f"<?php echo '{SECRET}'; ?>".encode(),
        "pdf": b"%PDF-1.7\n" + SECRET.encode(),
    }
    for kind, extension in KINDS.items():
        for name, tail in tails.items():
            yield OddFile(f"{name}-behind.{extension}", picture_bytes(kind=kind) + tail, True)
    for name, head in tails.items():
        yield OddFile(f"{name}-before.jpg", head + picture_bytes(kind="JPEG"), False)
    gif = bytearray(picture_bytes((10, 10), kind="GIF"))
    yield OddFile("gifar.gif", bytes(gif[:-1]) + b"!\xfe\x10/*" + SECRET.encode() + b"*/    \x00;", True)
    yield OddFile("comment.jpg", picture_bytes(kind="JPEG", comment=SCRIPT.encode()), True)
    yield OddFile("text.png", picture_bytes(pnginfo=png_texts()), True)


def png_texts() -> PngImagePlugin.PngInfo:
    info = PngImagePlugin.PngInfo()
    info.add_text("Comment", SCRIPT)
    info.add_itxt("XML:com.adobe.xmp", f"<x:xmpmeta>{SECRET}</x:xmpmeta>")
    info.add_text("Author", SECRET, zip=True)
    return info


def wrong_names() -> Iterator[OddFile]:
    """Extensions that lie, double ones, and none: the content alone decides."""
    for extension in (
        "txt",
        "html",
        "svg",
        "php",
        "exe",
        "jpg.php",
        "php.jpg",
        "tar.gz",
        "JPEG",
        "jpg%00.html",
        "",
    ):
        yield OddFile(f"picture.{extension}", picture_bytes(kind="JPEG"), True)
    for kind, extension in zip(KINDS, [*list(KINDS.values())[1:], "jpg"], strict=True):
        yield OddFile(f"really-{kind.lower()}.{extension}", picture_bytes(kind=kind), True)
    for extension in KINDS.values():
        yield OddFile(f"page.{extension}", f"<!doctype html>{SCRIPT}".encode(), False)
        yield OddFile(
            f"drawing.{extension}", f"<svg xmlns='http://www.w3.org/2000/svg'>{SCRIPT}</svg>".encode(), False
        )


def cut_off() -> Iterator[OddFile]:
    for kind, extension in KINDS.items():
        whole = picture_bytes((200, 150), kind=kind)
        for part in (1, 8, len(whole) // 3, len(whole) * 2 // 3):
            yield OddFile(f"cut-{part}.{extension}", whole[:part], False)
        # The last bytes of a GIF or AVIF may be missed by nobody.
        yield OddFile(f"cut-end.{extension}", whole[:-3], None)


def not_pictures() -> Iterator[OddFile]:
    bodies = {
        "empty.jpg": b"",
        "zeros.png": bytes(5000),
        "ones.gif": b"\xff" * 5000,
        "drawing.svg": f"<?xml version='1.0'?><svg xmlns='http://www.w3.org/2000/svg'>{SCRIPT}</svg>".encode(),
        "drawing.svgz": zlib.compress(b"<svg/>"),
        "entities.svg": b'<!DOCTYPE svg [<!ENTITY a SYSTEM "file:///etc/passwd">]><svg>&a;</svg>',
        "postscript.eps": b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 10 10\n%%EndComments\n",
        "imagetragick.mvg": b"push graphic-context\nimage over 0,0 0,0 'https://example.com/x.php?x=`id`'\n",
        "program.exe": b"MZ" + bytes(200),
        "program.elf": b"\x7fELF" + bytes(200),
        "film.mp4": b"\x00\x00\x00\x20ftypisom" + bytes(200),
        "heif.heic": b"\x00\x00\x00\x20ftypheic" + bytes(200),
        "jpeg-xl.jxl": b"\x00\x00\x00\x0cJXL \r\n\x87\n" + bytes(200),
        "playlist.m3u8": b"#EXTM3U\n#EXT-X-MEDIA-SEQUENCE:0\nfile:///etc/passwd",
        "font.woff2": b"wOF2" + bytes(200),
    }  # fmt: skip
    for name, data in bodies.items():
        yield OddFile(name, data, False)
    for kind in ("BMP", "TIFF", "ICO", "PPM", "TGA", "PCX", "SGI", "DDS", "JPEG2000", "PDF"):
        yield OddFile(f"other.{kind.lower()}", picture_bytes(kind=kind), False)


def colours() -> Iterator[OddFile]:
    """Every mode that our formats know, with right, wrong and broken colour profiles."""
    for mode in ("1", "L", "LA", "P", "RGB", "RGBA", "I;16"):
        yield OddFile(f"mode-{mode}.png", picture_bytes(mode=mode), True)
    for mode in ("L", "CMYK", "YCbCr"):
        yield OddFile(f"mode-{mode}.jpg", picture_bytes(kind="JPEG", mode=mode), True)
    for mode in ("L", "RGBA"):
        yield OddFile(f"mode-{mode}.webp", picture_bytes(kind="WEBP", mode=mode), True)
        yield OddFile(f"mode-{mode}.avif", picture_bytes(kind="AVIF", mode=mode), True)
    srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    lab = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()
    for name, profile in (("srgb", srgb), ("lab", lab), ("half", srgb[:200]), ("nonsense", SECRET.encode())):
        yield OddFile(f"profile-{name}.jpg", picture_bytes(kind="JPEG", icc_profile=profile), True)
        yield OddFile(
            f"profile-{name}-cmyk.jpg", picture_bytes(kind="JPEG", mode="CMYK", icc_profile=profile), True
        )
        yield OddFile(f"profile-{name}.png", picture_bytes(mode="RGBA", icc_profile=profile), True)


def animations() -> Iterator[OddFile]:
    frames = [Image.new("RGB", (40, 30), (shade * 20, 0, 0)) for shade in range(8)]
    for kind in ("GIF", "PNG", "WEBP", "AVIF"):
        buffer = BytesIO()
        frames[0].save(buffer, kind, save_all=True, append_images=frames[1:], duration=100)
        yield OddFile(f"moving.{KINDS[kind]}", buffer.getvalue(), True)
    twenty = Image.new("P", (5000, 4000), 1)
    buffer = BytesIO()
    twenty.save(buffer, "GIF", save_all=True, append_images=[Image.new("P", (5000, 4000), 2)] * 2)
    yield OddFile("frames-beyond-40-megapixels.gif", buffer.getvalue(), False)
    yield OddFile("claims-a-million-frames.png", png_claiming(10, 10, frames=1_000_000), False)


def huge() -> Iterator[OddFile]:
    for side in (30_000, 65_535, 2**31 - 1):
        yield OddFile(f"bomb-{side}.png", png_claiming(side, side), False)
    for width, height in ((40_000_001, 1), (1, 40_000_001), (0, 0), (0, 10)):
        yield OddFile(f"size-{width}x{height}.png", png_claiming(width, height), False)
    jpeg = bytearray(picture_bytes(kind="JPEG"))
    frame = jpeg.index(b"\xff\xc0")
    jpeg[frame + 5 : frame + 9] = struct.pack(">HH", 65_000, 65_000)
    yield OddFile("bomb.jpg", bytes(jpeg), False)
    gif = bytearray(picture_bytes((10, 10), kind="GIF"))
    gif[6:10] = struct.pack("<HH", 65_535, 65_535)
    yield OddFile("bomb.gif", bytes(gif), False)


def png_claiming(
    width: int, height: int, *, depth: int = 8, colour: int = 2, frames: int = 0, rows: bytes = b""
) -> bytes:
    """A PNG whose header says that it is large; without compressed `rows` of its size it lies."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, 0))
    control = chunk(b"acTL", struct.pack(">II", frames, 0)) if frames else b""
    body = chunk(b"IDAT", rows or zlib.compress(b"\0" * 100)) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + header + control + body


def metadata() -> Iterator[OddFile]:
    """What cameras and programs write into files, hostile words among it, in every orientation."""
    for orientation in (*range(1, 9), 0, 9, 65535):
        exif = Image.Exif()
        exif[ORIENTATION] = orientation
        exif[DESCRIPTION] = SCRIPT
        exif[ARTIST] = SECRET
        exif.get_ifd(GPS)[2] = (35.0, 2.0, 17.0)
        exif.get_ifd(0x8769)[SERIAL] = SECRET
        yield OddFile(f"turned-{orientation}.jpg", picture_bytes(kind="JPEG", exif=exif), True)
    exif = Image.Exif()
    exif[DESCRIPTION] = SCRIPT
    exif.get_ifd(GPS)[2] = (35.0, 2.0, 17.0)
    for kind in ("PNG", "WEBP", "AVIF"):
        yield OddFile(f"exif.{KINDS[kind]}", picture_bytes(kind=kind, exif=exif), True)
        broken = b"II*\0" + SECRET.encode()
        yield OddFile(f"exif-broken.{KINDS[kind]}", picture_bytes(kind=kind, exif=broken), True)
    yield OddFile(
        "exif-broken.jpg", picture_bytes(kind="JPEG", exif=b"Exif\0\0II*\0" + SECRET.encode()), True
    )
    packet = f"<x:xmpmeta xmlns:x='adobe:ns:meta/'>{SECRET}</x:xmpmeta>".encode()
    yield OddFile("xmp.jpg", picture_bytes(kind="JPEG", xmp=packet), True)
    yield OddFile("xmp-broken.jpg", picture_bytes(kind="JPEG", xmp=b"<x:xmpmeta " + packet), True)


def damage() -> Iterator[OddFile]:
    """Single bytes turned round all through a picture: whatever comes of it, nothing breaks."""
    for kind, extension in KINDS.items():
        whole = picture_bytes((60, 40), kind=kind)
        for part in range(1, 6):
            place = len(whole) * part // 7
            hurt = bytearray(whole)
            hurt[place] ^= 0xFF
            yield OddFile(f"hurt-{part}.{extension}", bytes(hurt), None)


def names() -> Iterator[OddFile]:
    """Names that lead elsewhere, are too long, or mean something to a shell, a page or a file system."""
    for name in (
        "../../../etc/passwd.png", "..\\..\\windows\\system.ini.png", "/etc/cron.d/picture.png",
        "....//picture.png", "a" * 300 + ".png", "图" * 300 + ".png", "con.png", "nul", ".htaccess", ".png",
        "a\0b.png", "a\nb.png",
        "‮gnp.exe", "$(id).png", "'; DROP TABLE events_image; --.png", f"{SCRIPT}.png", "a b  c.png", "é́́.png",
    ):  # fmt: skip
        yield OddFile(name, picture_bytes((30, 20)), None)
