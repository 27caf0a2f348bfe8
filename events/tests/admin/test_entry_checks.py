"""The checks before publishing, at the form: what stops, what is overruled, and what stays recorded."""

from django.urls import reverse

from events.models import Event, OverruledWarning
from events.tests.admin.test_events import ADD, READY, DeskTestCase, change, form_of, new_form
from events.tests.factories import make_event

CHECKS = reverse("admin:events_event_checks_new")
OPEN = {name: value for name, value in READY.items() if name != "_overrule"}


class EntryChecksTests(DeskTestCase):
    def test_error_stops_publishing_and_cannot_be_overruled(self):
        response = self.client.post(ADD, new_form(_to_publish="1", _overrule=["no-citation", "no-context"]))
        self.assertIn("No source is cited.", response.context["adminform"].form.non_field_errors())
        self.assertFalse(Event.objects.exists())
        self.client.post(ADD, new_form())
        self.assertEqual(Event.objects.get().state, "draft")

    def test_warning_waits_for_the_editor_and_is_recorded(self):
        response = self.client.post(ADD, new_form(_to_publish="1", **OPEN))
        self.assertContains(response, "Mend this, or")
        self.assertContains(response, '<a href="#checks-heading">overrule it in the list of checks</a>')
        self.assertContains(response, 'value="single-source"')
        self.assertFalse(Event.objects.exists())
        self.client.post(ADD, new_form(_to_publish="1", **READY))
        rows = OverruledWarning.objects.order_by("code")
        self.assertEqual([row.code for row in rows], ["no-context", "no-summary", "single-source"])
        self.assertEqual(rows[0].message, "The entry has no context.")
        self.assertEqual(rows[0].revision, Event.objects.get().revisions.get())
        self.assertEqual(rows[0].revision.made_by, self.user)

    def test_what_was_overruled_is_not_asked_again(self):
        self.client.post(ADD, new_form(_to_publish="1", **READY))
        event = Event.objects.get()
        page = self.client.get(change(event))
        self.assertContains(page, "Overruled by editor")
        self.assertNotContains(page, 'name="_overrule"')
        self.client.post(change(event), form_of(page, _to_unpublish="1"))
        self.client.post(change(event), form_of(self.client.get(change(event)), _to_publish="1"))
        event.refresh_from_db()
        self.assertTrue(event.is_public())
        self.assertEqual(OverruledWarning.objects.count(), 3)

    def test_entry_that_follows_from_another_is_linked(self):
        other = make_event("The bridge is finished", sources=[("Reuters", "https://www.reuters.com/bridge")])
        response = self.client.post(ADD, new_form(_to_publish="1", **READY))
        self.assertContains(response, f'name="_follows" value="{other.pk}"')
        self.client.post(ADD, new_form(_to_publish="1", **READY, _follows=[str(other.pk), "x", "9" * 30]))
        event = Event.objects.exclude(pk=other.pk).get()
        self.assertTrue(event.is_public())
        self.assertEqual([(row.other, row.kind) for row in event.links.all()], [(other, "update_of")])
        links = event.revisions.get().snapshot["links"]
        self.assertEqual(links, [{"id": other.public_id, "kind": "update_of"}])
        self.assertNotContains(self.client.get(change(event)), "cites the same page")

    def test_list_follows_the_form(self):
        page = self.client.post(CHECKS, new_form(**OPEN | {"summary": "It is open.", "headline": ""}))
        self.assertContains(page, "1 citation, 1 independent origin")
        self.assertNotContains(page, "There is no summary.")
        self.assertContains(page, "There is one source only: Reuters.")
        page = self.client.post(CHECKS, {"date": "never", "cover": "x", "_overrule": "no-context"})
        self.assertContains(page, 'value="no-context" checked')
        self.assertFalse(Event.objects.exists())

    def test_only_who_may_edit_asks(self):
        self.assertEqual(self.client.get(CHECKS).status_code, 403)
        self.client.logout()
        self.assertEqual(self.client.post(CHECKS, new_form()).status_code, 403)
