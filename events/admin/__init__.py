"""The editors' desk: Django's admin with a form that goes through the one write door. One module a model."""

import taggit.admin  # noqa: F401  (registers a model that the newsroom does not use, to be taken out below)
from django.contrib import admin
from taggit.models import Tag

from events.admin import (
    accounts,
    articles,
    contexts,
    events,
    imports,
    pictures,
    profiles,
    publishers,
    revisions,
    stories,
)
from events.conf import conf

admin.site.unregister(Tag)
admin.site.site_header = conf.SITE_NAME
admin.site.site_title = conf.SITE_NAME
admin.site.index_template = "admin/dashboard.html"

__all__ = [
    "accounts",
    "articles",
    "contexts",
    "events",
    "imports",
    "pictures",
    "profiles",
    "publishers",
    "revisions",
    "stories",
]
