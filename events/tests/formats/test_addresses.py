from django.test import SimpleTestCase

from events.formats.addresses import path_in_format


class PathInFormatTests(SimpleTestCase):
    def test_list_has_an_index_file(self) -> None:
        self.assertEqual(path_in_format("/", "md"), "/index.md")
        self.assertEqual(path_in_format("/news/2016/", "json"), "/news/2016/index.json")

    def test_query_stays(self) -> None:
        self.assertEqual(path_in_format("/search/?q=a&from=b", "xml"), "/search/index.xml?q=a&from=b")

    def test_event_is_a_file_beside_its_day(self) -> None:
        path = path_in_format("/news/2016/02/21/homs/", "md", is_event=True)
        self.assertEqual(path, "/news/2016/02/21/homs.md")
