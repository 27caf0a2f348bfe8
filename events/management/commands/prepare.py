from typing import Any

from django.contrib.auth.models import User
from django.core.management import call_command
from django.core.management.base import BaseCommand

from events.models import Event


class Command(BaseCommand):
    """Everything a newsroom needs before its server starts; run again, it changes nothing.

    One command, because each start of Python costs the reader of the README most of a second.
    """

    help = "Migrate, load the demo newsroom into a new database, and make an editor's account."

    def handle(self, *args: Any, **options: Any) -> None:
        call_command("migrate", interactive=False, verbosity=0)
        # Whoever deleted the demo, or wants to begin without it, has an account and does not get it (again).
        if not Event.objects.exists() and not User.objects.exists():
            self.stdout.write("Loading the demo newsroom with its pictures …")
            call_command("load_demo", stdout=self.stdout)
        call_command("ensure_editor", stdout=self.stdout)
