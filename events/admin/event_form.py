"""The form of an event's edit page."""

from events.admin.citations import renumber
from events.admin.entry_form import DeskForm
from events.admin.posted import EVENT_FORM
from events.forms import EventForm


class EventAdminForm(DeskForm, EventForm):
    kind = EVENT_FORM

    def put_rows(self) -> None:
        renumber(self.instance)
        super().put_rows()
