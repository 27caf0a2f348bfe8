"""The inputs of an edit page's fields, by the names of the fields."""

from django import forms

from events.admin.moment_input import MomentInput
from events.admin.widgets import DatalistInput

DATE = {"type": "date"}


def zone_input() -> DatalistInput:
    return DatalistInput(
        [
            "UTC",
            "Africa/Cairo",
            "America/New_York",
            "Asia/Damascus",
            "Asia/Shanghai",
            "Europe/London",
            "Europe/Paris",
        ]
    )


WIDGETS = {
    "headline": lambda: forms.Textarea(attrs={"rows": 2, "class": "headline-input"}),
    "short_headline": lambda: forms.TextInput(attrs={"class": "vTextField"}),
    "deck": lambda: forms.Textarea(attrs={"rows": 3}),
    "agencies": lambda: forms.Textarea(attrs={"rows": 3}),
    "label_until": MomentInput,
    "summary": lambda: forms.Textarea(attrs={"rows": 4}),
    "body": lambda: forms.Textarea(attrs={"rows": 12}),
    "date": lambda: forms.DateInput(attrs=DATE, format="%Y-%m-%d"),
    "end_date": lambda: forms.DateInput(attrs=DATE, format="%Y-%m-%d"),
    "time": lambda: forms.TimeInput(attrs={"type": "time"}, format="%H:%M:%S"),
    "time_zone": zone_input,
    "publish_at": MomentInput,
    "embargo_until": MomentInput,
    "retraction_notice": lambda: forms.Textarea(attrs={"rows": 3}),
}
