"""Whether anything public has changed: one small query that saves all others."""

from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.utils import timezone

from events.prepared import prepared_cursor

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Stamp:
    """The state of the public site: the last write, by number and moment, and the last change by time alone:
    an entry that came out, a label or a place on the front page that ended.

    `changed_at` is the last moment that moved a page: either of the two, or the release of the code.
    """

    serial: int
    written_at: datetime
    came_out_at: datetime
    changed_at: datetime

    @property
    def key(self) -> str:
        """Differs whenever a page may: never by a clock alone, since those of two machines may disagree."""
        moments = (self.written_at, self.came_out_at, release_moment())
        return " ".join([str(self.serial), *(moment.isoformat() for moment in moments)])


def current_stamp(*, now: datetime) -> Stamp:
    """One query, answered from a few indexes."""
    moment = connection.ops.adapt_datetimefield_value(now)
    with prepared_cursor() as cursor:
        cursor.execute(
            "SELECT (SELECT serial FROM events_sitestamp WHERE id = 1),"
            " (SELECT changed_at FROM events_sitestamp WHERE id = 1),"
            " (SELECT visible_at FROM events_event WHERE state = 'published' AND visible_at <= %s"
            " ORDER BY visible_at DESC LIMIT 1),"
            " (SELECT visible_at FROM events_article WHERE state = 'published' AND visible_at <= %s"
            " ORDER BY visible_at DESC LIMIT 1),"
            " (SELECT label_until FROM events_event WHERE label_until <= %s"
            " ORDER BY label_until DESC LIMIT 1),"
            " (SELECT label_until FROM events_article WHERE label_until <= %s"
            " ORDER BY label_until DESC LIMIT 1),"
            " (SELECT until FROM events_frontslot WHERE until <= %s ORDER BY until DESC LIMIT 1)",
            [moment] * 5,
        )
        serial, changed_at, *moments = cursor.fetchone()
    written = as_moment(changed_at) if changed_at else EPOCH
    came_out = max([as_moment(moment) for moment in moments if moment], default=EPOCH)
    return Stamp(serial or 0, written, came_out, max(written, came_out, release_moment()))


def as_moment(value: datetime | str) -> datetime:
    """SQLite gives moments of raw queries as text in UTC."""
    if isinstance(value, str):
        value = datetime.fromisoformat(value)
    return value if timezone.is_aware(value) else value.replace(tzinfo=UTC)


@cache
def release_moment() -> datetime:
    """When the code, the templates or the static files last changed: a new release makes every page anew."""
    root = Path(settings.BASE_DIR)
    files = [*root.glob("events/**/*.py"), *root.glob("templates/**/*.html"), *root.glob("locale/**/*.mo")]
    # Their addresses, written by collectstatic, which takes away what pages linked before.
    files.append(Path(settings.STATIC_ROOT) / "staticfiles.json")
    newest = max((file.stat().st_mtime for file in files if file.exists()), default=0)
    return datetime.fromtimestamp(int(newest), UTC)
