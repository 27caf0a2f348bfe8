"""The library of pictures: uploads, proposals, crops, uses, copies, and what publishing asks for."""

from dataclasses import replace
from io import BytesIO
from unittest import mock

from django.contrib.auth import get_user_model
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.http import HttpResponse
from django.test import TestCase
from django.test.utils import CaptureQueriesContext
from PIL import Image as PillowImage

from events.admin.picture_form import OwnCropField
from events.admin.widgets import LicenceSelect
from events.citations import fetching
from events.images.crops import OwnCrop
from events.models import Event, Image, SiteStamp
from events.tests.admin.test_events import READY, change, form_of
from events.tests.citations.servers import answer, sending, site
from events.tests.factories import make_article, make_cover, make_event, make_profile, picture_bytes
from events.tests.images.test_likeness import scene
from events.tests.images.test_metadata import XMP
from events.tests.workflow.test_permissions import make_user

LIBRARY = "/admin/events/image/"
UPLOAD = f"{LIBRARY}upload/"
ADD = f"{LIBRARY}add/"


def page_of(image: Image) -> str:
    return f"{LIBRARY}{image.pk}/change/"


def jpeg(seed: int, size: tuple[int, int] = (640, 480), quality: int = 80) -> bytes:
    buffer = BytesIO()
    scene(seed, size).save(buffer, "JPEG", quality=quality)
    return buffer.getvalue()


class LibraryCase(TestCase):
    def setUp(self):
        self.client.force_login(make_user("Editor"))

    def upload(self, *files: bytes, path: str = UPLOAD):
        uploads = [SimpleUploadedFile(f"p{number}.jpg", data) for number, data in enumerate(files)]
        return self.client.post(path, {"files": uploads})

    def save(self, image: Image, **changes: str):
        form = self.client.get(page_of(image)).context["adminform"].form
        data = {bound.name: bound.value() for bound in form if bound.name != "file"}
        data = {name: value for name, value in data.items() if value not in (None, False)} | changes
        return self.client.post(page_of(image), data)


class UploadTests(LibraryCase):
    def test_several_at_once_and_each_by_itself(self):
        response = self.upload(jpeg(1), b"<svg/>", jpeg(2))
        self.assertEqual(Image.objects.count(), 2)
        self.assertContains(response, "p1.jpg: This is not a JPEG, PNG, WebP, AVIF or GIF picture.")
        self.assertContains(response, "Describe: p0.jpg")

    def test_part_of_the_page_is_answered_as_json(self):
        html = self.upload(jpeg(1), path=f"{UPLOAD}?part=list").json()["html"]
        self.assertIn(page_of(Image.objects.get()), html)

    def test_same_file_is_not_stored_twice(self):
        self.upload(jpeg(1))
        response = self.upload(jpeg(1))
        self.assertEqual(Image.objects.count(), 1)
        self.assertContains(response, "In the library already:")

    def test_copy_is_told(self):
        self.upload(jpeg(1), jpeg(3))
        first = Image.objects.order_by("pk").first()
        response = self.upload(jpeg(1, (320, 240), quality=40))
        self.assertContains(response, "Looks like:")
        self.assertContains(response, page_of(first))
        self.assertContains(self.client.get(page_of(first)), "looks alike")

    def fetch(
        self, data: bytes, address: str = "http://pictures.example/bridge", *, part: str = "page"
    ) -> HttpResponse:
        with site(sending(answer(data, kind="application/octet-stream"))) as reached:
            response = self.client.post(f"{UPLOAD}?part={part}", {"address": address})
        self.reached = reached
        return response

    def test_is_fetched_from_its_address_which_is_kept(self):
        response = self.fetch(jpeg(5))
        self.assertEqual(Image.objects.get().source_url, "http://pictures.example/bridge")
        self.assertContains(response, "Describe: http://pictures.example/bridge")
        self.assertContains(self.fetch(jpeg(5)), "In the library already:")

    def test_what_the_form_of_an_entry_is_told(self):
        facts = self.fetch(jpeg(5), part="last").json()
        picture = Image.objects.get()
        self.assertEqual((facts["pk"], facts["is_known"], facts["problem"]), (picture.pk, False, ""))
        self.assertIn("<img", facts["thumbnail"])
        Image.objects.update(alt="A bridge")
        facts = self.fetch(jpeg(5), part="last").json()
        self.assertEqual((facts["alt"], facts["is_known"]), ("A bridge", True))
        self.assertTrue(self.fetch(b"<svg/>", part="last").json()["problem"])

    def test_what_is_fetched_is_trusted_no_more_than_an_upload(self):
        for odd in (b"<svg/>", b"<html><script>alert(1)</script>", jpeg(5)[:2000], b""):
            self.assertContains(self.fetch(odd), "errornote")
        self.assertFalse(Image.objects.exists())

    def test_nothing_is_fetched_from_our_own_network(self):
        for address in (
            "http://127.0.0.1/a.jpg",
            "http://10.0.0.1/",
            "file:///etc/passwd",
            "http://[::1]/",
            "x",
        ):
            with self.subTest(address):
                self.assertContains(self.fetch(jpeg(5), address), "errornote")
                self.assertEqual(self.reached, [])
        self.assertFalse(Image.objects.exists())

    def test_more_than_is_taken_is_not_read(self):
        with mock.patch.object(fetching, "PICTURE", replace(fetching.PICTURE, most_bytes=1000)):
            self.assertContains(self.fetch(jpeg(5)), "The picture is damaged.")

    def test_without_a_file(self):
        self.assertContains(self.client.post(UPLOAD), "No file was chosen.")

    def test_names_are_escaped(self):
        upload = SimpleUploadedFile("x", b"no picture")
        upload._name = "<script>alert(1)</script>"
        self.assertNotContains(self.client.post(UPLOAD, {"files": upload}), "<script>alert")

    def test_needs_the_right_and_a_post(self):
        self.assertEqual(self.client.get(UPLOAD).status_code, 403)
        self.client.force_login(get_user_model().objects.create_user("guest", is_staff=True))
        self.assertEqual(self.upload(jpeg(1)).status_code, 403)
        self.assertFalse(Image.objects.exists())


class DescriptionTests(LibraryCase):
    def test_proposals_of_the_file_wait_for_the_editor(self):
        self.upload(picture_bytes(kind="JPEG", xmp=XMP.encode()))
        image = Image.objects.get()
        self.assertEqual((image.credit, image.alt, image.taken_on), ("", "", None))
        response = self.client.get(page_of(image))
        self.assertContains(response, "Proposed by the file: check it.", count=7)
        self.assertContains(response, "Ada Reed/Reuters")
        self.assertEqual(self.save(image, credit="Ada Reed").status_code, 302)
        image.refresh_from_db()
        self.assertEqual((image.credit, image.alt), ("Ada Reed", "Burnt cars"))
        self.assertEqual(image.people, "Ben Okri\nCleo Wu")
        self.assertEqual((image.taken_on.isoformat(), image.licence), ("2016-02-21", "CC-BY-4.0"))
        self.assertNotContains(self.client.get(page_of(image)), "Proposed by the file: check it.")

    def test_hostile_proposals_are_escaped(self):
        self.upload(picture_bytes(kind="JPEG", xmp=XMP.replace("Burnt", "&lt;b onclick=x&gt;").encode()))
        response = self.client.get(page_of(Image.objects.get()))
        self.assertContains(response, "&lt;b onclick=x&gt;")
        self.assertNotContains(response, "<b onclick")

    def test_imported_licence_stays_choosable(self):
        html = LicenceSelect().render("licence", "By courtesy of the museum")
        self.assertInHTML(
            '<option value="By courtesy of the museum" selected>By courtesy of the museum</option>', html
        )
        self.assertNotIn("museum", LicenceSelect().render("licence", "CC0-1.0"))

    def test_source_has_to_be_a_web_address(self):
        response = self.save(make_cover(), source_url="javascript:alert(1)")
        self.assertContains(response, "Give an address that begins with http:// or https://.")

    def test_needs_a_file_or_an_address(self):
        linked = Image.objects.create(source_url="https://a.example/1.jpg", alt="A slope")
        response = self.save(linked, source_url="")
        self.assertContains(response, "Upload a file or give the source address.")
        response = self.client.post(ADD, {"alt": "A slope", "focal_x": "0.5", "focal_y": "0.5"})
        self.assertContains(response, "Upload a file or give the source address.")

    def test_chosen_file_that_an_error_drops_is_asked_for_again(self):
        upload = SimpleUploadedFile("a.png", picture_bytes(), "image/png")
        response = self.client.post(ADD, {"file": upload, "focal_x": "0.5", "focal_y": "0.5"})
        self.assertContains(response, "Choose the file once more")

    def test_searches_all_that_is_said(self):
        make_cover(picture_bytes((70, 50)), people="Ada Reed", alt="A")
        make_cover(picture_bytes((71, 50)), place="Homs", alt="B")
        for query, found in (("reed", "A"), ("homs", "B")):
            shown = self.client.get(LIBRARY, {"q": query}).context["cl"].result_list
            self.assertEqual([image.alt for image in shown], [found])

    def test_filters(self):
        told = make_cover(picture_bytes((70, 50)))
        bare = make_cover(picture_bytes((71, 50)), credit="")
        linked = Image.objects.create(source_url="https://e.org/a.jpg")
        make_event(cover=told)
        for query, expected in (
            ("described=yes", {told}), ("described=no", {bare, linked}), ("used=yes", {told}),
            ("used=no", {bare, linked}), ("stored=no", {linked}), ("stored=yes", {told, bare}),
        ):  # fmt: skip
            shown = self.client.get(f"{LIBRARY}?{query}").context["cl"].result_list
            self.assertEqual(set(shown), expected, query)


class UseTests(LibraryCase):
    def test_entries_are_counted_and_listed(self):
        image = make_cover()
        for number in range(3):
            make_event(f"Event {number}", cover=image)
        self.assertContains(self.client.get(LIBRARY), "shown on 3 entries")
        response = self.client.get(page_of(image))
        for event in Event.objects.all():
            self.assertContains(response, f"/admin/events/event/{event.pk}/change/")

    def test_covers_and_texts_of_articles_and_profiles(self):
        image = make_cover()
        profile = make_profile(picture=image)
        covered, told = (
            make_article("One", cover=image),
            make_article("Two", body=f":::picture  {image.digest[:12]}\n:::"),
        )
        self.assertContains(self.client.get(LIBRARY), "shown on 2 entries")
        response = self.client.get(page_of(image))
        for place in (f"article/{covered.pk}", f"article/{told.pk}", f"profile/{profile.pk}"):
            self.assertContains(response, f"/admin/events/{place}/change/")
        self.assertContains(response, "in the text, 2024-05-01")

    def test_list_costs_the_same_for_many(self):
        counts = []
        for number in (1, 12):
            for count in range(number):
                make_event(cover=make_cover(picture_bytes((60 + count, 50))))
            with self.subTest(number):
                self.client.get(LIBRARY)
                with self.assertNumQueries(6) as queries:
                    self.client.get(LIBRARY)
                counts.append(len(queries))
        self.assertEqual(len(set(counts)), 1)


class PublishedTests(LibraryCase):
    """A picture that readers see."""

    def setUp(self):
        super().setUp()
        self.image = make_cover()

    def stored(self) -> Image:
        return Image.objects.get(pk=self.image.pk)

    def test_is_read_only_to_reporters_wherever_it_is_shown(self):
        self.client.force_login(make_user("Reporter"))
        draft = make_event("Draft", state="draft", cover=self.image)
        self.assertEqual(self.save(self.image, caption="Mine").status_code, 302)
        draft.delete()
        for shown in (
            lambda: make_event(cover=self.image),
            lambda: make_article(cover=self.image),
            lambda: make_article(body=f"::: picture {self.image.digest[:8]}\n:::"),
            lambda: make_profile(picture=self.image),
        ):
            place = shown()
            page = self.client.get(page_of(self.image))
            self.assertEqual(page.status_code, 200)
            self.assertNotContains(page, 'name="caption"')
            self.assertEqual(self.client.post(page_of(self.image), {"caption": "Theirs"}).status_code, 403)
            place.delete()
        self.assertEqual(self.stored().caption, "Mine")

    def test_is_looked_for_once_on_a_page(self):
        self.client.force_login(make_user("Reporter"))
        make_profile(picture=self.image)
        with CaptureQueriesContext(connection) as made:
            self.client.get(page_of(self.image))
        asked = [query["sql"] for query in made if "events_profile" in query["sql"]]
        self.assertEqual(len([sql for sql in asked if "LIMIT 1" in sql]), 1)

    def test_what_publishing_asks_for_cannot_be_emptied(self):
        make_event(cover=self.image)
        self.assertContains(self.save(self.image, credit="", licence=""), "cannot be left empty", count=2)
        self.assertEqual(self.save(self.image, caption="Better").status_code, 302)
        Image.objects.update(credit="")
        # What an import left out may wait.
        self.assertEqual(self.save(self.stored(), caption="Best").status_code, 302)

    def choose(self, **changes: str):
        page = self.client.get("/admin/events/event/add/")
        data = {"headline": "Mine", "date": "2024-05-01", "cover": str(self.image.pk)}
        return self.client.post("/admin/events/event/add/", form_of(page, **data | changes))

    def test_keeps_its_words_in_the_draft_of_a_reporter(self):
        make_event(cover=self.image)
        self.client.force_login(make_user("Reporter"))
        for button in ("_save", "_keep_draft"):
            page = self.choose(cover_caption="Theirs", cover_alt="Other words", **{button: "1"})
            self.assertContains(page, "ask an editor, or upload it anew", count=2)
            self.assertEqual(form_of(page)["cover_caption"], "Theirs")
        self.assertEqual(self.stored().caption, "")
        self.assertFalse(Event.objects.filter(headline="Mine").exists())
        self.assertEqual(self.choose(cover_alt=self.image.alt).status_code, 302)
        self.assertEqual(Event.objects.get(headline="Mine").cover, self.stored())

    def test_keeps_what_readers_need_in_any_draft(self):
        make_event(cover=self.image)
        draft = make_event("Draft", state="draft", cover=self.image)
        page = self.client.get(change(draft))
        answer = self.client.post(change(draft), form_of(page, cover_credit=""))
        self.assertContains(answer, "cannot be left empty")
        self.assertEqual(self.stored().credit, "The newsroom")

    def test_the_same_file_anew_does_not_change_the_text_of_an_article(self):
        article = make_article(body=f"::: picture {self.image.digest[:8]}\n:::")
        make_cover(alt="Of another")
        self.assertContains(self.client.get(article.get_absolute_url()), self.image.alt)


class FramingTests(LibraryCase):
    def test_own_crop_is_cut(self):
        image = make_cover(picture_bytes((64, 192)))
        before = {found.ratio: found.name for found in image.stored}
        serial = SiteStamp.objects.get().serial if SiteStamp.objects.exists() else 0
        self.save(image, crop_1x1="0 60 50", focal_y="0.7")
        stored = Image.objects.get(pk=image.pk)
        self.assertEqual(stored.crops, {"1:1": [0.0, 0.6, 0.5]})
        after = {found.ratio: found for found in stored.stored}
        self.assertEqual((after["1:1"].width, after["1:1"].height), (32, 32))
        self.assertNotEqual(after["1:1"].name, before["1:1"])
        self.assertEqual(after["full"].name, before["full"])
        self.assertGreater(SiteStamp.objects.get().serial, serial)
        self.assertContains(self.client.get(page_of(image)), 'value="0 60 50"')

    def test_unchanged_crop_makes_nothing_anew(self):
        image = make_cover(picture_bytes((64, 192)), crops={"1:1": [0.0, 0.6, 0.5]})
        listing = image.renditions
        self.save(image, caption="Another")
        stored = Image.objects.get(pk=image.pk)
        self.assertEqual((stored.renditions, stored.crops), (listing, {"1:1": [0.0, 0.6, 0.5]}))

    def test_what_is_no_crop_is_told(self):
        field = OwnCropField()
        self.assertEqual(field.clean("20, 10, 60%"), OwnCrop(0.2, 0.1, 0.6))
        self.assertIsNone(field.clean("  "))
        image = make_cover()
        for wrong in ("1 2", "a b c", "0 0 5", "-1 0 50", "0 0 101", "nan 0 50", "1e400 0 50"):
            with self.subTest(wrong):
                self.assertTrue(self.save(image, crop_16x9=wrong).context["adminform"].form.errors)


class PublishingTests(LibraryCase):
    def test_publishing_asks_for_words_author_and_right(self):
        image = make_cover(alt="", credit="", licence="")
        event = make_event(state="draft", cover=image)
        path = f"/admin/events/event/{event.pk}/change/"
        form = self.client.get(path).context["adminform"].form
        data = {bound.name: bound.value() or "" for bound in form if bound.name != "cover_file"}
        data |= {"citations-TOTAL_FORMS": "0", "citations-INITIAL_FORMS": "0", "_to_publish": "1"}
        errors = self.client.post(path, data).context["adminform"].form.errors
        self.assertLessEqual({"cover_alt", "cover_credit", "cover_licence"}, set(errors))
        data |= {"cover_alt": "A slope", "cover_credit": "Ada Reed", "cover_licence": "CC0-1.0"} | READY
        self.assertEqual(self.client.post(path, data).status_code, 302)
        event.refresh_from_db()
        self.assertEqual(event.state, Event.State.PUBLISHED)

    def test_drafts_may_wait(self):
        image = make_cover(credit="", licence="")
        event = make_event(state="draft", cover=image)
        self.assertEqual(event.state, Event.State.DRAFT)
        self.assertEqual(image.missing(), ["credit", "licence"])

    def test_decorative_picture_needs_no_words(self):
        self.assertEqual(Image(is_decorative=True, credit="A", licence="CC0-1.0").missing(), [])

    def test_picture_opens_in_pillow_as_it_is_kept(self):
        self.upload(jpeg(4))
        image = Image.objects.get()
        with image.file.open() as file:
            self.assertEqual(PillowImage.open(file).size, (image.width, image.height))
