"""Forms of what has no versions: what two editors make of one row at once is joined, field by field.

Each field carries what it held when it was shown. What an editor left alone stays as it is stored by now, and
what two have changed to different values is told at its field: the next save puts the editor's own there.
"""

from contextlib import suppress
from typing import Any

from django import forms
from django.contrib.admin.utils import unquote
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils.functional import cached_property
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _


class CarryingField(forms.BoundField):
    """A field of one input, with what is stored in a hidden one beside it."""

    def __str__(self) -> SafeString:
        shown = super().__str__()
        if not self.is_carried:
            return shown
        hidden = '{}<input type="hidden" name="{}" value="{}">'
        return format_html(hidden, shown, self.html_initial_name, self.stored)

    # What templates ask for.
    __html__ = __str__

    @property
    def is_carried(self) -> bool:
        """Whether an editor can change it on a stored row; a formset adds fields of its own to its rows."""
        is_open = self.name in self.form.base_fields and not (self.is_hidden or self.field.disabled)
        return is_open and self.form.instance.pk is not None and self.form.carries(self.name)

    @property
    def stored(self) -> str:
        """The value of the row as it was read for this form, as text."""
        value = self.field.prepare_value(self.initial)
        return "" if value is None else str(value)

    def has_left(self, before: str) -> bool:
        """Whether the posted value is no longer this one."""
        posted = plain(self.data)
        if posted == plain(before):
            return False
        return self.field.has_changed(self.read(before), posted)

    def read(self, text: str) -> Any:
        """The value that a text of this field says; the text itself where it says none."""
        with suppress(ValidationError):
            return self.field.to_python(plain(text))
        return text

    def post(self, text: str) -> None:
        """Put this text into the form as a browser would have sent it."""
        data, name = self.form.data, self.html_name
        if not isinstance(self.field.widget, forms.CheckboxInput):
            data[name] = text
        elif self.read(text):
            data[name] = "on"
        else:
            data.pop(name, None)

    def told(self) -> str:
        """That a colleague has changed it, and to what."""
        if isinstance(self.field, forms.FileField):
            # Of what was uploaded a page cannot be shown once more.
            return _("A colleague has put another file here meanwhile. Choose yours again to replace it.")
        if not self.stored:
            return _("A colleague has emptied this meanwhile. Save again to put yours in its place.")
        words = _(
            "A colleague has changed this meanwhile to: “%(theirs)s”. Save again to put yours in its place."
        )
        return words % {"theirs": in_words(self.field, self.stored)}


class JoinedForm(forms.ModelForm):
    """Of a row that others may have saved since its form was shown.

    A form that does not say what it was shown, such as a script's, writes over what is stored.
    """

    bound_field_class = CarryingField
    # The fields that both have changed; nothing before that was looked for.
    overtaken: list[CarryingField] | None = None

    def carries(self, name: str) -> bool:
        """Whether what this field shows may be changed meanwhile."""
        return True

    def join(self) -> None:
        """Put what is stored into the fields that were left alone, and find those that both have changed.

        What is stored by now is also what the form carries when it is shown once more.
        """
        if not self.is_bound or self.overtaken is not None:
            return
        self.data, self.overtaken = self.data.copy(), []
        for bound in self:
            if bound.is_carried:
                self.join_field(bound, shown=self.data.get(bound.html_initial_name, bound.stored))

    def join_field(self, bound: CarryingField, *, shown: str) -> None:
        if not bound.has_left(shown):
            bound.post(self.left_alone(bound, shown))
        elif plain(shown) != plain(bound.stored) and bound.has_left(bound.stored):
            self.overtaken.append(bound)

    def left_alone(self, bound: CarryingField, shown: str) -> str:
        """The text of a field that the editor did not change, where `shown` stood."""
        return bound.stored

    @cached_property
    def changed_data(self) -> list[str]:
        """What this save changes of the row as it is stored by now; a formset asks before it cleans a row."""
        self.join()
        return super().changed_data

    def full_clean(self) -> None:
        self.join()
        super().full_clean()
        for bound in self.overtaken or ():
            self.add_error(bound.name, bound.told())


class SavesInTurn:
    """Mixed into the admin of what such a form edits: who saves while another does waits, then reads."""

    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, form_url: str = "", extra_context=None
    ) -> HttpResponse:
        if request.method != "POST" or not object_id:
            # Who only looks waits for nobody: on SQLite a transaction locks the whole database.
            return super().changeform_view(request, object_id, form_url, extra_context)
        with transaction.atomic():
            # Rows that point here can be written meanwhile. Django answers addresses that are none.
            with suppress(ValueError):
                row = self.model._base_manager.filter(pk=unquote(object_id))
                row.select_for_update(no_key=True).values_list("pk").first()
            return super().changeform_view(request, object_id, form_url, extra_context)


def plain(value: object) -> object:
    """Text as it was before a browser sent its ends of lines."""
    return value.replace("\r\n", "\n") if isinstance(value, str) else value


def in_words(field: forms.Field, text: str) -> str:
    """A stored value as an editor knows it; never that of a box, which two can only have changed alike."""
    if isinstance(field, forms.ModelChoiceField):
        with suppress(ValidationError):
            return str(field.to_python(text))
    elif isinstance(field, forms.ChoiceField):
        return str(dict(field.choices).get(text, text))
    return text
