"""What suggestions are read from: vectors, postings and counts of terms.

No models stand behind these tables: each database keeps its own kind, and only `events.related` uses them.
"""

from django.db import migrations

SQLITE = [
    "CREATE TABLE events_relatedvector (event_id integer PRIMARY KEY, day integer NOT NULL,"
    " visible_at integer NOT NULL, category integer NOT NULL, terms text NOT NULL, weights text NOT NULL)",
    # The rows lie in the key itself, so that a range of it is read without a second look-up for each.
    "CREATE TABLE events_relatedposting (term integer NOT NULL, day integer NOT NULL, event_id integer NOT NULL,"
    " category integer NOT NULL, points integer NOT NULL, PRIMARY KEY (term, day, event_id)) WITHOUT ROWID",
    "CREATE TABLE events_relatedterm (term integer PRIMARY KEY, events_count integer NOT NULL)",
]
POSTGRESQL = [
    "CREATE TABLE events_relatedvector (event_id bigint PRIMARY KEY, day integer NOT NULL,"
    " visible_at bigint NOT NULL, category integer NOT NULL, terms bigint[] NOT NULL,"
    " weights integer[] NOT NULL)",
    "CREATE TABLE events_relatedposting (term bigint NOT NULL, event_id bigint NOT NULL, day integer NOT NULL,"
    " category smallint NOT NULL, points smallint NOT NULL,"
    " PRIMARY KEY (term, day, event_id) INCLUDE (category, points))",
    # Counts change with every write: room on each page keeps a new version beside the old one.
    "CREATE TABLE events_relatedterm (term bigint PRIMARY KEY, events_count integer NOT NULL)"
    " WITH (fillfactor = 70)",
]
TABLES = ("events_relatedposting", "events_relatedvector", "events_relatedterm")


def create(apps, schema_editor) -> None:
    for statement in {"sqlite": SQLITE, "postgresql": POSTGRESQL}[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


def drop(apps, schema_editor) -> None:
    for table in TABLES:
        schema_editor.execute(f"DROP TABLE {table}")


class Migration(migrations.Migration):
    dependencies = [("events", "0012_story_permissions")]

    operations = [migrations.RunPython(create, drop)]
