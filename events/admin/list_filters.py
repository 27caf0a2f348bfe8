"""Filters of the lists of entries by person, context and publisher: fields with suggestions, links without.

Each asks first which rows are meant (by an index of names), then for the entries by a covering index: no list
is read whole. Who names nobody is told so, above an empty list.
"""

from abc import ABC, abstractmethod
from collections.abc import Iterator
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.views.main import ChangeList
from django.contrib.auth.models import User
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events.admin.event_list import contexts_called
from events.citations.publishers import publisher_host
from events.citations.urls import host_of, is_web_url
from events.models import Citation, Publisher, Revision

LONGEST = 255
# Colleagues whose names are offered; others are found by their user name all the same.
MOST_NAMES = 200
# Stands for whoever looks, so that a saved list can be everybody's own.
ME = "me"


class TextFilter(admin.SimpleListFilter, ABC):
    """A filter by what is typed. `keys` tells which rows it means; none of them is told in `unknown`."""

    template = "admin/events/text_filter.html"
    unknown: Any
    help: Any = ""
    # The view of suggestions, if there is one.
    view = ""

    def __init__(self, request: HttpRequest, params: dict, model, model_admin) -> None:
        self.user = request.user
        super().__init__(request, params, model, model_admin)

    def has_output(self) -> bool:
        return True

    def lookups(self, request: HttpRequest, model_admin) -> tuple:
        return ()

    def value(self) -> str:
        return (super().value() or "").strip()[:LONGEST]

    @property
    def suggest(self) -> str:
        return reverse(self.view) if self.view else ""

    def options(self) -> list[tuple[str, str]]:
        """Values that are known beforehand, with words."""
        return []

    def links(self) -> list[tuple[str, str]]:
        """Values that one click gives, with words."""
        return []

    def choices(self, changelist: ChangeList) -> Iterator[dict]:
        own = self.parameter_name
        # The other filters, search and order go along; the page begins anew.
        kept = [(name, value) for name, value in changelist.params.items() if name not in (own, "p", "e")]
        yield {
            "kept": kept,
            "links": [
                (changelist.get_query_string({own: value}, ["p"]), words) for value, words in self.links()
            ],
            "all": changelist.get_query_string(remove=[own, "p"]) if self.value() else "",
        }

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        text = self.value()
        if not text:
            return queryset
        keys = self.keys(text)
        if not keys:
            messages.warning(request, self.unknown % {"text": text})
            return queryset.none()
        return queryset.filter(pk__in=self.entries(queryset.model, keys))

    @abstractmethod
    def keys(self, text: str) -> list[int]:
        """The keys of the rows that the text means; none where it means nothing known."""

    @abstractmethod
    def entries(self, model: type, keys: list[int]) -> QuerySet:
        """The keys of the entries that belong to these rows."""


class PersonFilter(TextFilter):
    """Who wrote at an entry, from its first version to its last."""

    title = gettext_lazy("person")
    parameter_name = "person"
    unknown = gettext_lazy("Nobody has the user name “%(text)s”.")
    help = gettext_lazy("Who wrote or changed it, by user name")

    def links(self) -> list[tuple[str, str]]:
        return [(ME, _("Me"))]

    def options(self) -> list[tuple[str, str]]:
        people = User.objects.filter(is_active=True, is_staff=True).order_by("username")[:MOST_NAMES]
        return [(person.username, person.get_full_name()) for person in people]

    def keys(self, text: str) -> list[int]:
        if text == ME:
            return [self.user.pk]
        return list(User.objects.filter(username__iexact=text).values_list("pk", flat=True))

    def entries(self, model: type, keys: list[int]) -> QuerySet:
        rows = Revision.objects.filter(made_by__in=keys, **{f"{model.OWNER}__isnull": False})
        return rows.order_by().values(model.OWNER)


class ContextFilter(TextFilter):
    title = gettext_lazy("context")
    parameter_name = "context"
    unknown = gettext_lazy("No context has the name or alias “%(text)s”.")
    help = gettext_lazy("A name or an alias")
    view = "admin:events_context_suggest"

    def keys(self, text: str) -> list[int]:
        return contexts_called(text)

    def entries(self, model: type, keys: list[int]) -> QuerySet:
        return (
            model.taggings.rel.related_model.objects.filter(tag__in=keys).order_by().values("content_object")
        )


class PublisherFilter(TextFilter):
    title = gettext_lazy("publisher")
    parameter_name = "publisher"
    unknown = gettext_lazy("No publisher has the host or name “%(text)s”.")
    help = gettext_lazy("A name, a host or an address")
    view = "admin:events_publisher_suggest"

    def keys(self, text: str) -> list[int]:
        host = host_of(text) if is_web_url(text) else text.lower()
        known = Q(host__in={host, publisher_host(host)}) | Q(name__iexact=text)
        return list(Publisher.objects.filter(known).values_list("pk", flat=True))

    def entries(self, model: type, keys: list[int]) -> QuerySet:
        return Citation.objects.filter(publisher__in=keys).order_by().values("event")
