"""Filters of the lists by person, context, publisher and problem: what they find, tell and cost."""

from datetime import timedelta

from django.contrib.auth.models import User
from django.test import TestCase
from django.utils import timezone

from events.admin.problem_filter import OF_ARTICLES, OF_EVENTS
from events.models import Article, Context, Event, Image, SourcePage
from events.tests.factories import NOW, make_article, make_context, make_cover, make_event, make_profile
from events.tests.workflow.test_permissions import make_user
from events.workflow.edits import editing

LIST, ARTICLES = "/admin/events/event/", "/admin/events/article/"
TWO = [("Reuters", "https://www.reuters.com/1"), ("BBC", "https://www.bbc.co.uk/2")]
SOUND = {"sources": TWO, "contexts": ["Homs"], "summary": "It is."}


class FilterTestCase(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.user = make_user("Editor")

    def setUp(self):
        self.client.force_login(self.user)

    def page(self, where: str = LIST, **asked: str):
        answer = self.client.get(where, asked)
        self.assertEqual(answer.status_code, 200, answer)
        return answer

    def found(self, where: str = LIST, **asked: str) -> set[str]:
        return {row.headline for row in self.page(where, **asked).context["cl"].result_list}

    def told(self, where: str = LIST, **asked: str) -> str:
        page = self.page(where, **asked)
        self.assertEqual(list(page.context["cl"].result_list), [])
        return " ".join(map(str, page.context["messages"]))


class PersonTests(FilterTestCase):
    def test_finds_what_somebody_wrote_at(self):
        other = User.objects.create_user("anna", is_staff=True)
        make_event("Anna's", by=other)
        both = make_event("Of both", by=other)
        with editing(both, by=self.user):
            both.summary = "More."
        make_article("Anna's article", by=other)
        make_article("Mine", by=self.user)
        self.assertEqual(self.found(person="Anna"), {"Anna's", "Of both"})
        self.assertEqual(self.found(person="me"), {"Of both"})
        self.assertEqual(self.found(ARTICLES, person="anna"), {"Anna's article"})
        self.assertIn("“nobody”", self.told(person="nobody"))

    def test_offers_the_newsroom_and_oneself(self):
        User.objects.create_user("reader")
        page = self.page().content.decode()
        self.assertIn(f'<option value="{self.user.username}">', page)
        self.assertNotIn('<option value="reader">', page)
        self.assertIn('href="?person=me"', page)


class ContextTests(FilterTestCase):
    def test_finds_by_name_or_alias_in_any_state(self):
        make_context("Islamic State", aliases=["ISIL"])
        make_event("Draft", state="draft", contexts=["Islamic State", "Homs"])
        make_event("Out", contexts=["Islamic State"])
        make_event("Other", contexts=["Homs"])
        make_article("Article", contexts=["Homs"])
        self.assertEqual(self.found(context="isil"), {"Draft", "Out"})
        self.assertEqual(self.found(ARTICLES, context="homs"), {"Article"})
        self.assertIn("“Nowhere”", self.told(context="Nowhere"))

    def test_goes_with_the_other_filters_the_search_and_the_dates(self):
        make_event("Quiet draft", state="draft", **SOUND)
        make_event("Quiet day", **SOUND)
        make_event("Loud draft", state="draft", contexts=["Homs"])
        asked = {"context": "Homs", "state__exact": "draft", "q": "quiet"}
        self.assertEqual(self.found(**asked), {"Quiet draft"})
        year = str(Event.objects.first().date.year)
        self.assertEqual(self.found(**asked, publisher="bbc.com", date__year=year), {"Quiet draft"})
        self.assertEqual(self.found(**asked, date__year="1990"), set())
        page = self.page(**asked).content.decode()
        # The form of one filter carries the others along.
        self.assertIn('<input type="hidden" name="state__exact" value="draft">', page)
        self.assertIn('<input type="hidden" name="q" value="quiet">', page)


class PublisherTests(FilterTestCase):
    def test_finds_by_host_another_host_address_or_name(self):
        make_event("Cites", state="draft", sources=TWO)
        make_event("Other", sources=[("DW", "https://www.dw.com/3")])
        for text in ("bbc.com", "BBC.co.uk", "https://www.bbc.com/news/9", "bbc"):
            self.assertEqual(self.found(publisher=text), {"Cites"}, text)
        self.assertIn("“x.example”", self.told(publisher="x.example"))

    def test_suggests_publishers_by_the_beginning_of_name_or_host(self):
        make_event(sources=TWO)
        answer = self.client.get("/admin/events/publisher/suggest/", {"q": "reut"}).json()
        self.assertEqual(answer, {"results": [{"name": "reuters.com", "matched": "Reuters"}]})
        for text in ("", "\x00"):
            self.assertEqual(
                self.client.get("/admin/events/publisher/suggest/", {"q": text}).json(), {"results": []}
            )


class ProblemTests(FilterTestCase):
    def of_each(self, where: str, known) -> dict[str, set[str]]:
        return {
            problem.name: found for problem in known if (found := self.found(where, problem=problem.name))
        }

    def test_each_problem_finds_the_events_that_have_it(self):
        cover = make_cover(alt="A bridge", credit="Dana", licence="CC0-1.0")
        sound = {**SOUND, "cover": cover}
        make_event("Sound", **sound)
        make_event("Bare", state="draft")
        make_event("One source", **{**sound, "sources": TWO[:1]})
        make_event(
            "One origin",
            **{**sound, "sources": [("AFP", "https://a.example/1"), ("AFP", "https://b.example/")]},
        )
        gone, copy = (
            "https://gone.example/",
            "https://web.archive.org/web/20240501000000/https://gone.example/",
        )
        for headline, urls in (("Gone", [gone]), ("A copy beside", [gone, copy]), ("A copy alone", [copy])):
            make_event(headline, **{**sound, "sources": [*TWO, *((url, url) for url in urls)]})
        SourcePage.objects.create(key=gone, checked_at=NOW, missing_since=NOW)
        fresh = "https://fresh.example/"
        make_event("Nowhere kept", **{**sound, "sources": [*TWO, ("Fresh", fresh)]})
        SourcePage.objects.create(key=fresh, checked_at=NOW, archive_asked_at=NOW)
        blank = Image.objects.create(source_url="https://pictures.example/1.jpg")
        make_event("Silent cover", **{**sound, "cover": blank})
        make_event("x" * 241, **sound)
        make_event("Known from a mention", **sound, is_incomplete=True)
        make_event("To come", **sound, state="draft", date=timezone.localdate() + timedelta(days=1))
        make_event("Only a hub", **{**sound, "contexts": ["Hub"]})
        Context.objects.filter(name="Hub").update(events_count=100)
        self.assertEqual(
            self.of_each(LIST, OF_EVENTS),
            {
                "no-citation": {"Bare"},
                "single-source": {"One source"},
                "single-origin": {"One origin"},
                "dead-link": {"Gone"},
                "unarchived": {"Nowhere kept"},
                "no-cover": {"Bare"},
                "cover-alt": {"Silent cover"},
                "cover-credit": {"Silent cover"},
                "cover-licence": {"Silent cover"},
                "no-summary": {"Bare"},
                "headline-long": {"x" * 241},
                "no-context": {"Bare"},
                "hubs-only": {"Only a hub"},
                "incomplete": {"Known from a mention"},
                "future-day": {"To come"},
            },
        )

    def test_each_problem_finds_the_articles_that_have_it(self):
        event = make_event()
        sound = make_article(
            "Sound", events=[event], contexts=["Homs"], by_profiles=[make_profile()],
            cover=make_cover(alt="A bridge", credit="Dana", licence="CC0-1.0"),
        )  # fmt: skip
        Article.objects.filter(pk=sound.pk).update(deck="Told.", body="Told.")
        bare = make_article("Bare", body="", deck="", date=timezone.localdate() + timedelta(days=1))
        self.assertEqual(
            self.of_each(ARTICLES, OF_ARTICLES),
            {
                name: {bare.headline}
                for name in (
                    "no-author", "no-event", "no-deck", "no-text", "no-cover", "no-context", "future-day",
                )
            },
        )  # fmt: skip


class ArticleSearchTests(FilterTestCase):
    def test_finds_by_word_author_context_id_and_address(self):
        make_context("Islamic State", aliases=["ISIL"])
        article = make_article(
            "The long war",
            contexts=["Islamic State"],
            by_profiles=[make_profile("Anna Kovač")],
            body="Told.[^1]\n\n[^1]: [Reuters](https://www.reuters.com/long-war)",
            state="draft",
        )
        make_article("ISIL in the headline")
        for text in ("LONG war", "kovač", article.public_id, "https://www.reuters.com/long-war"):
            self.assertEqual(self.found(ARTICLES, q=text), {"The long war"}, text)
        with editing(article):
            article.slug = "another"
        for slug in ("the-long-war", "another"):
            address = f"https://news.example/{article.address_of(slug)}/"
            self.assertEqual(self.found(ARTICLES, q=address), {"The long war"}, address)
        self.assertEqual(self.found(ARTICLES, q="isil"), {"The long war", "ISIL in the headline"})
        self.assertEqual(self.found(ARTICLES, q="isil", state__exact="draft"), {"The long war"})


class NonsenseTests(FilterTestCase):
    def test_unknown_values_are_told(self):
        make_event()
        for name in (
            "problem", "visible", "cover", "category", "language", "state__exact", "person", "context",
            "publisher",
        ):  # fmt: skip
            for value in ("nonsense", "%", "\x00", "9" * 400, "' OR 1=1 --"):
                with self.subTest(name, value=value[:10]):
                    self.assertTrue(self.told(**{name: value}))

    def test_what_no_filter_reads_is_told_beside_the_whole_list(self):
        make_event("Here")
        for asked in (
            "nothing=1",
            "is_incomplete__exact=perhaps",
            "date__year=soon",
            "o=x.y",
            "p=x",
            "q=%00",
        ):
            with self.subTest(asked):
                answer = self.client.get(f"{LIST}?{asked}", follow=True)
                self.assertEqual(answer.status_code, 200)
        answer = self.client.get(f"{LIST}?nothing=1", follow=True)
        self.assertContains(answer, "does not know this filter")
        self.assertEqual(len(answer.context["cl"].result_list), 1)


class QueryTests(FilterTestCase):
    # Those of the list without a filter, and how many more each filter asks.
    MORE = {
        "person=me": 0, "person=anna": 1, "context=Homs": 1, "publisher=bbc.com": 1, "problem=hubs-only": 2,
    }  # fmt: skip

    def test_filters_cost_the_same_at_one_and_at_twenty_rows(self):
        plain = {f"problem={problem.name}": 0 for problem in OF_EVENTS}
        User.objects.create_user("anna")
        for number in (1, 19):
            for place in range(number):
                make_event(f"Event {place} of {number}", **SOUND, by=self.user)
            self.client.get(LIST)
            for asked, more in {**plain, **self.MORE}.items():
                with self.subTest(asked, number=number):
                    page = self.client.get(f"{LIST}?{asked}")
                    rows = len(page.context["cl"].result_list)
                    # Rows bring their sources and contexts, two queries whatever their number.
                    with self.assertNumQueries(LIST_QUERIES + more - (0 if rows else 2)):
                        self.client.get(f"{LIST}?{asked}")


# Session and user, permissions (2), saved lists, people, number and rows, sources, contexts, years.
LIST_QUERIES = 11
