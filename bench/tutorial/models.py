"""Two plain models; tags by `TaggableManager` with taggit's own tables."""

from django.db import models
from django.urls import reverse
from taggit.managers import TaggableManager


class Event(models.Model):
    date = models.DateField(db_index=True)
    slug = models.SlugField(max_length=90, unique_for_date="date")
    category = models.CharField(max_length=100)
    headline = models.TextField()
    summary = models.TextField(blank=True)
    tags = TaggableManager()

    class Meta:
        ordering = ["-date", "-id"]

    def __str__(self) -> str:
        return self.headline

    def get_absolute_url(self) -> str:
        return reverse("event", args=[self.date.year, f"{self.date:%m}", f"{self.date:%d}", self.slug])


class Citation(models.Model):
    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="citations")
    label = models.TextField()
    url = models.URLField(max_length=500)

    def __str__(self) -> str:
        return self.label
