"""Rows below a joined form, such as aliases: of those that were shown some may be gone when they are sent."""

import re
from collections import defaultdict

from django.forms import BaseInlineFormSet
from django.forms.formsets import INITIAL_FORM_COUNT, TOTAL_FORM_COUNT, ManagementForm

from events.admin.joined_form import plain

# What a row sends, by ("initial-" or nothing, the field's name).
Row = dict[tuple[str, str], str]


class JoinedRows(BaseInlineFormSet):
    """A row that a colleague deleted stays away where it was left alone; what was typed there is a new row.

    Django would refuse the form, and show it again without the row, so that it could never be saved.
    """

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        counts = ManagementForm(self.data, prefix=self.prefix)
        if self.is_bound and counts.is_valid():
            self.leave_out_what_is_gone(shown=counts.cleaned_data[INITIAL_FORM_COUNT])

    def leave_out_what_is_gone(self, *, shown: int) -> None:
        """Make the posted data those of a form that was shown the rows that are stored by now."""
        rows = self.posted_rows()
        there = {str(row.pk) for row in self.get_queryset()}
        stored = [row for number, row in rows.items() if number < shown and row.get(("", "id")) in there]
        gone = [row for number, row in rows.items() if number < shown and row.get(("", "id")) not in there]
        if not gone:
            return
        typed = [row | {("", "id"): ""} for row in gone if ("", "DELETE") not in row and is_touched(row)]
        new = typed + [row for number, row in rows.items() if number >= shown]
        data = self.data.copy()
        for key in [key for key in data if self.row_key.match(key)]:
            del data[key]
        # The stored ones first, as Django counts them.
        for number, row in enumerate([*stored, *new]):
            data.update({f"{mark}{self.prefix}-{number}-{name}": row[mark, name] for mark, name in row})
        data[f"{self.prefix}-{INITIAL_FORM_COUNT}"] = str(len(stored))
        data[f"{self.prefix}-{TOTAL_FORM_COUNT}"] = str(len(stored) + len(new))
        self.data = data

    @property
    def row_key(self) -> re.Pattern[str]:
        return re.compile(rf"(initial-|){re.escape(self.prefix)}-(\d{{1,4}})-(\w+)\Z", re.ASCII)

    def posted_rows(self) -> dict[int, Row]:
        """In their order."""
        rows: dict[int, Row] = defaultdict(dict)
        for key, value in self.data.items():
            if found := self.row_key.match(key):
                rows[int(found[2])][found[1], found[3]] = value
        return dict(sorted(rows.items()))


def is_touched(row: Row) -> bool:
    """Whether a field no longer holds what it was shown."""
    return any(plain(row.get(("", name), "")) != plain(row[mark, name]) for mark, name in row if mark)
