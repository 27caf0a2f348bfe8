"""What an edit page only shows of an entry: its picture, ids and moments, addresses, latest revisions."""

from django.contrib import admin
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events.admin.event_list import picture_html
from events.admin.version_parts import moment
from events.models import Entry, Image


class EntryFacts:
    """Mixed into the admin of a kind of entry."""

    readonly_fields = ("cover_preview", "record", "addresses", "revisions")

    @admin.display(description=gettext_lazy("present cover"))
    def cover_preview(self, entry: Entry) -> SafeString | str:
        if not (entry.pk and entry.cover_id):
            return _("none")
        said = [
            (Image._meta.get_field(name).verbose_name, value)
            for name, value in entry.cover.proposals.items()
            if not getattr(entry.cover, name)
        ]
        # What the file proposes is taken over, or not, on the picture's own page.
        words = ((_("the file says, %s") % name, value) for name, value in said)
        return format_html(
            '{} <a href="{}">{}</a>{}',
            picture_html(entry.cover),
            reverse("admin:events_image_change", args=[entry.cover_id]),
            _("Crops, place, people"),
            format_html_join("", "<br>{}: {}", words),
        )

    @admin.display(description=gettext_lazy("contexts"))
    def context_names(self, entry: Entry) -> str:
        """Who may only read sees them in the place of the field."""
        return ", ".join(row.tag.name for row in entry.taggings.select_related("tag")) or "—"

    @admin.display(description=gettext_lazy("this entry"))
    def record(self, entry: Entry) -> SafeString | str:
        if not entry.pk:
            return _("Not saved yet.")
        facts = [
            (_("Permanent id"), entry.public_id),
            (_("GUID"), entry.guid),
            (_("Import reference"), entry.import_ref or "—"),
            (_("Event day"), entry.date),
            (_("First published"), moment(entry.first_published_at)),
            (_("Updated"), moment(entry.updated_at)),
            (_("Edited"), moment(entry.edited_at)),
        ]
        return format_html("<dl>{}</dl>", format_html_join("", "<div><dt>{}</dt><dd>{}</dd></div>", facts))

    @admin.display(description=gettext_lazy("addresses it ever had"))
    def addresses(self, entry: Entry) -> SafeString | str:
        if not entry.pk:
            return "—"
        return format_html(
            "<ul>{}</ul>", format_html_join("", "<li>{}</li>", ((row,) for row in entry.addresses.all()))
        )

    @admin.display(description=gettext_lazy("revisions"))
    def revisions(self, entry: Entry) -> SafeString | str:
        if not entry.pk:
            return "—"
        rows = (
            (
                row.version,
                reverse("admin:events_revision_change", args=[row.pk]),
                moment(row.made_at),
                row.made_by or _("import"),
                row.note,
            )
            for row in entry.revisions.select_related("made_by").defer("snapshot")[:50]
        )
        return format_html(
            "<ol reversed>{}</ol>",
            format_html_join("", '<li value="{}"><a href="{}">{}</a> {} {}</li>', rows),
        )
