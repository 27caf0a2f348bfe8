import json

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import TestCase

from events.models import Event, ImportRun
from events.tests.factories import make_context
from events.tests.workflow.test_permissions import make_user

ADD = "/admin/events/importrun/add/"


def upload() -> SimpleUploadedFile:
    record = {"id": "x-1", "date": "2024-05-01", "headline": "A bridge is opened", "lang": "en"}
    lines = json.dumps(record) + "\n" + '{"id": "x-2", "date": "2024-02-30"}\n'
    return SimpleUploadedFile("events.jsonl", lines.encode(), "application/json")


class ImportDeskTests(TestCase):
    def setUp(self):
        self.client.force_login(make_user("Chief editor"))

    def test_dry_run_first_then_in_earnest(self):
        page = self.client.post(ADD, {"file": upload(), "format": "jsonl"}, follow=True)
        self.assertContains(page, "nothing has been imported yet")
        self.assertContains(page, "1 new, 1 invalid")
        self.assertFalse(Event.objects.exists())
        tried = ImportRun.objects.get()
        page = self.client.post(f"/admin/events/importrun/{tried.pk}/run/", follow=True)
        self.assertContains(page, "1 entry was written.")
        self.assertEqual(Event.objects.get().import_ref, "x-1")
        done = ImportRun.objects.exclude(pk=tried.pk).get()
        self.assertEqual((done.is_dry_run, done.counts["new"], done.file.name), (False, 1, tried.file.name))

    def test_named_contexts_are_added_where_the_box_is_ticked(self):
        make_context("bridge")
        data = {"file": upload(), "format": "jsonl", "suggest_contexts": "on"}
        page = self.client.post(ADD, data, follow=True)
        self.assertContains(page, "1 new, 1 invalid, 1 context added")
        tried = ImportRun.objects.get()
        self.client.post(f"/admin/events/importrun/{tried.pk}/run/")
        self.assertEqual([context.name for context in Event.objects.get().contexts.all()], ["bridge"])

    def test_run_that_was_no_dry_run_is_not_run_again(self):
        run = ImportRun.objects.create(file_name="a", format="jsonl", is_dry_run=False)
        self.assertEqual(self.client.post(f"/admin/events/importrun/{run.pk}/run/").status_code, 404)

    def test_editors_may_look_but_not_import(self):
        self.client.force_login(make_user("Editor"))
        self.assertEqual(self.client.get(ADD).status_code, 403)
        self.assertEqual(self.client.get("/admin/events/importrun/").status_code, 200)
