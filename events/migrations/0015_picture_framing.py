from collections.abc import Iterable
from typing import Any

from django.db import migrations, models

TYPES = {"avif": "image/avif", "webp": "image/webp", "jpg": "image/jpeg"}


def as_listing(rows: Iterable[dict]) -> str:
    """A line for each size: ratio, width, height, name without extension, and the length of each file."""
    lines: dict[str, list[str]] = {}
    for row in rows:
        stem, _dot, extension = row["name"].rpartition(".")
        line = f"{row['ratio']} {row['width']} {row['height']} {stem}"
        lines.setdefault(line, []).append(f"{extension}:{row['bytes']}")
    return "\n".join(" ".join([line, *lengths]) for line, lengths in lines.items())


def as_rows(listing: str) -> list[dict]:
    rows = []
    for line in listing.splitlines():
        ratio, width, height, stem, *lengths = line.split(" ")
        for extension, length in (each.split(":") for each in lengths):
            rows.append(
                {
                    "name": f"{stem}.{extension}",
                    "ratio": ratio,
                    "width": int(width),
                    "height": int(height),
                    "type": TYPES[extension],
                    "bytes": int(length),
                }
            )
    return rows


def write_listings(apps: Any, _editor: Any) -> None:
    images = apps.get_model("events", "Image").objects
    for pk, rows in images.exclude(renditions=[]).values_list("pk", "renditions").iterator(chunk_size=500):
        images.filter(pk=pk).update(listing=as_listing(rows))


def write_rows(apps: Any, _editor: Any) -> None:
    images = apps.get_model("events", "Image").objects
    for pk, listing in images.exclude(listing="").values_list("pk", "listing").iterator(chunk_size=500):
        images.filter(pk=pk).update(renditions=as_rows(listing))


class Migration(migrations.Migration):
    """Renditions as lines of text, own crops, and what stands in for a picture until it is there."""

    dependencies = [("events", "0014_picture_files")]

    operations = [
        migrations.AddField(
            "image",
            "listing",
            models.TextField(blank=True, default="", editable=False),
            preserve_default=False,
        ),
        migrations.RunPython(write_listings, write_rows),
        migrations.RemoveField("image", "renditions"),
        migrations.RenameField("image", "listing", "renditions"),
        migrations.AddField("image", "crops", models.JSONField(blank=True, default=dict, editable=False)),
        migrations.AddField(
            "image",
            "placeholder",
            models.CharField(blank=True, default="", editable=False, max_length=18),
            preserve_default=False,
        ),
        migrations.AddField(
            "image", "likeness", models.BigIntegerField(blank=True, editable=False, null=True)
        ),
    ]
