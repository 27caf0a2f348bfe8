"""What is typed and not saved: kept in one slot for each editor and entry, and who has which entry open.

None of it is a write to an entry: no version, no revision, nothing published. A slot is emptied by the save
that its text went into, and goes when nobody has come back for it in `EVENTS_AUTOSAVE_KEEP_DAYS`.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import NamedTuple

from django.contrib.auth.models import AbstractBaseUser
from django.db import IntegrityError, transaction
from django.db.models import Case, F, Q, Value, When
from django.http import QueryDict

from events.conf import conf
from events.models import Autosave, Entry

# The script tells every twenty seconds that a form is open; whoever was not heard of for so long has left.
AWAY = timedelta(seconds=70)
# Of the text of one form; a long article with two hundred sources has a quarter of it.
MOST_CHARACTERS = 1_000_000
# New entries of which an editor's unsaved text is kept.
MOST_NEW = 10
# Texts in a list of an editor's own.
MOST_LISTED = 50
# Keys of the form that are marks of the page, not of the entry; of those, what the editor ticked stays.
MARK, TICKED = "_", ("_overrule", "_follows")
NOT_KEPT = "csrfmiddlewaretoken"


class TooLong(Exception):
    """The form holds more than is kept."""


class Unsaved(NamedTuple):
    """A text that waits for its editor."""

    slot: str
    form_token: str
    kept_at: datetime


class Present(NamedTuple):
    """A colleague who has the entry open."""

    name: str
    since: datetime


def slot_of(entry: Entry, *, form_token: str = "") -> str:
    """The name of the slot of an entry; of one that is not stored yet, by the token of its form."""
    return f"{entry.OWNER}/{entry.pk}" if entry.pk else f"{new_slots(type(entry))}{form_token}"


def new_slots(kind: type[Entry]) -> str:
    """How the slots of new entries of a kind begin."""
    return f"{kind.OWNER}/new/"


def text_of(posted: QueryDict) -> str:
    """What of a posted form is kept. Raises TooLong."""
    kept = QueryDict(mutable=True)
    for key, values in posted.lists():
        if key != NOT_KEPT and (key in TICKED or not key.startswith(MARK)):
            kept.setlist(key, values)
    text = kept.urlencode()
    if len(text) > MOST_CHARACTERS:
        raise TooLong
    return text


def keep(slot: str, posted: QueryDict, *, by: AbstractBaseUser, now: datetime) -> None:
    """Put a posted form into the slot, over what was there. Raises TooLong."""
    token = posted.get("form_token", "")[:32]
    write(slot, by=by, now=now, form=text_of(posted), form_token=token, kept_at=now)
    if "/new/" in slot:
        thin_new(slot, by=by)


def be_present(slot: str, *, by: AbstractBaseUser, now: datetime) -> None:
    """Tell that the editor still has the form open."""
    write(slot, by=by, now=now)


def write(slot: str, *, by: AbstractBaseUser, now: datetime, **values: object) -> None:
    """Change the slot or make it: one statement for all but the first time."""
    since = Case(When(seen_at__lt=now - AWAY, then=Value(now)), default=F("opened_at"))
    mine = Autosave.objects.filter(editor=by, slot=slot)
    if mine.update(opened_at=since, seen_at=now, **values):
        return
    try:
        with transaction.atomic():
            Autosave.objects.create(editor=by, slot=slot, opened_at=now, seen_at=now, **values)
    except IntegrityError:
        # A request of another tab was first.
        mine.update(seen_at=now, **values)


def leave(slot: str, *, by: AbstractBaseUser) -> None:
    """The editor closed the form: present no longer; what is unsaved stays."""
    mine = Autosave.objects.filter(editor=by, slot=slot)
    mine.filter(form="").delete()
    mine.update(seen_at=F("opened_at") - AWAY)


def drop(slots: Iterable[str], *, by: AbstractBaseUser) -> None:
    """Empty the slots: their text was saved, or is not wanted."""
    mine = Autosave.objects.filter(editor=by, slot__in=slots)
    mine.update(form="", form_token="", kept_at=None)
    mine.filter(slot__contains="/new/").delete()


def drop_entry(entry: Entry) -> None:
    """Everybody's slot of an entry that is deleted."""
    Autosave.objects.filter(slot=slot_of(entry)).delete()


def of_entry(
    entry: Entry, *, by: AbstractBaseUser, now: datetime, saved: Iterable[str] = ()
) -> tuple[Unsaved | None, list[Present]]:
    """My unsaved text of a stored entry and the colleagues who have it open, in one query.

    `saved` are tokens of forms that were saved: a late request may have kept one of them once more.
    """
    rows = Autosave.objects.filter(slot=slot_of(entry)).filter(Q(editor=by) | Q(seen_at__gte=now - AWAY))
    unsaved, present = None, []
    for row in rows.select_related("editor").defer("form").order_by("opened_at"):
        if row.editor_id != by.pk:
            present.append(Present(row.editor.get_full_name() or row.editor.get_username(), row.opened_at))
        elif row.kept_at and row.form_token not in saved:
            unsaved = Unsaved(row.slot, row.form_token, row.kept_at)
    return unsaved, present


def of_new(kind: type[Entry], *, by: AbstractBaseUser, saved: Iterable[str] = ()) -> Unsaved | None:
    """My latest unsaved text of a new entry."""
    rows = Autosave.objects.filter(editor=by, slot__startswith=new_slots(kind), kept_at__isnull=False)
    rows = rows.exclude(form_token__in=saved).order_by("-kept_at")
    row = rows.values_list("slot", "form_token", "kept_at").first()
    return Unsaved(*row) if row else None


def of_editor(*, by: AbstractBaseUser, saved: Iterable[str] = ()) -> list[Unsaved]:
    """All my unsaved texts, the latest first; one query."""
    rows = Autosave.objects.filter(editor=by, kept_at__isnull=False).exclude(form_token__in=saved)
    rows = rows.order_by("-kept_at").values_list("slot", "form_token", "kept_at")
    return [Unsaved(*row) for row in rows[:MOST_LISTED]]


def form_in(slot: str, *, by: AbstractBaseUser) -> QueryDict | None:
    """The form in my slot, as a browser would post it; None without one."""
    text = Autosave.objects.filter(editor=by, slot=slot).values_list("form", flat=True).first()
    return QueryDict(text, mutable=True) if text else None


def thin_new(slot: str, *, by: AbstractBaseUser) -> None:
    """Of an editor's new entries that were never saved, keep the latest."""
    prefix = slot[: slot.index("/new/") + len("/new/")]
    mine = Autosave.objects.filter(editor=by, slot__startswith=prefix).order_by("-seen_at")
    Autosave.objects.filter(pk__in=list(mine.values_list("pk", flat=True)[MOST_NEW:])).delete()


def thin(*, now: datetime, is_dry: bool = False) -> int:
    """Let go what nobody came back for, and traces of visits without any text; the number of slots."""
    late = now - timedelta(days=conf.AUTOSAVE_KEEP_DAYS)
    old = Autosave.objects.filter(Q(seen_at__lt=late) | Q(form="", seen_at__lt=now - timedelta(days=1)))
    return old.count() if is_dry else old.delete()[0]
