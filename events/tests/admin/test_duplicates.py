"""Entries that may be the same: shown side by side, and three answers, none of which loses what was typed."""

from django.test import SimpleTestCase
from django.urls import reverse

from events.admin.duplicates import marked
from events.models import Event, OverruledWarning
from events.tests.admin.test_events import ADD, READY, DeskTestCase, change, form_of, new_form
from events.tests.factories import DAY, make_event

CHECKS = reverse("admin:events_event_checks_new")
TYPED = {
    "headline": "Car bombs near the shrine in Khalidiya kill dozens",
    "summary": "A group <claims> it.",
    "date": DAY.isoformat(),
    "citations-TOTAL_FORMS": "2",
    "citations-0-label": "Reuters",
    "citations-0-url": "https://www.reuters.com/bombs",
    "citations-1-label": "BBC",
    "citations-1-url": "http://bbc.com/bombs?utm_source=x",
}


class MarkedTests(SimpleTestCase):
    def test_words_are_marked_and_everything_is_escaped(self):
        html = marked("<b>Bombs</b> & shrines", {"bomb", "b"})
        self.assertEqual(
            html, "&lt;<mark>b</mark>&gt;<mark>Bombs</mark>&lt;/<mark>b</mark>&gt; &amp; shrines"
        )

    def test_pairs_of_letters(self):
        self.assertEqual(marked("在霍姆斯的", {"霍姆", "姆斯"}), "在<mark>霍姆</mark><mark>斯</mark>的")


class DuplicatesTests(DeskTestCase):
    def setUp(self):
        super().setUp()
        self.other = make_event(
            "Two car bombs kill dozens near a shrine in Khalidiya",
            contexts=["Homs"],
            sources=[("BBC", "https://www.bbc.com/bombs")],
        )
        self.code = f"duplicate {self.other.pk}"

    def test_both_are_shown_with_what_they_share(self):
        page = self.client.post(CHECKS, new_form(**TYPED | {"context_names": "Homs\n+ Syria"}))
        self.assertContains(page, "cites the same page")
        self.assertContains(page, "<mark>Khalidiya</mark>", count=2)
        self.assertContains(page, "<mark>BBC</mark>", count=2)
        self.assertContains(page, "<mark>Homs</mark>", count=2)
        self.assertContains(page, "A group &lt;claims&gt; it.")
        alone = {"citations-1-url": "https://cnn.com/1"}
        self.assertContains(
            self.client.post(CHECKS, new_form(**TYPED | alone)), "is told in the same rare words"
        )

    def test_first_save_asks_and_keeps_what_was_typed(self):
        page = self.client.post(ADD, new_form(**TYPED))
        self.assertEqual(Event.objects.count(), 1)
        self.assertContains(page, "Is it the same event?")
        self.assertContains(page, "Car bombs near the shrine in Khalidiya kill dozens</textarea>")
        self.assertContains(page, "http://bbc.com/bombs?utm_source=x")

    def test_it_is_new_and_stays_new(self):
        self.client.post(ADD, new_form(**TYPED, _overrule=self.code))
        event = Event.objects.exclude(pk=self.other.pk).get()
        self.assertEqual([row.code for row in OverruledWarning.objects.all()], [self.code])
        page = self.client.get(change(event))
        self.assertContains(page, "It is new, said editor")
        self.assertNotContains(page, "_bring_sources")
        self.client.post(
            change(event), form_of(page, _to_publish="1", _overrule=["no-context", "single-source"])
        )
        event.refresh_from_db()
        self.assertTrue(event.is_public())

    def test_it_follows(self):
        self.client.post(ADD, new_form(**TYPED, _follows=str(self.other.pk)))
        event = Event.objects.exclude(pk=self.other.pk).get()
        self.assertEqual([row.other for row in event.links.all()], [self.other])
        self.assertNotContains(self.client.get(change(event)), "Is it the same event?")

    def test_answer_on_a_stored_draft_is_kept_at_its_next_save(self):
        event = make_event("A draft", state="draft", sources=[("BBC", "https://bbc.com/bombs")])
        self.edit(event, summary="First")
        self.edit(event, summary="Second", _overrule=self.code)
        event.refresh_from_db()
        self.assertEqual(event.summary, "Second")
        self.assertEqual(OverruledWarning.objects.get().revision.version, event.version)

    def test_it_is_that_one(self):
        before = self.other.version
        page = self.client.post(change(self.other), new_form(**TYPED, _bring_sources="1"))
        self.assertEqual(page.status_code, 200)
        self.assertContains(page, "Nothing has been saved yet.")
        form = form_of(page)
        self.assertEqual(form["headline"], self.other.headline)
        self.assertEqual(
            [form[f"citations-{place}-url"] for place in range(2)],
            ["https://www.bbc.com/bombs", "https://www.reuters.com/bombs"],
        )
        self.other.refresh_from_db()
        self.assertEqual(self.other.version, before)
        self.client.post(change(self.other), form)
        self.assertEqual(self.other.citations.count(), 2)

    def test_ready_form_alone_asks_nothing(self):
        self.client.post(ADD, new_form(_to_publish="1", **READY))
        self.assertEqual(Event.objects.count(), 2)


class ReportersTests(DeskTestCase):
    group = "Reporter"

    def test_sources_go_nowhere_without_the_right_to_change(self):
        other = make_event()
        page = self.client.post(change(other), new_form(**TYPED, _bring_sources="1"))
        # A reporter proposes changes of what is published, so the form comes, and saving it is refused.
        self.assertContains(page, "https://www.reuters.com/bombs")
        self.assertEqual(self.client.post(change(other), form_of(page)).status_code, 403)
        self.client.logout()
        self.assertEqual(
            self.client.post(change(other), new_form(**TYPED, _bring_sources="1")).status_code, 403
        )
        self.assertEqual(other.citations.count(), 0)
