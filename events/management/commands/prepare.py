from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand

from events.models import Event


class Command(BaseCommand):
    """Everything a newsroom needs before its server starts; run again, it changes nothing.

    One command, because each start of Python costs the reader of the README most of a second.
    """

    help = "Migrate, load the demo newsroom into an empty database, and make an editor's account."

    def handle(self, *args: Any, **options: Any) -> None:
        call_command("migrate", interactive=False, verbosity=0)
        if not Event.objects.exists():
            call_command("load_demo")
        call_command("ensure_editor")
