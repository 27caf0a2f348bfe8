"""Filters of the lists of entries that offer some values each."""

from abc import ABC, abstractmethod

from django.contrib import admin, messages
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from events.conf import conf
from events.models import Entry


class ChoiceFilter(admin.SimpleListFilter, ABC):
    """Offers some values; of any other it is told, above an empty list."""

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        value = self.value()
        if not value:
            return queryset
        if value not in {known for known, _words in self.lookup_choices}:
            told = _("The filter “%(filter)s” does not know this value.") % {"filter": self.title}
            messages.warning(request, told)
            return queryset.none()
        return self.narrowed(queryset, value)

    @abstractmethod
    def narrowed(self, entries: QuerySet, value: str) -> QuerySet:
        """Those of the entries that have this value, one of `lookups`."""


class StateFilter(ChoiceFilter):
    title = _("state")
    parameter_name = "state__exact"

    def lookups(self, request: HttpRequest, model_admin) -> list[tuple[str, str]]:
        return Entry.State.choices

    def narrowed(self, entries: QuerySet, value: str) -> QuerySet:
        return entries.filter(state=value)


class ScheduledFilter(ChoiceFilter):
    title = _("visibility")
    parameter_name = "visible"

    def lookups(self, request: HttpRequest, model_admin) -> list[tuple[str, str]]:
        return [("public", _("public now")), ("pending", _("scheduled or under embargo"))]

    def narrowed(self, entries: QuerySet, value: str) -> QuerySet:
        now = timezone.now()
        if value == "public":
            return entries.public(now=now)
        # They are few, found by their moments: by the day, in the order of the list, all would be looked at.
        return entries.filter(pk__in=entries.model.objects.pending(now=now).order_by().values("pk"))


class CoverFilter(ChoiceFilter):
    title = _("cover")
    parameter_name = "cover"

    def lookups(self, request: HttpRequest, model_admin) -> list[tuple[str, str]]:
        return [("yes", _("with a cover")), ("no", _("without a cover"))]

    def narrowed(self, entries: QuerySet, value: str) -> QuerySet:
        return entries.filter(cover__isnull=value == "no")


class CategoryFilter(ChoiceFilter):
    """The newsroom's headings, from the settings: asking the table would read all of it."""

    title = _("category")
    parameter_name = "category"

    def lookups(self, request: HttpRequest, model_admin) -> list[tuple[str, str]]:
        return [(str(name), str(name)) for name in conf.CATEGORIES]

    def narrowed(self, entries: QuerySet, value: str) -> QuerySet:
        return entries.filter(category=value)


class LanguageFilter(ChoiceFilter):
    title = _("language")
    parameter_name = "language"

    def lookups(self, request: HttpRequest, model_admin) -> list[tuple[str, str]]:
        return [("site", _("the site's")), ("other", _("another"))]

    def narrowed(self, entries: QuerySet, value: str) -> QuerySet:
        own = Q(language="") | Q(language__iexact=conf.LANGUAGE)
        return entries.filter(own) if value == "site" else entries.exclude(own)
