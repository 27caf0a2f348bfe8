from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EventsConfig(AppConfig):
    """The newsroom's one app: events and everything that hangs on them."""

    name = "events"
    verbose_name = _("Newsroom")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register the system checks, which read models and so cannot be imported with this module."""
        import_module("events.checks")
