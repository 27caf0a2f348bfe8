"""What forms check of a picture, on whatever page: its address, and what readers see of it already."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from events.citations.urls import is_web_url
from events.models import Entry, Image
from events.workflow.permissions import may
from events.workflow.published_pictures import emptied, is_published

NEEDED = _("A published page shows this picture, so this cannot be left empty.")
SHARED = _("This picture stands on a published page: ask an editor, or upload it anew.")


def needed_by_readers(before: Image, after: Image) -> list[str]:
    """The fields that a change leaves empty although a published page shows the picture."""
    names = emptied(before, after)
    return names if names and is_published(before) else []


def picture_problems(form: forms.ModelForm, cover: Image | None) -> dict[str, Promise]:
    """Why the form of an entry may not change the chosen picture as it does, by field.

    `form` has been cleaned, so that `cover` holds what was typed. Who may not change what is published
    changes nothing of a picture that stands there; nobody takes from it what publishing asks for.
    """
    if cover is None or not form.describes_cover():
        return {}
    stored = Image.objects.get(pk=cover.pk)
    names = [name for name in form.COVER_FIELDS if getattr(stored, name) != getattr(cover, name)]
    if form.cleaned_data.get("cover_file"):
        names.append("file")
    if names and not may(form.user, "edit_live") and is_published(stored):
        return {f"cover_{name}": SHARED for name in names}
    if form.instance.state == Entry.State.PUBLISHED:
        # What its own picture lacks is told with all else that a published entry needs.
        return {}
    return {f"cover_{name}": NEEDED for name in needed_by_readers(stored, cover)}


def checked_address(text: str) -> str:
    """The source address of a picture as it was typed, or nothing. Raises ValidationError."""
    address = text.strip()
    if address and not is_web_url(address):
        raise ValidationError(_("Give an address that begins with http:// or https://."))
    return address
