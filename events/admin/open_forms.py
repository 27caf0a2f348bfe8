"""Forms that somebody has open: what previews, checks, offers and autosaves are asked about."""

from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.http import HttpRequest


def row_of_form(desk: admin.ModelAdmin, request: HttpRequest, object_id: str | None) -> Model | None:
    """The row that the posted form is of, None for a new one.

    Raises PermissionDenied where nothing was posted, or the user may not change this row or make one.
    """
    row = desk.get_object(request, unquote(object_id)) if object_id else None
    may_write = desk.has_change_permission(request, row) if row else desk.has_add_permission(request)
    if request.method != "POST" or not may_write or (object_id and row is None):
        raise PermissionDenied
    return row
