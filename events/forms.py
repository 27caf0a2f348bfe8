"""The rules that every form of the newsroom shares, whatever page it stands on."""

from collections.abc import Collection
from zoneinfo import available_timezones

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events.conf import conf
from events.images.opening import validate_sound
from events.models import Citation, Context, Entry, Event, Image
from events.models.images import LACKING, NO_PICTURE
from events.text.cleaning import clean_line
from events.text.folding import name_key

# Stands before a name that is meant to become a new context.
NEW_MARK = "+"
# Sorts after every place that an editor has given.
LAST_PLACE = 32_000


class ContextNamesField(forms.CharField):
    """Names of contexts, one a line, in their order; aliases count. Cleans to (name, is new) pairs.

    A name that nobody knows is refused unless `+` stands before it, so that no typing error makes a context.
    """

    def __init__(self, **kwargs) -> None:
        kwargs.setdefault("widget", forms.Textarea(attrs={"rows": 4}))
        super().__init__(**kwargs)

    def clean(self, value: str) -> list[tuple[str, bool]]:
        lines = [line for line in map(clean_line, super().clean(value).splitlines()) if line]
        names = [(line.removeprefix(NEW_MARK).strip(), line.startswith(NEW_MARK)) for line in lines]
        names = list({name_key(name): (name, is_new) for name, is_new in names if name}.values())
        known = Context.objects.by_names([name for name, _is_new in names])
        unknown = [name for name, is_new in names if not is_new and name_key(name) not in known]
        if unknown:
            raise ValidationError(
                _("No context is called %(names)s. Put + before a name to make it a new one.")
                % {"names": ", ".join(f"“{name}”" for name in unknown)},
                code="unknown",
            )
        if any(len(name) > 255 for name, _is_new in names):
            raise ValidationError(_("The name of a context has at most 255 characters."), code="too_long")
        return [(name, is_new and name_key(name) not in known) for name, is_new in names]


def lines_of_names(names: Collection[str]) -> str:
    """The text of such a field that asks for these names: those that nobody knows are marked as new."""
    known = Context.objects.by_names(names)
    return "\n".join(name if name_key(name) in known else f"{NEW_MARK} {name}" for name in names)


class EntryForm(forms.ModelForm):
    """What the form of every kind of entry has: its contexts and its cover."""

    context_names = ContextNamesField(
        label=gettext_lazy("Contexts"),
        required=False,
        help_text=gettext_lazy("The most important first."),
    )
    cover_file = forms.FileField(
        label=gettext_lazy("Upload a picture"), required=False, validators=[validate_sound]
    )
    cover_source_url = forms.CharField(label=gettext_lazy("Source address"), required=False)
    cover_alt = forms.CharField(
        label=gettext_lazy("Alternative text"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("What the picture shows, for those who cannot see it."),
    )
    cover_is_decorative = forms.BooleanField(
        label=gettext_lazy("Decorative: the picture adds nothing to the text"), required=False
    )
    cover_caption = forms.CharField(
        label=gettext_lazy("Caption"), required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    cover_credit = forms.CharField(label=gettext_lazy("Credit"), required=False, max_length=255)
    cover_licence = forms.CharField(
        label=gettext_lazy("Licence"),
        required=False,
        max_length=64,
        help_text=gettext_lazy("An SPDX identifier such as CC-BY-SA-4.0, or words."),
    )
    cover_focal_x = forms.FloatField(
        label=gettext_lazy("Focal point, from the left"), required=False, min_value=0, max_value=1
    )
    cover_focal_y = forms.FloatField(
        label=gettext_lazy("Focal point, from the top"),
        required=False,
        min_value=0,
        max_value=1,
        help_text=gettext_lazy("From 0 to 1; crops keep this point."),
    )

    COVER_FIELDS = (
        "source_url", "alt", "is_decorative", "caption", "credit", "licence", "focal_x", "focal_y",
    )  # fmt: skip
    # The input knows whole seconds only; a moment that nobody touched stays what it was.
    MOMENTS = ("publish_at", "embargo_until", "label_until")

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        entry = self.instance
        if entry.pk:
            self.initial.setdefault("context_names", "\n".join(names_of(entry)))
        # For a picture that is chosen or uploaded now, only what was typed here and now counts.
        cover = entry.cover if entry.cover_id else Image()
        for name in self.COVER_FIELDS:
            self.initial.setdefault(f"cover_{name}", getattr(cover, name))

    def full_clean(self) -> None:
        super().full_clean()
        # That a field is required adds nothing to a sentence of its own.
        for errors in self._errors.values():
            errors.data = [error for error in errors.data if error.code != "required"] or errors.data

    def clean(self) -> dict:
        data = super().clean()
        for name in self.MOMENTS:
            if name in data and name not in self.changed_data:
                data[name] = getattr(self.instance, name)
        cover = self.described_cover() if self.describes_cover() else None
        if cover and not cover.is_decorative and not cover.alt.strip():
            self.add_error("cover_alt", LACKING["alt"])
        if cover and not (cover.file or cover.source_url or data.get("cover_file")):
            self.add_error("cover_source_url", NO_PICTURE)
        return data

    def describes_cover(self) -> bool:
        """Whether anything about the cover was changed here; an imported one may wait for its text."""
        return any(name.startswith("cover") for name in self.changed_data)

    def contexts(self) -> list[Context]:
        """The contexts asked for, in order; those marked as new are made."""
        return Context.objects.resolve([name for name, _is_new in self.cleaned_data["context_names"]])

    def described_cover(self) -> Image | None:
        """The cover with what the form says of it, not saved; None without one."""
        data = self.cleaned_data
        cover = data.get("cover")
        if cover is None and not data.get("cover_file") and not data.get("cover_source_url"):
            return None
        # A picture of another event is not overwritten by texts that described the former cover.
        names = [
            name
            for name in self.COVER_FIELDS
            if f"cover_{name}" in data and (cover is None or f"cover_{name}" in self.changed_data)
        ]
        cover = cover or Image()
        for name in names:
            value = data[f"cover_{name}"]
            setattr(cover, name, 0.5 if value is None else value)
        return cover


class EventForm(EntryForm):
    """An event with its contexts and its cover, as an editor writes it."""

    class Meta:
        model = Event
        fields = [
            "headline", "short_headline", "date", "end_date", "date_precision", "time", "time_zone",
            "summary", "body", "category", "label", "label_until", "language", "direction", "slug", "cover",
            "publish_at", "embargo_until", "retraction_notice", "is_incomplete",
        ]  # fmt: skip

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        category = self.fields.get("category")
        if category:
            category.widget = forms.Select(choices=category_choices(self.instance.category))

    def clean_time_zone(self) -> str:
        zone = self.cleaned_data["time_zone"]
        if zone and zone not in available_timezones():
            raise ValidationError(_("This is not the name of a time zone such as Asia/Damascus."))
        return zone


class CitationForm(forms.ModelForm):
    """One source. Its place is a number; a row in which nothing else was typed does not count."""

    position = forms.IntegerField(
        label=gettext_lazy("Position"), required=False, min_value=0, max_value=LAST_PLACE
    )

    class Meta:
        model = Citation
        fields = [
            "position", "label", "url", "published_on", "accessed_on", "agency", "carrier", "language",
            "is_paywalled", "quote",
        ]  # fmt: skip

    def clean_position(self) -> int:
        position = self.cleaned_data["position"]
        return LAST_PLACE if position is None else position

    def has_changed(self) -> bool:
        changed = set(self.changed_data)
        return bool(changed if self.instance.pk else changed - {"position"})


def names_of(entry: Entry) -> list[str]:
    """The names of the entry's contexts, in order."""
    return [row.tag.name for row in entry.taggings.select_related("tag")]


def category_choices(present: str) -> list[tuple[str, str]]:
    """The newsroom's headings; an imported entry keeps the one that it has."""
    names = [str(name) for name in conf.CATEGORIES]
    if present and present not in names:
        names.append(present)
    return [("", "—"), *((name, name) for name in names)]
