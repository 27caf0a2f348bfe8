from django.test import SimpleTestCase, override_settings

from events.formats.registry import ENTRY_FORMATS, FORMATS
from events.tests import documents
from events.tests.gold import assert_gold


@override_settings(EVENTS_SITE_URL="https://news.example.org", EVENTS_LICENCE="CC-BY-SA-4.0")
class GoldTests(SimpleTestCase):
    def test_event_with_everything(self) -> None:
        self._compare("event", documents.make_event_page())

    def test_event_with_next_to_nothing(self) -> None:
        self._compare("bare-event", documents.make_event_page(documents.make_bare_event()))

    def test_articles(self) -> None:
        for name, article in (
            ("article", documents.make_article()),
            ("bare-article", documents.make_bare_article()),
        ):
            for format in ENTRY_FORMATS:
                with self.subTest(name, format=format.extension):
                    text = format.render_article(documents.make_article_page(article))
                    assert_gold(self, f"{name}.{format.extension}", text)

    def test_lists(self) -> None:
        for name, make in documents.LIST_PAGES.items():
            with self.subTest(name):
                for format in FORMATS:
                    assert_gold(self, f"{name}.{format.extension}", format.render_list(make()))

    def _compare(self, name: str, document) -> None:
        for format in ENTRY_FORMATS:
            with self.subTest(format.extension):
                assert_gold(self, f"{name}.{format.extension}", format.render_event(document))
