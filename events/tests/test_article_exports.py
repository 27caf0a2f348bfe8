"""Articles and profiles go out and come in again as the same bytes; nothing hidden does."""

from datetime import UTC, date, datetime
from io import BytesIO, StringIO

from django.core.management import call_command

from events.management.commands.load_demo import DEMO
from events.models import Article, Event, FrontSlot, Image, Profile, ProfileAddress
from events.tests.factories import NOW, make_article, make_context, make_event, make_profile, picture_bytes
from events.tests.test_exports import ODD, ExportTests
from events.workflow.article_snapshots import put_bylines
from events.workflow.edits import editing
from events.workflow.merging import merge_events
from events.workflow.pictures import store_picture

UNTIL = datetime(2999, 1, 1, tzinfo=UTC)


def make_articles() -> None:
    """Articles that use every field there is, of people who do."""
    with (DEMO / "covers" / "canal.jpg").open("rb") as upload:
        cover = store_picture(
            Image(alt="A canal", credit="A. B.", licence="CC0-1.0", crops={"1:1": [0.0, 0.25, 0.5]}), upload
        )
    shown = store_picture(
        Image(alt="A field", caption="At *noon*", credit="C.", licence="CC0-1.0"),
        BytesIO(picture_bytes((640, 480))),
    )
    person = make_profile("Rana: “Haddad” #1", text="Writes about *ports*.\n\n- and: more", picture=shown)
    person.slug = "rana"
    person.save()
    agency = make_profile("The Desk", kind="organisation", url="https://desk.example/a?b=1&c=2")
    first, second = make_event("The first"), make_event("The second", import_ref="second/1")
    article = make_article(
        "[Odd] headline: *stars*, #1 & <tags> \\ #",
        deck="# Not a headline\n\n### Text:\n\nDeck.",
        body=f"{ODD}\nSaid.[^1]\n\n::: picture {shown.digest[:12]}\nIn: *this* text\n:::\n\n"
        f"::: event {first.public_id}\n:::\n\n[^1]: [A (b)](https://e.org/(a))\n",
        kind="explainer", section="Middle East", label="Breaking", label_until=UNTIL,
        agencies="AFP\nAP: & more", language="en", import_ref="odd/article", cover=cover,
        contexts=[make_context("War"), "Peace"], events=[second, first],
        notes=[("correction", "It was *24*: days."), ("update", "- Paid.")],
        updated_at=datetime(2024, 5, 3, 1, 2, 3, 456789, tzinfo=UTC),
    )  # fmt: skip
    with editing(article, now=NOW):
        article.date = date(2024, 5, 2)
        people = [{"slug": row.slug, "name": row.name, "role": ""} for row in (agency, person)]
        people[1]["role"] = "photographs: all"
        put_bylines(article, people)
    FrontSlot.objects.create(article=article, position=2, until=UNTIL)
    # The same day and slug, in another order than that of the alphabet.
    for _again in range(2):
        make_article("A bridge", body="Text.", by_profiles=[person])
    make_article("港口重新开放", language="zh-Hans", body="正文。", label="Stays")


def make_hidden_articles() -> None:
    secret = make_profile("Nobody knows")
    hidden = make_event("A hidden event", state="draft")
    make_article("A draft", state="draft", by_profiles=[secret], contexts=["Secret"], notes=[("update", "x")])
    make_article("Scheduled", publish_at=UNTIL)
    make_article("Tells of what is hidden", body="Text.", events=[hidden])


class ArticleExportTests(ExportTests):
    maxDiff = None

    def import_again(self, name: str, format: str) -> str:
        Article.objects.all().delete()
        Profile.objects.all().delete()
        self.assertFalse(ProfileAddress.objects.exists())
        return super().import_again(name, format)

    def test_lines(self) -> None:
        make_articles()
        self.check("jsonl", "jsonl")

    def test_whole_backup(self) -> None:
        make_articles()
        make_hidden_articles()
        self.check("jsonl", "jsonl", include_unpublished=True)
        slot = FrontSlot.objects.get()
        self.assertEqual((slot.position, slot.until), (2, UNTIL))
        self.assertEqual(Article.objects.filter(state="draft").count(), 1)

    def test_pages(self) -> None:
        make_articles()
        make_hidden_articles()
        self.check("context", "md")

    def test_pages_are_the_same_after_a_trip_through_lines(self) -> None:
        make_articles()
        pages = self.export("pages", "md")
        self.export("lines", "jsonl")
        self.import_again("lines", "jsonl")
        self.assertEqual(self.export("again", "md"), pages)

    def test_what_was_merged_leads_on_after_a_trip(self) -> None:
        gone, stays = make_event("Bridge opened"), make_event("A bridge is opened")
        article = make_article("Crossings", body=f"::: event {gone.public_id}\n:::")
        merge_events(gone, into=stays, now=NOW)
        for name, importer, format, options in (
            ("whole", "jsonl", "jsonl", {"include_unpublished": True}),
            ("lines", "jsonl", "jsonl", {}),
            ("pages", "context", "md", {}),
        ):
            first = self.export(name, format, **options)
            Event.objects.update(merged_into=None)
            self.assertIn("0 skipped, 0 invalid", self.import_again(name, importer))
            self.assertEqual(self.export(f"{name}-again", format, **options), first)
            for path in ("/news/2024/05/01/bridge-opened/", f"/e/{gone.public_id}/"):
                self.assertEqual(self.client.get(path)["Location"], stays.get_absolute_url(), (name, path))
            self.assertContains(self.client.get(article.get_absolute_url()), stays.get_absolute_url())

    def test_files_are_what_the_site_serves(self) -> None:
        make_articles()
        for format in ("json", "xml"):
            for name, text in self.export(format, format).items():
                if name.startswith(("opinion", "profiles")):
                    served = self.client.get(f"/{name}")
                    self.assertEqual(text.decode(), served.content.decode(), name)

    def test_nothing_hidden_is_told(self) -> None:
        make_hidden_articles()
        hidden = (b"A draft", b"Scheduled", b"hidden event", b"Nobody knows", b"Secret")
        for name, format in (("lines", "jsonl"), ("pages", "md"), ("json", "json"), ("xml", "xml")):
            files = self.export(name, format)
            self.assertTrue(any(b"Tells of what" in text for text in files.values()), format)
            for file, text in files.items():
                for words in hidden:
                    self.assertNotIn(words, text, file)

    def test_an_article_that_an_editor_changed_stays(self) -> None:
        make_articles()
        self.export("lines", "jsonl")
        self.import_again("lines", "jsonl")
        article = Article.objects.get(import_ref="odd/article")
        with editing(article) as changed:
            changed.deck = "Changed here."
        text = (self.folder / "lines" / "events.jsonl").read_text()
        (self.folder / "lines" / "events.jsonl").write_text(
            text.replace('"section":"Middle East"', '"section":"World"')
        )
        self.assertIn("1 skipped", self.import_over("lines", "jsonl"))
        self.assertEqual(Article.objects.get(pk=article.pk).deck, "Changed here.")

    def test_a_dry_run_writes_nothing(self) -> None:
        make_articles()
        self.export("lines", "jsonl")
        Article.objects.all().delete()
        Profile.objects.all().delete()
        out = StringIO()
        call_command("import_events", str(self.folder / "lines"), format="jsonl", dry_run=True, stdout=out)
        self.assertIn("6 new", out.getvalue())
        self.assertFalse(Article.objects.exists() or Profile.objects.exists())
