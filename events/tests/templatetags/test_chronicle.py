from django.test import SimpleTestCase

from events.documents.types import ContextRef
from events.templatetags import chronicle
from events.tests.documents import make_label, make_ref


class WordsTests(SimpleTestCase):
    def test_language_attributes(self):
        ref = make_ref(language="ar", direction="rtl")
        self.assertEqual(chronicle.lang(ref), ' lang="ar" dir="rtl"')
        self.assertEqual(chronicle.lang(make_ref(language="")), "")
        self.assertIn("&quot;", chronicle.lang(make_ref(language='a"b')))

    def test_lists_show_the_first_sources(self):
        sources = [make_label(position, f"S{position}") for position in range(1, 7)]
        self.assertEqual(chronicle.labels(sources), "S1 · S2 · S3 · S4 · …")
        self.assertEqual(chronicle.labels(sources[:4]), "S1 · S2 · S3 · S4")

    def test_contexts_are_escaped(self):
        html = chronicle.context_items((ContextRef("<b>&", "b", "topic"),))
        self.assertEqual(html, '<li><a href="/contexts/b/">&lt;b&gt;&amp;</a></li>')

    def test_long_headlines_are_set_smaller(self):
        self.assertEqual(chronicle.headline_class("a" * 120), "headline")
        self.assertEqual(chronicle.headline_class("a" * 121), "headline headline-long")
        self.assertEqual(chronicle.headline_class("国" * 61), "headline headline-long")
        self.assertEqual(chronicle.headline_class("a" * 281), "headline headline-text")

    def test_unknown_kinds_and_languages_name_themselves(self):
        self.assertEqual(chronicle.kind_name("comet"), "comet")
        self.assertEqual(chronicle.language_name("xx-test"), "xx-test")
        self.assertEqual(chronicle.language_name("de"), "Deutsch")
