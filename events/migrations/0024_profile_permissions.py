"""Who may keep the profiles of authors.

The table is frozen here, as a migration must be; a test holds it to `events.workflow.permissions`.
"""

from django.contrib.auth.management import create_permissions
from django.db import migrations

REPORTER = ("view_profile",)
EDITOR = (*REPORTER, "add_profile", "change_profile")
CHIEF_EDITOR = (*EDITOR, "delete_profile")
GROUPS = {
    "Reporter": REPORTER,
    "Editor": EDITOR,
    "Chief editor": CHIEF_EDITOR,
    "Administrator": CHIEF_EDITOR,
}


def grant(apps, schema_editor) -> None:
    """Make the permissions, which Django itself would do after all migrations, and give them to the groups."""
    alias = schema_editor.connection.alias
    config = apps.get_app_config("events")
    config.models_module = True
    create_permissions(config, verbosity=0, using=alias, apps=apps)
    config.models_module = None
    permissions = (
        apps.get_model("auth", "Permission").objects.using(alias).filter(content_type__app_label="events")
    )
    groups = apps.get_model("auth", "Group").objects.using(alias)
    for name, codenames in GROUPS.items():
        for group in groups.filter(name=name):
            group.permissions.add(*permissions.filter(codename__in=codenames))


def revoke(apps, schema_editor) -> None:
    """Takes the permissions from everybody."""
    permissions = apps.get_model("auth", "Permission").objects.using(schema_editor.connection.alias)
    permissions.filter(content_type__app_label="events", codename__in=CHIEF_EDITOR).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("events", "0023_articles"),
        ("auth", "0012_alter_user_first_name_max_length"),
    ]

    operations = [migrations.RunPython(grant, revoke)]
