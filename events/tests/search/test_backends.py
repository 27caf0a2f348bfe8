from datetime import date

from django.test import SimpleTestCase

from events.search.backends import EVENTS
from events.search.backends.base import Entry, Expression, Texts
from events.search.backends.postgres import PostgresBackend, query_text, vector_text
from events.search.backends.sqlite import match_text
from events.tests.search.entries import NOW

EXPRESSION = Expression(
    groups=((("civil", "war"), ("strike",)), (("hom",),)), excluded=(("court",), ("叙", "利")), keys=("=c1",)
)


class SqliteTests(SimpleTestCase):
    def test_expression_in_the_language_of_fts5(self):
        self.assertEqual(
            match_text(EXPRESSION),
            '(("civil war" OR "strike") AND ("hom") AND "=c1") NOT ("court" OR "叙 利")',
        )

    def test_exclusion_alone_has_something_to_exclude_from(self):
        self.assertEqual(match_text(Expression(excluded=(("a",),))), '("=all") NOT ("a")')


class PostgresTests(SimpleTestCase):
    def test_expression_as_tsquery(self):
        self.assertEqual(
            query_text(EXPRESSION),
            "('civil'<->'war' | 'strike') & ('hom') & '=c1' & !('court' | '叙'<->'利')",
        )

    def test_entry_as_tsvector_with_gaps_between_its_parts(self):
        words = PostgresBackend(EVENTS).words(Texts("a b", "c = d", "a", "", "b"))
        entry = Entry(1, date(2016, 1, 1), NOW, "", words, "=all =c1")
        self.assertEqual(vector_text(entry), "a:2A b:3A c:5B d:7B a:9C b:11D =all =c1")
