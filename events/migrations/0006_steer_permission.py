"""The permission to steer related stories, for editors and those who hold all that editors do."""

from django.contrib.auth.management import create_permissions
from django.db import migrations

GROUPS = ("Editor", "Chief editor", "Administrator")


def grant(apps, schema_editor) -> None:
    """Make the permission, which Django itself would do after all migrations, and give it to the groups."""
    alias = schema_editor.connection.alias
    config = apps.get_app_config("events")
    config.models_module = True
    create_permissions(config, verbosity=0, using=alias, apps=apps)
    config.models_module = None
    permission = (
        apps.get_model("auth", "Permission")
        .objects.using(alias)
        .get(codename="steer_event", content_type__app_label="events")
    )
    for group in apps.get_model("auth", "Group").objects.using(alias).filter(name__in=GROUPS):
        group.permissions.add(permission)


def revoke(apps, schema_editor) -> None:
    """Takes the permission from everybody."""
    apps.get_model("auth", "Permission").objects.using(schema_editor.connection.alias).filter(
        codename="steer_event", content_type__app_label="events"
    ).delete()


class Migration(migrations.Migration):
    dependencies = [("events", "0005_context_for_related"), ("auth", "0012_alter_user_first_name_max_length")]

    operations = [
        migrations.AlterModelOptions(
            name="event",
            options={
                "get_latest_by": "date",
                "ordering": ["-date", "pk"],
                "permissions": [
                    ("publish_event", "Can publish, schedule and unpublish events"),
                    ("retract_event", "Can retract events"),
                    ("import_event", "Can import events"),
                    ("steer_event", "Can pin, hide and link related stories"),
                ],
                "verbose_name": "event",
                "verbose_name_plural": "events",
            },
        ),
        migrations.RunPython(grant, revoke),
    ]
