from django.test import SimpleTestCase
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from events.text.xml_characters import without_forbidden


class WithoutForbiddenTests(SimpleTestCase):
    @given(st.text(alphabet=st.characters(exclude_characters="\r<&")))
    def test_what_is_left_may_stand_in_xml(self, text: str) -> None:
        left = without_forbidden(text)
        self.assertEqual(etree.fromstring(f"<a>{left}</a>".encode()).text or "", left)

    def test_legal_characters_stay(self) -> None:
        text = "a\tb\nc \x7f\x85 é 港 😀\u200f\ufffd"
        self.assertEqual(without_forbidden(text), text)
