"""What is worked out about all entries from time to time, because no page could read it cheaply."""

from django.db import models


class NewsroomReport(models.Model):
    """The latest result of one of `events.reports`, with the moment when it was worked out."""

    name = models.CharField(max_length=40, primary_key=True)
    made_at = models.DateTimeField()
    facts = models.JSONField()

    class Meta:
        # Nobody but workers writes it.
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.name} {self.made_at}"
