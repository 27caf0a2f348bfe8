"""Accounts: their roles are told in the language of the editor."""

from django.contrib.auth.models import Group
from django.test import TestCase

from events.tests.workflow.test_permissions import make_user


class AccountsTests(TestCase):
    def test_roles_are_translated(self):
        user = make_user("Administrator")
        self.client.force_login(user)
        Group.objects.create(name="Our own")
        for address in (f"user/{user.pk}/change/", "user/", "group/"):
            with self.subTest(address), self.settings(LANGUAGE_CODE="zh-hans"):
                page = self.client.get(f"/admin/auth/{address}")
                self.assertContains(page, "主编")
                self.assertContains(page, "Our own")
                self.assertNotContains(page, ">Chief editor<")
                self.assertNotContains(page, " Chief editor</label>")
