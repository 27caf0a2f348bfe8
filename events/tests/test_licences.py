from django.test import SimpleTestCase

from events.checks import SPDX_IDENTIFIER
from events.licences import LICENCES, licence_at, licence_name, licence_url


class LicencesTests(SimpleTestCase):
    def test_identifiers_are_of_the_form_of_spdx(self):
        for code, terms in LICENCES.items():
            with self.subTest(code):
                self.assertTrue(SPDX_IDENTIFIER.fullmatch(code))
                self.assertTrue(str(terms.name) and str(terms.allows))
                self.assertEqual(bool(terms.url), not code.startswith("LicenseRef-"))

    def test_unknown_licence_is_its_own_name(self):
        self.assertEqual((licence_name("By courtesy"), licence_url("By courtesy")), ("By courtesy", ""))
        self.assertEqual(licence_name("CC-BY-SA-4.0"), "CC BY-SA 4.0")

    def test_licence_is_found_by_its_address(self):
        for address in (
            "https://creativecommons.org/licenses/by-sa/4.0/",
            "http://www.creativecommons.org/licenses/by-sa/4.0",
            "https://creativecommons.org/licenses/by-sa/4.0/deed.de",
            "https://creativecommons.org/licenses/by-sa/4.0/legalcode",
        ):
            self.assertEqual(licence_at(address), "CC-BY-SA-4.0", address)
        for address in ("", "creativecommons.org", "https://example.org/licenses/by-sa/4.0/"):
            self.assertEqual(licence_at(address), "")
