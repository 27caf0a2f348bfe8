from django.test import SimpleTestCase

from events.citations.independence import Independence, Trace, independence

MAIL = Trace("AFP", "Daily Mail", "GB")
YAHOO = Trace("AFP", "Yahoo! News", "US")
BBC = Trace("", "BBC", "GB")
CNN = Trace("", "CNN", "US")
REUTERS = Trace("", "Reuters", "GB")


class IndependenceTests(SimpleTestCase):
    def test_agency_counts_once_however_many_carry_it(self):
        found = independence([MAIL, YAHOO, BBC, CNN, REUTERS])
        self.assertEqual(found, Independence(5, ("AFP", "BBC", "CNN", "Reuters")))

    def test_agency_itself_and_who_carries_it_are_one(self):
        found = independence([REUTERS, Trace("Thomson Reuters", "Yahoo! News", "US")])
        self.assertEqual(
            (found.origins, found.shared, found.shared_name), (("Reuters",), "agency", "Reuters")
        )

    def test_one_publisher(self):
        self.assertEqual(independence([BBC, BBC]).shared, "publisher")
        found = independence([MAIL, Trace("", "Daily Mail", "GB")])
        self.assertEqual((len(found.origins), found.shared), (2, "publisher"))

    def test_one_country(self):
        found = independence([BBC, REUTERS])
        self.assertEqual((found.shared, found.shared_name), ("country", "GB"))
        self.assertEqual(independence([Trace("", "A"), Trace("", "B")]).shared, "")

    def test_few(self):
        self.assertEqual(independence([]), Independence(0, ()))
        self.assertEqual(independence([BBC, Trace()]), Independence(1, ("BBC",)))
