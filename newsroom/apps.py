from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.contrib.admin import autodiscover
from django.contrib.admin.apps import SimpleAdminConfig
from django.contrib.admin.checks import check_admin_app, check_dependencies
from django.core.checks import CheckMessage, Tags, register


class DeskConfig(SimpleAdminConfig):
    """Django's admin, with the newsroom's desk as the site that models are registered with.

    What is registered is loaded with the addresses and by the checks: a command that wants neither starts a
    quarter sooner.
    """

    default_site = "newsroom.desk.Desk"

    def ready(self) -> None:
        # In the place of what Django registers here: its check looks at what is loaded already.
        register(check_dependencies, Tags.admin)
        register(check_desk, Tags.admin)


def check_desk(app_configs: Sequence[AppConfig] | None, **_options: Any) -> list[CheckMessage]:
    """Django's check of all that is registered, also where no address has been asked for yet."""
    autodiscover()
    return check_admin_app(app_configs)
