"""Agency and carrier of a citation's label."""

from django.test import SimpleTestCase
from hypothesis import given
from hypothesis import strategies as st

from events.citations.labels import Origin, agency_name, parse_label


class ParseLabelTests(SimpleTestCase):
    def test_via_parts_agency_and_carrier(self):
        for label, origin in {
            "AFP via Yahoo! News": Origin("AFP via Yahoo! News", "AFP", "Yahoo! News"),
            "AFP via ''Daily Mail": Origin("AFP via Daily Mail", "AFP", "Daily Mail"),
            "Associated Press via ABC News": Origin("Associated Press via ABC News", "AP", "ABC News"),
            "BBC via Yahoo! News": Origin("BBC via Yahoo! News", "BBC", "Yahoo! News"),
            "Yahoo! News (AFP)": Origin("Yahoo! News (AFP)", "AFP", "Yahoo! News"),
            "Reuters/Malay Mail": Origin("Reuters/Malay Mail", "Reuters", "Malay Mail"),
        }.items():
            self.assertEqual(parse_label(label), origin)

    def test_an_agency_alone_has_no_carrier(self):
        self.assertEqual(parse_label("Reuters"), Origin("Reuters", "Reuters", ""))
        self.assertEqual(parse_label("法新社").agency, "AFP")

    def test_other_names_are_no_agency(self):
        for label in ("BBC", "The Olivia Post", "Bolivia Today", "CNA", "via", "AFP via", ""):
            self.assertEqual(parse_label(label).carrier, "", label)
        self.assertEqual(parse_label("BBC"), Origin("BBC"))
        self.assertEqual(agency_name("CNA"), "")

    @given(st.text())
    def test_any_text_is_taken(self, label):
        parse_label(label)
