"""The search index of articles: the tables of events' once more."""

from django.db import migrations

SQLITE = [
    "CREATE TABLE events_articlesearchentry (row integer PRIMARY KEY, event_id bigint NOT NULL UNIQUE,"
    " visible_at text NOT NULL, category text NOT NULL, keys text NOT NULL)",
    "CREATE VIRTUAL TABLE events_articlesearchtext USING fts5(headline, contexts, summary, citations, body,"
    " keys, tokenize=\"ascii tokenchars '='\")",
]
POSTGRESQL = [
    "CREATE TABLE events_articlesearchentry (event_id bigint PRIMARY KEY, date date NOT NULL,"
    " visible_at timestamptz NOT NULL, category text NOT NULL, keys text NOT NULL, vector tsvector NOT NULL)",
    "CREATE INDEX articlesearchentry_date ON events_articlesearchentry (date DESC, event_id DESC)",
    "CREATE INDEX articlesearchentry_vector ON events_articlesearchentry USING gin (vector)",
]
TABLES = {
    "sqlite": ("events_articlesearchtext", "events_articlesearchentry"),
    "postgresql": ("events_articlesearchentry",),
}


def create(apps, schema_editor) -> None:
    for statement in {"sqlite": SQLITE, "postgresql": POSTGRESQL}[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


def drop(apps, schema_editor) -> None:
    for table in TABLES[schema_editor.connection.vendor]:
        schema_editor.execute(f"DROP TABLE {table}")


class Migration(migrations.Migration):
    dependencies = [("events", "0028_article_cards")]

    operations = [migrations.RunPython(create, drop)]
