"""Five links become a published entry: what it costs at the desk, by keyboard alone, and in a stock admin.

The entry is the one of the shared reference: its five addresses, headline, summary, day, cover and four
contexts. The texts are read from there; the pages behind the addresses are those of a server of this test.

Counted is as `Hands` counts: every click, paste, choice and shortcut, and every single Tab, since moving the
focus is work too. Only characters typed into a field of free text do not count. Each way begins logged in,
on the front page of its admin, and ends when the entry is published.
"""

import re
import socket
from io import StringIO
from pathlib import Path

import pytest
from django.test import override_settings
from playwright.sync_api import expect

from events.importers.context_markdown import read
from events.importers.records import EventRecord
from events.models import Event, Image, SourcePage
from events.tests.admin.counted import Hands
from events.tests.browser.cases import WIDE, BrowserTestCase
from events.tests.browser.one_at_a_time import TURN
from events.tests.citations.servers import answer, site
from events.tests.factories import make_event, picture_bytes
from events.tests.workflow.test_permissions import make_user

MOST = 15
LICENCE = "Quotation"
ALT = "Smoke over a street, and people who run from it"
PICTURE = picture_bytes((640, 360), kind="JPEG")
# By a part of the host: title, byline, whether the page says in words what its picture shows.
PAGES = {
    "dailymail": ("Cars explode in a city of Syria | Daily Mail Online", "AFP", False),
    "yahoo": ("Four blasts near a shrine - Yahoo News", "AFP", False),
    "bbc.com": ("Syria: many are killed by blasts - BBC News", "", True),
    "cnn": ("Syria's war: what happened on Sunday - CNN", "Ada Reed", False),
    "reuters": ("Bombs in Homs and Damascus", "Reuters Staff", False),
}
PAGE = """<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{title}</title>
<meta name="author" content="{author}"><meta property="og:title" content="{title}">
<meta property="og:description" content="{description}"><meta property="og:image" content="{picture}">{alt}
<meta property="article:published_time" content="{day}T17:20:00Z"><link rel="canonical" href="{url}">
<script type="application/ld+json">{{"@type": "NewsArticle", "datePublished": "{day}T17:20:00Z"}}</script>
</head><body><nav><a href="/">Home</a></nav>
<article><h1>{title}</h1><p>{description}</p></article></body></html>"""


@override_settings(ROOT_URLCONF="events.tests.admin.stock_admin")
class FiveLinksTests(BrowserTestCase):
    @pytest.fixture(autouse=True)
    def _shared(self, shared_dir: Path):
        text = (shared_dir / "reference" / "context-event-page.md").read_text(encoding="utf-8")
        self.record = next(record for record in read(StringIO(text)) if isinstance(record, EventRecord))

    def setUp(self):
        super().setUp()
        # What the newsroom has published of the story, by which it knows its contexts.
        for mention in self.record.related:
            make_event(mention.headline, date=mention.date, contexts=mention.shared)
        self.contexts = sorted(self.record.contexts)
        self.links = [citation.url for citation in self.record.citations]
        self.assertEqual((len(self.links), len(self.contexts)), (5, 4))
        places = site(self.serve)
        places.__enter__()
        self.addCleanup(places.__exit__, None, None, None)
        self.editor = make_user("Editor")
        self.client.force_login(self.editor)
        session = self.client.cookies["sessionid"].value
        cookie = {"name": "sessionid", "value": session, "url": f"{self.live_server_url}/admin/"}
        self.page.context.add_cookies([cookie])
        self.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        self.page.set_viewport_size(WIDE)

    def serve(self, connection: socket.socket, request: bytes) -> None:
        """The page of each of the addresses, and the picture."""
        host = re.search(rb"Host: (\S+)", request)[1].decode()
        known = [facts for name, facts in PAGES.items() if name in host]
        if not known:
            connection.sendall(answer(PICTURE, kind="image/jpeg"))
            return
        title, author, is_told = known[0]
        values = {
            "title": title, "author": author, "day": self.record.date, "url": f"http://{host}/page",
            "description": self.record.summary if is_told else f"What is known of it, by {host}.",
            "picture": self.record.cover.source_url if is_told else "/picture.jpg",
            "alt": f'<meta property="og:image:alt" content="{ALT}">' if is_told else "",
        }  # fmt: skip
        connection.sendall(answer(PAGE.format(**values).encode(), kind="text/html; charset=utf-8"))

    def facts(self) -> dict:
        """What of the entry readers get."""
        with TURN:
            event = Event.objects.select_related("cover").get(headline=self.record.headline)
            cover = event.cover
            rows = event.citations.values_list(
                "label", "url", "agency", "carrier", "published_on", "accessed_on", "language"
            )
            return {
                "summary": event.summary, "day": event.date, "is_public": event.is_public(),
                "contexts": sorted(row.tag.name for row in event.taggings.select_related("tag")),
                "citations": list(rows),
                "cover": (bool(cover.file), cover.source_url, cover.alt, cover.credit, cover.licence),
            }  # fmt: skip

    def finish(self, hands: Hands, name: str) -> dict:
        expect(self.page.locator(".messagelist .success")).to_be_visible()
        found = self.facts()
        print(f"{name}: {len(hands.done)} actions: {'; '.join(hands.done)}")  # noqa: T201
        with TURN:
            # The next one begins with nothing, too.
            Event.objects.filter(headline=self.record.headline).delete()
            SourcePage.objects.all().delete()
            Image.objects.all().delete()
        return found

    def write(self, hands: Hands) -> None:
        """What is done with keys in either way: sources, text, what they propose, contexts."""
        page = self.page
        page.wait_for_url("**/add/")
        page.wait_for_load_state("load")
        expect(page.locator("#id_pasted")).to_be_focused()
        hands.paste("\n".join(self.links))
        expect(page.locator("#id_headline")).to_be_focused()
        hands.type(self.record.headline)
        expect(page.locator(".source-status")).to_have_text("All pages have been looked at.")
        hands.press("Control+Enter", "take what the sources propose")
        for number in range(4):
            expect(page.locator("ol.names-chosen li")).to_have_count(number)
            page.locator("context-offers .offers .offer").first.wait_for()
            hands.press("Alt+Enter", "add the context")

    def by_mouse_and_keys(self) -> tuple[dict, int]:
        page, hands = self.page, Hands(self.page)
        page.goto(f"{self.live_server_url}/admin/")
        hands.click(page.get_by_role("link", name="New event").first)
        self.write(hands)
        hands.click(page.get_by_role("button", name="Fetch this picture"))
        expect(page.locator("#id_cover")).not_to_have_value("")
        hands.choose(page.get_by_label("Licence:"), LICENCE)
        hands.press("Control+Shift+Enter", "publish")
        return self.finish(hands, "At the desk"), len(hands.done)

    def by_keyboard(self) -> tuple[dict, int]:
        page, hands = self.page, Hands(self.page)
        page.goto(f"{self.live_server_url}/admin/")
        hands.tab_to(page.get_by_role("link", name="New event").first)
        hands.press("Enter", "new event")
        self.write(hands)
        hands.tab_to(page.locator("[name=cover_file]"), key="Alt+PageDown")
        hands.tab_to(page.get_by_role("button", name="Fetch this picture"))
        hands.press("Enter", "fetch the picture")
        expect(page.locator("#id_cover")).not_to_have_value("")
        hands.tab_to(page.get_by_label("Licence:"))
        hands.press(LICENCE[0], "choose the licence")
        hands.press("Control+Shift+Enter", "publish")
        return self.finish(hands, "By keyboard alone"), len(hands.done)

    def in_stock_admin(self, wanted: dict) -> tuple[dict, int]:
        """With the mouse, as fast as it goes; what the desk reads from pages is known by heart."""
        page, hands = self.page, Hands(self.page)
        with TURN:
            # The roles know nothing of rows that only this admin shows.
            self.editor.is_superuser = True
            self.editor.save()
        page.goto(f"{self.live_server_url}/admin/stock/")
        hands.click(page.locator("a[href='/admin/stock/events/event/add/']").first)
        hands.fill(page.locator("#id_headline"), self.record.headline)
        hands.fill(page.locator("#id_summary"), self.record.summary)
        hands.fill(page.locator("#id_date"), self.record.date.isoformat())
        hands.choose(page.locator("#id_state"), "published")
        for words in ("Today", "Now"):
            hands.click(page.locator(".field-publish_at").get_by_role("link", name=words))
        hands.click(page.locator("#taggings-group .add-row :is(a, button)"))
        for number, name in enumerate(self.contexts):
            hands.choose(page.locator(f"#id_taggings-{number}-tag"), name)
        for _more in range(2):
            hands.click(page.locator("#citations-group .add-row :is(a, button)"))
        for number, (label, url, _agency, _carrier, *days, language) in enumerate(wanted["citations"]):
            field = f"#id_citations-{number}-"
            hands.fill(page.locator(f"{field}label"), label)
            hands.click(page.locator(f"{field}url"), "field")
            hands.paste(url)
            for name, day in zip(("published_on", "accessed_on"), days, strict=True):
                hands.fill(page.locator(field + name), day.isoformat())
            hands.fill(page.locator(f"{field}language"), language)
        with page.expect_popup() as opened:
            hands.click(page.locator("#add_id_cover"), "add a picture")
        main, page, hands.page = page, opened.value, opened.value
        _file, address, alt, credit, _licence = wanted["cover"]
        hands.choose(page.locator("#id_file"), {"name": "a.jpg", "mimeType": "image/jpeg", "buffer": PICTURE})
        hands.click(page.locator("#id_source_url"), "field")
        hands.paste(address)
        for name, text in (("alt", alt), ("credit", credit), ("licence", wanted["cover"][-1])):
            hands.fill(page.locator(f"#id_{name}"), text)
        hands.click(page.locator("[name=_save]"), "save")
        hands.page = main
        expect(main.locator("#id_cover")).not_to_have_value("")
        hands.click(main.locator("[name=_save]"), "save")
        return self.finish(hands, "In a stock admin"), len(hands.done)

    def test_what_it_costs(self):
        entry, actions = self.by_mouse_and_keys()
        by_keyboard, pressed = self.by_keyboard()
        stock, stock_actions = self.in_stock_admin(entry)
        self.assertEqual(entry["contexts"], self.contexts)
        self.assertEqual((entry["summary"], entry["day"]), (self.record.summary, self.record.date))
        self.assertTrue(entry["is_public"])
        self.assertEqual([row[1] for row in entry["citations"]], self.links)
        labels = [citation.label for citation in self.record.citations]
        self.assertEqual([row[0] for row in entry["citations"]], labels)
        self.assertEqual(
            entry["cover"], (True, self.record.cover.source_url, ALT, "BBC", "LicenseRef-Quotation")
        )
        self.assertEqual(by_keyboard, entry)
        self.assertEqual(stock, entry)
        self.assertLessEqual(actions, MOST)
        self.assertGreater(stock_actions, pressed)
        # A form that is not whole yet has no preview, which a browser announces.
        self.assertEqual([told for told in self.complaints if "/preview/" not in told], [])
