from datetime import date

from django.test import SimpleTestCase
from hypothesis import given
from hypothesis import strategies as st

from events.citations.page_facts import PageFacts, read_page

URL = "http://www.dailymail.co.uk/wires/afp/article-3456843/Double-car-bombing.html"
MAIL = """<!doctype html><html lang="en-GB"><head><title>Double bombing kills 57 | Daily Mail Online</title>
<link rel="canonical" href="https://www.dailymail.co.uk/wires/afp/article-3456843/index.html?ito=1">
<meta property="og:site_name" content="Mail Online">
<meta property="og:description" content="Blasts hit Homs.">
<meta property="og:image" content="/i/homs.jpg"><meta property="og:image:alt" content="A street in Homs">
<meta name="author" content="By AFP">
<meta property="article:published_time" content="2016-02-21T10:11:00+0000">
</head><body><p>Text</p></body></html>"""
GRAPH = """<html><head><title>x</title><script type="application/ld+json">{"@graph": [
{"@type": "WebPage", "headline": "The site"},
{"@type": ["NewsArticle"], "headline": "Four blasts near a shrine &amp; a market", "inLanguage": "en_US",
 "datePublished": "2016-02-21", "author": [{"@type": "Person", "name": "By Ann Other"}],
 "isAccessibleForFree": "False", "image": {"url": "https://img.example.org/a.jpg"},
 "publisher": {"name": "The Example"}}]}</script></head>
<body><article><p>DAMASCUS (Reuters) - Four blasts …</p></article></body></html>"""


def ld_json(members: str) -> str:
    return f'<script type="application/ld+json">{{{members}}}</script>'


class ReadPageTests(SimpleTestCase):
    def test_open_graph_and_meta(self):
        self.assertEqual(
            read_page(MAIL, URL),
            PageFacts(
                title="Double bombing kills 57",
                description="Blasts hit Homs.",
                publisher="Daily Mail",
                author="AFP",
                published_on=date(2016, 2, 21),
                language="en-GB",
                canonical="https://dailymail.co.uk/wires/afp/article-3456843/index.html",
                picture="http://www.dailymail.co.uk/i/homs.jpg",
                picture_alt="A street in Homs",
                agency="AFP",
            ),
        )

    def test_json_ld(self):
        facts = read_page(GRAPH, "https://example.org/a")
        self.assertEqual(facts.title, "Four blasts near a shrine & a market")
        self.assertEqual((facts.publisher, facts.author), ("The Example", "Ann Other"))
        self.assertEqual((facts.agency, facts.language), ("Reuters", "en-US"))
        self.assertEqual((facts.published_on, facts.is_paywalled), (date(2016, 2, 21), True))
        self.assertEqual(facts.picture, "https://img.example.org/a.jpg")

    def test_section(self):
        several = '"@type":"Article","articleSection":["World",7,"Syria","World"]'
        for page, section in (
            ('<meta property="article:section" content=" Sport ">', "Sport"),
            ('<meta name="parsely-section" content="Money">', "Money"),
            (f'{ld_json(several)}<meta property="article:section" content="Sport">', "World, Syria"),
            (ld_json('"@type":"Article","articleSection":"Film"'), "Film"),
            (f'<meta property="article:section" content="{"x" * 300}">', "x" * 200),
            ("<p>x", ""),
        ):
            with self.subTest(page[:60]):
                self.assertEqual(read_page(page, URL).section, section)

    def test_day_from_the_address(self):
        facts = read_page("<p>x", "http://www.cnn.com/2016/02/21/middleeast/syria-civil-war/")
        self.assertEqual((facts.published_on, facts.publisher), (date(2016, 2, 21), "CNN"))
        self.assertIsNone(read_page("<p>x", "http://www.cnn.com/2016/02/31/").published_on)

    def test_own_address_of_another_publisher_is_not_believed(self):
        page = '<link rel="canonical" href="https://bbc.com/news/1">'
        self.assertEqual(read_page(page, "https://example.org/a").canonical, "https://example.org/a")
        self.assertEqual(read_page(page, "https://www.bbc.co.uk/a").canonical, "https://bbc.com/news/1")

    def test_addresses_that_are_none(self):
        page = (
            '<meta property="og:image" content="javascript:alert(1)"><link rel=canonical href="http://[">'
            '<script type="application/ld+json">{"@type":"Article","author":[],"image":[],'
            '"headline":7}</script>'
        )
        facts = read_page(page, "https://example.org/a")
        self.assertEqual((facts.picture, facts.canonical), ("", "https://example.org/a"))

    def test_json_that_nests_without_end(self):
        page = f'<script type="application/ld+json">{"[" * 100_000}</script><title>Still read</title>'
        self.assertEqual(read_page(page, "https://example.org/a").title, "Still read")

    @given(st.text(st.sampled_from('<>"/=metascripld+jon{}[]:,@ogy \n'), max_size=300))
    def test_never_fails(self, text):
        read_page(text + '<script type="application/ld+json">' + text, "https://example.org/a")
