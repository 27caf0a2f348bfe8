"""A moment is typed in the newsroom's time zone, which stands beside it, with the editor's own time."""

from datetime import datetime

from django import forms
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString


class MomentInput(forms.DateTimeInput):
    """The zone is told by its name and by its offset at that moment, or now. The own time, and the offset of
    what is being typed, come from the custom element."""

    class Media:
        js = [forms.Script("js/admin-local-time.js", type="module")]

    def __init__(self, attrs: dict | None = None) -> None:
        super().__init__({"type": "datetime-local"} | (attrs or {}), format="%Y-%m-%dT%H:%M:%S")

    def render(self, name: str, value: object, attrs: dict | None = None, renderer=None) -> SafeString:
        zone = timezone.get_current_timezone_name()
        return format_html(
            '<local-time data-zone="{}">{} <span class="zone" id="{}-zone">{}</span></local-time>',
            zone,
            super().render(name, value, attrs, renderer),
            (attrs or {}).get("id", name),
            zone_words(zone, self.format_value(value)),
        )


def zone_words(zone: str, typed: str | None = None) -> str:
    """“Europe/Paris, UTC+02:00” for a time of a clock in the current zone; of UTC the name is enough."""
    try:
        moment = timezone.make_aware(datetime.fromisoformat(typed or ""))
    except ValueError:
        moment = timezone.localtime()
    offset = moment.strftime("%z")
    return zone if zone == "UTC" else f"{zone}, UTC{offset[:3]}:{offset[3:]}"
