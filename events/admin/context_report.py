"""Contexts that nobody uses, and pairs that may be one: each a click from the preview of its merge."""

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.utils.translation import gettext as _

from events.models import ArticleTagging, Context, ContextPair, StoryLine, Tagging
from events.text.numbers import number_in

A_PAGE = 50


class ReportDesk:
    """Mixed into the contexts' admin, before `MoveDesk`, which knows how a page is made."""

    def get_urls(self) -> list:
        view = self.admin_site.admin_view(self.report_view)
        return [path("report/", view, name="events_context_report"), *super().get_urls()]

    def report_view(self, request: HttpRequest) -> HttpResponse:
        """Both lists; POST remembers that a pair is two."""
        if not self.has_merge_permission(request):
            raise PermissionDenied
        if request.method == "POST":
            pk = number_in(request.POST.get("two", ""))
            if pk is not None:
                ContextPair.objects.filter(pk=pk).update(are_two=True)
            return HttpResponseRedirect(reverse("admin:events_context_report"))
        pairs = ContextPair.objects.filter(are_two=False).select_related("one", "other").order_by("pk")
        return self.page(
            request,
            "report.html",
            title=_("Tidy up contexts"),
            pairs=Paginator(pairs, A_PAGE).get_page(request.GET.get("p")),
            unused=unused()[:A_PAGE],
        )


def unused() -> QuerySet[Context]:
    """Contexts that no entry carries, drafts included, and on which nothing else hangs."""
    this = OuterRef("pk")
    return Context.objects.filter(
        ~Exists(Tagging.objects.filter(tag=this)),
        ~Exists(ArticleTagging.objects.filter(tag=this)),
        ~Exists(Context.parents.through.objects.filter(to_context=this)),
        ~Exists(StoryLine.contexts.through.objects.filter(context=this)),
        # Counts what is published, and has an index: the others need not be looked at.
        events_count=0,
    ).order_by("name")
