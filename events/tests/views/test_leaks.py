"""What is not public appears at no address; and time alone brings it out."""

import re
from datetime import UTC, date, datetime, timedelta
from urllib.parse import quote, urljoin, urlsplit

import time_machine
from django.http import HttpResponse
from django.test import TestCase

from events.models import Article, Context, Entry, Event, Publisher
from events.tests.addresses_of import event_addresses, every_address, other_formats, search_addresses
from events.tests.factories import (
    NOW,
    find_contexts,
    make_article,
    make_context,
    make_cover,
    make_event,
    make_profile,
    picture_bytes,
    retract,
)
from events.workflow import steering
from events.workflow.edits import editing

# Begins every hidden word. As long as it is, no random id, hash or nonce holds it by chance.
MARK = "zqjvzq"
# A word of its own in every field of every hidden entry. They end in no letter that is taken for an ending.
FIELDS = (
    "headline",
    "short",
    "summary",
    "body",
    "category",
    "label",
    "quote",
    "agency",
    "carrier",
    "alt",
    "caption",
    "credit",
    "notice",
    "note",
)
OUT_AT = NOW + timedelta(hours=3)
LINK = re.compile(r"""(?:href|src|action)=["']([^"']+)["']|<(?:loc|link|id|guid)[^>]*>([^<]+)<""")
# Days on which nothing but hidden entries stands.
LONELY = {"draft": date(2013, 3, 3), "scheduled": date(2014, 4, 4), "retracted": date(2015, 5, 5)}


def word(name: str, field: str) -> str:
    """Such as "zqjvzqdraftbodyx": letters alone, so that search takes it for one word."""
    return f"{MARK}{name}{field}x"


def hide(name: str, *, picture_width: int, **fields) -> Event:
    """An entry with unmistakable words everywhere."""

    def own(field: str) -> str:
        return word(name, field)

    context = make_context(
        own("context"),
        aliases=[own("alias")],
        description=own("description"),
        parents=find_contexts(["Rivers"]),
    )
    parent = make_context(own("parent"))
    context.parents.add(parent)
    values = {
        "short_headline": own("short"),
        "summary": f"A [{own('summary')}](https://{own('link')}.test/).",
        "body": f"Much {own('body')}.",
        "category": own("category"),
        "import_ref": own("importref"),
        "contexts": [context, "Bridges"],
        "cover": make_cover(
            picture_bytes((picture_width, 40)),
            alt=own("alt"),
            caption=own("caption"),
            credit=own("credit"),
            source_url=f"https://{own('coverhost')}.test/picture",
        ),
    }
    event = make_event(own("headline"), **(values | fields))
    with editing(event, now=NOW):
        event.citations.create(
            label=f"{own('label')} agency",
            url=f"https://{own('host')}.test/path",
            quote=own("quote"),
            agency=own("agency"),
            carrier=own("carrier"),
        )
        event.citations.create(position=1, label="Reuters", url="https://www.reuters.com/shared")
    return event


def hide_article(name: str, *, picture_width: int, events: list[Event], **fields) -> Article:
    """An article with unmistakable words everywhere, by somebody who has written nothing else."""

    def own(field: str) -> str:
        return word(name, f"article{field}")

    profile = make_profile(own("profile"), text=own("words"), url=f"https://{own('home')}.test/")
    values = {
        "deck": f"A [{own('deck')}](https://{own('link')}.test/).",
        "body": f"Much {own('body')}.[^1]\n\n[^1]: {own('source')}",
        "section": own("section"),
        "label": own("label"),
        "agencies": own("agency"),
        "import_ref": own("importref"),
        "contexts": [make_context(own("context")), "Bridges"],
        "notes": [("correction", own("correction"))],
        "cover": make_cover(picture_bytes((picture_width, 40)), alt=own("alt"), caption=own("caption")),
    }
    return make_article(own("headline"), events=events, by_profiles=[profile], **(values | fields))


class HiddenEntries(TestCase):
    """One public entry, and beside it one of each sort that nobody may read."""

    @classmethod
    def setUpTestData(cls):
        cls.public = make_event(
            "A bridge is opened",
            summary="The bridge over the river.",
            contexts=["Bridges", "Rivers"],
            sources=[("Reuters", "https://www.reuters.com/bridge")],
            category="Sports",
        )
        day = cls.public.date
        cls.hidden = {
            "draft": hide("draft", picture_width=41, state="draft", date=LONELY["draft"]),
            "dayless": hide("dayless", picture_width=42, state="draft", date=day),
            "review": hide("review", picture_width=43, state="in_review", date=day),
            "scheduled": hide("scheduled", picture_width=44, publish_at=OUT_AT, date=LONELY["scheduled"]),
            "today": hide("today", picture_width=45, publish_at=OUT_AT, date=day),
            "embargoed": hide("embargoed", picture_width=46, embargo_until=OUT_AT, date=day),
            "pulled": hide("pulled", picture_width=47, date=day),
            "retracted": hide("retracted", picture_width=48, date=LONELY["retracted"]),
            "stillborn": hide("stillborn", picture_width=49, publish_at=OUT_AT, date=day),
        }
        cls.hidden["retracted"].headline += " second"
        retract(cls.hidden["retracted"], "The report was wrong, says publicnotice.", now=NOW)
        with editing(cls.hidden["pulled"], now=NOW):
            cls.hidden["pulled"].state = "draft"
        # Retracted before the public could ever read it: there is nothing to take back in public.
        retract(cls.hidden["stillborn"], word("stillborn", "notice"), now=NOW)
        # What editors have chosen already waits like the rest; their notes never come out.
        for name, event in cls.hidden.items():
            steering.pin(cls.public, event, note=word(name, "note"), now=NOW)
            steering.link(event, cls.public, "update_of", now=NOW)
        make_article("What the bridge changes", events=[cls.public, *cls.hidden.values()])
        hidden_articles = {
            "draft": {"state": "draft", "date": LONELY["draft"]},
            "review": {"state": "in_review"},
            "approved": {"state": "approved"},
            "scheduled": {"publish_at": OUT_AT, "date": LONELY["scheduled"]},
            "embargoed": {"embargo_until": OUT_AT},
            "retracted": {"date": LONELY["retracted"]},
        }
        cls.articles = {
            name: hide_article(name, picture_width=50 + number, events=[cls.public], **fields)
            for number, (name, fields) in enumerate(hidden_articles.items())
        }
        cls.articles["retracted"].headline += " second"
        retract(cls.articles["retracted"], "The report was wrong, says publicnotice.", now=NOW)

    @property
    def hidden_entries(self) -> list[tuple[str, Entry]]:
        """Name and entry of all that nobody may read, of both kinds."""
        return [*self.hidden.items(), *self.articles.items()]

    def at(self, moment: datetime) -> None:
        clock = time_machine.travel(moment, tick=False)
        clock.start()
        self.addCleanup(clock.stop)

    def crawl(self, paths: list[str]) -> dict[str, HttpResponse]:
        """The answers of all these addresses and of every address of ours that they lead to."""
        answers: dict[str, HttpResponse] = {}
        waiting = list(paths)
        while waiting:
            path = waiting.pop()
            if path in answers or path.startswith(("/static/", "/media/", "/admin/")):
                continue
            answer = answers[path] = self.client.get(path)
            waiting += links(path, answer)
        return answers


def links(path: str, answer: HttpResponse) -> list[str]:
    """Addresses on this site that an answer names, in its text or as a redirect."""
    found = [answer.get("Location", "")]
    for either in LINK.findall(answer.content.decode()):
        found += either
    parts = [
        urlsplit(urljoin(f"http://testserver{path}", link.replace("&amp;", "&"))) for link in found if link
    ]
    return [
        part.path + (f"?{part.query}" if part.query else "")
        for part in parts
        if part.hostname in ("testserver", "127.0.0.1") and not part.path.startswith("/media/")
    ]


def whole(answer: HttpResponse) -> str:
    """Everything that a reader gets, in one text."""
    return f"{answer.status_code}\n{answer.headers}\n{answer.content.decode()}".lower()


class LeakTests(HiddenEntries):
    def hidden_words(self) -> list[str]:
        """What must appear nowhere: the words, the permanent ids, the names of the picture files."""
        files = [row.name for _name, entry in self.hidden_entries for row in entry.cover.stored]
        ids = [entry.public_id for _name, entry in self.hidden_entries]
        return [MARK, *ids, *(name.rpartition("/")[2][:20] for name in files)]

    def test_nothing_hidden_appears_at_any_address(self):
        self.at(NOW)
        answers = self.crawl(every_address())
        self.assertGreater(sum(answer.status_code == 200 for answer in answers.values()), 60)
        told = {
            path: answer.status_code for path, answer in answers.items() if b"publicnotice" in answer.content
        }
        self.assertEqual(set(told.values()), {410})
        hidden = self.hidden_words()
        asked = {path: path.lower() for path in answers}
        found = {
            (path, text)
            for path, answer in answers.items()
            for text in hidden
            # A page may repeat the words it was asked for, and nothing else.
            if text in without_own_words(whole(answer), asked[path])
        }
        self.assertEqual(found, set())

    def test_hidden_addresses_answer_404(self):
        self.at(NOW)
        for name, event in self.hidden_entries:
            for path in (*event_addresses(event), *other_formats(event), f"/e/{event.public_id}/"):
                with self.subTest(path):
                    expected = 410 if name == "retracted" else 404
                    self.assertEqual(self.client.get(path).status_code, expected)
        for context in Context.objects.filter(name__startswith=MARK):
            self.assertEqual(self.client.get(context.get_absolute_url()).status_code, 404, context)
            self.assertEqual(self.client.get(f"{context.get_absolute_url()}feed.rss").status_code, 404)
            self.assertEqual(self.client.get(f"/contexts/{context.slug}+bridges/").status_code, 404)
        for article in self.articles.values():
            profile = article.profiles.get().get_absolute_url()
            for path in (profile, f"{profile}index.json", f"{profile}feed.atom"):
                self.assertEqual(self.client.get(path).status_code, 404, path)
            self.assertEqual(self.client.get("/opinion/", {"section": article.section}).status_code, 404)
        for publisher in Publisher.objects.filter(host__startswith=MARK):
            self.assertEqual(self.client.get(publisher.get_absolute_url()).status_code, 404, publisher)

    def test_retracted_entry_leaves_its_notice_alone(self):
        self.at(NOW)
        for entry in (self.hidden["retracted"], self.articles["retracted"]):
            page = self.client.get(entry.get_absolute_url())
            self.assertContains(page, "publicnotice", status_code=410)
            self.assertNotIn(MARK, without_own_words(whole(page), entry.get_absolute_url()))

    def test_search_finds_nothing_hidden(self):
        self.at(NOW)
        for name, event in self.hidden.items():
            for field in (*FIELDS, "context", "alias", "parent"):
                for path in search_addresses(q=word(name, field))[::6]:
                    answer = self.client.get(path)
                    self.assertNotIn(event.public_id, whole(answer), path)
                    self.assertNotIn("bridge is opened", whole(answer), path)

    def test_search_and_facets_of_shared_words_hold_nothing_hidden(self):
        self.at(NOW)
        for question in (
            {"q": "bridge"},
            {"q": "bridges"},
            {"q": "reuters"},
            {"q": "agency"},
            {"q": "much"},
            {"context": "bridges"},
            {"source": "reuters.com"},
            {"q": "-nothing", "from": "2000-01-01", "to": "2100-01-01"},
        ):
            for path in search_addresses(**question):
                with self.subTest(path):
                    text = whole(self.client.get(path))
                    self.assertNotIn(MARK, text)

    def test_hidden_contexts_are_as_unknown_as_any_other(self):
        """Neither a misspelling, nor a filter, nor a place in a list tells that there is such a name."""
        self.at(NOW)
        name = word("draft", "context")
        slip = name[:-2] + "y" + name[-1:]
        self.assertNotIn(name, whole(self.client.get("/search/", {"q": slip})))
        for path, key in (
            ("/contexts/", name),
            ("/contexts/", word("today", "context")),
            ("/sources/", f"{word('draft', 'host')}.test"),
        ):
            for side in ("before", "after"):
                known, unknown = (self.client.get(path, {side: asked}) for asked in (key, "q" * len(key)))
                with self.subTest(path, side=side):
                    self.assertEqual(known.status_code, unknown.status_code)
        for field, key in (("context", name), ("source", f"{word('draft', 'host')}.test")):
            known, unknown = (self.client.get("/search/", {field: asked}) for asked in (key, "q" * len(key)))
            self.assertEqual(known.status_code, unknown.status_code)
            self.assertEqual(len(known.content), len(unknown.content))

    def test_counts_are_of_public_entries(self):
        self.at(NOW)
        self.assertEqual(self.client.get("/news/index.json").json()["count"], 1)
        self.assertEqual(self.client.get("/contexts/bridges/index.json").json()["count"], 1)
        self.assertEqual(self.client.get("/sources/reuters.com/index.json").json()["count"], 1)
        self.assertEqual(self.client.get(f"/news/{self.public.date:%Y/%m/%d}/index.json").json()["count"], 1)

    def test_neighbours_pass_over_hidden_days(self):
        self.at(NOW)
        for path in ("/news/2014/04/03/", "/news/2014/04/", "/news/2014/", self.public.get_absolute_url()):
            text = whole(self.client.get(path))
            for day in ("/news/2013/03", "/news/2014/04/04/", "/news/2015/05"):
                self.assertNotIn(day, text, path)


def without_own_words(text: str, asked: str) -> str:
    """The text without what the asker said themselves."""
    pieces = {piece for piece in re.split(r"[/?&=+.]", asked) if MARK in piece}
    pieces |= {asked.rstrip("/").rpartition("/")[2], quote(asked)}
    for piece in sorted(filter(None, pieces), key=len, reverse=True):
        text = text.replace(piece, "")
    return text


class TimePassesTests(HiddenEntries):
    """Nothing is written, and nothing is cleared, between before and after."""

    def paths(self, event: Event) -> list[str]:
        day = f"/news/{event.date:%Y/%m/%d}/"
        context = event.contexts.get(name__startswith=MARK).slug
        return [
            "/",
            "/index.json",
            day,
            f"{day}index.md",
            f"/news/{event.date:%Y/%m}/",
            f"/contexts/{context}/",
            f"/contexts/{context}+bridges/",
            f"/contexts/{context}/feed.atom",
            "/contexts/bridges/",
            f"/sources/{word('scheduled', 'host')}.test/",
            "/sources/reuters.com/feed.rss",
            "/feeds/news.rss",
            "/feeds/news.atom",
            "/feeds/news.json",
            "/news-sitemap.xml",
            f"/sitemap-{event.date:%Y-%m}.xml",
            f"/search/?q={word('scheduled', 'body')}",
            f"/search/feed.rss?q={word('scheduled', 'alias')}",
            *event_addresses(event),
        ]

    def test_scheduled_entry_appears_everywhere_by_itself(self):
        event = self.hidden["scheduled"]
        self.at(NOW)
        before = {path: self.client.get(path) for path in self.paths(event)}
        with self.assertNumQueries(0):
            self.at(OUT_AT - timedelta(microseconds=1))
        for path, answer in before.items():
            still = self.client.get(path)
            self.assertEqual(still.status_code, answer.status_code, path)
            self.assertNotIn(event.public_id, whole(still), path)
        self.at(OUT_AT)
        for path, answer in before.items():
            headers = {"If-None-Match": answer["ETag"]} if "ETag" in answer else {}
            after = self.client.get(path, headers=headers)
            with self.subTest(path):
                self.assertEqual(after.status_code, 200)
                self.assertIn(f"{MARK}scheduled", whole(after))
        self.assertEqual(self.client.get("/contexts/bridges/index.json").json()["count"], 4)
        self.assertEqual(self.client.get(f"/e/{event.public_id}/").status_code, 302)

    def test_scheduled_article_appears_everywhere_by_itself(self):
        article = self.articles["scheduled"]
        profile = article.profiles.get().get_absolute_url()
        event = self.public.get_absolute_url()
        paths = [
            "/",
            "/opinion/",
            "/opinion/index.json",
            f"/opinion/{article.date:%Y/%m/%d}/",
            f"/opinion/?section={article.section}",
            "/feeds/opinion.rss",
            "/feeds/opinion.atom",
            "/feeds/opinion.json",
            "/sitemap-opinion.xml",
            "/news-sitemap.xml",
            profile,
            f"{profile}feed.rss",
            event,
            f"{event.rstrip('/')}.md",
            *event_addresses(article),
        ]
        self.at(NOW)
        before = {path: self.client.get(path) for path in paths}
        self.at(OUT_AT)
        for path, answer in before.items():
            self.assertNotIn(article.public_id, whole(answer), path)
            headers = {"If-None-Match": answer["ETag"]} if "ETag" in answer else {}
            after = self.client.get(path, headers=headers)
            with self.subTest(path):
                self.assertEqual(after.status_code, 200)
                self.assertIn(f"{MARK}scheduledarticle", whole(after))

    def test_label_goes_by_itself(self):
        make_article("A vote", label="Breaking news", label_until=OUT_AT, body="A few words.")
        make_event("A count", label="Breaking news", label_until=OUT_AT, date=date(2024, 5, 1))
        paths = ["/", "/opinion/", "/opinion/index.json", "/opinion/2024/05/01/a-vote/"]
        paths += ["/index.md", "/opinion/index.md", "/news/2024/05/01/index.md", "/search/?q=count"]
        paths += ["/news/2024/05/01/", *(f"/news/2024/05/01/a-count{end}" for end in ("/", ".md", ".ninjs"))]
        self.at(OUT_AT - timedelta(seconds=1))
        before = {path: self.client.get(path) for path in paths}
        self.at(OUT_AT)
        for path, answer in before.items():
            self.assertContains(answer, "Breaking news", msg_prefix=path)
            headers = {"If-None-Match": answer["ETag"]} if "ETag" in answer else {}
            after = self.client.get(path, headers=headers)
            self.assertEqual(after.status_code, 200, path)
            self.assertNotContains(after, "Breaking news", msg_prefix=path)

    def test_feeds_bear_no_label(self):
        """A reader keeps what a feed brought, whatever ends later."""
        make_article("A vote", label="Breaking news", label_until=OUT_AT, body="A few words.")
        make_event("A count", label="Breaking news", label_until=OUT_AT, date=date(2024, 5, 1))
        self.at(OUT_AT - timedelta(seconds=1))
        paths = [f"/feeds/{name}.{end}" for name in ("news", "opinion") for end in ("rss", "atom", "json")]
        for path in (*paths, "/news/2024/05/01/a-count.jsonld", "/opinion/2024/05/01/a-vote.jsonld"):
            self.assertNotContains(self.client.get(path), "Breaking news", msg_prefix=path)

    def test_embargo_ends_by_itself(self):
        event = self.hidden["embargoed"]
        self.at(OUT_AT - timedelta(seconds=1))
        self.assertEqual(self.client.get(event.get_absolute_url()).status_code, 404)
        self.at(OUT_AT)
        self.assertContains(self.client.get(event.get_absolute_url()), word("embargoed", "headline"))
        self.assertEqual(event.first_published_at, OUT_AT)

    def test_last_modified_is_the_moment_at_which_it_came_out(self):
        """For a reader whose copy is newer than every file of ours."""
        later = datetime(2090, 1, 1, tzinfo=UTC)
        make_event("From the future", publish_at=later, date=date(2026, 1, 1), now=NOW)
        self.at(later - timedelta(hours=1))
        before = self.client.get("/")
        self.at(later)
        answer = self.client.get("/", headers={"If-Modified-Since": before["Last-Modified"]})
        self.assertEqual(answer.status_code, 200)
        self.assertEqual(answer["Last-Modified"], "Sun, 01 Jan 2090 00:00:00 GMT")

    def test_those_that_nobody_published_stay_hidden(self):
        self.at(OUT_AT + timedelta(days=365))
        for name in ("draft", "dayless", "review", "pulled", "retracted", "stillborn"):
            with self.subTest(name):
                answer = self.client.get(self.hidden[name].get_absolute_url())
                self.assertIn(answer.status_code, (404, 410))
                self.assertNotIn(word(name, "summary"), whole(answer))
