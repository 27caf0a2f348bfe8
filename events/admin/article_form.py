"""The form of an article's edit page. Authors and events are typed one a line, as contexts are."""

from collections.abc import Iterable
from typing import NamedTuple

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events.addresses import key_of_pasted
from events.admin.entry_form import DeskForm
from events.admin.posted import CONTEXT_LINES, PUBLICATION, FormKind, Lines, Rows
from events.admin.widgets import EventsPicker, ProfilesPicker
from events.forms import NEW_MARK
from events.models import Address, Article, ArticleNote, Event, Profile
from events.text.cleaning import clean_line
from events.workflow import parts
from events.workflow.article_snapshots import ARTICLE_FIELDS, put_bylines, put_coverage
from events.workflow.permissions import may

# Stands between a name and a role.
BAR = "|"


class NoteForm(forms.ModelForm):
    """A note to readers; a row without text does not count."""

    class Meta:
        model = ArticleNote
        fields = ["kind", "text", "noted_at"]
        widgets = {"text": forms.Textarea(attrs={"rows": 2})}

    def has_changed(self) -> bool:
        return bool(self.changed_data if self.instance.pk else "text" in self.changed_data)


class Author(NamedTuple):
    """A line of the authors: a name or a profile's slug, the role, whether the profile is to be made."""

    name: str
    role: str
    is_new: bool


def read_author(line: str) -> Author:
    name, _bar, role = line.removeprefix(NEW_MARK).partition(BAR)
    return Author(clean_line(name), clean_line(role), line.startswith(NEW_MARK))


def byline_in(line: str) -> dict[str, str]:
    """A line as the row of a snapshot; in a form authors are told apart by what stands there."""
    author = read_author(line)
    return {"slug": author.name, "name": author.name} | ({"role": author.role} if author.role else {})


def byline_line(row: dict[str, str]) -> str:
    return f"{row['name']} {BAR} {row['role']}" if row.get("role") else row["name"]


def event_in(line: str) -> dict[str, str]:
    """A line as the row of a snapshot: its first word is the permanent id, an address stays as it is."""
    return {"id": line.split()[0]}


ARTICLE_FORM = FormKind(
    Article,
    ARTICLE_FIELDS,
    (
        *parts.ARTICLE_TEXTS, parts.BYLINES, parts.COVERED, parts.CONTEXTS, parts.COVER, parts.NOTES,
        *parts.ARTICLE_FACTS, *PUBLICATION,
    ),
    Rows(parts.NOTES, ArticleNote, NoteForm, ("text",)),
    (
        CONTEXT_LINES,
        Lines("byline_names", parts.BYLINES, byline_in, byline_line),
        Lines("event_names", parts.COVERED, event_in, lambda row: row["id"]),
    ),
)  # fmt: skip


class ArticleAdminForm(DeskForm):
    kind = ARTICLE_FORM

    byline_names = forms.CharField(
        label=gettext_lazy("By"),
        required=False,
        widget=ProfilesPicker,
        help_text=gettext_lazy("A role stands behind a bar: Anna Example | photographs."),
    )
    event_names = forms.CharField(
        label=gettext_lazy("Events covered"),
        required=False,
        widget=EventsPicker,
    )

    class Meta:
        model = Article
        fields = [
            "headline", "deck", "kind", "section", "label", "label_until", "date", "body", "agencies",
            "language", "direction", "slug", "cover", "publish_at", "embargo_until", "retraction_notice",
        ]  # fmt: skip

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.may_make_profiles = self.user is not None and may(self.user, "keep_profiles")
        if "byline_names" in self.fields:
            self.fields["byline_names"].widget = ProfilesPicker(may_create=self.may_make_profiles)
        if "headline" in self.fields and not self.is_bound and not self.instance.pk:
            self.fields["headline"].widget.attrs["autofocus"] = True
        article = self.instance
        if article.pk:
            self.initial.setdefault("byline_names", "\n".join(stored_bylines(article)))
            covered = article.coverages.values_list("event__public_id", flat=True)
            self.initial.setdefault("event_names", "\n".join(covered))
        self.initial["event_names"] = with_headlines(self.initial.get("event_names", ""))

    def clean_byline_names(self) -> list[Author]:
        authors = [read_author(line) for line in self.cleaned_data["byline_names"].splitlines()]
        authors = list({author.name: author for author in authors if author.name}.values())
        new = [author.name for author in authors if author.is_new]
        if new and not self.may_make_profiles:
            raise ValidationError(
                _("You may not make new profiles: %(names)s. Ask an editor.") % {"names": ", ".join(new)}
            )
        self.profiles = profiles_named([author.name for author in authors])
        unknown = [row.name for row in authors if not row.is_new and row.name not in self.profiles]
        if unknown:
            raise ValidationError(
                _("No profile is called %(names)s. Put + before a name to make it a new one.")
                % {"names": ", ".join(f"“{name}”" for name in unknown)}
            )
        if any(len(author.name) > 255 or len(author.role) > 80 for author in authors):
            raise ValidationError(_("A name has at most 255 characters, a role at most 80."))
        return authors

    def clean_event_names(self) -> list[str]:
        """The permanent ids, in order."""
        words = [line.split()[0] for line in self.cleaned_data["event_names"].splitlines() if line.strip()]
        known = ids_of(words)
        unknown = [word for word in words if word not in known]
        if unknown:
            raise ValidationError(
                _("No event has this id or address: %(words)s") % {"words": ", ".join(unknown)}
            )
        return list(dict.fromkeys(known[word] for word in words))

    def put_rows(self) -> None:
        super().put_rows()
        rows = []
        for author in self.cleaned_data["byline_names"]:
            profile = self.profiles.get(author.name) or Profile.objects.create(name=author.name)
            rows.append({"slug": profile.slug, "name": profile.name, "role": author.role})
        put_bylines(self.instance, rows)
        put_coverage(self.instance, self.cleaned_data["event_names"])


def stored_bylines(article: Article) -> list[str]:
    """The lines of an article's authors; who shares a name with somebody else is told by the slug."""
    rows = list(article.bylines.select_related("profile"))
    names = [row.profile.name for row in rows]
    shared = Profile.objects.filter(name__in=names).exclude(pk__in=[row.profile_id for row in rows])
    taken = set(shared.values_list("name", flat=True)) | {name for name in names if names.count(name) > 1}
    return [
        byline_line(
            {"name": row.profile.slug if row.profile.name in taken else row.profile.name, "role": row.role}
        )
        for row in rows
    ]


def profiles_named(names: Iterable[str]) -> dict[str, Profile]:
    """Profiles by the name or the slug that was typed. Raises ValidationError where a name is shared."""
    names = list(names)
    by_slug = {profile.slug: profile for profile in Profile.objects.filter(slug__in=names)}
    found: dict[str, Profile] = dict(by_slug)
    for profile in Profile.objects.filter(name__in=[name for name in names if name not in by_slug]):
        other = found.setdefault(profile.name, profile)
        if other != profile:
            raise ValidationError(
                _("Several are called “%(name)s”; write one of these: %(slugs)s")
                % {"name": profile.name, "slugs": f"{other.slug}, {profile.slug}"}
            )
    return found


def ids_of(words: Iterable[str]) -> dict[str, str]:
    """The permanent ids of events by what was typed: the id itself, or an address that the event ever had."""
    paths = {word: key_of_pasted(word) for word in words}
    found = dict.fromkeys(Event.objects.filter(public_id__in=paths).values_list("public_id", flat=True), "")
    by_path = dict(
        Address.objects.filter(path__in=paths.values(), event__isnull=False).values_list(
            "path", "event__public_id"
        )
    )
    by_word = {word: word if word in found else by_path.get(path, "") for word, path in paths.items()}
    return {word: public_id for word, public_id in by_word.items() if public_id}


def with_headlines(text: str) -> str:
    """Lines that begin with an event's id, with its present headline behind it."""
    ids = [line.split()[0] for line in text.splitlines() if line.strip()]
    titles = {}
    if ids:
        rows = Event.objects.filter(public_id__in=ids).only("public_id", "headline", "short_headline")
        titles = {event.public_id: str(event) for event in rows}
    return "\n".join(f"{key} {titles.get(key, '')}".strip() for key in ids)
