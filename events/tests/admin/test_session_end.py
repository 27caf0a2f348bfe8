"""A session that ended costs nobody their text: the password is asked for in place, then it is saved."""

from django.contrib.sessions.models import Session
from django.test import Client

from events.models import Event
from events.tests.admin.test_events import ADD, LIST, DeskTestCase, change, form_of, new_form
from events.tests.factories import make_event
from events.tests.workflow.test_permissions import make_user

PASSWORD = "a bridge over the river"


class SessionEndTests(DeskTestCase):
    def setUp(self):
        super().setUp()
        self.user.set_password(PASSWORD)
        self.user.save()
        self.client.force_login(self.user)
        self.event = make_event("Old", state="draft")

    def ended(self, **changes: str):
        """My form, sent after the session ended."""
        form = form_of(self.client.get(change(self.event)), **changes)
        Session.objects.all().delete()
        return self.client.post(change(self.event), form)

    def again(self, page, *, password: str = PASSWORD, name: str = "editor", follow: bool = True):
        """What the page sends when it is filled in."""
        data: dict[str, list[str]] = {}
        for key, value in page.context["kept"]:
            data.setdefault(key, []).append(value)
        data |= {"_session_username": name, "_session_password": password}
        return self.client.post(page.context["address"], data, follow=follow)

    def test_password_is_asked_for_and_then_it_is_saved(self):
        page = self.ended(headline="New", summary="A <b> &\n\nparagraph.")
        self.assertContains(page, "Your session has ended", status_code=403)
        self.assertIn("no-store", page["Cache-Control"])
        self.assertEqual(Event.objects.get().headline, "Old")
        self.again(page)
        event = Event.objects.get()
        self.assertEqual((event.headline, event.summary), ("New", "A <b> &\n\nparagraph."))
        self.assertEqual(event.revisions.first().made_by, self.user)
        self.assertNotIn("password", str(event.revisions.first().snapshot))
        self.assertEqual(self.client.get(LIST).status_code, 200)

    def test_wrong_password_loses_nothing(self):
        page = self.again(self.ended(headline="New"), password="wrong")
        self.assertContains(page, "Please enter the correct username and password", status_code=403)
        self.assertNotContains(page, "wrong", status_code=403)
        self.again(page)
        self.assertEqual(Event.objects.get().headline, "New")

    def test_saved_meanwhile_leads_to_the_merge_page(self):
        page = self.ended(headline="Mine")
        Event.objects.update(version=2, headline="Theirs")
        answer = self.again(page)
        self.assertContains(answer, "Somebody saved before you", status_code=409)

    def test_whoever_logs_in_needs_the_right_to_save(self):
        live = make_event("Live")
        form = form_of(self.client.get(change(live)), headline="New")
        reporter = make_user("Reporter")
        reporter.set_password(PASSWORD)
        reporter.save()
        Session.objects.all().delete()
        page = self.client.post(change(live), form)
        self.assertEqual(self.again(page, name="reporter").status_code, 403)
        self.assertEqual(Event.objects.get(pk=live.pk).headline, "Live")

    def test_new_entries_and_actions_are_kept_too(self):
        Session.objects.all().delete()
        self.again(self.client.post(ADD, new_form()))
        self.assertEqual(Event.objects.count(), 2)
        Session.objects.all().delete()
        change = {"act": "submit", "rows": f"{self.event.pk}.{self.event.version}", "_apply": "1"}
        self.again(self.client.post(f"{LIST}bulk/", change))
        self.event.refresh_from_db()
        self.assertEqual(self.event.state, "in_review")

    def test_with_the_token_that_guards_forms(self):
        self.client = Client(enforce_csrf_checks=True)
        self.client.force_login(self.user)
        page = self.client.get(change(self.event))
        form = form_of(page, headline="New") | {"csrfmiddlewaretoken": str(page.context["csrf_token"])}
        Session.objects.all().delete()
        page = self.client.post(change(self.event), form)
        data = dict(page.context["kept"]) | {
            "_session_username": "editor",
            "_session_password": PASSWORD,
        }
        self.assertEqual(self.client.post(change(self.event), data).status_code, 403)
        self.client.post(change(self.event), data | {"csrfmiddlewaretoken": str(page.context["csrf_token"])})
        self.assertEqual(Event.objects.get().headline, "New")

    def test_scripts_pages_and_leaving_are_answered_as_before(self):
        Session.objects.all().delete()
        answer = self.client.post(change(self.event), {}, headers={"sec-fetch-mode": "cors"})
        self.assertEqual(answer.status_code, 302)
        self.assertEqual(self.client.get(change(self.event)).status_code, 302)
        self.assertEqual(self.client.post("/admin/logout/").status_code, 302)
