"""The events' desk: list, saving through the write door, conflicts, preview, what each group may do."""

import re
from datetime import date, timedelta
from html import unescape

from django.contrib.messages import get_messages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import TestCase
from django.utils import timezone

from events.models import Context, Event, EventProblem, Image, PublisherListing, ShareCard
from events.tests.factories import make_context, make_cover, make_event, make_events, picture_bytes
from events.tests.workflow.test_permissions import make_user

LIST = "/admin/events/event/"
ADD = "/admin/events/event/add/"


def change(event: Event) -> str:
    return f"/admin/events/event/{event.pk}/change/"


def form_of(response, **changes: str) -> dict:
    """What a browser would send of the edit page, with changes; nothing of a button."""
    page = response.context
    data = {}
    for form in [
        page["adminform"].form,
        *(f for s in page["inline_admin_formsets"] for f in s.formset.forms),
    ]:
        for bound in form:
            value = bound.value()
            if getattr(bound, "is_carried", False):
                data[bound.html_initial_name] = bound.stored
            if bound.name in ("cover_file",) or value is None or value is False:
                continue
            # Of a list to choose from, its widget makes a list.
            shown = bound.field.widget.format_value(value)
            text = str(value if isinstance(shown, list) else shown or "")
            data[bound.html_name] = "on" if value is True else text
    for inline in page["inline_admin_formsets"]:
        for bound in inline.formset.management_form:
            data[bound.html_name] = str(bound.value())
    return data | changes


def new_form(**changes: str) -> dict:
    return {
        "headline": "A bridge is opened over the river",
        "date": "2024-05-01",
        "date_precision": "day",
        "context_names": "",
        "citations-TOTAL_FORMS": "0",
        "citations-INITIAL_FORMS": "0",
        "citations-MIN_NUM_FORMS": "0",
        "citations-MAX_NUM_FORMS": "1000",
    } | changes


# What publishing asks for: a source, and an editor who overrules the rest.
READY = {
    "citations-TOTAL_FORMS": "1",
    "citations-0-label": "Reuters",
    "citations-0-url": "https://www.reuters.com/bridge",
    "_overrule": ["no-summary", "no-context", "single-source"],
}


class DeskTestCase(TestCase):
    group = "Editor"

    @classmethod
    def setUpTestData(cls):
        cls.user = make_user(cls.group)

    def setUp(self):
        self.client.force_login(self.user)

    def edit(self, event: Event, **changes: str):
        return self.client.post(change(event), form_of(self.client.get(change(event)), **changes))


# Session and user, permissions (2), saved lists, people, number and rows, sources, contexts, years.
LIST_QUERIES = 11


class ListTests(DeskTestCase):
    def test_queries_do_not_grow_with_the_rows(self):
        counts = []
        for number in (1, 19):
            make_events(number, cover=make_cover())
            self.client.get(LIST)
            with self.assertNumQueries(LIST_QUERIES):
                counts.append(len(self.client.get(LIST).context["cl"].result_list))
        self.assertEqual(counts, [1, 20])

    def test_shows_state_sources_contexts_and_cover(self):
        make_event(contexts=["Homs"], sources=[("Reuters", "https://reuters.com/1")], cover=make_cover())
        page = self.client.get(LIST).content.decode()
        for words in (
            "badge-published",
            "Homs",
            'class="thumbnail"',
            '<td class="field-citations_count">1</td>',
        ):
            self.assertIn(words, page)

    def test_finds_by_word_context_id_and_source(self):
        event = make_event(
            "Talks in Geneva", contexts=["Syria"], sources=[("BBC", "https://bbc.com/a?utm_source=x")]
        )
        draft = make_event("Talks that are a draft", state="draft")
        make_event("Something else")
        for text, expected in (
            ("Geneva", [event]),
            ("Syria", [event]),
            ("a draft", [draft]),
            (event.public_id, [event]),
            (event.public_id[:6], [event]),
            ("http://www.bbc.com/a", [event]),
            ("nothing of the kind", []),
        ):
            with self.subTest(text=text):
                found = self.client.get(LIST, {"q": text}).context["cl"].result_list
                self.assertEqual(list(found), expected)

    def test_years_and_their_months(self):
        make_event(date=date(2014, 3, 5))
        make_event(date=date(2016, 7, 8))
        page = self.client.get(LIST)
        self.assertEqual([year for year, _query in page.context["cl"].year_links], [2016, 2014])
        self.assertContains(self.client.get(f"{LIST}?date__year=2016"), "July 8")

    def test_filters(self):
        public = make_event("Public", category="Law and crime", cover=make_cover())
        waiting = make_event("Waiting", publish_at=timezone.now() + timedelta(days=2), language="ar")
        draft = make_event("Draft", state="draft", is_incomplete=True)
        for query, expected in (
            ("state__exact=draft", {draft}),
            ("visible=public", {public}),
            ("visible=pending", {waiting}),
            ("category=Law+and+crime", {public}),
            ("language=other", {waiting}),
            ("language=site", {public, draft}),
            ("cover=yes", {public}),
            ("is_incomplete__exact=1", {draft}),
        ):
            with self.subTest(query=query):
                found = self.client.get(f"{LIST}?{query}").context["cl"].result_list
                self.assertEqual(set(found), expected)


class AddTests(DeskTestCase):
    def test_numbers_that_are_none(self):
        row = {"citations-TOTAL_FORMS": "1", "citations-0-label": "BBC", "citations-0-position": "²"}
        self.assertContains(self.client.post(ADD, new_form(**row)), "Enter a whole number.")
        event = make_event(state="draft")
        form = form_of(self.client.get(change(event)), headline="Another")
        for made_up in ("²", "9" * 5000):
            answer = self.client.post(change(event), form | {"based_on": made_up})
            self.assertContains(answer, "Another", status_code=answer.status_code)
            self.assertLess(answer.status_code, 500)

    def test_draft_with_sources_and_contexts_in_order(self):
        for name in ("Homs", "Syria"):
            make_context(name)
        rows = {
            "citations-TOTAL_FORMS": "3",
            "citations-0-label": "Second", "citations-0-url": "https://b.org/", "citations-0-position": "2",
            "citations-1-label": "First", "citations-1-url": "https://a.org/", "citations-1-position": "1",
            "citations-2-label": "", "citations-2-url": "", "citations-2-position": "3",
        }  # fmt: skip
        self.client.post(ADD, new_form(context_names="Syria\n+ Brand new\nHoms", **rows))
        event = Event.objects.get()
        self.assertEqual(event.state, "draft")
        self.assertEqual([c.label for c in event.citations.all()], ["First", "Second"])
        self.assertEqual([row.tag.name for row in event.taggings.all()], ["Syria", "Brand new", "Homs"])
        revision = event.revisions.get()
        self.assertEqual((revision.version, revision.made_by), (1, self.user))
        self.assertEqual(revision.snapshot["contexts"], ["Syria", "Brand new", "Homs"])

    def test_unknown_context_is_refused_and_the_text_stays(self):
        response = self.client.post(ADD, new_form(context_names="Homz"))
        self.assertContains(response, "No context is called")
        self.assertContains(response, "A bridge is opened over the river")
        self.assertFalse(Context.objects.exists())

    def test_publish_at_once(self):
        self.client.post(ADD, new_form(_to_publish="1", **READY))
        self.assertTrue(Event.objects.get().is_public())

    def test_schedule_needs_a_moment_ahead(self):
        response = self.client.post(ADD, new_form(_to_schedule="1"))
        self.assertContains(response, "Say when the entry is to be published.")
        ahead = (timezone.now() + timedelta(days=1)).strftime("%Y-%m-%dT%H:%M:%S")
        self.client.post(ADD, new_form(_to_schedule="1", publish_at=ahead, **READY))
        event = Event.objects.get()
        self.assertEqual((event.state, event.is_public()), ("published", False))

    def test_label_with_the_moment_at_which_it_goes(self):
        response = self.client.post(ADD, new_form(label_until="2030-01-01T10:00"))
        self.assertContains(response, "Say which label is to go at that moment.")
        self.client.post(ADD, new_form(label=" Breaking ", label_until="2030-01-01T10:00"))
        event = Event.objects.get()
        self.assertEqual(
            (event.label, event.label_until.isoformat()), ("Breaking", "2030-01-01T10:00:00+00:00")
        )
        self.assertEqual(event.revisions.get().snapshot["label"], "Breaking")
        # A moment that nobody touched stays what it was.
        self.assertRedirects(self.edit(event, headline="It is closed"), LIST)
        self.assertEqual(Event.objects.get().label_until, event.label_until)

    def test_label_whose_end_has_been_is_told_once(self):
        over = "lies in the past"
        self.client.post(ADD, new_form(label="Breaking", label_until="2020-01-01T10:00"))
        self.assertContains(self.client.get(LIST), over)
        for changes, is_told in (
            ({"headline": "It is closed"}, False),
            ({"label": "Developing"}, True),
            ({"label_until": ""}, False),
        ):
            self.edit(Event.objects.get(), **changes)
            self.assertEqual(over in self.client.get(LIST).text, is_told, changes)

    def test_message_and_question_name_a_long_headline_by_its_beginning(self):
        self.client.post(ADD, new_form(headline="A bridge is opened. " * 500))
        self.assertIn("A bridge is opened.…", str(*get_messages(self.client.get(LIST).wsgi_request)))
        self.client.force_login(make_user("Administrator"))
        page = self.client.get(f"/admin/events/event/{Event.objects.get().pk}/delete/")
        self.assertContains(page, "A bridge is opened.…")
        self.assertLess(page.text.count("A bridge is opened."), 50)

    def test_question_names_nothing_that_is_derived(self):
        event = make_event(contexts=["Homs"], sources=[("BBC", "https://www.bbc.com/")])
        self.assertTrue(EventProblem.objects.exists() and PublisherListing.objects.exists())
        self.client.force_login(make_user("Administrator"))
        page = self.client.get(f"/admin/events/event/{event.pk}/delete/")
        self.assertContains(page, "Citation: ")
        for word in ("listing", "roblem"):
            self.assertNotContains(page, f"{word}:")
            self.assertNotContains(page, f"{word}s:")

    def test_uploaded_cover_survives_an_error_elsewhere(self):
        upload = SimpleUploadedFile("a.png", picture_bytes((90, 60)), "image/png")
        response = self.client.post(ADD, new_form(headline="", cover_file=upload, cover_alt="A slope"))
        image = Image.objects.get()
        self.assertContains(response, f'name="cover" value="{image.pk}"')
        self.client.post(ADD, new_form(cover=str(image.pk), cover_alt="A slope", cover_credit="Us"))
        event = Event.objects.get()
        self.assertEqual((event.cover, event.cover.alt, event.cover.credit), (image, "A slope", "Us"))

    def test_words_that_a_colleague_gave_the_cover_stay(self):
        event = make_event(cover=make_cover(caption="Old", credit="Old"))
        form = form_of(self.client.get(change(event)), cover_caption="Mine")
        Image.objects.update(credit="Theirs", focal_x=0.9, is_decorative=True)
        self.client.post(change(event), form)
        cover = Image.objects.get()
        self.assertEqual((cover.caption, cover.credit), ("Mine", "Theirs"))
        self.assertEqual((cover.focal_x, cover.is_decorative), (0.9, True))

    def test_cover_without_file_and_address_is_told(self):
        linked = Image.objects.create(source_url="https://a.example/1.jpg", alt="A slope")
        event = make_event(cover=linked)
        response = self.edit(event, cover_source_url="", cover_caption="x")
        self.assertIn("cover_source_url", response.context["adminform"].form.errors)

    def test_damaged_cover_is_told_beside_its_field(self):
        for kind in ("JPEG", "PNG", "WEBP"):
            data = picture_bytes((300, 200), kind=kind)
            upload = SimpleUploadedFile("half.jpg", data[: len(data) // 2])
            response = self.client.post(ADD, new_form(cover_file=upload, cover_alt="Half a slope"))
            self.assertIn("cover_file", response.context["adminform"].form.errors)
        self.assertFalse(Event.objects.exists() or Image.objects.exists())

    def test_cover_must_be_described(self):
        upload = SimpleUploadedFile("a.png", picture_bytes((90, 60)), "image/png")
        response = self.client.post(ADD, new_form(cover_file=upload))
        self.assertContains(response, "Say what the picture shows")

    def test_no_picture_is_told_beside_its_field(self):
        upload = SimpleUploadedFile("a.png", b"no picture at all", "image/png")
        response = self.client.post(ADD, new_form(cover_file=upload, cover_alt="x"))
        self.assertContains(response, "This is not a JPEG, PNG, WebP, AVIF or GIF picture.")


class ChangeTests(DeskTestCase):
    def test_page_sends_back_what_is_stored(self):
        event = make_event(
            contexts=["B", "A"], sources=[("R", "https://r.example/"), ("S", "https://s.example/")]
        )
        before = event.revisions.get().snapshot
        response = self.edit(event)
        self.assertRedirects(response, LIST)
        after = event.revisions.first().snapshot
        self.assertEqual(after | {"edited_at": None}, before | {"edited_at": None})
        self.assertEqual(Event.objects.get().version, 2)

    def test_fields_with_errors_are_led_to_from_above(self):
        event = make_event(sources=[("R", "https://r.example/")])
        page = self.edit(event, **{"headline": "", "citations-0-url": "nowhere"})
        self.assertContains(page, '<li><a href="#id_headline">Headline</a></li>', html=True)
        link = '<li><a href="#id_citations-0-url">Citation 1: Address</a></li>'
        self.assertContains(page, link, html=True)
        self.assertContains(page, '<ul class="error-links">', count=1)
        self.assertNotContains(self.client.get(change(event)), "error-links")

    def test_what_is_only_to_be_seen_once_more_is_no_error(self):
        event = make_event(sources=[("R", "https://r.example/")])
        page = self.edit(event, _recheck="1")
        self.assertContains(page, '<p class="errornote is-notice">Nothing has been saved yet.')
        self.assertNotContains(page, "Please correct the error")
        page = self.edit(event, _recheck="1", headline="")
        self.assertContains(page, "Please correct the errors below.")

    def test_public_page_is_offered_only_where_there_is_one(self):
        for state, offered in (("draft", 0), ("published", 1), ("retracted", 1)):
            event = make_event(state=state)
            page = self.client.get(change(event))
            self.assertContains(page, "Read the public page", count=offered)
            self.assertNotContains(page, "View on site")

    def test_page_of_what_is_scheduled_tells_the_moment(self):
        moment = timezone.now() + timedelta(days=1)
        event = make_event(publish_at=moment, embargo_until=moment + timedelta(hours=3))
        told = (moment + timedelta(hours=3)).strftime("%Y-%m-%d %H:%M UTC")
        self.assertContains(self.client.get(change(event)), told)

    def test_text_of_an_entry_that_was_deleted_meanwhile_is_not_lost(self):
        event = make_event(sources=[("R", "https://r.example/"), ("S", "https://s.example/")])
        mine = form_of(self.client.get(change(event)), summary="I wrote a lot.", _save="1")
        mine["citations-1-DELETE"] = "on"
        Event.objects.get().delete()
        page = self.client.post(change(event), mine)
        self.assertContains(page, "This entry is gone")
        self.assertContains(page, f'action="{ADD}"')
        self.assertRedirects(self.client.post(ADD, form_of(page)), LIST)
        event = Event.objects.get()
        self.assertEqual(event.summary, "I wrote a lot.")
        self.assertEqual([row.label for row in event.citations.all()], ["R"])

    def test_minor_edit_and_significant_update(self):
        event = make_event()
        self.edit(event, headline="A bridge is opened!")
        self.assertIsNone(Event.objects.get().updated_at)
        self.edit(
            event, headline="Two bridges are opened", is_significant="on", revision_note="second bridge"
        )
        self.assertIsNotNone(Event.objects.get().updated_at)
        self.assertEqual(event.revisions.first().note, "second bridge")

    def test_deletion_leaves_nothing_derived(self):
        chief = make_user("Chief editor")
        self.client.force_login(chief)
        event = make_event(contexts=["Homs"])
        self.client.post(f"/admin/events/event/{event.pk}/delete/", {"post": "yes"})
        self.assertFalse(Event.objects.exists())
        self.assertEqual(Context.objects.get().events_count, 0)


class PreviewTests(DeskTestCase):
    def preview(self, kind: str = "page", **changes: str):
        return self.client.post("/admin/events/event/preview/", new_form(_preview_as=kind, **changes))

    def test_every_format_shows_the_unsaved_text(self):
        kinds = {"page": "text/html", "md": "text/plain", "json": "text/plain", "xml": "text/plain"}
        for kind, media_type in (kinds | {"feed-rss": "text/plain", "feed-atom": "text/plain"}).items():
            with self.subTest(kind=kind):
                answer = self.preview(kind, context_names="+ Rivers")
                self.assertEqual(answer.status_code, 200)
                self.assertTrue(answer["Content-Type"].startswith(media_type))
                self.assertContains(answer, "A bridge is opened over the river")
                self.assertContains(answer, "Rivers")

    def test_what_may_be_a_duplicate_is_shown_all_the_same(self):
        make_event("Elsewhere", date=date(2024, 5, 1), sources=[("R", READY["citations-0-url"])])
        cited = {key: READY[key] for key in READY if key != "_overrule"}
        self.assertContains(self.client.post(ADD, new_form(**cited)), "cites the same page")
        page = self.preview(**cited)
        self.assertContains(page, "A bridge is opened over the river")
        self.assertNotContains(page, "No preview yet")

    def test_share_card_is_drawn_of_words_that_are_not_stored(self):
        answer = self.preview("card", headline="A bridge & a boat")
        self.assertContains(answer, "A bridge &amp; a boat")
        [address] = re.findall(r'src="(/admin/events/event/card/[^"]+)"', answer.content.decode())
        card = self.client.get(unescape(address))
        self.assertEqual((card.status_code, card["Content-Type"]), (200, "image/png"))
        self.assertFalse(ShareCard.objects.exists())
        for query in ("headline=A", "headline=A&date=yesterday", "headline=A&date=2024-05-01&end_date=never"):
            self.assertEqual(self.client.get(f"/admin/events/event/card/?{query}").status_code, 404)

    def test_stored_cover_is_the_card(self):
        event = make_event(cover=make_cover(alt="A bridge in fog"))
        form = form_of(self.client.get(change(event)), _preview_as="card")
        answer = self.client.post(f"/admin/events/event/{event.pk}/preview/", form)
        self.assertContains(answer, "A bridge in fog")
        self.assertNotContains(answer, "/card/?")

    def test_results_of_searches_and_the_list_of_the_day(self):
        answer = self.preview("found", summary="It is *open*.", context_names="+ Rivers")
        self.assertContains(answer, "A bridge is opened over the river", count=3)
        self.assertContains(answer, "It is open.", count=3)
        self.assertContains(answer, "/news/2024/05/01/")
        self.assertNotIn("style=", answer.content.decode())

    def test_page_on_a_phone_is_the_page(self):
        self.assertContains(self.preview("phone"), "A bridge is opened over the river")

    def test_nothing_is_saved(self):
        event = make_event(contexts=["Homs"], sources=[("R", "https://r.example/")])
        form = form_of(self.client.get(change(event)), headline="Changed", context_names="+ New one")
        answer = self.client.post(f"/admin/events/event/{event.pk}/preview/", form)
        self.assertContains(answer, "Changed")
        self.assertEqual(Event.objects.get().headline, event.headline)
        self.assertEqual(Context.objects.count(), 1)
        self.preview()
        self.assertEqual(Event.objects.count(), 1)

    def test_problems_are_shown_in_its_place(self):
        answer = self.preview(headline="", date="2024-02-30")
        self.assertContains(answer, "Headline: An event needs a headline.")
        self.assertNotContains(answer, "Headline: This field is required.")
        self.assertEqual(answer["Preview-State"], "incomplete")
        self.assertNotIn("Preview-State", self.preview())

    def test_is_never_framed_by_others_nor_kept(self):
        answer = self.preview()
        self.assertEqual(answer["X-Frame-Options"], "DENY")
        self.assertIn("no-store", answer["Cache-Control"])
        self.assertNotIn("unsafe-inline", answer["Content-Security-Policy"])

    def test_needs_an_editor(self):
        self.client.logout()
        self.assertContains(self.preview(), "Your session has ended", status_code=403)


class ReporterTests(DeskTestCase):
    group = "Reporter"

    def test_writes_and_submits(self):
        self.client.post(ADD, new_form(_to_submit="1"))
        self.assertEqual(Event.objects.get().state, "in_review")

    def test_cannot_publish_even_with_a_forged_button(self):
        response = self.client.post(ADD, new_form(_to_publish="1"))
        self.assertContains(response, "You may not do this")
        self.assertFalse(Event.objects.exists())

    def test_cannot_change_what_is_live(self):
        event = make_event()
        page = self.client.get(change(event))
        self.assertContains(page, "You may propose changes")
        self.assertNotContains(page, 'name="_save"')
        self.assertEqual(self.client.post(change(event), form_of(page, headline="Mine")).status_code, 403)
        retracted = make_event(state="retracted", retraction_notice="Wrong.", contexts=["Homs", "Bridges"])
        page = self.client.get(change(retracted))
        self.assertContains(page, "You may read this entry")
        self.assertContains(page, "Homs, Bridges")

    def test_cannot_make_contexts(self):
        response = self.client.post(ADD, new_form(context_names="+ Brand new"))
        self.assertContains(response, "You may not make new contexts")


class SavedFormTests(DeskTestCase):
    """The browser keeps what was typed until the session names the form as saved."""

    def test_saved_form_is_named_on_the_next_page(self):
        token = re.search(r'name="form_token" value="(\w+)"', self.client.get(ADD).content.decode())[1]
        self.assertNotIn(token, self.client.get(ADD).context["saved_tokens"])
        self.client.post(ADD, new_form(form_token=token, headline=""))
        self.assertNotIn(token, self.client.get(ADD).context["saved_tokens"])
        self.client.post(ADD, new_form(form_token=token))
        self.assertIn(token, self.client.get(ADD).context["saved_tokens"])
