"""Filters that lists of events share: days, contexts and sources, read from an address and checked."""

from datetime import date

import django_filters
from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from events.models import Event
from events.search.query import read_days


class DayField(forms.Field):
    """A day, or the first or last one of a month or year ("2016-02", "2016")."""

    def __init__(self, *, is_last: bool = False, **kwargs) -> None:
        super().__init__(**kwargs)
        self.is_last = is_last

    def to_python(self, value: str | None) -> date | None:
        if not value or not value.strip():
            return None
        try:
            first, last = read_days(value)
        except ValueError as error:
            raise forms.ValidationError(str(error)) from error
        return last if self.is_last else first


class NamesField(forms.Field):
    """Several names: the field repeated, or slugs and hosts in one field with commas."""

    widget = forms.MultipleHiddenInput

    def to_python(self, values: list[str] | None) -> tuple[str, ...]:
        names: list[str] = []
        for value in values or ():
            # "Paris, Texas" is a name; slugs and hosts are in lower case.
            names += value.split(",") if value == value.lower() else [value]
        return tuple(dict.fromkeys(name.strip() for name in names if name.strip(" \x00")))


class DayFilter(django_filters.Filter):
    field_class = DayField


class NamesFilter(django_filters.Filter):
    field_class = NamesField


class EventFilterSet(django_filters.FilterSet):
    """Narrow events by `from`, `to` (inclusive), `context` (all of them) and `source` (all of them)."""

    # "from" is a word of Python's own, so the declaration's name differs from the field's.
    from_ = DayFilter(field_name="date", lookup_expr="gte", label=_("From day"))
    to = DayFilter(field_name="date", lookup_expr="lte", is_last=True, label=_("To day"))
    context = NamesFilter(method="carry", label=_("Context"))
    source = NamesFilter(method="cite", label=_("Source"))

    class Meta:
        model = Event
        fields: list[str] = []

    @classmethod
    def get_filters(cls) -> dict[str, django_filters.Filter]:
        filters = super().get_filters()
        return {name.rstrip("_"): found for name, found in filters.items()}

    def carry(self, events: QuerySet, _name: str, slugs: tuple[str, ...]) -> QuerySet:
        return events.with_context(*slugs)

    def cite(self, events: QuerySet, _name: str, hosts: tuple[str, ...]) -> QuerySet:
        for host in hosts:
            events = events.citing(host)
        return events

    @property
    def problems(self) -> tuple[str, ...]:
        """What is wrong with the values, in sentences."""
        return tuple(message for messages in self.form.errors.values() for message in messages)
