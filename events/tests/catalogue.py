"""Reading what translators work with: the catalogue, and the strings that code and templates ask for."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation.template import templatize

FIELD = re.compile(r'(msgctxt|msgid_plural|msgid|msgstr(?:\[\d+\])?) (".*")')
# Which arguments are the context, the text and its plural.
ARGUMENTS = {
    "_": (None, 0, None),
    "gettext": (None, 0, None),
    "gettext_lazy": (None, 0, None),
    "ngettext": (None, 0, 1),
    "ngettext_lazy": (None, 0, 1),
    "pgettext": (0, 1, None),
    "pgettext_lazy": (0, 1, None),
    "npgettext": (0, 1, 2),
    "npgettext_lazy": (0, 1, 2),
}
TEXT = r"""u?('(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*")"""
TEMPLATE_CALL = re.compile(rf"\b(n?p?gettext|_)\({TEXT}(?:, ?{TEXT})?(?:, ?{TEXT})?")


@dataclass(frozen=True, slots=True)
class Message:
    """A string as it is asked for: with the context that tells it from others of the same words."""

    text: str
    context: str = ""
    plural: str = ""


def read_catalogue(path: Path) -> dict[Message, list[str]]:
    """The messages of a `.po` file with their translations (several for plurals), without its header.

    Raises AssertionError for entries that are marked as fuzzy.
    """
    found = {}
    for block in path.read_text(encoding="utf-8").split("\n\n"):
        fields: dict[str, str] = {}
        name = ""
        for line in block.splitlines():
            if line.startswith("#"):
                assert not (line.startswith("#,") and "fuzzy" in line), f"fuzzy: {block}"
                continue
            if match := FIELD.fullmatch(line):
                name, line = match.groups()
            fields[name] = fields.get(name, "") + ast.literal_eval(line)
        if fields.get("msgid"):
            message = Message(fields["msgid"], fields.get("msgctxt", ""), fields.get("msgid_plural", ""))
            found[message] = [text for name, text in fields.items() if name.startswith("msgstr")]
    return found


def strings_in_python(source: str) -> Iterator[Message]:
    """The messages that a module asks for.

    Raises AssertionError for a call inside an f-string, where xgettext does not look, and for one whose
    text is put together while the program runs.
    """
    tree = ast.parse(source)
    hidden = {
        id(node) for outer in ast.walk(tree) if isinstance(outer, ast.JoinedStr) for node in ast.walk(outer)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ARGUMENTS:
            assert id(node) not in hidden, f"inside an f-string: {ast.unparse(node)}"
            context, text, plural = (
                "" if place is None else node.args[place].value if _is_text(node.args[place]) else None
                for place in ARGUMENTS[node.func.id]
            )
            assert None not in (context, text, plural), f"no fixed text: {ast.unparse(node)}"
            yield Message(text, context, plural)


def _is_text(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


def strings_in_template(source: str) -> Iterator[Message]:
    """The messages that a template asks for, by Django's own reading of its tags."""
    for call in TEMPLATE_CALL.finditer(templatize(source)):
        texts = [ast.literal_eval(text) for text in call.groups()[1:] if text]
        context, text, plural = (texts[place] if place is not None else "" for place in ARGUMENTS[call[1]])
        yield Message(text, context, plural)
