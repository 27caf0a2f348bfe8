from django.contrib.admin.apps import AdminConfig


class DeskConfig(AdminConfig):
    """Django's admin, with the newsroom's desk as the site that models are registered with."""

    default_site = "newsroom.desk.Desk"
