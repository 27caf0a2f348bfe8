"""Holds docs/reference/commands.md to the commands, both ways."""

import re

from django.conf import settings
from django.core.management import get_commands, load_command_class
from django.core.management.base import BaseCommand
from django.test import SimpleTestCase

PAGE = (settings.BASE_DIR / "docs" / "reference" / "commands.md").read_text(encoding="utf-8")
OURS = sorted(name for name, app in get_commands().items() if app in ("events", "newsroom"))


def options(command: BaseCommand) -> set[str]:
    """The long options of a command, without Django's own."""
    own = command.create_parser("manage.py", "")._actions
    general = BaseCommand().create_parser("manage.py", "")._actions
    return names_of(own) - names_of(general)


def names_of(actions: list) -> set[str]:
    return {name for action in actions for name in action.option_strings if name.startswith("--")}


def section(name: str) -> str:
    return PAGE.partition(f"\n## {name}\n")[2].partition("\n## ")[0]


class CommandsPageTests(SimpleTestCase):
    def test_describes_exactly_the_commands_there_are(self):
        described = re.findall(r"^## (\w+)$", PAGE, re.MULTILINE)
        self.assertEqual(sorted(described), OURS)

    def test_describes_exactly_their_options(self):
        for name in OURS:
            with self.subTest(name):
                described = set(re.findall(r"^\| `(--[\w-]+)` \|", section(name), re.MULTILINE))
                self.assertEqual(described, options(load_command_class("events", name)))
