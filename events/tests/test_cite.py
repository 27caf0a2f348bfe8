from django.test import SimpleTestCase, override_settings

from events.documents.cite import bibtex, plain, ways_to_cite, wikipedia
from events.documents.site import current_site
from events.tests.documents import make_bare_event, make_event, make_ref

ORIGIN = "https://news.example.org"


@override_settings(EVENTS_SITE_URL=ORIGIN, EVENTS_SITE_NAME="Dayline", EVENTS_PUBLISHER_NAME="Ink & Co.")
class CiteTests(SimpleTestCase):
    def cite(self, form, headline):
        return form(make_bare_event(ref=make_ref(headline=headline)), current_site())

    def test_plain_names_day_publication_and_permanent_address(self):
        words = self.cite(plain, "The port opens")
        self.assertEqual(
            words,
            "“The port opens.” Dayline, entry for 29 February 2024, first published 29 February 2024. "
            f"{ORIGIN}/e/k3v9m2qx/ (CC BY-SA 4.0)",
        )

    def test_plain_keeps_the_end_of_a_sentence(self):
        for headline in ("It opens.", "Opens it?", "港口开放。"):
            with self.subTest(headline):
                self.assertTrue(self.cite(plain, headline).startswith(f"“{headline}”"))

    def test_plain_says_a_range(self):
        self.assertIn("29 February – 1 March 2024", plain(make_event(), current_site()))

    def test_bibtex_has_no_live_commands(self):
        entry = self.cite(bibtex, r"50 % of {A}_B & $C #1 \input ~ ^")
        self.assertIn(
            r"title = {{50 \% of \{A\}\_B \& \$C \#1 \textbackslash{}input "
            r"\textasciitilde{} \textasciicircum{}}}",
            entry,
        )
        self.assertIn(r"author = {{Ink \& Co.}}", entry)
        self.assertIn("date = {2024-02-29}", entry)
        self.assertEqual(entry.splitlines()[0], "@online{k3v9m2qx,")

    def test_wikipedia_cannot_be_broken_by_a_headline(self):
        words = self.cite(wikipedia, "A|b=c [d] {{e}} <ref>")
        self.assertIn("|title=A{{!}}b=c &#91;d&#93; &#123;&#123;e&#125;&#125; &lt;ref&gt; |url=", words)
        self.assertIn("|publisher=Ink & Co.", words)

    @override_settings(EVENTS_PUBLISHER_NAME="")
    def test_wikipedia_names_the_site_once(self):
        self.assertNotIn("|publisher=", self.cite(wikipedia, "A"))

    def test_first_way_is_for_everybody(self):
        ways = ways_to_cite(make_event(), current_site())
        self.assertEqual([way.title for way in ways], ["Plain text", "BibTeX", "Wikipedia"])
