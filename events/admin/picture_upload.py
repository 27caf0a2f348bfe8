"""Uploading pictures to the library, several at once: dropped, pasted or chosen, each told by itself."""

from collections.abc import Iterable
from typing import NamedTuple

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from events.admin.event_list import picture_html
from events.models import Image
from events.workflow.pictures import lookalikes, store, take_in

MOST_FILES = 100


class Taken(NamedTuple):
    """What became of one file: the picture, new or already known, or why it was refused."""

    name: str
    image: Image | None = None
    is_known: bool = False
    alike: tuple[Image, ...] = ()
    problem: str = ""

    @property
    def thumbnail(self) -> SafeString | str:
        return picture_html(self.image) if self.image else ""


class PictureUpload:
    """Mixed into the pictures' admin."""

    def get_urls(self) -> list:
        view = self.admin_site.admin_view(self.upload_view)
        return [path("upload/", view, name="events_image_upload"), *super().get_urls()]

    def upload_view(self, request: HttpRequest) -> HttpResponse:
        """Take in the files sent as `files`; answers with a page, or with the list alone as `{"html": …}`."""
        if not self.has_add_permission(request) or request.method != "POST":
            raise PermissionDenied
        uploads = request.FILES.getlist("files")
        taken = list(take_all(uploads[:MOST_FILES]))
        values = {"taken": taken, "left_out": max(0, len(uploads) - MOST_FILES), "most": MOST_FILES}
        if request.GET.get("part") == "list":
            return JsonResponse({"html": render_to_string("admin/events/image/taken.html", values)})
        context = {**self.admin_site.each_context(request), **values, "opts": self.opts}
        context["title"] = _("Uploaded pictures")
        return TemplateResponse(request, "admin/events/image/uploaded.html", context)


def take_all(uploads: Iterable[UploadedFile]) -> Iterable[Taken]:
    """Each upload by itself: one that is refused does not keep the others out."""
    for upload in uploads:
        name = upload.name[:100]
        image = Image()
        try:
            intake = take_in(image, upload)
        except ValidationError as error:
            yield Taken(name, problem=" ".join(error.messages))
            continue
        known = Image.objects.filter(digest=intake.digest).first()
        if known:
            yield Taken(name, image=known, is_known=True)
        else:
            store(image, intake)
            yield Taken(name, image=image, alike=tuple(lookalikes(image)))
