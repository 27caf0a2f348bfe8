from dataclasses import replace
from datetime import timedelta

from django.test import TestCase

from events.models import Context, EventLink, Image, Publisher, SourcePage
from events.readiness import ERROR, Draft, Source, draft_of, report_on
from events.tests.factories import DAY, NOW, make_context, make_cover, make_event, retract

BBC = Source("BBC", "https://www.bbc.com/1", published_on=DAY)
CNN = Source("CNN", "https://www.cnn.com/1")


class ReportTests(TestCase):
    def setUp(self):
        make_context("Homs")
        self.draft = Draft(
            headline="Blasts in Homs", summary="Many died.", day=DAY, contexts=("Homs",), sources=(BBC, CNN)
        )

    def codes(self, **changes) -> list[str]:
        return [row.code for row in report_on(replace(self.draft, **changes), today=DAY).findings]

    def test_sound_entry_has_no_findings(self):
        report = report_on(self.draft, today=DAY)
        self.assertEqual(report.findings, ())
        self.assertEqual(report.told, "2 citations, 2 independent origins")

    def test_each_weakness_is_found(self):
        hard = "Intergovernmental organisations deliberated jurisdictional considerations. " * 8
        for changes, code in (
            ({"sources": ()}, "no-citation"),
            ({"sources": (BBC,)}, "single-source"),
            ({"sources": (BBC, Source("BBC", "https://www.bbc.co.uk/2"))}, "single-publisher"),
            (
                {
                    "sources": (
                        Source("AFP via A", "https://a.example/"),
                        Source("B (AFP)", "https://b.example/"),
                    )
                },
                "single-agency",
            ),
            ({"headline": "x" * 241}, "headline-long"),
            ({"summary": " "}, "no-summary"),
            ({"contexts": ()}, "no-context"),
            ({"day": DAY + timedelta(days=1)}, "future-day"),
            ({"day": DAY - timedelta(days=8)}, "far-day"),
            ({"body": hard}, "hard-text"),
        ):
            with self.subTest(code):
                self.assertEqual(self.codes(**changes), [code])

    def test_what_excuses(self):
        hard = "Intergovernmental organisations deliberated jurisdictional considerations. " * 8
        self.assertEqual(self.codes(headline="x" * 241, short_headline="x"), [])
        self.assertEqual(self.codes(body=hard, language="de"), [])
        self.assertEqual(self.codes(day=DAY - timedelta(days=7)), [])

    def test_cover(self):
        self.assertEqual(self.codes(cover=make_cover()), [])
        report = report_on(replace(self.draft, cover=make_cover(alt="", credit="")), today=DAY)
        self.assertEqual(
            [(row.code, row.level) for row in report.findings],
            [("cover-alt", ERROR), ("cover-credit", ERROR)],
        )
        self.assertEqual(self.codes(cover=make_cover(alt="", is_decorative=True)), [])
        linked = report_on(replace(self.draft, cover=Image(source_url="https://a.example/1.jpg")), today=DAY)
        self.assertEqual((linked.errors, len(linked.warnings)), ([], 3))

    def test_dead_link(self):
        page = SourcePage.objects.create(key="https://bbc.com/1", checked_at=NOW, missing_since=NOW)
        self.assertEqual(self.codes(), [f"dead-link {page.key}"])
        archived = replace(BBC, url=f"https://web.archive.org/web/20240501000000/{BBC.url}")
        self.assertEqual(self.codes(sources=(archived, CNN)), [])
        self.assertNotIn("dead-link", "".join(self.codes(sources=(BBC, archived, CNN))))

    def test_link_without_an_archived_copy(self):
        page = SourcePage.objects.create(key="https://bbc.com/1", checked_at=NOW, archive_asked_at=NOW)
        self.assertEqual(self.codes(), [f"unarchived {page.key}"])
        archived = replace(BBC, url=f"https://web.archive.org/web/20240501000000/{BBC.url}")
        self.assertEqual(self.codes(sources=(archived, CNN)), [])
        page.archived_copy = archived.url
        page.save()
        self.assertEqual(self.codes(), [])
        page.missing_since = NOW
        page.save()
        (found,) = report_on(self.draft, today=DAY).findings
        self.assertIn(f"cite the archived copy {archived.url}", found.message)

    def test_entry_that_cites_the_same_page(self):
        other = make_event("Bombs", state="draft", sources=[("BBC", "http://bbc.com/1?utm_source=x")])
        report = report_on(self.draft, today=DAY)
        self.assertEqual(
            [(row.code, row.duplicate.event) for row in report.findings], [(f"duplicate {other.pk}", other)]
        )
        self.assertIn("“Bombs” (2024-05-01) cites the same page.", report.findings[0].message)
        self.assertEqual(self.codes(event=other.pk), [])
        retract(other)
        self.assertEqual(self.codes(), [])

    def test_page_that_is_the_same_by_its_own_word(self):
        other = make_event("Bombs", sources=[("BBC", "https://www.bbc.com/long-name")])
        SourcePage.objects.create(
            key="https://bbc.com/1", checked_at=NOW, canonical="https://bbc.com/long-name"
        )
        self.assertEqual(self.codes(), [f"duplicate {other.pk}"])

    def test_entry_that_says_nearly_the_same(self):
        told = "Two car bombs kill dozens near a shrine in Khalidiya"
        other = make_event(told, contexts=["Homs"], date=DAY + timedelta(days=1))
        changes = {"headline": "Car bombs near the shrine in Khalidiya kill dozens"}
        self.assertEqual(self.codes(**changes), [f"duplicate {other.pk}"])
        self.assertEqual(self.codes(**changes, day=None), [])
        follower = make_event("Later", date=DAY + timedelta(days=30), sources=[("BBC", BBC.url)])
        EventLink.objects.create(event=follower, other=other, kind="update_of")
        self.assertEqual(self.codes(**changes, event=follower.pk), [])

    def test_country(self):
        for host in ("bbc.com", "cnn.com"):
            Publisher.objects.create(host=host, name=host, country="GB")
        self.assertEqual(self.codes(), ["single-country"])

    def test_hubs_only(self):
        Context.objects.filter(name="Homs").update(events_count=100)
        self.assertEqual(self.codes(), ["hubs-only"])
        make_context("Khalidiya")
        self.assertEqual(self.codes(contexts=("Homs", "Khalidiya")), [])

    def test_errors_come_first(self):
        self.assertEqual(self.codes(sources=(), summary="")[:2], ["no-citation", "no-summary"])

    def test_constant_queries(self):
        sources = tuple(Source(f"Paper {n}", f"https://paper{n}.example/") for n in range(20))
        for few in (2, 20):
            with self.assertNumQueries(7):
                report_on(replace(self.draft, sources=sources[:few]), today=DAY)

    def test_stored_entry(self):
        event = make_event("Truce", contexts=["Homs"], sources=[("BBC", BBC.url)], cover=make_cover())
        draft = draft_of(event)
        self.assertEqual((draft.headline, draft.contexts, draft.day), ("Truce", ("Homs",), DAY))
        self.assertEqual([source.url for source in draft.sources], [BBC.url])
        self.assertEqual(draft.cover, event.cover)
