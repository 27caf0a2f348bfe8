"""The files that an import names: single ones, and whole folders."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from django.utils.translation import gettext as _

from events.importers.base import BROKEN, STDIN, Importer, open_source
from events.importers.records import InvalidRecord, Record


def files_in(names: Iterable[str], importer: Importer) -> Iterator[tuple[Path | str, str]]:
    """Each file with its path for the importer: relative to the folder that was named, else its name.

    Of a folder those files are taken that end as the importer's files do, in the order of their names.
    """
    for name in names:
        path = Path(name)
        if name == STDIN:
            yield name, ""
        elif path.is_dir():
            for file in sorted(found for found in path.rglob("*") if found.is_file()):
                if file.name.lower().endswith(importer.extensions):
                    yield file, file.relative_to(path).as_posix()
        else:
            yield path, path.name


def read_files(names: Iterable[str], importer: Importer) -> Iterator[Record]:
    """The records of all files; one that cannot be opened is reported and the rest goes on."""
    for file, path in files_in(names, importer):
        try:
            with open_source(file) as stream:
                yield from importer.read(stream, path=path)
        except BROKEN as error:
            yield InvalidRecord(str(file), _("The file cannot be read: %(error)s") % {"error": error})
