"""Inputs of the editors' forms. Each works as plain HTML; a custom element makes it comfortable."""

from django import forms
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events.licences import LICENCES
from events.models import Entry


class NamesPicker(forms.Textarea):
    """Names, one a line; with JavaScript a list to order, and suggestions while typing."""

    # The view that suggests, and what the parts of the list are called.
    view = "admin:events_context_suggest"
    find = gettext_lazy("Find a context by name or alias")
    new = gettext_lazy("New context: %s")
    none = gettext_lazy("No context has this name.")
    chosen = gettext_lazy("Chosen contexts")
    # How to fill in the text area, which is all there is without JavaScript.
    plain = gettext_lazy("One name a line; + before a name makes it new.")
    plain_known = gettext_lazy("One name a line.")

    class Media:
        js = [forms.Script("js/admin-names-picker.js", type="module")]

    def __init__(self, *, may_create: bool = False) -> None:
        super().__init__(attrs={"rows": 4})
        self.may_create = may_create

    def render(self, name: str, value: str | None, attrs: dict | None = None, renderer=None) -> SafeString:
        return format_html(
            '<names-picker data-suggest="{}" data-may-create="{}" data-add="{}" data-new="{}" data-up="{}"'
            ' data-down="{}" data-remove="{}" data-count="{}" data-none="{}" data-list="{}">{}'
            '<noscript><p class="help">{}</p></noscript></names-picker>',
            reverse(self.view),
            "yes" if self.may_create else "no",
            self.find,
            self.new,
            _("Move up: %s"),
            _("Move down: %s"),
            _("Remove: %s"),
            _("%s suggestions"),
            self.none,
            self.chosen,
            super().render(name, value, attrs, renderer),
            self.plain if self.may_create else self.plain_known,
        )


class ProfilesPicker(NamesPicker):
    """Names of profiles, with a role behind a bar: `Anna Kovač | photographs`."""

    view = "admin:events_profile_suggest"
    find = gettext_lazy("Find a person or an organisation by name")
    new = gettext_lazy("New profile: %s")
    none = gettext_lazy("No profile has this name.")
    chosen = gettext_lazy("Chosen authors")


class EventsPicker(NamesPicker):
    """Events by their permanent ids, each with its headline behind it."""

    view = "admin:events_event_suggest"
    find = gettext_lazy("Find an event by its words, id or address")
    none = gettext_lazy("No event is found.")
    chosen = gettext_lazy("Chosen events")
    plain_known = gettext_lazy(
        "One a line, by its permanent id or its address; what stands behind is not read."
    )


class OfferingNamesPicker(NamesPicker):
    """The same on the form of an entry, with contexts for what stands in its headline and its first lines.

    They appear while the form is filled in; without JavaScript a button shows them on a page of their own.
    """

    class Media:
        js = [forms.Script("js/admin-context-offers.js", type="module")]

    def __init__(self, *, may_create: bool, entry: Entry) -> None:
        super().__init__(may_create=may_create)
        self.entry = entry

    def render(self, name: str, value: str | None, attrs: dict | None = None, renderer=None) -> SafeString:
        view = f"admin:events_{self.entry.OWNER}_offers"
        address = reverse(view, args=[self.entry.pk]) if self.entry.pk else reverse(f"{view}_new")
        return format_html(
            '<div class="names-field">{}<context-offers data-contexts="{}" data-named="{}" data-together="{}"'
            ' data-add="{}" data-added="{}" data-some="{}" data-none="{}" data-failed="{}" data-key="{}"'
            ' data-file="{}" data-filed="{}">'
            '<button type="submit" class="button" name="_offers" formaction="{}" formtarget="_blank"'
            " formnovalidate>{}</button></context-offers></div>",
            super().render(name, value, attrs, renderer),
            name,
            _("Named in the text"),
            _("Often used with these"),
            _("Add: %s"),
            _("Added: %s"),
            _("Contexts suggested: %s"),
            _("No context to suggest."),
            _("Suggestions could not be loaded."),
            _("Alt+Enter adds the first one."),
            _("File as “%s”"),
            _("Filed as %s"),
            address,
            _("Suggest contexts"),
        )


class PictureAddress(forms.TextInput):
    """The address of a picture, which a button fetches."""

    class Media:
        js = [forms.Script("js/admin-picture-fetch.js", type="module")]

    def render(self, name: str, value: str | None, attrs: dict | None = None, renderer=None) -> SafeString:
        return format_html(
            '<picture-fetch data-address="{}?part=last" data-fetch="{}" data-fetching="{}" data-here="{}"'
            ' data-failed="{}">{}</picture-fetch>',
            reverse("admin:events_image_upload"),
            _("Fetch this picture"),
            _("Fetching the picture …"),
            _("The picture is here. Say what it shows, whom it comes from and by what right we show it."),
            _("This did not work. Load the page again, and log in if you are asked to."),
            super().render(name, value, {**(attrs or {}), "class": "vTextField"}, renderer),
        )


class DatalistInput(forms.TextInput):
    """A text field with suggestions that nobody is bound to."""

    def __init__(self, options: list[str], attrs: dict | None = None) -> None:
        super().__init__(attrs)
        self.options = options

    def render(self, name: str, value: str | None, attrs: dict | None = None, renderer=None) -> SafeString:
        key = f"{(attrs or {}).get('id', name)}-options"
        field = super().render(name, value, {**(attrs or {}), "list": key}, renderer)
        options = format_html_join("", '<option value="{}"></option>', ((option,) for option in self.options))
        return format_html('{}<datalist id="{}">{}</datalist>', field, key, options)


class LicenceSelect(forms.Select):
    """The licences by their kinds; one that is none of them, such as an imported one, stays choosable."""

    def __init__(self, attrs: dict | None = None) -> None:
        super().__init__(attrs)
        self.choices = licence_choices()

    def optgroups(self, name: str, value: list[str], attrs: dict | None = None) -> list:
        known = {code for code in value if not code or code in LICENCES}
        self.choices = [*licence_choices(), *((code, code) for code in value if code not in known)]
        return super().optgroups(name, value, attrs)


def licence_choices() -> list:
    """Nothing, then the licences in three groups."""
    groups: dict[str, list[tuple[str, str]]] = {}
    for code, terms in LICENCES.items():
        if code.startswith("LicenseRef-"):
            group = _("Without a public licence")
        else:
            group = "Creative Commons" if code.startswith("CC") else _("Other public licences")
        groups.setdefault(group, []).append((code, str(terms.name)))
    return [("", "—"), *groups.items()]


class UnlabelledInput(forms.HiddenInput):
    """A hidden field to which no label can point; Django's fieldsets write one for every field."""

    def id_for_label(self, id_: str) -> str:
        return ""
