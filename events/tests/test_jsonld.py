from dataclasses import replace

from django.test import SimpleTestCase, override_settings

from events.documents.jsonld import (
    breadcrumbs_json_ld,
    event_json_ld,
    list_json_ld,
    website_json_ld,
)
from events.documents.site import current_site, language_tag
from events.documents.types import Link
from events.tests.documents import (
    make_bare_event,
    make_context_page,
    make_cover,
    make_event,
    make_page,
    make_rendition,
)

ORIGIN = "https://news.example.org"
SHARES = {"16:9": "/static/wide.png", "4:3": "/static/classic.png", "1:1": "/static/square.png"}


@override_settings(EVENTS_SITE_URL=ORIGIN)
class EventJsonLdTests(SimpleTestCase):
    def article(self, event):
        return event_json_ld(event, current_site(), logo="/static/logo.png", share_images=SHARES)

    def test_required_properties(self):
        event = make_event()
        article = self.article(event)
        self.assertEqual(article["@type"], "NewsArticle")
        self.assertEqual(article["headline"], event.headline)
        self.assertEqual(article["datePublished"], "2024-02-29T15:00:00+00:00")
        self.assertEqual(article["dateModified"], "2024-03-01T09:00:05+00:00")
        self.assertEqual(article["mainEntityOfPage"]["@id"], event.url)
        self.assertEqual(article["publisher"]["logo"]["url"], f"{ORIGIN}/static/logo.png")
        self.assertIs(article["isAccessibleForFree"], True)

    def test_one_picture_for_each_ratio(self):
        wide, classic, square = self.article(make_event())["image"]
        self.assertEqual((wide["width"], wide["height"]), (640, 360))
        self.assertTrue(wide["url"].endswith(".jpeg"))
        self.assertEqual(classic, f"{ORIGIN}/static/classic.png")
        self.assertEqual(square, f"{ORIGIN}/static/square.png")

    def test_widest_picture_of_a_ratio(self):
        renditions = (make_rendition("1:1", 720, 720), make_rendition("1:1", 320, 320))
        images = self.article(make_event(cover=make_cover(renditions=renditions)))["image"]
        self.assertEqual(images[2]["width"], 720)

    def test_linked_cover_is_not_ours_to_show(self):
        images = self.article(make_event(cover=make_cover(renditions=())))["image"]
        self.assertEqual(images, [f"{ORIGIN}{path}" for path in SHARES.values()])

    def test_unknown_properties_are_left_out(self):
        article = self.article(make_bare_event())
        for name in ("citation", "about", "articleSection", "description", "alternativeHeadline"):
            self.assertNotIn(name, article)

    def test_citations(self):
        paywalled, label = self.article(make_event())["citation"]
        self.assertIs(paywalled["isAccessibleForFree"], False)
        self.assertEqual(paywalled["publisher"]["name"], "Example News")
        self.assertEqual(label, {"@type": "CreativeWork", "name": "Harbour Gazette, printed edition"})

    def test_contexts_by_kind(self):
        kinds = {part["name"]: part["@type"] for part in self.article(make_event())["about"]}
        self.assertEqual(kinds["Dockers’ Union"], "Organization")
        self.assertEqual(kinds["Ports & harbours"], "Thing")

    def test_parts_of_a_list_in_their_order(self):
        document = make_context_page()
        data = list_json_ld(document, current_site())
        items = data["mainEntity"]["itemListElement"]
        self.assertEqual([item["url"] for item in items], [event.url for event in document.events])
        self.assertEqual(data["about"][0]["@type"], "Event")

    def test_breadcrumbs_end_with_the_page(self):
        page = make_page("day", "29 February", "/news/2024/02/29/", breadcrumbs=(Link("/", "Today"),))
        items = breadcrumbs_json_ld(page)["itemListElement"]
        self.assertEqual([item["item"] for item in items], [f"{ORIGIN}/", f"{ORIGIN}/news/2024/02/29/"])
        closed = replace(page, breadcrumbs=(*page.breadcrumbs, Link(page.path, page.title)))
        self.assertEqual(breadcrumbs_json_ld(closed)["itemListElement"], items)

    def test_no_breadcrumbs_without_a_way(self):
        self.assertIsNone(breadcrumbs_json_ld(make_page("front", "Dayline", "/")))

    def test_website_has_its_search(self):
        action = website_json_ld(current_site(), logo="/l.png")["potentialAction"]
        self.assertEqual(action["target"]["urlTemplate"], f"{ORIGIN}/search/?q={{q}}")


class LanguageTagTests(SimpleTestCase):
    def test_casing_of_bcp_47(self):
        for code, tag in (("en", "en"), ("zh-hans", "zh-Hans"), ("pt-br", "pt-BR"), ("es-419", "es-419")):
            with self.subTest(code):
                self.assertEqual(language_tag(code), tag)
