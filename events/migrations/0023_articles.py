"""Articles, the profiles of those they are by, and what belongs to them; histories and addresses of both kinds."""

import django.db.models.deletion
import django.db.models.functions.comparison
import django.utils.timezone
import taggit.managers
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("events", "0022_preview_links"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Article",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "public_id",
                    models.CharField(editable=False, max_length=32, unique=True, verbose_name="permanent id"),
                ),
                ("guid", models.CharField(editable=False, max_length=255, verbose_name="GUID")),
                (
                    "import_ref",
                    models.CharField(
                        blank=True, editable=False, max_length=700, null=True, verbose_name="import reference"
                    ),
                ),
                (
                    "headline",
                    models.TextField(help_text="May be several sentences.", verbose_name="headline"),
                ),
                (
                    "slug",
                    models.CharField(
                        blank=True,
                        help_text="Made from the headline if left empty. Old addresses redirect.",
                        max_length=160,
                        verbose_name="slug",
                    ),
                ),
                ("body", models.TextField(blank=True, help_text="Markdown, optional.", verbose_name="body")),
                (
                    "language",
                    models.CharField(
                        blank=True,
                        help_text="A BCP 47 tag such as en, zh-Hans or ar; empty for the site's.",
                        max_length=35,
                        verbose_name="language",
                    ),
                ),
                (
                    "direction",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "as the language is written"),
                            ("ltr", "left to right"),
                            ("rtl", "right to left"),
                        ],
                        max_length=3,
                        verbose_name="text direction",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "draft"),
                            ("in_review", "in review"),
                            ("approved", "approved"),
                            ("published", "published"),
                            ("retracted", "retracted"),
                        ],
                        default="draft",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("publish_at", models.DateTimeField(blank=True, null=True, verbose_name="publish at")),
                ("embargo_until", models.DateTimeField(blank=True, null=True, verbose_name="embargo until")),
                (
                    "visible_at",
                    models.GeneratedField(
                        db_persist=True,
                        expression=django.db.models.functions.comparison.Greatest(
                            models.F("publish_at"),
                            django.db.models.functions.comparison.Coalesce(
                                models.F("embargo_until"), models.F("publish_at")
                            ),
                        ),
                        output_field=models.DateTimeField(null=True),
                    ),
                ),
                (
                    "retracted_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="retracted"),
                ),
                (
                    "retraction_notice",
                    models.TextField(
                        blank=True,
                        help_text="Shown to the public instead of the text.",
                        verbose_name="retraction notice",
                    ),
                ),
                (
                    "first_published_at",
                    models.DateTimeField(
                        blank=True, editable=False, null=True, verbose_name="first published"
                    ),
                ),
                (
                    "updated_at",
                    models.DateTimeField(
                        blank=True, editable=False, null=True, verbose_name="significantly updated"
                    ),
                ),
                (
                    "edited_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, editable=False, verbose_name="edited"
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, editable=False, verbose_name="created"
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                ("import_digest", models.CharField(blank=True, editable=False, max_length=32)),
                ("imported_version", models.PositiveIntegerField(blank=True, editable=False, null=True)),
                ("date", models.DateField(verbose_name="day")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("opinion", "opinion"),
                            ("report", "report"),
                            ("explainer", "explainer"),
                            ("background", "background"),
                        ],
                        default="opinion",
                        max_length=10,
                        verbose_name="kind",
                    ),
                ),
                (
                    "deck",
                    models.TextField(
                        blank=True,
                        help_text="One or two sentences below the headline, and in lists and feeds.",
                        verbose_name="deck",
                    ),
                ),
                (
                    "section",
                    models.CharField(
                        blank=True, help_text="Such as Middle East.", max_length=80, verbose_name="section"
                    ),
                ),
                (
                    "label",
                    models.CharField(
                        blank=True, help_text="Such as Breaking news.", max_length=40, verbose_name="label"
                    ),
                ),
                (
                    "label_until",
                    models.DateTimeField(
                        blank=True,
                        help_text="Then it goes by itself; empty: it stays.",
                        null=True,
                        verbose_name="label until",
                    ),
                ),
                (
                    "agencies",
                    models.TextField(
                        blank=True,
                        help_text="Agencies that contributed, one a line.",
                        verbose_name="with reporting by",
                    ),
                ),
            ],
            options={
                "verbose_name": "article",
                "verbose_name_plural": "articles",
                "ordering": ["-date", "pk"],
                "get_latest_by": "date",
            },
        ),
        migrations.CreateModel(
            name="ArticleNote",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("correction", "correction"), ("update", "update")],
                        default="correction",
                        max_length=10,
                        verbose_name="kind",
                    ),
                ),
                (
                    "text",
                    models.TextField(
                        help_text="What was wrong or is new, in a sentence or two.", verbose_name="text"
                    ),
                ),
                ("noted_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="noted")),
            ],
            options={
                "verbose_name": "note to readers",
                "verbose_name_plural": "notes to readers",
                "ordering": ["-noted_at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="ArticleTagging",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="position")),
            ],
            options={
                "verbose_name": "context of the article",
                "verbose_name_plural": "contexts of the article",
                "ordering": ["position", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Byline",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "role",
                    models.CharField(
                        blank=True,
                        help_text="Such as photographs; empty for who wrote it.",
                        max_length=80,
                        verbose_name="role",
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="position")),
            ],
            options={
                "verbose_name": "byline",
                "verbose_name_plural": "bylines",
                "ordering": ["position", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Coverage",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="position")),
            ],
            options={
                "verbose_name": "event covered",
                "verbose_name_plural": "events covered",
                "ordering": ["position", "pk"],
            },
        ),
        migrations.CreateModel(
            name="FrontSlot",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(default=1, verbose_name="position")),
                (
                    "until",
                    models.DateTimeField(
                        blank=True, help_text="Empty: until it is taken off.", null=True, verbose_name="until"
                    ),
                ),
            ],
            options={
                "verbose_name": "place on the front page",
                "verbose_name_plural": "places on the front page",
                "ordering": ["position", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Profile",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("person", "person"), ("organisation", "organisation")],
                        default="person",
                        max_length=12,
                        verbose_name="kind",
                    ),
                ),
                ("name", models.CharField(max_length=255, verbose_name="name")),
                (
                    "slug",
                    models.CharField(
                        blank=True,
                        help_text="Made from the name if left empty. Old addresses redirect.",
                        max_length=120,
                        unique=True,
                        verbose_name="slug",
                    ),
                ),
                (
                    "text",
                    models.TextField(
                        blank=True, help_text="Markdown, a few sentences.", verbose_name="about them"
                    ),
                ),
                ("url", models.URLField(blank=True, max_length=700, verbose_name="their own page")),
            ],
            options={
                "verbose_name": "profile",
                "verbose_name_plural": "profiles",
                "ordering": ["name", "pk"],
            },
        ),
        migrations.CreateModel(
            name="ProfileAddress",
            fields=[
                ("slug", models.CharField(max_length=120, primary_key=True, serialize=False)),
            ],
        ),
        migrations.AlterField(
            model_name="address",
            name="event",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="addresses",
                to="events.event",
            ),
        ),
        migrations.AlterField(
            model_name="event",
            name="cover",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="%(class)ss",
                to="events.image",
                verbose_name="cover image",
            ),
        ),
        migrations.AlterField(
            model_name="previewlink",
            name="event",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="preview_links",
                to="events.event",
            ),
        ),
        migrations.AlterField(
            model_name="revision",
            name="event",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="revisions",
                to="events.event",
            ),
        ),
        migrations.AlterConstraint(
            model_name="event",
            name="event_slug_unique_on_day",
            constraint=models.UniqueConstraint(
                fields=("date", "slug"),
                name="event_slug_unique_on_day",
                violation_error_message="Another entry of this day has this slug.",
            ),
        ),
        migrations.AddField(
            model_name="article",
            name="cover",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="%(class)ss",
                to="events.image",
                verbose_name="cover image",
            ),
        ),
        migrations.AddField(
            model_name="address",
            name="article",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="addresses",
                to="events.article",
            ),
        ),
        migrations.AddField(
            model_name="previewlink",
            name="article",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="preview_links",
                to="events.article",
            ),
        ),
        migrations.AddField(
            model_name="revision",
            name="article",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="revisions",
                to="events.article",
            ),
        ),
        migrations.AddIndex(
            model_name="address",
            index=models.Index(
                condition=models.Q(("article__isnull", False)), fields=["article"], name="address_article"
            ),
        ),
        migrations.AddConstraint(
            model_name="address",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("article__isnull", True), ("event__isnull", False)),
                    models.Q(("article__isnull", False), ("event__isnull", True)),
                    _connector="OR",
                ),
                name="address_of_one_entry",
            ),
        ),
        migrations.AddConstraint(
            model_name="previewlink",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("article__isnull", True), ("event__isnull", False)),
                    models.Q(("article__isnull", False), ("event__isnull", True)),
                    _connector="OR",
                ),
                name="preview_link_of_one_entry",
            ),
        ),
        migrations.AddConstraint(
            model_name="revision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("article__isnull", True), ("event__isnull", False)),
                    models.Q(("article__isnull", False), ("event__isnull", True)),
                    _connector="OR",
                ),
                name="revision_of_one_entry",
            ),
        ),
        migrations.AddConstraint(
            model_name="revision",
            constraint=models.UniqueConstraint(
                condition=models.Q(("article__isnull", False)),
                fields=("article", "version"),
                name="revision_article_version_once",
            ),
        ),
        migrations.AddField(
            model_name="articlenote",
            name="article",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="notes", to="events.article"
            ),
        ),
        migrations.AddField(
            model_name="articletagging",
            name="content_object",
            field=models.ForeignKey(
                db_column="article_id",
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="taggings",
                to="events.article",
                verbose_name="article",
            ),
        ),
        migrations.AddField(
            model_name="articletagging",
            name="tag",
            field=models.ForeignKey(
                db_column="context_id",
                on_delete=django.db.models.deletion.CASCADE,
                related_name="article_taggings",
                to="events.context",
                verbose_name="context",
            ),
        ),
        migrations.AddField(
            model_name="article",
            name="contexts",
            field=taggit.managers.TaggableManager(
                blank=True,
                help_text="A comma-separated list of tags.",
                through="events.ArticleTagging",
                to="events.Context",
                verbose_name="contexts",
            ),
        ),
        migrations.AddField(
            model_name="byline",
            name="article",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="bylines",
                to="events.article",
            ),
        ),
        migrations.AddField(
            model_name="coverage",
            name="article",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="coverages",
                to="events.article",
            ),
        ),
        migrations.AddField(
            model_name="coverage",
            name="event",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="coverages",
                to="events.event",
                verbose_name="event",
            ),
        ),
        migrations.AddField(
            model_name="article",
            name="events",
            field=models.ManyToManyField(
                related_name="articles",
                through="events.Coverage",
                to="events.event",
                verbose_name="events covered",
            ),
        ),
        migrations.AddField(
            model_name="frontslot",
            name="article",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.CASCADE, related_name="front_slot", to="events.article"
            ),
        ),
        migrations.AddField(
            model_name="profile",
            name="picture",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="profiles",
                to="events.image",
                verbose_name="picture",
            ),
        ),
        migrations.AddField(
            model_name="byline",
            name="profile",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="bylines",
                to="events.profile",
                verbose_name="profile",
            ),
        ),
        migrations.AddField(
            model_name="article",
            name="profiles",
            field=models.ManyToManyField(
                related_name="articles", through="events.Byline", to="events.profile", verbose_name="by"
            ),
        ),
        migrations.AddField(
            model_name="profileaddress",
            name="profile",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="addresses", to="events.profile"
            ),
        ),
        migrations.AddConstraint(
            model_name="articletagging",
            constraint=models.UniqueConstraint(
                fields=("content_object", "tag"), name="tagging_once_an_article"
            ),
        ),
        migrations.AddConstraint(
            model_name="coverage",
            constraint=models.UniqueConstraint(fields=("article", "event"), name="coverage_once"),
        ),
        migrations.AddIndex(
            model_name="frontslot",
            index=models.Index(
                models.OrderBy(models.F("until"), descending=True),
                condition=models.Q(("until__isnull", False)),
                name="front_slot_until",
            ),
        ),
        migrations.AddConstraint(
            model_name="byline",
            constraint=models.UniqueConstraint(fields=("article", "profile"), name="byline_once"),
        ),
        migrations.AddIndex(
            model_name="article",
            index=models.Index(
                models.F("state"),
                models.OrderBy(models.F("date"), descending=True),
                models.F("id"),
                name="article_state_date",
            ),
        ),
        migrations.AddIndex(
            model_name="article",
            index=models.Index(
                models.F("state"),
                models.OrderBy(models.F("visible_at"), descending=True),
                models.F("id"),
                name="article_state_visible",
            ),
        ),
        migrations.AddIndex(
            model_name="article",
            index=models.Index(
                condition=models.Q(("cover__isnull", False)), fields=["cover"], name="article_cover"
            ),
        ),
        migrations.AddIndex(
            model_name="article",
            index=models.Index(
                models.OrderBy(models.F("label_until"), descending=True),
                condition=models.Q(("label_until__isnull", False)),
                name="article_label_until",
            ),
        ),
        migrations.AddConstraint(
            model_name="article",
            constraint=models.UniqueConstraint(fields=("guid",), name="article_guid_unique"),
        ),
        migrations.AddConstraint(
            model_name="article",
            constraint=models.UniqueConstraint(fields=("import_ref",), name="article_import_ref_unique"),
        ),
        migrations.AddConstraint(
            model_name="article",
            constraint=models.UniqueConstraint(
                fields=("date", "slug"),
                name="article_slug_unique_on_day",
                violation_error_message="Another entry of this day has this slug.",
            ),
        ),
        migrations.AddConstraint(
            model_name="article",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "published"), _negated=True),
                    ("publish_at__isnull", False),
                    _connector="OR",
                ),
                name="article_published_has_moment",
                violation_error_message="A published entry needs its moment.",
            ),
        ),
        migrations.AddConstraint(
            model_name="article",
            constraint=models.CheckConstraint(
                condition=models.Q(("headline", ""), _negated=True), name="article_has_headline"
            ),
        ),
    ]
