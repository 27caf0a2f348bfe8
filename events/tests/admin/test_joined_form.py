"""Two editors, one row without versions: both opened its page, one saved, then the other one does."""

from datetime import UTC, date, datetime
from unittest import skipUnless

from django.contrib.admin.models import LogEntry
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, models
from django.http import HttpResponse
from django.test import TestCase, override_settings
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from selectolax.lexbor import LexborHTMLParser

from events.images.crops import OwnCrop
from events.models import Context, Event, FrontSlot, Image
from events.tests.factories import (
    make_article,
    make_context,
    make_cover,
    make_event,
    make_profile,
    make_publisher,
    make_story_line,
    picture_bytes,
)
from events.tests.images.test_metadata import XMP
from events.tests.workflow.test_permissions import make_user


def page_of(row: models.Model) -> str:
    return reverse(f"admin:events_{row._meta.model_name}_change", args=[row.pk])


def browser_form(response: HttpResponse, model: type[models.Model]) -> dict[str, str]:
    """What a browser sends of the form on this page, hidden inputs and all, if nothing is touched."""
    form = LexborHTMLParser(response.content.decode()).css_first(f"#{model._meta.model_name}_form")
    data = {}
    for field in form.css("input[name], textarea[name], select[name]"):
        name, kind = field.attributes["name"], field.attributes.get("type")
        if "__prefix__" in name or kind in ("submit", "file") or name == "csrfmiddlewaretoken":
            continue
        if kind == "checkbox" and "checked" not in field.attributes:
            continue
        if field.tag == "textarea":
            value = field.text()
        elif field.tag == "select":
            chosen = field.css_first("option[selected]")
            value = chosen.attributes.get("value") if chosen else ""
        else:
            value = field.attributes.get("value", "on" if kind == "checkbox" else "")
        data[name] = (value or "").replace("\n", "\r\n")
    return data


class TwoEditorsCase(TestCase):
    def setUp(self):
        self.client.force_login(make_user("Editor"))

    def opened(self, row: models.Model) -> dict[str, str]:
        return browser_form(self.client.get(page_of(row)), type(row))

    def send(self, row: models.Model, form: dict, **changes) -> HttpResponse:
        return self.client.post(page_of(row), form | changes)

    def save(self, row: models.Model, form: dict, **changes) -> None:
        answer = self.send(row, form, **changes)
        self.assertEqual(answer.status_code, 302, answer.context and answer.context["errors"])
        row.refresh_from_db()

    def log(self, row: models.Model) -> str:
        """What the log says of the last save."""
        return LogEntry.objects.filter(object_id=str(row.pk)).latest("pk").get_change_message()

    def both(self, row: models.Model, first: dict[str, str], second: dict[str, str]) -> None:
        """Two editors open the page, one changes and saves this, then the other one that."""
        one, two = self.opened(row), self.opened(row)
        self.save(row, one, **first)
        self.save(row, two, **second)

    def assert_asked(self, row: models.Model, name: str, mine: str, theirs: str, told: str = "") -> None:
        """That who changes what was changed is told of it, keeps the form, and then saves."""
        one, two = self.opened(row), self.opened(row)
        self.save(row, one, **{name: theirs})
        answer = self.send(row, two, **{name: mine})
        words = f"A colleague has changed this meanwhile to: “{told or theirs}”. Save again"
        self.assertIn(words, str(answer.context["adminform"].form.errors[name]))
        again = browser_form(answer, type(row))
        self.assertEqual(again[name], mine)
        self.save(row, again)


class ContextTests(TwoEditorsCase):
    def setUp(self):
        super().setUp()
        self.context = make_context("Turkey", description="First.\n\nSecond.", aliases=["Türkiye"])

    def test_what_was_left_alone_stays_as_a_colleague_left_it(self):
        self.both(self.context, {"description": "Of ed.\r\n\r\nAt length."}, {"wikidata": "Q43"})
        found = self.context
        self.assertEqual((found.description, found.wikidata), ("Of ed.\n\nAt length.", "Q43"))
        self.assertEqual(self.log(found), "Changed Wikidata id.")

    def test_conflict_is_shown_and_then_saved(self):
        one, two = self.opened(self.context), self.opened(self.context)
        self.save(self.context, one, description="Theirs, <b>bold</b>.", media_topic="medtop:1")
        answer = self.send(self.context, two, description="Mine.", wikidata="Q43")
        self.assertContains(
            answer, "changed this meanwhile to: “Theirs, &lt;b&gt;bold&lt;/b&gt;.”. Save again"
        )
        self.context.refresh_from_db()
        self.assertEqual((self.context.description, self.context.wikidata), ("Theirs, <b>bold</b>.", ""))
        again = browser_form(answer, Context)
        self.assertEqual((again["description"], again["wikidata"]), ("Mine.", "Q43"))
        self.assertEqual(again["media_topic"], "medtop:1")
        self.save(self.context, again)
        self.assertEqual((self.context.description, self.context.wikidata), ("Mine.", "Q43"))
        self.assertEqual(self.context.media_topic, "medtop:1")

    def test_third_save_in_between_is_told_again(self):
        one, two, three = (self.opened(self.context) for _editor in range(3))
        self.save(self.context, one, description="One.")
        again = browser_form(self.send(self.context, two, description="Two."), Context)
        self.send(self.context, browser_form(self.send(self.context, three, description="Three."), Context))
        self.assertContains(self.send(self.context, again), "meanwhile to: “Three.”")

    def test_both_made_it_the_same(self):
        self.both(self.context, {"description": "One text."}, {"description": "One text.", "wikidata": "Q43"})
        self.assertEqual(self.context.wikidata, "Q43")
        self.assertEqual(self.log(self.context), "Changed Wikidata id.")

    def test_emptied_is_told(self):
        one, two = self.opened(self.context), self.opened(self.context)
        self.save(self.context, one, description="")
        answer = self.send(self.context, two, description="More.")
        self.assertContains(answer, "A colleague has emptied this meanwhile.")

    def test_another_error_on_the_page_does_not_forget_what_was_shown(self):
        one, two = self.opened(self.context), self.opened(self.context)
        again = browser_form(self.send(self.context, two, slug="Not a slug", description="Mine."), Context)
        self.save(self.context, one, description="Theirs.", wikidata="Q43")
        again["slug"] = "turkey"
        answer = self.send(self.context, again)
        self.assertContains(answer, "meanwhile to: “Theirs.”")
        self.save(self.context, browser_form(answer, Context))
        self.assertEqual((self.context.description, self.context.wikidata), ("Mine.", "Q43"))

    def test_parents_are_one_value(self):
        make_context("Asia"), make_context("Europe")
        self.both(self.context, {"parent_names": "Asia"}, {"wikidata": "Q43"})
        self.assertEqual([parent.name for parent in self.context.parents.all()], ["Asia"])
        self.assert_asked(self.context, "parent_names", "Europe", "Asia\r\nEurope", told="Asia\nEurope")
        self.assertEqual([parent.name for parent in self.context.parents.all()], ["Europe"])

    def test_choices_and_boxes(self):
        self.both(self.context, {"kind": "place", "is_for_related": ""}, {"wikidata": "Q43"})
        self.assertEqual((self.context.kind, self.context.is_for_related), ("place", False))
        self.assert_asked(self.context, "kind", "person", "organisation", told="organisation")
        self.assertEqual(self.context.kind, "person")

    def test_aliases_are_rows_of_their_own(self):
        one, two = self.opened(self.context), self.opened(self.context)
        self.save(self.context, one, **{"names-0-name": "Anatolia", "names-1-name": "Asia Minor"})
        self.save(self.context, two, description="Mine.")
        self.assertEqual(sorted(Context.objects.get().aliases), ["Anatolia", "Asia Minor"])
        self.assertEqual(self.log(self.context), "Changed Description.")
        one, two = self.opened(self.context), self.opened(self.context)
        self.save(self.context, one, **{"names-0-name": "Little Asia"})
        answer = self.send(self.context, two, **{"names-0-name": "Asia"})
        self.assertContains(answer, "meanwhile to: “Little Asia”")
        self.save(self.context, browser_form(answer, Context))
        self.assertIn("Asia", Context.objects.get().aliases)

    def test_alias_that_a_colleague_deleted(self):
        self.context.names.create(name="Anatolia")
        one, two, three, four = (self.opened(self.context) for _editor in range(4))
        self.assertEqual(two["names-1-name"], "Türkiye")
        self.save(self.context, one, **{"names-1-DELETE": "on"})
        self.save(self.context, two, **{"description": "Mine.", "names-0-name": "Asia Minor"})
        self.assertEqual((self.context.aliases, self.context.description), (["Asia Minor"], "Mine."))
        self.save(self.context, three, **{"names-1-name": "Turkiye", "names-2-name": "Little Asia"})
        self.assertEqual(sorted(self.context.aliases), ["Asia Minor", "Little Asia", "Turkiye"])
        self.save(self.context, four, **{"names-1-DELETE": "on"})
        self.assertEqual(sorted(self.context.aliases), ["Asia Minor", "Little Asia", "Turkiye"])

    def test_alias_that_a_colleague_deleted_is_not_shown_again(self):
        one, two = self.opened(self.context), self.opened(self.context)
        self.save(self.context, one, **{"names-0-DELETE": "on"})
        answer = self.send(self.context, two, **{"slug": "Not a slug", "names-1-name": "Anatolia"})
        self.save(self.context, browser_form(answer, Context), slug="turkey")
        self.assertEqual(self.context.aliases, ["Anatolia"])

    def test_script_that_was_shown_nothing_writes_over_it(self):
        form = {name: value for name, value in self.opened(self.context).items() if "initial-" not in name}
        self.save(self.context, self.opened(self.context), description="Theirs.")
        self.save(self.context, form, description="Mine.")
        self.assertEqual(self.context.description, "Mine.")

    def test_new_one_carries_nothing(self):
        answer = self.client.get(reverse("admin:events_context_add"))
        self.assertNotContains(answer, 'name="initial-')

    @skipUnless(connection.features.has_select_for_no_key_update, "SQLite locks the whole file")
    def test_saves_of_a_moment_wait_for_each_other(self):
        form = self.opened(self.context)
        with CaptureQueriesContext(connection) as made:
            self.save(self.context, form)
        locks = [query["sql"] for query in made if "FOR NO KEY UPDATE" in query["sql"]]
        self.assertEqual(len(locks), 1)


class PictureTests(TwoEditorsCase):
    def test_what_was_left_alone_stays_as_a_colleague_left_it(self):
        image = make_cover()
        self.both(image, {"caption": "Of ed.", "taken_on": "2024-05-01"}, {"place": "Oslo"})
        self.assertEqual((image.caption, image.taken_on), ("Of ed.", date(2024, 5, 1)))
        self.assertEqual((image.place, self.log(image)), ("Oslo", "Changed Place."))
        self.assert_asked(image, "caption", "Mine.", "Theirs.")
        self.assertEqual(image.caption, "Mine.")
        self.assert_asked(image, "taken_on", "2024-05-03", "2024-05-02")

    def test_focal_point_and_own_crops(self):
        image = make_cover(picture_bytes((640, 480)))
        self.both(image, {"focal_x": "0.2500", "crop_1x1": "10 10 50"}, {"place": "Oslo"})
        self.assertEqual((image.focal_x, image.framing.crops), (0.25, {"1:1": OwnCrop(0.1, 0.1, 0.5)}))
        renditions = image.renditions
        self.assert_asked(image, "crop_1x1", "20 10 50", "30 10 50")
        self.assertEqual(image.framing.crops, {"1:1": OwnCrop(0.2, 0.1, 0.5)})
        self.assertNotEqual(image.renditions, renditions)

    def test_file(self):
        image = make_cover()
        one, two, three = (self.opened(image) for _editor in range(3))
        theirs = picture_bytes((320, 240))
        self.save(image, one, file=SimpleUploadedFile("theirs.png", theirs))
        digest = image.digest
        self.save(image, two, caption="Mine.")
        self.assertEqual((image.digest, image.caption), (digest, "Mine."))
        mine = picture_bytes((400, 300))
        answer = self.send(image, three, file=SimpleUploadedFile("mine.png", mine), place="Oslo")
        self.assertContains(answer, "A colleague has put another file here meanwhile.")
        self.save(image, browser_form(answer, Image), file=SimpleUploadedFile("mine.png", mine))
        self.assertNotEqual(image.digest, digest)
        self.assertEqual((image.caption, image.place), ("Mine.", "Oslo"))

    def test_proposals_are_taken_only_by_who_has_seen_them(self):
        image = make_cover(picture_bytes(kind="JPEG", xmp=XMP.encode()), credit="")
        one, two = self.opened(image), self.opened(image)
        self.assertTrue(one["credit"])
        self.save(image, one, credit="Ada Reed")
        self.save(image, two, place="Oslo")
        self.assertEqual((image.credit, image.place), ("Ada Reed", "Oslo"))
        Image.objects.update(credit="")
        older = self.opened(image)
        Image.objects.update(proposals={"credit": "Somebody else"})
        self.save(image, older)
        self.assertEqual(image.credit, "")


class CoverTests(TwoEditorsCase):
    """The words of a picture on the page of an entry, while a colleague is at the picture's own page."""

    def setUp(self):
        super().setUp()
        self.image = make_cover()
        self.event = make_event(cover=self.image)

    def they_save(self, **changes) -> None:
        self.save(self.image, self.opened(self.image), **changes)

    def test_what_was_left_alone_stays_as_a_colleague_left_it(self):
        form = self.opened(self.event)
        self.they_save(caption="Theirs,\r\nat length.", is_decorative="on")
        self.save(self.event, form, cover_credit="Ada Reed")
        image = Image.objects.get()
        self.assertEqual((image.caption, image.credit), ("Theirs,\nat length.", "Ada Reed"))
        self.assertTrue(image.is_decorative)

    def test_words_that_both_changed_are_asked_about(self):
        form = self.opened(self.event)
        self.they_save(caption="Theirs.", alt="A slope")
        answer = self.send(self.event, form, cover_caption="Mine.", headline="Mine too")
        self.assertContains(answer, "changed this meanwhile to: “Theirs.”. Save again")
        again = browser_form(answer, Event)
        self.assertEqual((again["cover_caption"], again["cover_alt"]), ("Mine.", "A slope"))
        self.assertEqual(Image.objects.get().caption, "Theirs.")
        self.save(self.event, again)
        image = Image.objects.get()
        self.assertEqual((image.caption, image.alt, self.event.headline), ("Mine.", "A slope", "Mine too"))

    def test_preview_asks_nothing(self):
        form = self.opened(self.event)
        self.they_save(caption="Theirs.", credit="Ada Reed")
        path = reverse("admin:events_event_preview", args=[self.event.pk])
        answer = self.client.post(path, form | {"cover_caption": "Mine."})
        self.assertContains(answer, "Mine.")
        self.assertContains(answer, "Ada Reed")

    def test_words_of_the_former_cover_do_not_come_to_another(self):
        other = make_cover(picture_bytes((320, 240)), alt="A portrait")
        form = self.opened(self.event)
        self.they_save(caption="Theirs.", credit="Ada Reed")
        self.save(self.event, form, cover=str(other.pk), cover_caption="Mine.")
        image = Image.objects.get(pk=other.pk)
        self.assertEqual((image.alt, image.caption, image.credit), ("A portrait", "Mine.", other.credit))

    def test_what_was_chosen_on_the_merge_page_is_not_asked_again(self):
        form = self.opened(self.event)
        self.they_save(caption="Theirs.")
        self.save(self.event, self.opened(self.event), summary="Of ed.")
        answer = self.send(self.event, form, cover_caption="Mine.")
        self.assertEqual(answer.status_code, 409)
        self.event.refresh_from_db()
        choice = {"_merge": "1", "_merge_and_save": "1", "_take_cover": "mine"}
        form |= choice | {"seen_version": str(self.event.version), "cover_caption": "Mine."}
        self.save(self.event, form)
        self.assertEqual(Image.objects.get().caption, "Mine.")

    @override_settings(EVENTS_FOUR_EYES=True)
    def test_words_of_a_colleague_are_no_change_of_ones_own(self):
        form = self.opened(self.event)
        self.they_save(is_decorative="on", caption="Theirs.")
        self.save(self.event, form)


class ProfileTests(TwoEditorsCase):
    def test_what_was_left_alone_stays_as_a_colleague_left_it(self):
        profile = make_profile("Rana Haddad", text="Writes.")
        picture, other = make_cover(), make_cover(picture_bytes((320, 240)), alt="A portrait")
        self.both(profile, {"text": "Of ed.", "picture": str(picture.pk)}, {"url": "https://example.org/"})
        self.assertEqual((profile.text, profile.url), ("Of ed.", "https://example.org/"))
        self.assertEqual(profile.picture, picture)
        self.assertEqual(self.log(profile), "Changed Their own page.")
        self.assert_asked(profile, "text", "Mine.", "Theirs.")
        self.assert_asked(profile, "picture", "", str(other.pk), told="A portrait")
        self.assertIsNone(profile.picture)


class FrontSlotTests(TwoEditorsCase):
    def test_what_was_left_alone_stays_as_a_colleague_left_it(self):
        slot = FrontSlot.objects.create(article=make_article())
        other = make_article("Another one")
        self.both(slot, {"until": "2100-01-01T10:00"}, {"article": str(other.pk)})
        self.assertEqual((slot.until, slot.article), (datetime(2100, 1, 1, 10, tzinfo=UTC), other))
        self.assertEqual(self.log(slot), "Changed Article.")
        self.assert_asked(slot, "position", "2", "3")
        self.assert_asked(slot, "until", "", "2100-01-02T10:00", told="2100-01-02 10:00:00")
        self.assertEqual((slot.position, slot.until), (2, None))


class StoryLineTests(TwoEditorsCase):
    def setUp(self):
        super().setUp()
        self.event = make_event("The arch closes", contexts=["The bridge", "Steel"])
        self.line = make_story_line("Steel bridge", ["The bridge", "Steel"], description="Old.")

    def test_what_was_left_alone_stays_as_a_colleague_left_it(self):
        self.both(
            self.line,
            {"description": "Of ed.", "context_names": "Steel"},
            {"title": "A bridge of steel", "first_day": "2100-01-01"},
        )
        self.assertEqual((self.line.description, self.line.title), ("Of ed.", "A bridge of steel"))
        self.assertEqual([context.name for context in self.line.contexts.all()], ["Steel"])
        self.assertEqual(self.line.events_count, 0)
        self.assert_asked(self.line, "description", "Mine.", "Theirs.")
        self.assertEqual(self.line.description, "Mine.")

    def test_joint_days_are_checked(self):
        one, two = self.opened(self.line), self.opened(self.line)
        self.save(self.line, one, first_day="2020-02-01")
        answer = self.send(self.line, two, last_day="2020-01-01")
        self.assertContains(answer, "The last day comes before the first one.")
        self.assertEqual(browser_form(answer, type(self.line))["first_day"], "2020-02-01")

    def test_turning_points_are_rows_of_their_own(self):
        self.line.turning_points.create(event=self.event, note="Old.")
        one, two = self.opened(self.line), self.opened(self.line)
        self.save(self.line, one, **{"turning_points-0-note": "Of ed."})
        self.save(self.line, two, description="Mine.")
        self.assertEqual(self.line.turning_points.get().note, "Of ed.")
        self.assertEqual(self.log(self.line), "Changed Description.")


class PublisherTests(TwoEditorsCase):
    def test_what_was_left_alone_stays_as_a_colleague_left_it(self):
        publisher = make_publisher("reuters.com")
        self.both(publisher, {"name": "Reuters"}, {"country": "GB"})
        self.assertEqual((publisher.name, publisher.country), ("Reuters", "GB"))
        self.assertEqual(self.log(publisher), "Changed Country.")
        self.assert_asked(publisher, "name", "Reuters agency", "Reuters News")
        self.assertEqual(publisher.name, "Reuters agency")
