"""The files that an import names: single ones, and whole folders."""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from django.utils.translation import gettext as _

from events.importers.base import BROKEN, STDIN, Importer, open_source
from events.importers.records import InvalidRecord, Record
from events.text.file_names import file_name, readable

_LINKED_PAGE = re.compile(r"^### \[.*/([^/\n]+)\.md>?\)", re.MULTILINE)


def files_in(names: Iterable[str], importer: Importer) -> Iterator[tuple[Path | str, str]]:
    """Each file with its path for the importer: relative to the folder that was named, else its name.

    Of a folder those files are taken that end as the importer's files do.
    """
    for name in names:
        path = Path(name)
        if name == STDIN:
            yield name, ""
        elif path.is_dir():
            for file in below(path):
                if file.name.lower().endswith(importer.extensions):
                    yield file, readable(file.relative_to(path).as_posix())
        else:
            yield path, readable(path.name)


def below(folder: Path) -> Iterator[Path]:
    """All files in a folder and its folders by name; the pages of a day in the order that its index tells.

    So entries keep their order within the day, which no page tells of itself.
    """
    ranks = order_in(folder / "index.md")
    last = len(ranks)
    for found in sorted(folder.iterdir(), key=lambda found: (ranks.get(found.stem, last), found.name)):
        if found.is_dir():
            yield from below(found)
        else:
            yield found


def order_in(index: Path) -> dict[str, int]:
    """The names of the pages that an index links, in its order."""
    try:
        text = index.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return {}
    names = [file_name(link[1]) for link in _LINKED_PAGE.finditer(text)]
    return {name: rank for rank, name in enumerate(dict.fromkeys(names))}


def read_files(names: Iterable[str], importer: Importer) -> Iterator[Record]:
    """The records of all files; one that cannot be opened is reported and the rest goes on."""
    for file, path in files_in(names, importer):
        try:
            with open_source(file) as stream:
                yield from importer.read(stream, path=path)
        except BROKEN as error:
            yield InvalidRecord(
                readable(str(file)), _("The file cannot be read: %(error)s") % {"error": error}
            )
