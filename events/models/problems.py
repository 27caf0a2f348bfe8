"""What is wrong with events, kept so that the list of one problem is a range of one index."""

from django.db import models
from django.db.models import F


class EventProblem(models.Model):
    """That a check before publishing finds something in a stored event, as `events.problems` tells.

    Derived: written by `events.derived` alone, with every write of the event.
    """

    pk = models.CompositePrimaryKey("event_id", "code")
    event = models.ForeignKey(
        "events.Event", on_delete=models.CASCADE, related_name="+", db_index=False, db_constraint=False
    )
    code = models.CharField(max_length=20)
    date = models.DateField()

    class Meta:
        indexes = [models.Index("code", F("date").desc(), "event", name="event_problem_code")]

    def __str__(self) -> str:
        return f"{self.event_id} {self.code}"
