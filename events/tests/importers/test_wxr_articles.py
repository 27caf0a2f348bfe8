"""WordPress posts as articles with authors, pictures, dates and old addresses; imported twice, there once."""

import io
from collections import Counter
from datetime import UTC, date, datetime
from pathlib import Path
from unittest.mock import patch

from django.core.management import CommandError, call_command
from django.test import SimpleTestCase, TestCase, override_settings

from events.citations.fetching import Answer, FetchError
from events.importers import wxr
from events.importers.records import ArticleRecord, BylineRecord, CoverRecord
from events.importers.runner import run_import
from events.importers.wxr_pictures import put_in, spell_out, take_out
from events.models import Address, Article, Context, Event, Image, Profile, Revision
from events.tests.factories import picture_bytes

SAMPLE = Path(__file__).parent / "samples" / "wordpress.xml"
POSTS = 500
HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/"
 xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:wp="http://wordpress.org/export/1.2/"><channel><link>https://blog.example</link>
<language>en</language><wp:wxr_version>1.2</wp:wxr_version><wp:base_blog_url>https://blog.example</wp:base_blog_url>
<wp:author><wp:author_login>rana</wp:author_login>
<wp:author_display_name>Rana Haddad</wp:author_display_name></wp:author>
"""


def item(number: int, content: str = "Text.", **changes: str) -> str:
    """A post of the day `number` days into 2015, by one of seven authors, in one of nine categories."""
    day = date.fromordinal(date(2015, 1, 1).toordinal() + number)
    values = {
        "status": "publish", "type": "post", "login": "rana" if number % 7 == 0 else f"author{number % 7}",
        "link": f"https://blog.example/{day:%Y/%m}/post-{number}/", "meta": "",
    } | changes  # fmt: skip
    return f"""<item><title>Post number {number}</title><link>{values["link"]}</link>
<dc:creator>{values["login"]}</dc:creator><content:encoded><![CDATA[{content}]]></content:encoded>
<excerpt:encoded>In short, {number}</excerpt:encoded><wp:post_id>{number}</wp:post_id>
<wp:post_date>{day} 08:00:00</wp:post_date><wp:post_date_gmt>{day} 07:00:00</wp:post_date_gmt>
<wp:post_modified_gmt>{day} 09:00:00</wp:post_modified_gmt><wp:post_name>post-{number}</wp:post_name>
<wp:status>{values["status"]}</wp:status><wp:post_type>{values["type"]}</wp:post_type>
<category domain="category" nicename="c{number % 9}">Category {number % 9}</category>
<category domain="post_tag" nicename="t">Tag</category>{values["meta"]}</item>
"""


def attachment(number: int, url: str, alt: str) -> str:
    return f"""<item><title>x</title><wp:post_id>{number}</wp:post_id><wp:post_type>attachment</wp:post_type>
<wp:attachment_url>{url}</wp:attachment_url><wp:postmeta><wp:meta_key>_wp_attachment_image_alt</wp:meta_key>
<wp:meta_value>{alt}</wp:meta_value></wp:postmeta></item>
"""


def export(*items: str) -> bytes:
    return (HEAD + "".join(items) + "</channel></rss>").encode()


def import_bytes(content: bytes, **options) -> Counter:
    return run_import("wxr", io.BytesIO(content), path="blog.xml", **options).counts


class ArticleRecordTests(SimpleTestCase):
    def test_the_sample(self):
        records = list(wxr.read(io.BytesIO(SAMPLE.read_bytes()), path="w"))
        post = next(record for record in records if isinstance(record, ArticleRecord))
        self.assertEqual((post.import_ref, post.date), ("wxr:blog.example/?p=12", date(2016, 2, 21)))
        self.assertEqual(post.first_published_at, datetime(2016, 2, 22, 7, 30, tzinfo=UTC))
        self.assertEqual((post.slug, post.old_addresses), ("brücke", ["/2016/02/brücke/"]))
        self.assertEqual((post.deck, post.contexts), (r"Short & \*sweet\*", ["Bridges", "Harbour"]))
        self.assertEqual(post.cover.source_url, "https://blog.example/bridge.jpg")

    def test_pictures_captions_and_galleries(self):
        content = (
            'Before\n\n[caption id="a"]<a href="/b"><img src="/one.jpg" alt="One"></a>'
            " Its *words*[/caption]\n\n"
            '<figure><img src="https://b.example/two.png"><figcaption>Two <b>words</b></figcaption></figure>'
            '[gallery ids="7,8"]<blockquote><img src="three.gif" alt="Three"></blockquote>'
        )
        source = export(
            attachment(7, "https://blog.example/seven.jpg", "Seven &amp; more"),
            item(1, content, login="rana"),
        )
        (post,) = (row for row in wxr.read(io.BytesIO(source)) if isinstance(row, ArticleRecord))
        self.assertEqual(post.bylines, [BylineRecord("Rana Haddad")])
        self.assertEqual(
            post.pictures,
            [
                CoverRecord(
                    "https://blog.example/one.jpg",
                    alt="One",
                    caption="Its \\*words\\*",
                    credit="blog.example",
                ),
                CoverRecord(
                    "https://b.example/two.png",
                    is_decorative=True,
                    caption="Two words",
                    credit="blog.example",
                ),
                CoverRecord("https://blog.example/seven.jpg", alt="Seven & more", credit="blog.example"),
                CoverRecord(
                    "https://blog.example/2015/01/post-1/three.gif", alt="Three", credit="blog.example"
                ),
            ],
        )
        self.assertIn("::: picture https://blog.example/one.jpg\nIts \\*words\\*\n:::", post.body)
        self.assertIn("::: picture https://blog.example/seven.jpg\n:::", post.body)
        # No block can stand in a quotation.
        self.assertIn("> [Three](https://blog.example/2015/01/post-1/three.gif)", post.body)

    def test_a_moment_that_some_zones_lack_costs_only_its_post(self):
        posts = item(1).replace("2015-01-02 09:00:00", "0001-01-01 00:00:00"), item(2)
        wrong, right = wxr.read(io.BytesIO(export(*posts)), path="w")
        self.assertEqual(wrong.where, "w#1")
        self.assertIn("0001-01-01", wrong.problem)
        self.assertEqual(right.headline, "Post number 2")

    def test_hostile_shortcodes_take_no_time_to_speak_of(self):
        for source in (
            "[caption]" * 50_000,
            "[gallery " * 50_000,
            '[gallery ids="1"' * 30_000,
            "<figure>" * 50_000,
        ):
            html, pictures = take_out(spell_out(source, {}), base="")
            self.assertEqual((pictures, put_in("⟦0⟧ ⟦999⟧", pictures)), ([], "⟦0⟧ ⟦999⟧"))
            self.assertLessEqual(len(html), len(source))


class FiveHundredPostsTests(TestCase):
    def test_imported_twice_without_duplicates_and_old_addresses_redirect(self):
        content = export(*(item(number) for number in range(POSTS)))
        self.assertEqual(import_bytes(content)["new"], POSTS)
        stored = list(Article.objects.order_by("pk"))
        self.assertEqual(len(stored), POSTS)
        self.assertEqual((Profile.objects.count(), Context.objects.count()), (7, 10))
        again = import_bytes(content)
        self.assertEqual((again["new"], again["updated"], again["unchanged"]), (0, 0, POSTS))
        self.assertEqual((Revision.objects.count(), Address.objects.count()), (POSTS, 2 * POSTS))
        self.assertEqual((Profile.objects.count(), Event.objects.count()), (7, 0))
        for article in stored:
            answer = self.client.get(f"/{article.date:%Y/%m}/{article.slug}/")
            self.assertEqual((answer.status_code, answer["Location"]), (301, article.get_absolute_url()))

    def test_states_and_moments(self):
        import_bytes(
            export(
                item(1, status="draft"), item(2, status="private"), item(3, status="pending"),
                item(4, status="trash"), item(5), item(6, type="page"),
            )
        )  # fmt: skip
        found = dict(Article.objects.values_list("headline", "state"))
        self.assertEqual(
            found,
            {
                "Post number 1": "draft",
                "Post number 2": "draft",
                "Post number 3": "in_review",
                "Post number 5": "published",
            },
        )
        live = Article.objects.get(headline="Post number 5")
        self.assertEqual(live.publish_at, datetime(2015, 1, 6, 7, tzinfo=UTC))
        self.assertEqual(self.client.get("/2015/01/post-1/").status_code, 404)


class FetchedPicturesTests(TestCase):
    URL = "https://blog.example/one.png"

    def content(self) -> bytes:
        meta = "<wp:meta_key>_thumbnail_id</wp:meta_key><wp:meta_value>7</wp:meta_value>"
        inside = (
            f'<p>Before</p><figure><img src="{self.URL}" alt="One"><figcaption>Here</figcaption></figure>'
        )
        return export(
            attachment(7, "https://blog.example/seven.png", "Seven"),
            item(1, inside, meta=f"<wp:postmeta>{meta}</wp:postmeta>"),
        )

    def fetched(self, url: str) -> Answer:
        self.asked.append(url)
        if "gone" in url:
            raise FetchError("missing")
        return Answer(url, 200, picture_bytes((640, 480 if url == self.URL else 400)), "")

    def run_with(self, content: bytes, **options) -> Counter:
        self.asked: list[str] = []
        with patch("events.importers.article_pictures.fetch_picture", self.fetched):
            return import_bytes(
                content, fetch_pictures=True, picture_licence="All rights reserved", **options
            )

    def test_cover_and_pictures_of_the_body_are_stored_and_shown(self):
        self.assertEqual(self.run_with(self.content())["new"], 1)
        self.assertEqual(sorted(self.asked), [self.URL, "https://blog.example/seven.png"])
        article, one = Article.objects.get(), Image.objects.get(source_url=self.URL)
        self.assertIn(f"::: picture {one.digest[:12]}\nHere\n:::", article.body)
        self.assertEqual((article.cover.alt, article.cover.credit), ("Seven", "blog.example"))
        self.assertTrue(article.cover.file)
        page = self.client.get(article.get_absolute_url())
        self.assertContains(page, 'alt="One"')
        self.assertContains(page, "Here")
        # Again: nothing is fetched, nothing is new.
        self.assertEqual(self.run_with(self.content())["unchanged"], 1)
        self.assertEqual(self.asked, [])
        # Without the option what is here stays.
        import_bytes(self.content())
        self.assertIn(one.digest[:12], Article.objects.get().body)
        self.assertEqual(Image.objects.count(), 2)

    def test_without_fetching_a_link_is_left(self):
        import_bytes(self.content())
        self.assertIn(f"[Here]({self.URL})", Article.objects.get().body)
        self.assertEqual(self.run_with(self.content())["updated"], 1)
        self.assertIn("::: picture", Article.objects.get().body)

    def test_a_picture_that_is_gone_is_told(self):
        content = self.content().replace(b"one.png", b"gone.png")
        counts = self.run_with(content)
        self.assertEqual((counts["new"], counts["skipped"]), (1, 1))
        self.assertIn("[Here](https://blog.example/gone.png)", Article.objects.get().body)

    def test_a_dry_run_fetches_nothing(self):
        self.run_with(self.content(), dry_run=True)
        self.assertEqual((self.asked, Article.objects.count()), ([], 0))

    @override_settings(EVENTS_FETCH_SOURCES="0")
    def test_fetching_switched_off_is_told(self):
        with self.assertRaisesMessage(CommandError, "EVENTS_FETCH_SOURCES"):
            call_command("import_events", str(SAMPLE), format="wxr", fetch_pictures=True)
