"""The days of the story contexts that there are already."""

from django.db import migrations

COUNT = (
    "INSERT INTO events_contextday (context_id, date, count)"
    " SELECT l.context_id, l.date, count(*) FROM events_contextlisting l"
    " JOIN events_context c ON c.id = l.context_id AND c.kind = 'story' GROUP BY l.context_id, l.date"
)


class Migration(migrations.Migration):
    dependencies = [("events", "0010_story_lines")]

    operations = [migrations.RunSQL(COUNT, "DELETE FROM events_contextday")]
