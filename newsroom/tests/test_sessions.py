from django.contrib.auth.models import User
from django.test import TestCase


class SessionTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.user = User.objects.create_superuser("ines", password="right")

    def test_the_desk_knows_who_is_there(self):
        self.assertEqual(self.client.get("/admin/").status_code, 302)
        self.client.force_login(self.user)
        response = self.client.get("/admin/")
        self.assertEqual(response.status_code, 200)
        self.assertEqual(response.wsgi_request.user, self.user)

    def test_what_the_desk_says_is_shown_once(self):
        self.client.force_login(self.user)
        form = {"name": "Rivers", "slug": "rivers", "kind": "topic"}
        page = self.client.post("/admin/events/context/add/", form | self.no_inlines(), follow=True)
        self.assertContains(page, "was added successfully")
        self.assertNotContains(self.client.get("/admin/"), "was added successfully")

    def test_nobody_is_looked_for_on_a_public_page(self):
        self.client.force_login(self.user)
        # The stamp of the site alone: neither session nor user is read, whatever cookie comes.
        self.client.get("/about/")
        with self.assertNumQueries(1):
            response = self.client.get("/about/")
        self.assertFalse(hasattr(response.wsgi_request, "session"))
        self.assertNotIn("Cookie", response.get("Vary", ""))

    def no_inlines(self) -> dict[str, str]:
        page = self.client.get("/admin/events/context/add/")
        forms = [inline.formset.management_form for inline in page.context["inline_admin_formsets"]]
        return {field.html_name: field.value() for form in forms for field in form}
