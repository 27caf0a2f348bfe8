"""The public contract, walked through with the demo newsroom: addresses, formats, feeds, bad input.

`docs/reference/urls.md` describes the same; whoever changes an address here breaks somebody's bookmark.
"""

import json
import re
from datetime import timedelta
from html.parser import HTMLParser
from io import StringIO
from urllib.parse import urljoin, urlsplit

from django.core.management import call_command
from django.test import Client, TestCase
from django.utils import timezone
from django.utils.encoding import iri_to_uri

from events.conf import conf
from events.models import Article, Event, Profile, Publisher
from events.models.articles import opinion_path
from events.outputs import FEEDS, FORMATS
from events.tests.addresses_of import event_addresses, feeds, with_formats
from events.workflow.edits import editing

# Addresses of later days, which nothing may link before they work.
NOT_YET = ("/corrections/", "/feeds/corrections.rss")


class Links(HTMLParser):
    """What a page links and shows; `alternates` are its other formats and feeds by address."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.addresses: set[str] = set()
        self.alternates: dict[str, str] = {}
        self.canonical = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        self.addresses |= {found[name] or "" for name in ("href", "src", "action") if name in found}
        for candidate in (found.get("srcset") or "").split(", "):
            self.addresses.add(candidate.split(" ")[0])
        if tag == "link" and found.get("rel") == "alternate":
            self.alternates[found["href"] or ""] = found.get("type") or ""
        if tag == "link" and found.get("rel") == "canonical":
            self.canonical = found["href"] or ""


class ContractTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        call_command("load_demo", stdout=StringIO())
        now = timezone.now()
        public = Event.objects.public(now=now).filter(language__in=["", "en"])
        cls.event = public.filter(cover__isnull=False, updated_at__isnull=False).order_by("-date").first()
        cls.foreign = Event.objects.public(now=now).filter(language="ar").get()
        cls.day = f"/news/{cls.event.date:%Y/%m/%d}/"
        first, second = cls.event.contexts.order_by("slug")[:2]
        cls.context = f"/contexts/{first.slug}/"
        cls.pair = f"/contexts/{first.slug}+{second.slug}/"
        cls.source = Publisher.objects.public(now=now).order_by("host").first().get_absolute_url()
        article = Article.objects.public(now=now).order_by("-date").first()
        cls.profile = Profile.objects.public(now=now).get().get_absolute_url()
        cls.lists = (
            *("/", "/news/", f"/news/{cls.event.date:%Y}/", f"/news/{cls.event.date:%Y/%m}/", cls.day),
            *("/opinion/", f"/opinion/{article.date:%Y}/", f"/opinion/{article.date:%Y/%m}/"),
            *(opinion_path(article.date), "/profiles/", cls.profile),
            *("/contexts/", cls.context, cls.pair, "/sources/", cls.source, "/search/", "/about/", "/api/"),
        )

    def assert_moved(self, path: str, to: str, status: int = 301) -> None:
        answer = self.client.get(path)
        self.assertEqual((answer.status_code, answer.get("Location")), (status, iri_to_uri(to)), path)

    def links(self, path: str) -> Links:
        return Links(self.client.get(path).content.decode())

    # Addresses

    def test_pages_name_their_own_address(self):
        for path in (*self.lists, self.event.get_absolute_url(), self.foreign.get_absolute_url()):
            answer = self.client.get(path)
            self.assertEqual(answer.status_code, 200, path)
            self.assertEqual(answer["Content-Type"], "text/html; charset=utf-8")
            self.assertEqual(self.links(path).canonical, conf.SITE_URL + iri_to_uri(path))

    def test_unpadded_days_and_months_move(self):
        event = Event.objects.public(now=timezone.now()).filter(date__month__lt=10, date__day__lt=10).first()
        day = event.date
        short, long = f"/news/{day.year}/{day.month}/{day.day}/", f"/news/{day:%Y/%m/%d}/"
        self.assert_moved(short, long)
        self.assert_moved(f"{short}index.json", f"{long}index.json")
        self.assert_moved(f"/news/{day.year}/{day.month}/", f"/news/{day:%Y/%m}/")
        self.assert_moved(f"{short}{event.slug}/", event.get_absolute_url())
        self.assert_moved(f"{short}{event.slug}.md", event_addresses(event)[1])

    def test_a_forgotten_slash_is_put_back(self):
        for path in self.lists[1:]:
            self.assert_moved(path.rstrip("/"), path)

    def test_permanent_address_survives_a_new_headline_and_day(self):
        event, old = self.event, self.event.get_absolute_url()
        self.assert_moved(f"/e/{event.public_id}/", old, 302)
        event = Event.objects.get(pk=event.pk)
        event.headline, event.slug, event.date = "Nothing is as it was", "", event.date - timedelta(days=1)
        with editing(event, by=None, now=timezone.now()):
            pass
        new = Event.objects.get(pk=event.pk).get_absolute_url()
        self.assertNotEqual(new, old)
        self.assert_moved(f"/e/{event.public_id}/", new, 302)
        self.assert_moved(old, new)
        self.assert_moved(f"{old.rstrip('/')}.json", f"{new.rstrip('/')}.json")

    def test_days_without_events_have_neighbours(self):
        free = self.event.date
        while Event.objects.filter(date=free).exists():
            free -= timedelta(days=1)
        answer = self.client.get(f"/news/{free:%Y/%m/%d}/")
        self.assertContains(answer, "No event has been entered for this day")
        self.assertContains(answer, 'rel="next"')
        self.assertContains(answer, 'rel="prev"')

    def test_retracted_entry_answers_with_its_notice(self):
        event = Event.objects.get(state=Event.State.RETRACTED)
        self.assertTrue(event.retraction_notice)
        for path in event_addresses(event):
            answer = self.client.get(path)
            self.assertContains(answer, event.retraction_notice, status_code=410)
            self.assertNotContains(answer, event.headline, status_code=410)

    def test_unpublished_entries_are_nowhere(self):
        hidden = Event.objects.filter(state__in=[Event.State.DRAFT, Event.State.IN_REVIEW])
        self.assertTrue(hidden)
        for event in hidden:
            for path in (*event_addresses(event), f"/e/{event.public_id}/"):
                self.assertEqual(self.client.get(path).status_code, 404, path)

    def test_addresses_for_machines(self):
        for path in ("/sitemap.xml", "/news-sitemap.xml", "/robots.txt", "/healthz", "/readyz"):
            self.assertEqual(self.client.get(path).status_code, 200, path)
        self.assertEqual(self.client.get("/admin/").status_code, 302)

    def test_every_link_of_a_page_leads_somewhere(self):
        paths = (*self.lists, *event_addresses(self.event)[:1], self.foreign.get_absolute_url(), "/none/")
        linked = {}
        for path in paths:
            for address in self.links(path).addresses:
                found = urlsplit(urljoin(conf.SITE_URL + path, address))
                is_ours = f"{found.scheme}://{found.netloc}" == conf.SITE_URL
                if is_ours and found.path != path and "/static/" not in found.path:
                    linked[found._replace(scheme="", netloc="", fragment="").geturl()] = path
        self.assertGreater(len(linked), 150)
        for address, path in linked.items():
            status = self.client.get(address).status_code
            permanent = address.startswith("/e/")
            self.assertEqual(status, 302 if permanent else 200, f"{address}, linked by {path}")

    def test_later_addresses_are_not_linked_yet(self):
        for path in NOT_YET:
            self.assertEqual(self.client.get(path).status_code, 404)
        for path in (*self.lists, self.event.get_absolute_url(), "/none/"):
            self.assertFalse([a for a in self.links(path).addresses if a.startswith(NOT_YET)], path)

    # Formats

    def test_every_list_has_its_formats_beside_it(self):
        for path in self.lists:
            self.assert_moved(f"{path}index.html", path)
            alternates = self.links(path).alternates
            for address, output in zip(with_formats(path)[1:], FORMATS, strict=True):
                answer = self.client.get(address)
                self.assertEqual(answer.status_code, 200, address)
                self.assertEqual(answer["Content-Type"], f"{output.type}; charset=utf-8")
                self.assertEqual(alternates[address], output.type)

    def test_every_entry_has_its_formats(self):
        for event in (self.event, self.foreign):
            path, *others = event_addresses(event)
            self.assert_moved(f"{path.rstrip('/')}.html", path)
            alternates = self.links(path).alternates
            for address, output in zip(others, FORMATS, strict=True):
                answer = self.client.get(address)
                self.assertEqual(answer["Content-Type"], f"{output.type}; charset=utf-8")
                self.assertEqual(answer["Link"], f'<{conf.SITE_URL}{iri_to_uri(path)}>; rel="canonical"')
                self.assertEqual(alternates[address], output.type)

    def test_all_formats_carry_the_same_facts(self):
        event = self.event
        facts = [
            *(event.public_id, event.date.isoformat(), event.headline, event.cover.alt, event.cover.credit),
            *(event.first_published_at.strftime("%Y-%m-%dT%H:%M:%S"), conf.LICENCE),
            *(event.updated_at.strftime("%Y-%m-%dT%H:%M:%S"), event.get_absolute_url().rstrip("/")),
            *(citation.url for citation in event.citations.all()),
            *(context.name for context in event.contexts.all()),
        ]
        path = event.get_absolute_url().rstrip("/")
        # Those that read facts.py; a format may leave out what has no place in it.
        for address in (f"{path}.{extension}" for extension in ("md", "json", "xml")):
            text = self.client.get(address).content.decode()
            text = text.replace("&amp;", "&").replace("’", "'")
            for fact in facts:
                self.assertIn(str(fact).replace("’", "'"), text, address)

    def test_json_and_xml_tell_their_version_and_schema(self):
        path = self.event.get_absolute_url().rstrip("/")
        self.assertTrue(json.loads(self.client.get(f"{path}.json").content)["version"])
        self.assertRegex(self.client.get(f"{path}.xml").content.decode()[:600], r"version=\"1|dayline-1")
        for name in ("event.schema.json", "list.schema.json", "dayline-1.xsd"):
            self.assertEqual(self.client.get(f"/schemas/{name}").status_code, 200, name)

    # Feeds

    def test_feeds(self):
        question = "?q=the"
        for path, page in (
            ("/feeds/news", "/"),
            ("/feeds/opinion", "/opinion/"),
            (f"{self.profile}feed", self.profile),
            (f"{self.context}feed", self.context),
            (f"{self.pair}feed", self.pair),
            (f"{self.source}feed", self.source),
            ("/search/feed", "/search/"),
        ):
            query = question if page == "/search/" else ""
            alternates = self.links(page + query).alternates
            for address, output in zip(feeds(path), FEEDS, strict=True):
                answer = self.client.get(address + query)
                self.assertEqual(answer.status_code, 200, address)
                self.assertEqual(answer["Content-Type"], f"{output.type}; charset=utf-8")
                self.assertIn(f'<{conf.SITE_URL}{address}{query}>; rel="self"', answer["Link"])
                self.assertEqual(alternates[address + query], output.type)

    def test_older_feed_address_moves(self):
        self.assert_moved("/index_rss.xml", "/feeds/news.rss")

    def test_guids_do_not_follow_the_address(self):
        event = Event.objects.get(pk=self.event.pk)
        event.headline, event.slug = "Another headline", ""
        with editing(event, by=None, now=timezone.now()):
            pass
        path = f"/contexts/{event.contexts.first().slug}/feed.rss"
        self.assertContains(self.client.get(path), f'<guid isPermaLink="false">{event.guid}</guid>')

    def test_every_page_of_a_feed_names_itself(self):
        address, seen = "/feeds/news.atom", set()
        while address:
            self.assertNotIn(address, seen)
            seen.add(address)
            links = re.findall(r'<([^>]+)>; rel="(\w+)"', self.client.get(address)["Link"])
            relations = {relation: url.removeprefix(conf.SITE_URL) for url, relation in links}
            self.assertEqual(relations["self"], address)
            address = relations.get("next", "")
        self.assertGreater(len(seen), 1)

    def test_later_pages_of_a_search_feed_name_themselves(self):
        address = "/search/feed.rss?q=the"
        with self.settings(EVENTS_FEED_SIZE=3):
            following = re.search(r'<([^>]+)>; rel="next"', self.client.get(address)["Link"])
            self.assertIsNotNone(following)
            self.assertIn(f'<{following[1]}>; rel="self"', self.client.get(following[1])["Link"])

    def test_feed_without_entries_has_a_plausible_date(self):
        answer = self.client.get("/search/feed.rss?q=zzzzzzzz")
        self.assertContains(answer, "<lastBuildDate>")
        self.assertNotContains(answer, "1970")

    def test_source_under_another_of_its_names_moves_with_its_feeds(self):
        host = self.source.split("/")[2]
        for rest in ("", "index.md", "feed.rss"):
            self.assert_moved(f"/sources/www.{host}/{rest}", f"{self.source}{rest}")

    def test_conditional_get_answers_304(self):
        addresses = [*self.lists, *event_addresses(self.event), *feeds("/feeds/news"), "/sitemap.xml"]
        for address in addresses:
            answer = self.client.get(address)
            for header, value in (
                ("If-None-Match", answer["ETag"]),
                ("If-Modified-Since", answer["Last-Modified"]),
            ):
                again = self.client.get(address, headers={header: value})
                self.assertEqual((again.status_code, again.content), (304, b""), f"{address} {header}")

    # Bad input

    def test_dates_that_do_not_exist_are_refused_in_words(self):
        for path, words in (
            ("/news/2023/02/29/", "The calendar has no 2023-02-29."),
            ("/news/2023/13/", "The calendar has no 2023-13."),
            ("/news/0000/", "The calendar has no 0000."),
            ("/news/2023/04/31/index.md", "The calendar has no 2023-04-31."),
        ):
            self.assertContains(self.client.get(path), words, status_code=404)

    def test_unknown_formats_and_feeds_are_refused_in_words(self):
        event = self.event.get_absolute_url().rstrip("/")
        for address in (*(f"{path}index.csv" for path in self.lists), f"{event}.csv"):
            self.assertContains(self.client.get(address), "There is no format “csv”", status_code=404)
        subjects = [f"{path}feed" for path in (self.profile, self.context, self.source)]
        for path in ("/feeds/news", "/feeds/opinion", *subjects, "/search/feed"):
            answer = self.client.get(f"{path}.csv")
            self.assertContains(answer, "There is no feed of the kind “csv”", status_code=404)

    def test_wrong_pages_are_refused_in_words(self):
        month = f"/news/{self.event.date:%Y/%m}/"
        for path in ("/opinion/", "/contexts/", "/sources/", self.profile, self.context, self.source, month):
            for name in ("before", "after"):
                answer = self.client.get(path, {name: "no such page"})
                self.assertContains(answer, "There is no page “no such page”", status_code=400)
        for address in (
            "/search/?q=a&page=0",
            "/feeds/news.rss?before=x",
            f"{self.context}feed.atom?before=x",
        ):
            self.assertContains(self.client.get(address), "There is no page", status_code=400)

    def test_wrong_filters_are_refused_in_words(self):
        kind = self.client.get("/contexts/", {"kind": "planet"})
        self.assertContains(kind, "There is no kind of context called “planet”", status_code=400)
        for query in ({"from": "2023-02-29"}, {"to": "yesterday"}):
            answer = self.client.get("/search/", {"q": "the", **query})
            self.assertContains(answer, 'role="alert"', status_code=400)

    def test_unknown_names_are_refused_in_words(self):
        for path, words in (
            ("/contexts/atlantis/", "There is no context “atlantis”."),
            (f"{self.context[:-1]}+atlantis/", "There is no context"),
            ("/sources/atlantis.example/", "No entry cites a source at “atlantis.example”."),
            ("/e/nothing/", "No entry has this permanent id."),
            (f"{self.day}nothing/", "There is no entry at this address."),
            ("/schemas/nothing.xsd", "There is no schema"),
        ):
            self.assertContains(self.client.get(path), words, status_code=404)

    def test_pages_are_only_read(self):
        browser = Client(enforce_csrf_checks=True)
        addresses = [*self.lists, *event_addresses(self.event), *feeds("/feeds/news"), "/sitemap.xml"]
        addresses += ["/index.html", "/index_rss.xml", f"/e/{self.event.public_id}/", "/robots.txt"]
        for address in addresses:
            head, get = browser.head(address), browser.get(address)
            self.assertEqual((head.status_code, head.content), (get.status_code, b""), address)
            self.assertEqual(head.get("ETag"), get.get("ETag"))
            for method in (browser.post, browser.options, browser.put, browser.patch, browser.delete):
                answer = method(address)
                self.assertEqual(answer.status_code, 405, address)
                self.assertEqual(answer["Allow"], "GET, HEAD")
