"""Pasted sources: rows of citations, fields of an exported entry, facts of pages."""

from django.contrib.auth.models import User
from django.test import TestCase, override_settings
from django.urls import reverse

from events.models import Event, SourcePage
from events.tests.citations.servers import answer, sending, site
from events.tests.factories import NOW, make_context, make_cover, make_event
from events.tests.workflow.test_permissions import make_user

PASTED = reverse("admin:events_event_pasted")
LOOK = reverse("admin:events_event_look")
ADD = reverse("admin:events_event_add")
TEXT = """1. [AFP via Daily Mail](http://www.dailymail.co.uk/wires/afp/1.html)
http://www.bbc.com/news/world-1 and http://www.bbc.com/news/world-1
"""


class SourceDeskTests(TestCase):
    def setUp(self):
        self.client.force_login(make_user("Editor"))

    def pasted(self, text: str, *, cited: str = "") -> dict:
        return self.client.post(PASTED, {"text": text, "cited": cited}).json()

    def test_addresses_become_citations(self):
        SourcePage.objects.create(key="https://bbc.com/news/world-1", checked_at=NOW, title="Blasts")
        with self.assertNumQueries(5):  # Session, user, rights twice, pages.
            found = self.pasted(TEXT)
        self.assertEqual([row["label"] for row in found["rows"]], ["AFP via Daily Mail", "BBC"])
        self.assertEqual([row["is_given"] for row in found["rows"]], ["yes", ""])
        self.assertIsNone(found["rows"][0]["page"])
        self.assertEqual(found["rows"][1]["page"]["title"], "Blasts")
        self.assertEqual(found["fields"], {})

    def test_pages_that_are_cited_already_are_left_out(self):
        answer = self.pasted(
            "https://bbc.com/1?utm_source=x\nhttps://cnn.com/2", cited="https://www.bbc.com/1"
        )
        self.assertEqual([row["url"] for row in answer["rows"]], ["https://cnn.com/2"])

    def test_exported_entry_fills_the_form(self):
        make_context("Homs")
        event = make_event(
            "Truce in Homs", summary="It holds.", contexts=["Homs", "Truces"],
            category="Politics and elections",
            sources=[("AFP via Yahoo! News", "http://news.yahoo.com/1")],
            cover=make_cover(source_url="https://img.example.org/1.jpg"),
        )  # fmt: skip
        page = self.client.get(event.get_absolute_url().rstrip("/") + ".md").content.decode()
        Event.objects.all().delete()
        found = self.pasted(page)
        fields = found["fields"]
        self.assertEqual((fields["headline"], fields["summary"]), ("Truce in Homs", "It holds."))
        self.assertEqual((fields["date"], fields["context_names"]), ("2024-05-01", "Homs\nTruces"))
        self.assertEqual(fields["category"], "Politics and elections")
        self.assertEqual(fields["cover_alt"], "A slope from black to white")
        self.assertEqual([row["url"] for row in found["rows"]], ["http://news.yahoo.com/1"])
        self.assertEqual(found["rows"][0]["carrier"], "Yahoo! News")

    def test_page_of_the_older_site_has_unknown_contexts_marked(self):
        found = self.pasted(
            "### [2016-02-21](/news/2016/02/21/index.md)\n\n##### Syria\n\n# Blasts\n\nMany died.\n\n"
            "### Source:\n\n1. [BBC](http://www.bbc.com/1)\n2. [Cover Image](http://img.bbc.co.uk/1.jpg)\n"
        )
        self.assertEqual(found["fields"]["date"], "2016-02-21")
        self.assertEqual(found["fields"]["context_names"], "+ Syria")
        self.assertEqual(found["fields"]["cover_source_url"], "http://img.bbc.co.uk/1.jpg")
        self.assertEqual([row["label"] for row in found["rows"]], ["BBC"])

    def test_page_is_looked_at(self):
        with site(sending(answer(b"<title>Blasts</title>"))):
            page = self.client.post(LOOK, {"url": "http://news.example/1"}).json()["page"]
        self.assertEqual((page["title"], page["problem"]), ("Blasts", ""))
        with site(sending(answer(status="404 No"))) as reached:
            page = self.client.post(LOOK, {"url": "http://news.example/1"}).json()["page"]
        self.assertEqual((page["title"], page["problem"]), ("Blasts", "The page is not there any more."))
        self.assertEqual(len(reached), 1)

    def test_switched_off_nothing_is_fetched(self):
        with override_settings(EVENTS_FETCH_SOURCES="0"), site(sending(answer(b"x"))) as reached:
            self.assertIsNone(self.client.post(LOOK, {"url": "http://news.example/1"}).json()["page"])
            page = self.client.get(ADD)
            self.assertNotContains(page, "data-look=")
            self.assertContains(page, "Their pages are not looked at.")
        self.assertEqual(reached, [])
        self.assertContains(self.client.get(ADD), "data-look=")

    def test_whoever_may_not_write_fetches_nothing(self):
        self.client.logout()
        with site(sending(answer(b"x"))) as reached:
            self.assertEqual(self.client.post(LOOK, {"url": "http://news.example/1"}).status_code, 403)
            self.client.force_login(User.objects.create_user("nobody", is_staff=True))
            self.assertEqual(self.client.post(LOOK, {"url": "http://news.example/1"}).status_code, 403)
            self.client.force_login(User.objects.get(username="editor"))
            self.assertEqual(self.client.get(LOOK).status_code, 403)
        self.assertEqual(reached, [])

    def test_a_new_form_has_its_focus_from_the_start(self):
        """A script that comes later would take it from whoever types already."""
        article = reverse("admin:events_article_add")
        for path, field in ((ADD, 'id="id_pasted"'), (article, 'id="id_headline"')):
            answer = self.client.get(path)
            self.assertNotContains(answer, "change_form.js")
            focused = [tag for tag in answer.content.decode().split("<") if " autofocus" in tag]
            self.assertEqual([field in tag for tag in focused], [True], path)

    def test_what_was_left_in_the_box_is_added_before_anything_is_saved(self):
        data = {"headline": "Mine", "date": "2016-02-21", "_pasted": "See http://cnn.com/1", "_save": "1"}
        answer = self.client.post(ADD, data | {"citations-TOTAL_FORMS": "0", "citations-INITIAL_FORMS": "0"})
        self.assertContains(answer, "Nothing has been saved yet.")
        formset = answer.context["inline_admin_formsets"][0].formset
        self.assertEqual(formset.forms[0]["url"].value(), "http://cnn.com/1")
        self.assertEqual(answer.context["left_in_box"], "")
        self.assertFalse(Event.objects.exists())

    def test_text_without_an_address_stays_in_the_box_of_a_refused_form(self):
        data = {"headline": "", "_pasted": "Ask <Anna> about it", "_save": "1"}
        answer = self.client.post(ADD, data | {"citations-TOTAL_FORMS": "0", "citations-INITIAL_FORMS": "0"})
        self.assertContains(answer, "An event needs a headline.")
        self.assertContains(answer, "Ask &lt;Anna&gt; about it</textarea>")

    def test_without_the_script_the_form_comes_back_with_them(self):
        event = make_event("Old", state="draft", sources=[("CNN", "http://cnn.com/1")])
        stored = event.citations.get()
        data = {
            "_paste": "1", "_pasted": TEXT + "http://cnn.com/1", "headline": "Mine",
            "based_on": event.version,
            "citations-TOTAL_FORMS": "2", "citations-INITIAL_FORMS": "1",
            "citations-0-id": stored.pk, "citations-0-event": event.pk, "citations-0-position": "1",
            "citations-0-label": "CNN", "citations-0-url": "http://cnn.com/1",
        }  # fmt: skip
        answer = self.client.post(reverse("admin:events_event_change", args=[event.pk]), data)
        formset = answer.context["inline_admin_formsets"][0].formset
        self.assertEqual(
            [form["label"].value() for form in formset.forms][:3], ["CNN", "AFP via Daily Mail", "BBC"]
        )
        self.assertContains(answer, "Nothing has been saved yet.")
        self.assertEqual(answer.context["adminform"].form["headline"].value(), "Mine")
        self.assertEqual(event.citations.count(), 1)
