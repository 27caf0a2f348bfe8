"""Holds docs/architecture.md to the tree and the requirements."""

import re

from django.conf import settings
from django.test import SimpleTestCase

from events.tests.test_layers import TIERS

PAGE = (settings.BASE_DIR / "docs" / "architecture.md").read_text(encoding="utf-8")
TIER_ROW = re.compile(r"^\| (\d+) \| ([^|]*) \|", re.MULTILINE)
PACKAGE_ROW = re.compile(r"^\| `([\w.-]+)` \|", re.MULTILINE)
REQUIREMENT = re.compile(r"^([\w.-]+)", re.MULTILINE)


class ArchitecturePageTests(SimpleTestCase):
    def test_tiers_are_those_of_the_tree(self):
        described = [(int(tier), *re.findall(r"`(\w+)`", names)) for tier, names in TIER_ROW.findall(PAGE)]
        self.assertEqual(described, [(tier, *names) for tier, names in enumerate(TIERS)])

    def test_every_requirement_has_its_reason(self):
        required = REQUIREMENT.findall((settings.BASE_DIR / "requirements.txt").read_text())
        described = PACKAGE_ROW.findall(PAGE.partition("## Why each dependency")[2])
        self.assertEqual(described, required)
