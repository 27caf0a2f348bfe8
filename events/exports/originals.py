"""The uploaded files of pictures, copied beside an export so that an import stores them again."""

import shutil
from pathlib import Path

from django.core.files.storage import default_storage

from events.models import Image

FOLDER = "media"


class Originals:
    """Copies originals below `folder`; without a folder there is nowhere to copy to."""

    def __init__(self, folder: Path | None) -> None:
        self.folder = folder
        self.copied = 0
        self.missing: list[str] = []

    def keep(self, image: Image) -> str:
        """Copy the picture's file; returns its place in the export, empty where there is none."""
        name = image.file.name
        if not name or self.folder is None:
            return ""
        place = f"{FOLDER}/{name}"
        target = self.folder / place
        # Files are named by their content: what is there already is the same, if it is whole.
        try:
            size = default_storage.size(name)
        except FileNotFoundError:
            self.missing.append(name)
            return ""
        if not target.exists() or target.stat().st_size != size:
            target.parent.mkdir(parents=True, exist_ok=True)
            with default_storage.open(name) as source, target.open("wb") as copy:
                shutil.copyfileobj(source, copy)
            self.copied += 1
        return place
