"""The rule of the house: a module imports only from a lower tier or from its own package."""

import ast
from collections.abc import Iterator
from pathlib import Path

from django.test import SimpleTestCase

EVENTS = Path(__file__).resolve().parent.parent

# The picture in docs/architecture.md. Equals never import one another.
TIERS: tuple[tuple[str, ...], ...] = (
    ("conf", "dates", "licences", "outputs", "prepared", "sql", "text"),
    ("citations", "images"),
    ("querysets",),
    ("models",),
    ("addresses", "listings", "problems", "related", "search", "sources", "stamps", "stories", "suggestions"),
    ("derived", "documents", "filters", "forms", "readiness", "reports"),
    ("workflow",),
    ("feeds", "formats", "importers", "jobs"),
    ("converters", "exports", "responses", "sitemaps"),
    ("admin", "checks", "context_processors", "management", "templatetags", "views"),
    ("apps", "urls"),
)
TIER_OF = {name: tier for tier, names in enumerate(TIERS) for name in names}

# Not of the house: tests and migrations may look at anything, the demo's scripts are run by hand.
OUTSIDE = {"demo", "migrations", "tests", "__init__"}


def modules(root: Path = EVENTS) -> Iterator[tuple[str, Path]]:
    """Each module with the name of its package or, at the top, its own."""
    for file in sorted(root.rglob("*.py")):
        top = file.relative_to(root).parts[0].removesuffix(".py")
        if top not in OUTSIDE:
            yield top, file


def imported_parts(tree: ast.Module) -> Iterator[tuple[str, int]]:
    """The parts of `events` that a module imports, each with the line."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            names = [f"{node.module}.{alias.name}" for alias in node.names]
        else:
            continue
        for name in names:
            first, *rest = name.split(".")
            if first == "events" and rest:
                yield rest[0], node.lineno


def hidden_imports(tree: ast.Module) -> Iterator[int]:
    """Lines of imports inside functions and classes."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda | ast.ClassDef):
            for inner in ast.walk(node):
                if isinstance(inner, ast.Import | ast.ImportFrom):
                    yield inner.lineno


def breaches(own: str, tree: ast.Module) -> Iterator[str]:
    for part, line in imported_parts(tree):
        if part == own:
            continue
        if part not in TIER_OF:
            yield f"line {line}: {part} has no tier"
        elif TIER_OF[part] >= TIER_OF[own]:
            yield f"line {line}: {own} (tier {TIER_OF[own]}) imports {part} (tier {TIER_OF[part]})"


class LayersTests(SimpleTestCase):
    def test_every_module_has_a_tier(self):
        self.assertEqual({name for name, _file in modules()} - set(TIER_OF), set())

    def test_modules_import_only_from_lower_tiers(self):
        found = [
            f"{file.relative_to(EVENTS)}, {breach}"
            for own, file in modules()
            for breach in breaches(own, ast.parse(file.read_text()))
        ]
        self.assertEqual(found, [])

    def test_imports_stand_at_the_head_of_their_module(self):
        found = [
            f"{file.relative_to(EVENTS)}, line {line}"
            for _own, file in modules()
            for line in hidden_imports(ast.parse(file.read_text()))
        ]
        self.assertEqual(found, [])

    def test_nobody_imports_relatively(self):
        """A relative import would hide from which tier it takes."""
        found = [
            f"{file.relative_to(EVENTS)}, line {node.lineno}"
            for _own, file in modules()
            for node in ast.walk(ast.parse(file.read_text()))
            if isinstance(node, ast.ImportFrom) and node.level
        ]
        self.assertEqual(found, [])

    def test_nobody_connects_signals(self):
        """What follows from a write is written by `derived`, where everybody can read it."""
        found = [str(file) for _own, file in modules() if "django.db.models.signals" in file.read_text()]
        self.assertEqual(found, [])


class BreachTests(SimpleTestCase):
    """The test above can fail."""

    def test_import_from_a_higher_tier_is_told(self):
        tree = ast.parse("from events.views.days import front")
        self.assertEqual(list(breaches("models", tree)), ["line 1: models (tier 3) imports views (tier 9)"])

    def test_import_from_an_equal_is_told(self):
        self.assertTrue(list(breaches("formats", ast.parse("import events.feeds.rss"))))

    def test_name_imported_from_the_app_itself_is_told(self):
        self.assertTrue(list(breaches("models", ast.parse("from events import derived"))))

    def test_own_package_and_lower_tiers_are_allowed(self):
        tree = ast.parse("from events.formats.base import Format\nfrom events import dates\nimport json")
        self.assertEqual(list(breaches("formats", tree)), [])

    def test_import_inside_a_function_is_told(self):
        self.assertEqual(list(hidden_imports(ast.parse("def f():\n    import json"))), [2])
