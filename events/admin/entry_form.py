"""The form of an edit page: an entry, the version it started from, and what is to become of it."""

import copy
import secrets

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events.admin import posted
from events.admin.cover_rules import checked_address, picture_problems
from events.admin.joined_form import CarryingField, JoinedForm
from events.admin.widgets import LicenceSelect, OfferingNamesPicker, PictureAddress, UnlabelledInput
from events.conf import conf
from events.forms import EntryForm
from events.models import Entry, Image
from events.text.numbers import number_in
from events.workflow import drafts, transitions
from events.workflow.approval import direct_change_problem
from events.workflow.permissions import may
from events.workflow.pictures import remake_renditions, store_picture

# A button that moves the entry is called `_to_` and the transition's name.
MOVE = "_to_"
# Comes with values that were put together elsewhere: they are shown once more before they are saved.
RECHECK = "_recheck"
# Keeps the form as a draft revision of the entry, which stays as readers see it.
KEEP_DRAFT = "_keep_draft"


# What the form says of the cover. Its picture has a page of its own and, unlike the entry, no versions.
COVER_WORDS = frozenset(f"cover_{name}" for name in EntryForm.COVER_FIELDS)


class DeskForm(JoinedForm, EntryForm):
    """Checks the requested transition with the rest, so that every problem is told at once.

    A form of the desk is this and the form of its kind of entry. `user` is set by the admin on a subclass
    made for the request; `kind` says how the form is compared with what is stored.
    """

    user = None
    kind: posted.FormKind
    # Whether nothing of it will stay: a preview may show what the user may not save.
    is_tried = False

    based_on = forms.IntegerField(widget=UnlabelledInput, required=False)
    # The serial of the draft revision that the form was filled from.
    draft_revision = forms.IntegerField(widget=UnlabelledInput, required=False)
    form_token = forms.CharField(widget=UnlabelledInput, required=False, max_length=32)
    is_significant = forms.BooleanField(
        label=gettext_lazy("Significant update"),
        required=False,
        help_text=gettext_lazy(
            "Readers and feeds are told of it (“Updated”). Leave it off for a minor edit such as a spelling."
        ),
    )
    revision_note = forms.CharField(
        label=gettext_lazy("Note on this change"),
        required=False,
        max_length=255,
        help_text=gettext_lazy("For colleagues; kept with the revision, not published."),
    )

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("based_on", self.instance.version if self.instance.pk else 0)
        self.initial.setdefault("form_token", secrets.token_hex(8))
        self.may_create = self.user is not None and may(self.user, "make_context")
        if "context_names" in self.fields:
            self.fields["context_names"].widget = OfferingNamesPicker(
                may_create=self.may_create, entry=self.instance
            )
        if "cover_licence" in self.fields:
            self.fields["cover_licence"].widget = LicenceSelect()
        if "cover_source_url" in self.fields and self.may_fetch():
            self.fields["cover_source_url"].widget = PictureAddress()

    def may_fetch(self) -> bool:
        return bool(conf.FETCH_SOURCES) and self.user is not None and self.user.has_perm("events.add_image")

    def carries(self, name: str) -> bool:
        return name in COVER_WORDS

    def join_field(self, bound: CarryingField, *, shown: str) -> None:
        is_of_stored_cover = number_in(self.data.get("cover", "")) == self.instance.cover_id
        if is_of_stored_cover and not self.is_tried:
            super().join_field(bound, shown=shown)
        else:
            # To another picture than the one that it was shown with comes only what was typed here and now.
            bound.initial = bound.read(shown)

    @property
    def transition(self) -> str:
        """The name of the transition whose button was pressed, or nothing."""
        pressed = (name.removeprefix(MOVE) for name in self.data if name.startswith(MOVE))
        return next((name for name in pressed if name in transitions.BY_NAME), "")

    def clean_context_names(self) -> list[tuple[str, bool]]:
        names = self.cleaned_data["context_names"]
        new = [name for name, is_new in names if is_new]
        if new and not self.may_create:
            raise ValidationError(
                _("You may not make new contexts: %(names)s. Ask an editor.") % {"names": ", ".join(new)}
            )
        return names

    def clean_cover_source_url(self) -> str:
        return checked_address(self.cleaned_data["cover_source_url"])

    def clean(self) -> dict:
        if RECHECK in self.data:
            self.add_error(None, _("Nothing has been saved yet. Check the entry once more, then save it."))
        data = super().clean()
        if not self.is_written():
            return data
        if serial := data.get("draft_revision"):
            problem = drafts.publishing_problem(self.instance, serial=serial, by=self.user)
            if problem:
                self.add_error(None, problem)
        for name, problem in picture_problems(self, data.get("cover")).items():
            self.add_error(name, problem)
        return data

    def is_written(self) -> bool:
        """Whether the entry itself would be saved, and not only shown, or kept as a draft revision of it."""
        keeps_draft = KEEP_DRAFT in self.data and self.instance.pk
        return not (self.is_tried or keeps_draft or RECHECK in self.data)

    def _post_clean(self) -> None:
        super()._post_clean()
        if self.transition:
            try:
                # On a copy: where another field fails, the page must show the state that is stored.
                self.move(copy.copy(self.instance))
            except ValidationError as error:
                self.add_error(None, error)
            except PermissionDenied as error:
                self.add_error(None, str(error))
        elif self.instance.state == Entry.State.PUBLISHED and self.describes_cover():
            try:
                transitions.check_cover(self.instance)
            except ValidationError as error:
                self.add_error(None, error)
        if problem := self.unseen_problem():
            self.add_error(None, problem)

    def unseen_problem(self) -> str:
        """Why, with four eyes, what is typed here has to be seen by another person first; else nothing."""
        stays_live = self.instance.state == Entry.State.PUBLISHED and not self.transition
        goes_live = stays_live or self.transition in transitions.OF_OTHER_EYES
        if not (goes_live and self.is_written() and self.carries_changes()):
            return ""
        return direct_change_problem(self.instance) or _(
            "Save your changes first; then another editor approves them."
        )

    def carries_changes(self) -> bool:
        """Whether, with four eyes, it says what neither the entry nor its opened draft revision does."""
        if not conf.FOUR_EYES or not self.instance.pk:
            return False
        draft = drafts.draft_of(self.instance) if self.cleaned_data.get("draft_revision") else None
        if draft:
            seen = posted.from_draft(type(self), draft.snapshot)
        else:
            seen = posted.stored(type(self), self._meta.model.objects.get(pk=self.instance.pk))
        return posted.words_of(self.kind, self.data) != posted.words_of(self.kind, seen)

    def move(self, entry: Entry) -> None:
        """Make the requested transition, in memory."""
        comment = self.cleaned_data.get("revision_note", "")
        transitions.move(entry, self.transition, by=self.user, comment=comment)

    def label_is_over(self) -> bool:
        """Whether a label was given an end that has been. No error: a draft may wait past its label's end."""
        if not {"label", "label_until"}.intersection(self.changed_data):
            return False
        return bool(self.instance.label) and not self.instance.label_at(timezone.now())

    def put_rows(self) -> None:
        """Write the stored entry's contexts, and whatever else its kind ties to it."""
        self.instance.contexts.put(self.contexts())

    def save_cover(self) -> Image | None:
        """Store the picture where something about it changed; the cover, or None without one."""
        cover = self.described_cover()
        upload = self.cleaned_data.get("cover_file")
        if cover is None or not (upload or self.describes_cover() or cover.pk is None):
            return cover
        if upload:
            return store_picture(cover, upload)
        if cover.file and {"cover_focal_x", "cover_focal_y"}.intersection(self.changed_data):
            return remake_renditions(cover)
        cover.save()
        return cover
