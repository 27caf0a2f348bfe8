"""Pictures: upload, description, focal point, and what was made of them."""

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events import derived
from events.admin.event_list import BoundedPaginator, picture_html
from events.admin.widgets import DatalistInput
from events.licences import LICENCES
from events.models import Image
from events.workflow.pictures import Intake, remake_renditions, store, take_in


class ImageForm(forms.ModelForm):
    # How the upload was called is no matter of ours, however long it is.
    file = forms.FileField(label=gettext_lazy("file"), required=False, widget=forms.FileInput())

    class Meta:
        model = Image
        fields = [
            "file", "source_url", "alt", "is_decorative", "caption", "credit", "licence",
            "focal_x", "focal_y",
        ]  # fmt: skip
        widgets = {
            "source_url": forms.TextInput(attrs={"class": "vTextField"}),
            "alt": forms.Textarea(attrs={"rows": 2}),
            "caption": forms.Textarea(attrs={"rows": 2}),
            "licence": DatalistInput(list(LICENCES)),
        }

    intake: Intake | None = None

    def clean(self) -> dict:
        data = super().clean()
        if not data.get("is_decorative") and not (data.get("alt") or "").strip():
            self.add_error("alt", _("Say what the picture shows, or mark it as decorative."))
        if "file" in self.changed_data and data.get("file"):
            self.take_in(data)
        return data

    def take_in(self, data: dict) -> None:
        """Decode the upload here, where what is wrong with it can still be told beside its field."""
        focal = {name: data[name] for name in ("focal_x", "focal_y") if data.get(name) is not None}
        try:
            self.intake = take_in(Image(**focal), data["file"])
        except ValidationError as error:
            self.add_error("file", error)

    def _get_validation_exclusions(self) -> set[str]:
        """The file was decoded already, or was checked when it came."""
        return super()._get_validation_exclusions() | {"file"}


@admin.register(Image)
class ImageAdmin(admin.ModelAdmin):
    form = ImageForm
    list_display = ["thumbnail", "description", "credit", "licence", "created_at"]
    list_display_links = ["description"]
    list_filter = ["is_decorative"]
    search_fields = ["alt", "caption", "credit"]
    list_per_page = 40
    paginator = BoundedPaginator
    show_full_result_count = False
    actions = None
    readonly_fields = ["thumbnail", "rendition_list", "used_by"]
    fieldsets = [
        (None, {"fields": ["thumbnail", "file", "source_url"]}),
        (
            gettext_lazy("What is said with it"),
            {"fields": ["alt", "is_decorative", "caption", ("credit", "licence")]},
        ),
        (gettext_lazy("Focal point"), {"fields": [("focal_x", "focal_y")]}),
        (gettext_lazy("Use"), {"fields": ["used_by", "rendition_list"]}),
    ]

    def save_model(self, request: HttpRequest, obj: Image, form: ImageForm, change: bool) -> None:
        if form.intake:
            store(obj, form.intake)
        elif obj.file and {"focal_x", "focal_y"}.intersection(form.changed_data):
            remake_renditions(obj)
        else:
            obj.save()
        derived.touch()

    def delete_model(self, request: HttpRequest, obj: Image) -> None:
        obj.delete()
        derived.touch()

    def get_search_results(self, request: HttpRequest, queryset: QuerySet, search_term: str):
        return super().get_search_results(request, queryset, search_term[:200])

    @admin.display(description=gettext_lazy("picture"))
    def thumbnail(self, image: Image) -> SafeString | str:
        return picture_html(image) if image.pk else "—"

    @admin.display(description=gettext_lazy("shows"), ordering="alt")
    def description(self, image: Image) -> str:
        return str(image)

    @admin.display(description=gettext_lazy("renditions"))
    def rendition_list(self, image: Image) -> SafeString | str:
        rows = (
            (default_storage.url(row.name), row.ratio, row.width, row.height, row.type, row.bytes / 1000)
            for row in image.stored
        )
        return format_html(
            "<ul>{}</ul>",
            format_html_join("", '<li><a href="{}">{}</a> {} × {}, {}, {:.1f} kB</li>', rows),
        )

    @admin.display(description=gettext_lazy("cover of"))
    def used_by(self, image: Image) -> SafeString | str:
        if not image.pk:
            return "—"
        return format_html(
            "<ul>{}</ul>",
            format_html_join("", "<li>{}</li>", ((event,) for event in image.events.all()[:20])),
        )
