"""Story lines that editors put together, and turning points of these and of contexts."""

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.widgets import AutocompleteSelect
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import ForeignKey, QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events import derived
from events.admin.deletion import WithoutDerived
from events.admin.event_list import BoundedPaginator
from events.admin.joined_form import JoinedForm, SavesInTurn
from events.admin.joined_rows import JoinedRows
from events.admin.open_forms import row_of_form
from events.admin.preview import incomplete, problems
from events.admin.widgets import NamesPicker
from events.documents.stories import story_page
from events.forms import ContextNamesField
from events.models import Context, StoryLine, TurningPoint
from events.stories.lines import Story
from events.text.numbers import number_in
from events.workflow import stories as workflow

# A story with more than so many turning points has none.
MOST_TURNING_POINTS = 24


class EventPicker(AutocompleteSelect):
    """Django's, but what can be no key names no event, also when the form is shown again."""

    def optgroups(self, name: str, value: list[str], attr: dict | None = None) -> list:
        return super().optgroups(name, [key for key in value if number_in(str(key)) is not None], attr)


class TurningPointInline(admin.StackedInline):
    """Pinned events with their notes; the event is found by its headline or address as in the list."""

    model = TurningPoint
    form = JoinedForm
    formset = JoinedRows
    fields = ["event", "note"]
    autocomplete_fields = ["event"]
    extra = 0
    max_num = MOST_TURNING_POINTS

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).select_related("event")

    def formfield_for_foreignkey(self, db_field: ForeignKey, request: HttpRequest, **kwargs):
        if db_field.name == "event":
            kwargs["widget"] = EventPicker(db_field, self.admin_site)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


class StoryLineForm(JoinedForm):
    """A story line with its contexts by name."""

    context_names = ContextNamesField(
        label=gettext_lazy("Contexts"),
        help_text=gettext_lazy("An event belongs to the story line if it carries them all."),
    )

    class Meta:
        model = StoryLine
        fields = ["title", "slug", "description", "first_day", "last_day"]

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        if "context_names" in self.fields:
            self.fields["context_names"].widget = NamesPicker()
        if self.instance.pk:
            names = self.instance.contexts.order_by("name").values_list("name", flat=True)
            self.initial.setdefault("context_names", "\n".join(names))

    def clean_context_names(self) -> list[Context]:
        names = self.cleaned_data["context_names"]
        if any(is_new for _name, is_new in names):
            raise ValidationError(_("Make the context first; here only existing contexts can be named."))
        contexts = Context.objects.resolve([name for name, _is_new in names])
        StoryLine.check_contexts(contexts)
        return contexts


@admin.register(StoryLine)
class StoryLineAdmin(SavesInTurn, WithoutDerived, admin.ModelAdmin):
    form = StoryLineForm
    inlines = [TurningPointInline]
    list_display = ["title", "first_day", "last_day", "events_count"]
    list_per_page = 50
    search_fields = ["title"]
    paginator = BoundedPaginator
    show_full_result_count = False
    readonly_fields = ["events_count", "former_addresses"]
    actions = None
    change_form_template = "admin/events/storyline/change_form.html"
    fieldsets = [
        (None, {"fields": ["title", "context_names", ("first_day", "last_day"), "description"]}),
        (gettext_lazy("Addresses and ids"), {"fields": ["slug", "former_addresses"]}),
        (gettext_lazy("Use"), {"fields": ["events_count"]}),
    ]

    def save_model(self, request: HttpRequest, obj: StoryLine, form: StoryLineForm, change: bool) -> None:
        workflow.save(obj, contexts=form.cleaned_data["context_names"])

    def save_related(self, request: HttpRequest, form: StoryLineForm, formsets, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        derived.touch()
        warn_of_strangers(self, request, Story(form.instance))

    def delete_model(self, request: HttpRequest, obj: StoryLine) -> None:
        workflow.delete(obj)

    @admin.display(description=gettext_lazy("addresses it ever had"))
    def former_addresses(self, story_line: StoryLine) -> str:
        return ", ".join(story_line.addresses.values_list("slug", flat=True)) if story_line.pk else "—"

    # Preview

    def get_urls(self) -> list:
        return [
            path("add/preview/", self.admin_site.admin_view(self.preview_view)),
            path("<int:pk>/change/preview/", self.admin_site.admin_view(self.preview_view)),
            *super().get_urls(),
        ]

    def preview_view(self, request: HttpRequest, pk: int | None = None) -> HttpResponse:
        """The public page of the posted form as it would stand now, without saving anything."""
        story_line = row_of_form(self, request, str(pk) if pk else None)
        with transaction.atomic():
            answer = self.unsaved(request, story_line)
            transaction.set_rollback(True)
        return answer

    def unsaved(self, request: HttpRequest, story_line: StoryLine | None) -> HttpResponse:
        """Save the posted form in the caller's transaction and render what became of it."""
        form = self.get_form(request, story_line, change=bool(story_line))(request.POST, instance=story_line)
        formsets, _inlines = self._create_formsets(request, form.instance, change=bool(story_line))
        is_valid = form.is_valid()
        if not (forms.all_valid(formsets) and is_valid):
            return incomplete(request, problems(form, formsets))
        saved = workflow.save(form.save(commit=False), contexts=form.cleaned_data["context_names"])
        for formset in formsets:
            formset.instance = saved
            formset.save()
        document = story_page(Story(saved), now=timezone.now())
        return HttpResponse(render_to_string("events/story.html", {"document": document}, request))


def warn_of_strangers(model_admin: admin.ModelAdmin, request: HttpRequest, story: Story) -> None:
    """Say which pinned events do not belong to the story: readers will not see them there."""
    shown = [point.pk for point in story.turning_points(now=timezone.now())]
    for point in story.subject.turning_points.exclude(pk__in=shown).select_related("event"):
        told = _("“%(event)s” is not public or does not belong to this story: it is not shown there.")
        model_admin.message_user(request, told % {"event": point.event}, level=messages.WARNING)
