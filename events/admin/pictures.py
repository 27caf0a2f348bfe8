"""The library of pictures: upload, description, focal point and crops, use, copies."""

from django import forms
from django.contrib import admin
from django.core.files.storage import default_storage
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from events import derived
from events.admin.event_list import BoundedPaginator, picture_html
from events.admin.joined_form import SavesInTurn
from events.admin.picture_form import CROP_FIELDS, ImageForm
from events.admin.picture_upload import PictureUpload
from events.admin.picture_uses import is_shown, uses_of, with_uses
from events.images.crops import RATIOS
from events.licences import LICENCES
from events.models import Image
from events.workflow.permissions import may
from events.workflow.pictures import lookalikes, remake_renditions, store
from events.workflow.published_pictures import is_published


class DescribedFilter(admin.SimpleListFilter):
    title = gettext_lazy("description")
    parameter_name = "described"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list:
        return [("no", gettext_lazy("lacks something")), ("yes", gettext_lazy("complete"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet | None:
        lacking = Q(credit="") | Q(licence="") | Q(alt="", is_decorative=False)
        if self.value() in ("yes", "no"):
            return queryset.filter(lacking) if self.value() == "no" else queryset.exclude(lacking)
        return None


class UsedFilter(admin.SimpleListFilter):
    title = gettext_lazy("use")
    parameter_name = "used"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list:
        return [("yes", gettext_lazy("shown on entries")), ("no", gettext_lazy("not shown yet"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet | None:
        if self.value() in ("yes", "no"):
            return queryset.filter(is_shown() if self.value() == "yes" else ~is_shown())
        return None


class StoredFilter(admin.SimpleListFilter):
    title = gettext_lazy("file")
    parameter_name = "stored"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list:
        return [("yes", gettext_lazy("stored here")), ("no", gettext_lazy("only linked"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet | None:
        if self.value() in ("yes", "no"):
            return queryset.filter(file="") if self.value() == "no" else queryset.exclude(file="")
        return None


@admin.register(Image)
class ImageAdmin(PictureUpload, SavesInTurn, admin.ModelAdmin):
    form = ImageForm
    change_list_template = "admin/events/image/change_list.html"
    list_display = ["thumbnail", "description", "credit", "licence", "use", "created_at"]
    list_display_links = ["thumbnail", "description"]
    list_filter = [StoredFilter, DescribedFilter, UsedFilter, "is_decorative"]
    search_fields = ["alt", "caption", "credit", "place", "people", "source_url"]
    search_help_text = gettext_lazy("Words of description, caption, credit, place, people or source address")
    list_per_page = 40
    paginator = BoundedPaginator
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    actions = None
    readonly_fields = ["framing", "rendition_list", "used_by", "block_line", "licence_list", "lookalike_list"]
    fieldsets = [
        (None, {"fields": ["file", "source_url", "lookalike_list"]}),
        (
            gettext_lazy("Focal point and crops"),
            {"fields": ["framing", ("focal_x", "focal_y"), *CROP_FIELDS.values()]},
        ),
        (
            gettext_lazy("What is said with it"),
            {
                "fields": [
                    "alt", "is_decorative", "caption", "credit", "licence", "licence_list",
                    ("place", "taken_on"), "people",
                ]
            },
        ),
        (gettext_lazy("Use"), {"fields": ["used_by", "block_line", "rendition_list"]}),
    ]  # fmt: skip

    class Media:
        js = [
            forms.Script("js/admin-picture-framing.js", type="module"),
            forms.Script("js/admin-picture-drop.js", type="module"),
        ]

    def has_change_permission(self, request: HttpRequest, obj: Image | None = None) -> bool:
        """What readers see of a picture is changed by those who may change what is published."""
        if not super().has_change_permission(request, obj):
            return False
        return obj is None or may(request.user, "edit_live") or not self.is_seen(request, obj)

    def is_seen(self, request: HttpRequest, image: Image) -> bool:
        """Whether readers see it: looked for once, however often a page asks for permission."""
        known = request.__dict__.setdefault("seen_pictures", {})
        if image.pk not in known:
            known[image.pk] = is_published(image)
        return known[image.pk]

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return with_uses(super().get_queryset(request).defer("proposals", "crops"))

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Image | None:
        found = super().get_object(request, object_id, from_field)
        return Image.objects.get(pk=found.pk) if found else None

    def save_model(self, request: HttpRequest, obj: Image, form: ImageForm, change: bool) -> None:
        if form.intake:
            store(obj, form.intake)
        elif obj.file and form.is_framed_anew():
            remake_renditions(obj)
        else:
            obj.save()
        derived.touch()

    def delete_model(self, request: HttpRequest, obj: Image) -> None:
        obj.delete()
        derived.touch()

    def get_search_results(self, request: HttpRequest, queryset: QuerySet, search_term: str):
        return super().get_search_results(request, queryset, search_term[:200])

    # The list

    @admin.display(description=gettext_lazy("picture"))
    def thumbnail(self, image: Image) -> SafeString | str:
        return picture_html(image) if image.pk else "—"

    @admin.display(description=gettext_lazy("shows"), ordering="alt")
    def description(self, image: Image) -> SafeString | str:
        if not image.missing():
            return str(image)
        lacking = ", ".join(str(Image._meta.get_field(name).verbose_name) for name in image.missing())
        return format_html(
            '{}<br><span class="badge badge-incomplete">{}</span>', str(image), _("lacks: %s") % lacking
        )

    @admin.display(description=gettext_lazy("use"))
    def use(self, image: Image) -> str:
        if not image.uses:
            return _("not shown yet")
        told = ngettext("shown on %(count)d entry", "shown on %(count)d entries", image.uses)
        return told % {"count": image.uses}

    # One picture

    @admin.display(description=gettext_lazy("what is shown"))
    def framing(self, image: Image) -> SafeString | str:
        """The picture with its focal point, and every crop as it will be."""
        whole = [found for found in image.stored if (found.ratio, found.type) == ("full", "image/jpeg")]
        if not whole:
            return _("Appears here once a picture is stored.")
        shown = next((found for found in whole if found.width >= 900), whole[-1])
        crops = [
            {"ratio": ratio, "across": across, "down": down, "field": f"id_{CROP_FIELDS[ratio]}"}
            for ratio, (across, down) in RATIOS.items()
        ]
        values = {"url": default_storage.url(shown.name), "shown": shown, "image": image, "crops": crops}
        return render_to_string("admin/events/image/framing.html", values)

    @admin.display(description=gettext_lazy("what they allow"))
    def licence_list(self, image: Image) -> SafeString:
        rows = ((terms.url, terms.name, terms.allows) for terms in LICENCES.values())
        items = [
            format_html('<li><a href="{}" rel="external">{}</a>: {}</li>', url, name, allows)
            if url
            else format_html("<li>{}: {}</li>", name, allows)
            for url, name, allows in rows
        ]
        return format_html(
            "<details><summary>{}</summary><ul>{}</ul></details>",
            _("All licences and what they allow"),
            format_html_join("", "{}", ((item,) for item in items)),
        )

    @admin.display(description=gettext_lazy("copies"))
    def lookalike_list(self, image: Image) -> SafeString | str:
        found = lookalikes(image) if image.pk else []
        if not found:
            return _("No other picture looks like this one.")
        rows = (
            (
                reverse("admin:events_image_change", args=[other.pk]),
                picture_html(other),
                _("the same file") if other.digest == image.digest else _("looks alike"),
                other,
            )
            for other in found
        )
        return format_html(
            '<ul class="lookalikes">{}</ul>',
            format_html_join("", '<li><a href="{}">{} {}: {}</a></li>', rows),
        )

    @admin.display(description=gettext_lazy("renditions"))
    def rendition_list(self, image: Image) -> SafeString | str:
        rows = (
            (
                default_storage.url(row.name),
                row.ratio,
                row.width,
                row.height,
                row.type,
                f"{row.bytes / 1000:.1f}",
            )
            for row in image.stored
        )
        return format_html(
            "<details><summary>{}</summary><ul>{}</ul></details>",
            _("All files that pages show"),
            format_html_join("", '<li><a href="{}">{}</a> {} × {}, {}, {} kB</li>', rows),
        )

    @admin.display(description=gettext_lazy("shown on"))
    def used_by(self, image: Image) -> SafeString | str:
        uses = list(uses_of(image)) if image.pk else []
        if not uses:
            return _("no entry yet")
        return format_html("<ul>{}</ul>", format_html_join("", '<li><a href="{}">{}</a> ({})</li>', uses))

    @admin.display(description=gettext_lazy("in the text of an article"))
    def block_line(self, image: Image) -> SafeString | str:
        if not image.digest:
            return "—"
        return format_html("<code>::: picture {}</code>", image.block_key)
