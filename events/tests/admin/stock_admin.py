"""Django's admin for the same models with nothing of ours, for counting what an entry costs there."""

from typing import ClassVar

from django.contrib import admin
from django.urls import path

from events.models import Citation, Event, Image, Tagging
from newsroom.urls import *  # noqa: F403 (the handlers of errors, too)
from newsroom.urls import urlpatterns as public

STOCK = admin.AdminSite(name="stock")


class CitationInline(admin.TabularInline):
    model = Citation


class TaggingInline(admin.TabularInline):
    model = Tagging
    fk_name = "content_object"


@admin.register(Event, site=STOCK)
class EventAdmin(admin.ModelAdmin):
    # Ours are found by the name of the model.
    add_form_template = change_form_template = "admin/change_form.html"
    change_list_template = "admin/change_list.html"
    exclude: ClassVar = ["contexts"]
    inlines: ClassVar = [CitationInline, TaggingInline]


@admin.register(Image, site=STOCK)
class ImageAdmin(admin.ModelAdmin):
    change_list_template = "admin/change_list.html"


# Where the cookies of editors are sent.
urlpatterns = [path("admin/stock/", STOCK.urls), *public]
