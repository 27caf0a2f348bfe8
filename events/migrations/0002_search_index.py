"""The search index: FTS5 on SQLite, a tsvector with a GIN index on PostgreSQL.

No models stand behind these tables: each database keeps its own kind, and only `events.search` uses them.
"""

from django.db import migrations

SQLITE = [
    "CREATE TABLE events_searchentry (row integer PRIMARY KEY, event_id bigint NOT NULL UNIQUE,"
    " visible_at text NOT NULL, category text NOT NULL, keys text NOT NULL)",
    # The tokens come ready, with characters of every script: "ascii" takes all beyond ASCII as letters.
    "CREATE VIRTUAL TABLE events_searchtext USING fts5(headline, contexts, summary, citations, body, keys,"
    " tokenize=\"ascii tokenchars '='\")",
]
POSTGRESQL = [
    "CREATE TABLE events_searchentry (event_id bigint PRIMARY KEY, date date NOT NULL,"
    " visible_at timestamptz NOT NULL, category text NOT NULL, keys text NOT NULL, vector tsvector NOT NULL)",
    "CREATE INDEX searchentry_date ON events_searchentry (date DESC, event_id DESC)",
    "CREATE INDEX searchentry_vector ON events_searchentry USING gin (vector)",
]
TABLES = {"sqlite": ("events_searchtext", "events_searchentry"), "postgresql": ("events_searchentry",)}


def create(apps, schema_editor) -> None:
    for statement in {"sqlite": SQLITE, "postgresql": POSTGRESQL}[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


def drop(apps, schema_editor) -> None:
    for table in TABLES[schema_editor.connection.vendor]:
        schema_editor.execute(f"DROP TABLE {table}")


class Migration(migrations.Migration):
    dependencies = [("events", "0001_initial")]

    operations = [migrations.RunPython(create, drop)]
