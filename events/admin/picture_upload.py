"""Uploading pictures to the library, several at once: dropped, pasted, chosen, fetched, each by itself."""

from io import BytesIO
from typing import BinaryIO, NamedTuple

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from events.admin.event_list import picture_html
from events.citations.fetching import PROBLEMS, FetchError, fetch_picture
from events.models import Image
from events.workflow.pictures import lookalikes, store, take_in

MOST_FILES = 100
MOST_NAME = 100
SAID = ("alt", "credit", "licence", "caption")


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
        """Take in the files sent as `files`, and the one at `address`.

        Answers with a page, with the list alone as `{"html": …}`, or with the facts of the last one.
        """
        if not self.has_add_permission(request) or request.method != "POST":
            raise PermissionDenied
        uploads = request.FILES.getlist("files")
        taken = [take_one(upload.name, upload) for upload in uploads[:MOST_FILES]]
        if address := request.POST.get("address", "").strip():
            taken.append(fetch_one(address))
        values = {"taken": taken, "left_out": max(0, len(uploads) - MOST_FILES), "most": MOST_FILES}
        if request.GET.get("part") == "list":
            return JsonResponse({"html": render_to_string("admin/events/image/taken.html", values)})
        if request.GET.get("part") == "last" and taken:
            return JsonResponse(facts_of(taken[-1]))
        context = {**self.admin_site.each_context(request), **values, "opts": self.opts}
        context["title"] = _("Uploaded pictures")
        return TemplateResponse(request, "admin/events/image/uploaded.html", context)


def facts_of(taken: Taken) -> dict[str, str | int | bool]:
    """For the form of an entry; what the picture's file says of itself, where nobody said anything else."""
    image = taken.image
    if image is None:
        return {"problem": taken.problem}
    said = {name: getattr(image, name) or image.proposals.get(name, "") for name in SAID}
    return {"pk": image.pk, "thumbnail": taken.thumbnail, "is_known": taken.is_known, "problem": "", **said}


def fetch_one(address: str) -> Taken:
    """The picture at an address of the web, which is kept as its source."""
    try:
        found = fetch_picture(address)
    except FetchError as error:
        return Taken(address[:MOST_NAME], problem=str(PROBLEMS[error.problem]))
    return take_one(address, BytesIO(found.body), source_url=found.url)


def take_one(name: str, upload: BinaryIO, *, source_url: str = "") -> Taken:
    """One file by itself: that it is refused does not keep the others out."""
    name = name[:MOST_NAME]
    image = Image(source_url=source_url)
    try:
        intake = take_in(image, upload)
    except ValidationError as error:
        return Taken(name, problem=" ".join(error.messages))
    known = Image.objects.filter(digest=intake.digest).first()
    if known:
        return Taken(name, image=known, is_known=True)
    store(image, intake)
    return Taken(name, image=image, alike=tuple(lookalikes(image)))
