"""Django's generic views with nothing tuned: every page as the documentation's examples write it."""

from django.conf import settings
from django.db.models import Count, Q, QuerySet
from django.views.generic import DateDetailView, DayArchiveView, ListView

from bench.tutorial.models import Event


class Front(ListView):
    model = Event
    paginate_by = settings.PAGE_SIZE


class Tagged(ListView):
    paginate_by = settings.PAGE_SIZE

    def get_queryset(self) -> QuerySet[Event]:
        return Event.objects.filter(tags__slug=self.kwargs["slug"])


class Search(ListView):
    paginate_by = settings.PAGE_SIZE

    def get_queryset(self) -> QuerySet[Event]:
        words = self.request.GET.get("q", "")
        return Event.objects.filter(Q(headline__icontains=words) | Q(summary__icontains=words))


class Day(DayArchiveView):
    model = Event
    date_field = "date"
    month_format = "%m"
    allow_future = True


class Detail(DateDetailView):
    model = Event
    date_field = "date"
    month_format = "%m"
    allow_future = True

    def get_context_data(self, **kwargs: object) -> dict:
        """Add the related events of every taggit tutorial: those sharing most tags, newest first."""
        tags = self.object.tags.values_list("id", flat=True)
        related = Event.objects.filter(tags__in=tags).exclude(pk=self.object.pk)
        related = related.annotate(shared=Count("tags")).order_by("-shared", "-date")[:10]
        return super().get_context_data(related=related, **kwargs)
