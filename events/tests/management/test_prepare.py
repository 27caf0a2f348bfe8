from io import StringIO
from unittest import mock

from django.contrib.auth.models import User
from django.core.management import call_command as call
from django.test import TestCase

from events.management.commands import prepare
from events.tests.factories import make_event


class PrepareTests(TestCase):
    def commands(self) -> list[str]:
        """What the command calls, without doing it."""
        with mock.patch.object(prepare, "call_command") as called:
            call("prepare", stdout=StringIO())
        return [arguments.args[0] for arguments in called.call_args_list]

    def test_a_new_database_gets_the_demo_and_an_account(self):
        self.assertEqual(self.commands(), ["migrate", "load_demo", "ensure_editor"])

    def test_events_that_came_first_stay_alone(self):
        make_event()
        self.assertEqual(self.commands(), ["migrate", "ensure_editor"])

    def test_a_newsroom_that_deleted_the_demo_does_not_get_it_again(self):
        User.objects.create_user("anna", is_staff=True)
        self.assertEqual(self.commands(), ["migrate", "ensure_editor"])
