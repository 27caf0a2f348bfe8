"""The form of a picture: upload, description with what the file proposes, focal point and own crops."""

from datetime import date

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events.admin.cover_rules import NEEDED, checked_address, needed_by_readers
from events.admin.joined_form import CarryingField, JoinedForm
from events.admin.widgets import LicenceSelect
from events.images.crops import SMALLEST, OwnCrop
from events.models import Image
from events.models.images import LACKING, NO_PICTURE
from events.text.cleaning import clean_line
from events.workflow.pictures import Intake, take_in

# Per cent are written with so many decimals: a pixel of a large picture.
DECIMALS = 2


class OwnCropField(forms.CharField):
    """Left edge, top edge and width in per cent, such as `20 10 60`. Cleans to an OwnCrop, or None."""

    def __init__(self, **kwargs) -> None:
        super().__init__(required=False, max_length=40, **kwargs)

    def prepare_value(self, value: OwnCrop | str | None) -> str:
        if isinstance(value, OwnCrop):
            return " ".join(f"{round(edge * 100, DECIMALS):g}" for edge in value)
        return value or ""

    def clean(self, value: str) -> OwnCrop | None:
        text = super().clean(value).replace(",", " ").replace("%", " ")
        if not text.strip():
            return None
        try:
            left, top, width = (float(number) / 100 for number in text.split())
        except ValueError as error:
            raise ValidationError(_("Write three numbers, such as 20 10 60.")) from error
        if not (0 <= left < 1 and 0 <= top < 1 and SMALLEST <= width <= 1):
            raise ValidationError(
                _("The edges lie between 0 and 100, the width between %(least)s and 100 per cent.")
                % {"least": round(SMALLEST * 100)}
            )
        return OwnCrop(left, top, width)

    def has_changed(self, initial: OwnCrop | None, data: str | None) -> bool:
        return self.prepare_value(initial) != (data or "").strip()


CROP_FIELDS = {"16:9": "crop_16x9", "4:3": "crop_4x3", "1:1": "crop_1x1", "1.91:1": "crop_card"}
FRAMING_FIELDS = ("focal_x", "focal_y", *CROP_FIELDS.values())


class ImageForm(JoinedForm):
    # How the upload was called is no matter of ours, however long it is.
    file = forms.FileField(label=gettext_lazy("File"), required=False, widget=forms.FileInput())
    crop_16x9 = OwnCropField(label=gettext_lazy("Own crop 16:9"))
    crop_4x3 = OwnCropField(label=gettext_lazy("Own crop 4:3"))
    crop_1x1 = OwnCropField(label=gettext_lazy("Own crop 1:1"))
    crop_card = OwnCropField(
        label=gettext_lazy("Own crop for share cards"),
        help_text=gettext_lazy(
            "Left edge, top edge and width in per cent of the picture, such as 20 10 60. Left empty, a crop "
            "follows the focal point; one that would lose that point is moved to it."
        ),
    )

    class Meta:
        model = Image
        fields = [
            "file", "source_url", "alt", "is_decorative", "caption", "credit", "licence", "place", "taken_on",
            "people", "focal_x", "focal_y",
        ]  # fmt: skip
        widgets = {
            "source_url": forms.TextInput(attrs={"class": "vTextField"}),
            "alt": forms.Textarea(attrs={"rows": 2}),
            "caption": forms.Textarea(attrs={"rows": 2}),
            "people": forms.Textarea(attrs={"rows": 2}),
            "taken_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            "focal_x": forms.NumberInput(attrs={"min": 0, "max": 1, "step": "any"}),
            "focal_y": forms.NumberInput(attrs={"min": 0, "max": 1, "step": "any"}),
        }

    intake: Intake | None = None

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        # Not to be changed, the page has none of the model's fields.
        if "licence" in self.fields:
            self.fields["licence"].widget = LicenceSelect()
        self.open_fields = self.proposed()
        for name in self.open_fields:
            field = self.fields[name]
            field.help_text = " ".join(
                filter(None, (_("Proposed by the file: check it."), str(field.help_text)))
            )
        if crops := self.instance.framing.crops:
            self.initial |= {CROP_FIELDS[ratio]: crop for ratio, crop in crops.items()}

    def proposed(self) -> list[str]:
        """Put what the file says of itself into the fields that are still empty; returns their names."""
        image = self.instance
        open_fields = [
            name
            for name in image.proposals
            if name in self.fields
            and not getattr(image, name)
            and not (name == "alt" and image.is_decorative)
        ]
        for name in open_fields:
            value = image.proposals[name]
            self.initial[name] = date.fromisoformat(value) if name == "taken_on" else value
        return open_fields

    def left_alone(self, bound: CarryingField, shown: str) -> str:
        """A proposal of a file that a colleague has put in is not taken before somebody has seen it."""
        is_new = bound.name in self.open_fields and shown != bound.stored
        return "" if is_new else super().left_alone(bound, shown)

    def clean_source_url(self) -> str:
        return checked_address(self.cleaned_data["source_url"])

    def clean_people(self) -> str:
        lines = map(clean_line, self.cleaned_data["people"].splitlines())
        return "\n".join(line for line in lines if line)

    def clean(self) -> dict:
        data = super().clean()
        if not data.get("is_decorative") and not (data.get("alt") or "").strip():
            self.add_error("alt", LACKING["alt"])
        if "file" in self.changed_data and data.get("file"):
            self.take_in(data)
        if not (self.instance.file or data.get("file") or data.get("source_url")):
            self.add_error("file", NO_PICTURE)
        elif data.get("file") and self.errors:
            self.add_error("file", _("Choose the file once more: browsers do not keep it."))
        return data

    def take_in(self, data: dict) -> None:
        """Decode the upload here, where what is wrong with it can still be told beside its field."""
        framed = {name: data[name] for name in ("focal_x", "focal_y") if data.get(name) is not None}
        try:
            self.intake = take_in(Image(crops=self.crops(), **framed), data["file"])
        except ValidationError as error:
            self.add_error("file", error)

    def crops(self) -> dict[str, list[float]]:
        """The own crops as a picture keeps them."""
        found = ((ratio, self.cleaned_data.get(name)) for ratio, name in CROP_FIELDS.items())
        return {ratio: list(crop) for ratio, crop in found if crop}

    def is_framed_anew(self) -> bool:
        return bool(set(FRAMING_FIELDS).intersection(self.changed_data))

    def _post_clean(self) -> None:
        super()._post_clean()
        self.instance.crops = self.crops()
        if self.instance.pk:
            for name in needed_by_readers(Image.objects.get(pk=self.instance.pk), self.instance):
                if name not in self.errors:
                    self.add_error(name, NEEDED)

    def _get_validation_exclusions(self) -> set[str]:
        """The file was decoded already, or was checked when it came."""
        return super()._get_validation_exclusions() | {"file"}
