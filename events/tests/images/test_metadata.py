"""What files say of themselves, in each of the three ways of saying it, and what strangers make of that."""

import struct

from django.test import SimpleTestCase
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from events.images.metadata import MOST_TEXT, day_of, proposals_of
from events.tests.factories import picture_bytes

XMP = """<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/" xmlns:xmpRights="http://ns.adobe.com/xap/1.0/rights/"
 xmlns:core="http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/" xmlns:ext="http://iptc.org/std/Iptc4xmpExt/2008-02-29/"
 photoshop:Credit="Reuters" photoshop:City="Homs" photoshop:Country="Syria" photoshop:DateCreated="2016-02-21T09:00"
 xmpRights:WebStatement="http://creativecommons.org/licenses/by/4.0/">
<dc:description><rdf:Alt><rdf:li xml:lang="x-default">A street after the blast</rdf:li>
<rdf:li xml:lang="de">Eine Straße</rdf:li></rdf:Alt></dc:description>
<dc:creator><rdf:Seq><rdf:li>Ada Reed</rdf:li></rdf:Seq></dc:creator>
<core:AltTextAccessibility><rdf:Alt><rdf:li xml:lang="x-default">Burnt cars</rdf:li></rdf:Alt></core:AltTextAccessibility>
<ext:PersonInImage><rdf:Bag><rdf:li>Ben Okri</rdf:li><rdf:li>Cleo Wu</rdf:li></rdf:Bag></ext:PersonInImage>
</rdf:Description></rdf:RDF></x:xmpmeta>"""  # noqa: E501


def with_iim(datasets: list[tuple[int, int, bytes]]) -> bytes:
    """A JPEG with IPTC-IIM datasets, in Photoshop's image resource 1028 of an APP13 segment."""
    iim = b"".join(struct.pack(">BBBH", 0x1C, *number, len(value)) + value for *number, value in datasets)
    resource = b"8BIM" + struct.pack(">HHI", 1028, 0, len(iim)) + iim + b"\0" * (len(iim) % 2)
    segment = b"Photoshop 3.0\0" + resource
    data = picture_bytes(kind="JPEG")
    return data[:2] + b"\xff\xed" + struct.pack(">H", len(segment) + 2) + segment + data[2:]


class ProposalsTests(SimpleTestCase):
    def test_nothing_said_proposes_nothing(self):
        for kind in ("JPEG", "PNG", "WEBP", "AVIF", "GIF"):
            self.assertEqual(proposals_of(picture_bytes(kind=kind)), {})

    def test_xmp(self):
        found = proposals_of(picture_bytes(kind="JPEG", xmp=XMP.encode()))
        self.assertEqual(
            found,
            {
                "caption": "A street after the blast",
                "alt": "Burnt cars",
                "credit": "Ada Reed/Reuters",
                "place": "Homs, Syria",
                "people": "Ben Okri\nCleo Wu",
                "taken_on": "2016-02-21",
                "licence": "CC-BY-4.0",
            },
        )

    def test_iptc(self):
        found = proposals_of(
            with_iim(
                [
                    (1, 90, b"\x1b%G"),
                    (2, 120, "Nach der Explosion: eine Straße".encode()),
                    (2, 80, b"Ada Reed"),
                    (2, 110, b"Ada Reed / AFP"),
                    (2, 90, b"Homs"),
                    (2, 101, b"Syria"),
                    (2, 55, b"20160221"),
                ]
            )
        )
        self.assertEqual(found["caption"], "Nach der Explosion: eine Straße")
        self.assertEqual(found["credit"], "Ada Reed / AFP")
        self.assertEqual((found["place"], found["taken_on"]), ("Homs, Syria", "2016-02-21"))

    def test_iptc_of_older_programs_is_latin_1(self):
        self.assertEqual(proposals_of(with_iim([(2, 120, "Straße".encode("latin-1"))]))["caption"], "Straße")

    def test_exif_without_its_place(self):
        exif = Image.Exif()
        exif[0x010E], exif[0x013B] = "A harbour", "Ada Reed"
        exif.get_ifd(0x8769)[0x9003] = "2024:05:01 10:00:00"
        exif.get_ifd(0x8825)[2] = (35.0, 2.0, 17.0)
        self.assertEqual(
            proposals_of(picture_bytes(kind="JPEG", exif=exif)),
            {"caption": "A harbour", "credit": "Ada Reed", "taken_on": "2024-05-01"},
        )

    def test_text_that_is_empty_in_xmp_is_looked_for_elsewhere(self):
        exif = Image.Exif()
        exif[0x010E] = "A harbour"
        for item in ("<rdf:li/>", '<rdf:li xml:lang="x-default"></rdf:li>', ""):
            before, _, rest = XMP.partition("<dc:description>")
            rest = rest.partition("</dc:description>")[2]
            xmp = f"{before}<dc:description><rdf:Alt>{item}</rdf:Alt></dc:description>{rest}"
            found = proposals_of(picture_bytes(kind="JPEG", xmp=xmp.encode(), exif=exif))
            self.assertEqual((found["caption"], found["credit"]), ("A harbour", "Ada Reed/Reuters"), item)

    def test_too_long_and_invisible_is_taken_away(self):
        exif = Image.Exif()
        exif[0x010E], exif[0x013B] = "x" * 9000, "A\u202eda\0" + "y" * 900
        found = proposals_of(picture_bytes(kind="JPEG", exif=exif))
        self.assertEqual(len(found["caption"]), MOST_TEXT)
        self.assertLessEqual(len(found["credit"]), 255)
        self.assertNotIn("\u202e", found["credit"])

    def test_entities_are_not_expanded(self):
        bomb = '<!DOCTYPE x [<!ENTITY a "aaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>' + XMP.replace("Burnt", "&b;")
        self.assertEqual(proposals_of(picture_bytes(kind="JPEG", xmp=bomb.encode())), {})

    @settings(max_examples=100)
    @given(st.binary(max_size=300), st.binary(max_size=300))
    def test_whatever_is_written_there(self, xmp, iim):
        proposals_of(picture_bytes(kind="JPEG", xmp=xmp, exif=b"Exif\0\0" + iim))
        proposals_of(with_iim([(2, 120, iim), (2, 55, xmp[:20]), (1, 90, iim[:3])]))


class DayTests(SimpleTestCase):
    def test_ways_of_writing_a_day(self):
        for written in ("2024-05-01", "20240501", "2024:05:01 10:00:00", "2024-05-01T23:59:59+02:00"):
            self.assertEqual(day_of(written), "2024-05-01")
        for written in ("", "0000:00:00 00:00:00", "2024", "yesterday", "2024-02-31"):
            self.assertEqual(day_of(written), "")
