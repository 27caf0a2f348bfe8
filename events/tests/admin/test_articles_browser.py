"""The agency article of the reference, entered through the admin, as its page, formats and feeds show it.

Its text is other people's and read where it lies.
"""

import json
import re
from pathlib import Path

import pytest
from playwright.sync_api import expect
from selectolax.lexbor import LexborHTMLParser as HTMLParser

from events.importers.runner import run_import
from events.models import Article, Event, Image, Profile
from events.tests.admin.test_pictures_browser import DeskCase
from events.tests.factories import picture_bytes

DAY = "2016-02-21"
AGENCIES = ["AFP", "AP", "Reuters", "TASS", "Interfax"]
OVERRULED = ("There is no deck",)


class Reference:
    """The parts of the reference page, each as it stands there."""

    def __init__(self, file: Path) -> None:
        lines = [line.strip() for line in file.read_text(encoding="utf-8").split("\n")]
        lines = [line for line in lines if line]
        end = next(place for place, line in enumerate(lines) if line.startswith("With reporting by"))
        _skip_links, self.label, self.headline, self.caption = lines[:4]
        self.paragraphs = lines[4:end]
        self.reporting = lines[end]
        self.profile = lines[-1]


@pytest.mark.browser
class ReferenceArticleTests(DeskCase):
    @pytest.fixture(autouse=True)
    def _shared(self, shared_dir: Path, tmp_path: Path):
        self.reference = Reference(shared_dir / "reference" / "article-page.txt")
        self.pair = shared_dir / "reference" / "pair.jsonl"
        self.picture = tmp_path / "homs.png"
        self.picture.write_bytes(picture_bytes((1280, 800)))

    def setUp(self):
        super().setUp()
        with self.pair.open("rb") as stream:
            run_import("jsonl", stream, path="pair.jsonl")
        self.homs, self.truce = (Event.objects.get(import_ref=name) for name in ("homs", "truce"))

    def test_every_element_stands_on_the_page_in_order(self):
        self.assertEqual(len(self.reference.paragraphs), 22)
        self.write_profile()
        self.write_article()
        article = Article.objects.get()
        self.assertTrue(article.is_public())
        self.assert_page(article)
        self.assert_formats(article)
        for event in (self.homs, self.truce):
            page = self.client.get(event.get_absolute_url())
            self.assertContains(page, f'href="{article.get_absolute_url()}"')

    def write_profile(self) -> None:
        page = self.page
        self.open("/admin/events/image/add/")
        page.locator("#id_file").set_input_files(self.picture)
        page.locator("#id_is_decorative").check()
        page.locator("#id_credit").fill("RFE/RL")
        page.locator("#id_licence").select_option("LicenseRef-Own")
        page.get_by_role("button", name="Save", exact=True).click()
        expect(page.locator(".messagelist .success")).to_be_visible()
        self.open("/admin/events/profile/add/")
        page.locator("#id_kind").select_option("organisation")
        page.locator("#id_name").fill("RFE/RL")
        page.locator("#id_text").fill(self.reference.profile)
        page.locator("#id_picture").fill(str(Image.objects.get().pk))
        page.get_by_role("button", name="Save", exact=True).click()
        expect(page.locator(".messagelist .success")).to_be_visible()

    def write_article(self) -> None:
        page = self.page
        self.open("/admin/events/article/add/")
        page.locator("#id_headline").fill(self.reference.headline)
        page.locator("#id_date").fill(DAY)
        self.pick("Find a person", "rfe", "RFE/RL")
        self.pick("Find an event", "Homs", self.homs.public_id)
        self.pick("Find an event", self.truce.public_id, self.truce.public_id)
        self.pick("Find a context", "Syria", "Syria")
        page.locator("#id_label").fill(self.reference.label)
        page.locator("#id_label_until").fill("2999-01-01T00:00")
        page.locator("#id_section").fill("Syria")
        page.locator("#id_kind").select_option("report")
        page.locator("#id_body").fill("\n\n".join(self.reference.paragraphs))
        page.locator("#id_agencies").fill("\n".join(AGENCIES))
        page.locator("#id_cover_file").set_input_files(self.picture)
        page.locator("#id_cover_alt").fill("Soldiers before burnt cars")
        page.locator("#id_cover_caption").fill(self.reference.caption)
        page.locator("#id_cover_credit").fill("AFP")
        page.locator("#id_cover_licence").select_option("LicenseRef-Agency")
        for words in OVERRULED:
            row = page.locator(".check", has_text=words)
            row.get_by_role("checkbox").check()
        page.get_by_role("button", name="Publish now").click()
        expect(page.locator(".messagelist .success")).to_be_visible()

    def pick(self, name: str, typed: str, option: str) -> None:
        field = self.page.get_by_role("combobox", name=name)
        field.fill(typed)
        expect(self.page.get_by_role("option").filter(has_text=option).first).to_be_visible()
        self.page.get_by_role("option").filter(has_text=option).first.click()
        expect(field).to_have_value("")

    def assert_page(self, article: Article) -> None:
        self.open(article.get_absolute_url())
        expect(self.page.get_by_role("heading", level=1)).to_have_text(self.reference.headline)
        html = self.client.get(article.get_absolute_url()).content.decode()
        tree = HTMLParser(html)
        label = tree.css_first(".article-labels a")
        self.assertEqual(
            (label.text(), label.attributes["href"]), (self.reference.label, "/opinion/?section=Syria")
        )
        self.assertEqual([p.text() for p in tree.css(".article-text > p")], self.reference.paragraphs)
        figure = tree.css_first("figure")
        self.assertIn(self.reference.caption, figure.text())
        self.assertIn("AFP", figure.text())
        image = figure.css_first("img").attributes
        self.assertEqual(image["alt"], "Soldiers before burnt cars")
        self.assertEqual(int(image["width"]) * 9, int(image["height"]) * 16)
        profile = tree.css_first(".profile-box")
        self.assertEqual(profile.css_first(".prose").text().strip(), self.reference.profile)
        self.assertTrue(profile.css_first("img"))
        in_order = ['class="skip', self.reference.label, "<h1", "<figure", "<figcaption"]
        in_order += ['class="prose article-text"', self.reference.reporting, 'class="profile-box"']
        places = [html.index(words, html.index("<body")) for words in in_order]
        self.assertEqual(places, sorted(places))

    def assert_formats(self, article: Article) -> None:
        """Every paragraph to the byte; in HTML within a format, as text."""
        address = article.get_absolute_url().rstrip("/")
        body = "\n\n".join(self.reference.paragraphs)
        profile = Profile.objects.get()
        self.assertIn(body, self.client.get(f"{address}.md").content.decode())
        data = json.loads(self.client.get(f"{address}.json").content)["article"]
        self.assertEqual((data["body"], data["agencies"]), (body, AGENCIES))
        self.assertEqual(data["label"], self.reference.label)
        self.assertEqual([row["name"] for row in data["bylines"]], [profile.name])
        self.assertEqual([row["id"] for row in data["events"]], [self.homs.public_id, self.truce.public_id])
        self.assertEqual(data["cover"]["caption"], self.reference.caption)
        texts = [self.client.get(f"{address}.xml").content.decode()]
        texts += [self.client.get(f"/feeds/opinion.{ext}").content.decode() for ext in ("rss", "atom")]
        texts.append(json.loads(self.client.get("/feeds/opinion.json").content)["items"][0]["content_html"])
        for text in texts:
            plain = re.sub(r"\s+", " ", HTMLParser(HTMLParser(text).text()).text())
            for paragraph in self.reference.paragraphs:
                self.assertIn(paragraph, plain)
