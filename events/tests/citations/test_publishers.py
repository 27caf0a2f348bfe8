"""Publishers' hosts and names."""

from django.test import SimpleTestCase

from events.citations.publishers import publisher_host, publisher_name


class PublisherHostTests(SimpleTestCase):
    def test_hosts_of_one_publisher_are_one(self):
        for host in ("bbc.com", "bbc.co.uk", "news.bbc.co.uk"):
            self.assertEqual(publisher_host(host), "bbc.com")

    def test_part_of_a_name_is_not_the_name(self):
        self.assertEqual(publisher_host("notbbc.com"), "notbbc.com")
        self.assertEqual(publisher_host(""), "")

    def test_agencies_on_a_portal_are_themselves(self):
        self.assertEqual(publisher_host("afp.google.com"), "afp.com")


class PublisherNameTests(SimpleTestCase):
    def test_well_known_hosts_have_names(self):
        self.assertEqual(publisher_name("hk.news.yahoo.com", "明報"), "Yahoo! News")
        self.assertEqual(publisher_name("theguardian.com"), "The Guardian")

    def test_others_take_the_label_s_name(self):
        self.assertEqual(publisher_name("example.org", "The Example"), "The Example")
        self.assertEqual(publisher_name("example.org", "AFP via The Example"), "The Example")

    def test_an_agency_a_number_or_a_sentence_is_no_publisher(self):
        for label in ("", "Reuters", "2", "２", "2013-12-09", "a " * 30, "https://example.org/"):
            self.assertEqual(publisher_name("example.org", label), "example.org", label)
