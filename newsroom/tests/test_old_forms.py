"""A form that was made before its editor logged in again is kept, and sent once more by the editor alone."""

from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client, TestCase

from events.models import Context

ADD = "/admin/events/context/add/"
PASSWORD = "a bridge over the river"
OLD = "o" * 64


class OldFormTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.user = User.objects.create_superuser("ines", password=PASSWORD)

    def setUp(self):
        self.client = Client(enforce_csrf_checks=True)
        self.client.force_login(self.user)
        page = self.client.get(ADD)
        forms = [inline.formset.management_form for inline in page.context["inline_admin_formsets"]]
        self.form = {field.html_name: str(field.value()) for form in forms for field in form}
        self.form |= {"name": "Rivers", "slug": "rivers", "kind": "topic", "_save": "Save"}
        self.form |= {"description": "Long <b>text</b>\n\nof two paragraphs.", "csrfmiddlewaretoken": OLD}

    def sent(self, **changes) -> HttpResponse:
        return self.client.post(ADD, self.form | changes)

    def again(self, page: HttpResponse, **more: str) -> HttpResponse:
        """What the button of the page sends."""
        data = dict(page.context["kept"]) | {"csrfmiddlewaretoken": str(page.context["csrf_token"])}
        return self.client.post(page.context["address"], data | more)

    def test_kept_shown_and_saved_by_the_button_alone(self):
        page = self.sent()
        self.assertContains(page, "Send it again", status_code=403)
        self.assertContains(page, f"<code>{ADD}</code>", status_code=403)
        self.assertContains(
            page, "<dd>Long &lt;b&gt;text&lt;/b&gt;\n\nof two paragraphs.</dd>", status_code=403
        )
        self.assertContains(page, "You are ines now", status_code=403)
        self.assertNotContains(page, OLD, status_code=403)
        self.assertIn("no-store", page["Cache-Control"])
        self.assertFalse(Context.objects.exists())
        self.assertEqual(self.again(page).status_code, 302)
        description = Context.objects.get(name="Rivers").description
        self.assertEqual(description.replace("\r", ""), self.form["description"])

    def test_token_of_the_second_time_is_asked_for_as_ever(self):
        page = self.again(self.sent(), csrfmiddlewaretoken=OLD)
        self.assertContains(page, "Send it again", status_code=403)
        self.assertFalse(Context.objects.exists())

    def test_without_a_session_the_password_is_asked_for(self):
        del self.client.cookies["sessionid"]
        page = self.sent()
        self.assertContains(page, "Your session has ended", status_code=403)
        again = self.again(page, _session_username="ines", _session_password=PASSWORD)
        self.assertEqual(again.status_code, 302)
        self.assertTrue(Context.objects.filter(name="Rivers").exists())

    def test_name_and_password_that_came_with_it_log_nobody_in(self):
        del self.client.cookies["sessionid"]
        page = self.sent(_session_username="ines", _session_password=PASSWORD)
        self.assertContains(page, "Your session has ended", status_code=403)
        self.assertNotContains(page, PASSWORD, status_code=403)
        self.assertNotIn("sessionid", page.cookies)

    def test_without_a_cookie_for_the_token_too(self):
        del self.client.cookies["csrftoken"]
        self.assertEqual(self.again(self.sent()).status_code, 302)

    def test_files_are_named_and_passwords_are_not_shown(self):
        page = self.sent(cover_file=SimpleUploadedFile("bridge.jpg", b"x"), new_password1="secret one")
        self.assertContains(page, "choose bridge.jpg again", status_code=403)
        self.assertContains(page, "<dd>•••</dd>", status_code=403)

    def test_nothing_is_carried_for_other_sites_scripts_and_the_login_page(self):
        for path, headers in (
            (ADD, {"origin": "https://elsewhere.example"}),
            (ADD, {"origin": "null"}),
            (ADD, {"sec-fetch-mode": "cors"}),
            ("/admin/login/", {}),
            ("/admin/logout/", {}),
        ):
            with self.subTest(path, **headers):
                page = self.client.post(path, self.form, headers=headers)
                self.assertContains(page, "The form was too old", status_code=403)
                self.assertNotContains(page, "Long", status_code=403)

    def test_page_of_another_site_over_https(self):
        page = self.client.post(
            ADD, self.form, secure=True, headers={"referer": "https://elsewhere.example/"}
        )
        self.assertNotContains(page, "Long", status_code=403)
