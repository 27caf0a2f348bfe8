"""A form that came back: where its errors are, and whether it was only to be looked at once more."""

from collections.abc import Iterable

from django.contrib.admin.helpers import InlineAdminFormSet
from django.forms import BaseForm, BoundField

from events.admin.entry_form import RECHECK


def is_only_rechecked(form: BaseForm, errors: list) -> bool:
    """Whether nothing is wrong with it but that nobody has seen what was put into it elsewhere."""
    return RECHECK in form.data and len(errors) == 1 and len(form.non_field_errors()) == 1


def error_links(form: BaseForm, inlines: Iterable[InlineAdminFormSet]) -> list[tuple[str, str]]:
    """The fields with errors, in their order on the page: where each is, and what it is called."""
    found = [(bound.id_for_label, str(bound.label)) for bound in wrong(form)]
    for inline in inlines:
        for number, row in enumerate(inline.formset.forms, 1):
            name = f"{inline.opts.verbose_name} {number}"
            name = name[:1].upper() + name[1:]
            found += [(bound.id_for_label, f"{name}: {bound.label}") for bound in wrong(row)]
    return found


def wrong(form: BaseForm) -> list[BoundField]:
    return [bound for bound in form.visible_fields() if bound.errors]
