"""The newsroom's groups with their permissions.

The table is frozen here, as a migration must be; a test holds it to `events.workflow.permissions`.
"""

from django.contrib.auth.management import create_permissions
from django.db import migrations

VIEWED = ("event", "context", "citation", "publisher", "image", "revision", "importrun", "importrow")
REPORTER = {
    *(f"events.view_{model}" for model in VIEWED),
    "events.add_event",
    "events.change_event",
    "events.add_citation",
    "events.change_citation",
    "events.delete_citation",
    "events.add_image",
    "events.change_image",
}
EDITOR = REPORTER | {
    "events.publish_event",
    "events.add_context",
    "events.change_context",
    "events.add_contextname",
    "events.change_contextname",
    "events.delete_contextname",
    "events.view_contextname",
    "events.change_publisher",
}
CHIEF_EDITOR = EDITOR | {
    "events.retract_event",
    "events.delete_event",
    "events.delete_context",
    "events.delete_image",
    "events.import_event",
}
ADMINISTRATOR = CHIEF_EDITOR | {
    f"auth.{verb}_{model}" for verb in ("add", "change", "delete", "view") for model in ("user", "group")
}
GROUPS = {
    "Reporter": REPORTER,
    "Editor": EDITOR,
    "Chief editor": CHIEF_EDITOR,
    "Administrator": ADMINISTRATOR,
}


def create_groups(apps, schema_editor) -> None:
    alias = schema_editor.connection.alias
    for label in ("auth", "events"):
        # Django makes permissions after all migrations have run, which is too late for a fresh database.
        config = apps.get_app_config(label)
        config.models_module = True
        create_permissions(config, verbosity=0, using=alias, apps=apps)
        config.models_module = None
    Group = apps.get_model("auth", "Group")
    Permission = apps.get_model("auth", "Permission")
    known = {
        f"{permission.content_type.app_label}.{permission.codename}": permission
        for permission in Permission.objects.using(alias).select_related("content_type")
    }
    for name, wanted in GROUPS.items():
        group, _created = Group.objects.using(alias).get_or_create(name=name)
        group.permissions.add(*(known[permission] for permission in sorted(wanted)))


def remove_groups(apps, schema_editor) -> None:
    Group = apps.get_model("auth", "Group")
    Group.objects.using(schema_editor.connection.alias).filter(name__in=GROUPS).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("events", "0002_search_index"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [migrations.RunPython(create_groups, remove_groups)]
