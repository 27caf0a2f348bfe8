"""Articles as readers and programs get them."""

import json
from datetime import date, timedelta
from html import unescape

from defusedxml.ElementTree import fromstring
from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from events import derived
from events.models import Article, FrontSlot
from events.tests.factories import make_article, make_cover, make_event, make_profile, make_story_line
from events.workflow.edits import editing

BODY = """“Curly” and "straight" quotes stay 'as they are'.[^1]

::: picture {key}
Seen from the *bank*.
:::

::: quote The mayor
We waited forty years.
:::

::: event {event}
:::

::: event {draft}
:::

::: timeline crossings
:::

::: link https://example.org/plan
The plan
:::

[^1]: [Reuters: The bridge](https://www.reuters.com/bridge)
"""
PATH = "/opinion/2024/05/01/what-the-bridge-changes/"
FORMATS = ("md", "json", "xml")


class ArticleTests(TestCase):
    @classmethod
    def setUpTestData(cls) -> None:
        cls.event = make_event("A bridge is opened", contexts=["Crossings"])
        cls.draft = make_event("A secret ferry", state="draft")
        make_story_line("Crossings", ["Crossings"])
        cls.cover = make_cover(caption="The bridge")
        cls.profile = make_profile("Rana Haddad", text="Writes about *rivers*.")
        cls.article = make_article(
            deck="Two towns **grow** together.",
            body=BODY.format(key=cls.cover.digest[:12], event=cls.event.public_id, draft=cls.draft.public_id),
            contexts=["Crossings"],
            events=[cls.event, cls.draft],
            by_profiles=[cls.profile],
            notes=[("correction", "It is 300 metres long.")],
            agencies="AFP\nAP\nReuters",
            label="Breaking news",
            section="City & river",
            cover=cls.cover,
        )

    def test_the_page_tells_all_of_it_in_order(self) -> None:
        page = unescape(self.client.get(PATH).text)
        place = page.index("<main")
        for words in (
            '/opinion/?section=City+%26+river">Breaking news</a>',
            '/opinion/?section=City+%26+river">City & river</a>',
            '/opinion/?kind=opinion">opinion</a>',
            "What the bridge changes",
            "Two towns <strong>grow</strong> together.",
            "Rana Haddad",
            "1 minute to read",
            "“Curly” and \"straight\" quotes stay 'as they are'.",
            'href="#fn-1"',
            "Seen from the bank.",
            "We waited forty years.",
            "The mayor",
            self.event.get_absolute_url(),
            "/stories/crossings/",
            "https://example.org/plan",
            "With reporting by AFP, AP, and Reuters",
            "Writes about <em>rivers</em>.",
            "Correction",
            "It is 300 metres long.",
            'id="fn-1"',
            "https://www.reuters.com/bridge",
            "Events of this article",
            "A bridge is opened",
            "Permanent address",
            "Cite this article",
        ):
            place = page.index(words, place)
        self.assertNotIn("secret ferry", page)
        data = [
            json.loads(part.split("</script>")[0])
            for part in page.split('<script type="application/ld+json">')[1:]
        ]
        self.assertEqual(data[0]["@type"], "OpinionNewsArticle")
        self.assertEqual(data[0]["author"][0]["name"], "Rana Haddad")

    def test_events_lead_to_the_articles_that_tell_of_them(self) -> None:
        page = self.client.get(self.event.get_absolute_url())
        self.assertContains(page, PATH)
        path = self.event.get_absolute_url().rstrip("/")
        for extension in FORMATS:
            self.assertContains(self.client.get(f"{path}.{extension}"), "What the bridge changes")

    def test_days_in_the_text_lead_to_their_pages(self) -> None:
        make_event("Held back", date=date(2024, 4, 2), state="draft")
        day = self.event.date
        article = make_article("Days", body=f"On {day:%Y-%m-%d}, [{day:%Y-%m-%d}](/x/) and on 2 April 2024.")
        page = self.client.get(article.get_absolute_url())
        link = f'<a href="/news/{day:%Y/%m/%d}/">{day:%Y-%m-%d}</a>'
        self.assertContains(page, f'On {link}, <a href="/x/">{day:%Y-%m-%d}</a> and on 2 April 2024.')
        data = self.client.get(f"{article.get_absolute_url().rstrip('/')}.json").json()["article"]
        self.assertEqual(data["body"], article.body)
        # As many questions as without a day, and one for all days.
        plain = make_article("No days", slug="no-days", body="None.")
        self.assertEqual(self.queries(article.get_absolute_url()), self.queries(plain.get_absolute_url()) + 1)

    def test_formats_carry_it(self) -> None:
        path = PATH.rstrip("/")
        for extension in FORMATS:
            text = self.client.get(f"{path}.{extension}").text
            for words in (
                self.article.public_id,
                "“Curly”",
                "Rana Haddad",
                "AFP",
                "300 metres",
                self.event.public_id,
            ):
                self.assertIn(words, text, extension)
            self.assertNotIn("secret ferry", text, extension)
        data = self.client.get(f"{path}.json").json()["article"]
        self.assertEqual(
            [block["name"] for block in data["blocks"]], ["picture", "quote", "event", "timeline", "link"]
        )
        self.assertEqual(data["events"][0]["id"], self.event.public_id)
        self.assertEqual(fromstring(self.client.get(f"{path}.xml").text).get("kind"), "article")
        self.assertRedirects(self.client.get(f"{path}.html"), PATH, 301, fetch_redirect_response=False)

    def test_panels_need_something_to_choose(self) -> None:
        self.assertContains(self.client.get("/opinion/"), "By kind")
        Article.objects.all().delete()
        derived.touch()
        page = self.client.get("/opinion/")
        for title in ("By year", "By kind"):
            self.assertNotContains(page, title)

    def test_lists_by_time(self) -> None:
        make_article("An older one", date=date(2019, 1, 2), kind="report")
        for path in ("/opinion/", "/opinion/2024/", "/opinion/2024/05/", "/opinion/2024/05/01/"):
            page = self.client.get(path)
            self.assertContains(page, PATH)
            self.assertEqual("An older one" in page.text, path == "/opinion/")
            for extension in FORMATS:
                self.assertContains(self.client.get(f"{path}index.{extension}"), "What the bridge changes")
        for short, whole in (
            ("/opinion/2024/5/", "/opinion/2024/05/"),
            ("/opinion/2024/5/1/index.md", "/opinion/2024/05/01/index.md"),
            ("/opinion/2024/5/1/what-the-bridge-changes/", PATH),
            (f"/e/{self.article.public_id}/", PATH),
            ("/opinion_rss.xml", "/feeds/opinion.rss"),
        ):
            self.assertEqual(self.client.get(short).headers["Location"], whole)
        self.assertEqual(self.client.get("/opinion/2024/02/30/").status_code, 404)

    def test_lists_of_a_kind_or_section(self) -> None:
        make_article("A report", kind="report", section="City & river")
        make_article("Of elsewhere", kind="report", section="Sea", date=date(2019, 1, 2))
        for query, titles in (
            ({"kind": "report"}, {"A report", "Of elsewhere"}),
            ({"section": "City & river"}, {"A report", "What the bridge changes"}),
            ({"kind": "report", "section": "City & river"}, {"A report"}),
        ):
            page = self.client.get("/opinion/", query)
            self.assertEqual({each.headline for each in page.context["document"].articles}, titles)
            path = next(link.path for link in page.context["document"].page.formats if "json" in link.path)
            self.assertEqual({each["headline"] for each in self.client.get(path).json()["articles"]}, titles)
        self.assertContains(self.client.get("/opinion/2024/", {"kind": "report"}), "A report")
        self.assertNotContains(self.client.get("/opinion/2024/", {"kind": "report"}), "Of elsewhere")
        self.assertEqual(self.client.get("/opinion/", {"kind": "poem"}).status_code, 400)
        for section, status in (("Nowhere", 404), ("x" * 9000, 404), ("\0", 400)):
            self.assertEqual(self.client.get("/opinion/", {"section": section}).status_code, status)

    def test_feeds_name_who_wrote_it(self) -> None:
        for extension in ("rss", "atom", "json"):
            for path in ("/feeds/opinion", "/profiles/rana-haddad/feed"):
                text = self.client.get(f"{path}.{extension}").text
                for words in (self.article.guid, "Rana Haddad", "“Curly”", "We waited forty years."):
                    self.assertIn(words, text, (path, extension))

    def test_profiles_are_known_by_their_articles(self) -> None:
        make_profile("Nobody Yet")
        page = self.client.get("/profiles/")
        self.assertContains(page, "/profiles/rana-haddad/")
        self.assertNotContains(page, "Nobody Yet")
        self.assertEqual(self.client.get("/profiles/nobody-yet/").status_code, 404)
        self.assertContains(self.client.get("/profiles/rana-haddad/"), PATH)
        # The formats that read facts.py; another may leave out directories.
        for extension in ("md", "json", "xml"):
            self.assertContains(self.client.get(f"/profiles/index.{extension}"), "/profiles/rana-haddad/")
        self.profile.slug = "rana"
        self.profile.save()
        response = self.client.get("/profiles/rana-haddad/index.json")
        self.assertEqual(
            (response.status_code, response.headers["Location"]), (301, "/profiles/rana/index.json")
        )

    def test_nothing_that_is_not_public_leaks(self) -> None:
        hidden = make_profile("Hidden Hand")
        tomorrow = timezone.now() + timedelta(days=1)
        for state, fields in (
            ("draft", {}),
            ("in_review", {}),
            ("approved", {}),
            ("published", {"publish_at": tomorrow}),
            ("published", {"embargo_until": tomorrow}),
        ):
            article = make_article(
                "Unseen words",
                deck="Unseen words",
                state=state,
                events=[self.event],
                by_profiles=[hidden],
                **fields,
            )
            path = article.get_absolute_url()
            short = [f"{path.rstrip('/')}.{extension}" for extension in FORMATS]
            for address in (path, *short, f"/e/{article.public_id}/", "/profiles/hidden-hand/"):
                self.assertEqual(self.client.get(address).status_code, 404, address)
        lists = ["/", "/opinion/", "/opinion/2024/05/01/", "/profiles/", self.event.get_absolute_url()]
        for address in (
            *lists,
            "/feeds/opinion.rss",
            "/sitemap-opinion.xml",
            "/opinion/index.json",
            "/index.json",
        ):
            page = self.client.get(address)
            self.assertEqual(page.status_code, 200, address)
            self.assertNotContains(page, "Unseen words", msg_prefix=address)
            self.assertNotContains(page, "hidden-hand", msg_prefix=address)

    def test_a_retracted_one_leaves_its_notice(self) -> None:
        with editing(self.article) as article:
            article.state, article.retraction_notice = "retracted", "The figures were wrong."
        page = self.client.get(PATH)
        self.assertEqual(page.status_code, 410)
        self.assertIn("The figures were wrong.", page.text)
        self.assertNotIn("Curly", page.text)
        self.assertNotContains(self.client.get(self.event.get_absolute_url()), PATH)

    def test_renamed_articles_redirect(self) -> None:
        with editing(self.article) as article:
            article.slug = "after-the-bridge"
        response = self.client.get(PATH.rstrip("/") + ".md")
        self.assertEqual(
            (response.status_code, response.headers["Location"]),
            (301, "/opinion/2024/05/01/after-the-bridge.md"),
        )

    def test_places_on_the_front_page_end_by_themselves(self) -> None:
        old = make_article("An old favourite", date=date(2010, 1, 1))
        for number in range(3):
            make_article(f"Newer {number}", date=date(2024, 5, 2))
        self.assertNotContains(self.client.get("/"), "An old favourite")
        slot = FrontSlot.objects.create(article=old, until=timezone.now() + timedelta(hours=1))
        self.assertContains(self.client.get("/index.json"), "An old favourite")
        FrontSlot.objects.filter(pk=slot.pk).update(until=timezone.now() - timedelta(hours=1))
        self.assertNotContains(self.client.get("/index.json"), "An old favourite")

    def queries(self, path: str) -> int:
        """How many queries making this page takes."""
        with (
            self.settings(CACHES={"default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}),
            CaptureQueriesContext(connection) as queries,
        ):
            self.assertEqual(self.client.get(path).status_code, 200)
        return len(queries)

    def test_number_of_queries(self) -> None:
        self.assertEqual(self.queries(PATH), 12)
        lists = ("/opinion/", "/opinion/2024/05/", "/profiles/rana-haddad/", "/feeds/opinion.rss", "/")
        few = {path: self.queries(path) for path in lists}
        for number in range(20):
            make_article(
                f"Another {number}", by_profiles=[self.profile], contexts=["Ferries"], cover=self.cover
            )
        self.assertEqual({path: self.queries(path) for path in lists}, few)
        self.assertLessEqual(max(few.values()), 12)
