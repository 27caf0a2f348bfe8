"""Bringing former versions back: whole, in part, as new revisions, and exactly."""

from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import connection
from django.test import TestCase
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase as PropertyTestCase

from events.models import Citation, Context, Event, Image, RelatedChoice
from events.tests.factories import (
    DAY,
    NOW,
    find_contexts,
    make_context,
    make_cover,
    make_event,
    picture_bytes,
)
from events.workflow import contexts as context_work
from events.workflow import parts, steering
from events.workflow.edits import EditConflict, editing
from events.workflow.pictures import remake_renditions
from events.workflow.restoring import restore

ALL = [part.name for part in parts.CONTENT]


def content(data: dict) -> dict:
    return {part.name: part.of(data) for part in parts.CONTENT}


def snapshot(event: Event, version: int | None = None) -> dict:
    rows = event.revisions.filter(version=version) if version else event.revisions.all()
    return rows.first().snapshot


class RestoreTests(TestCase):
    def setUp(self):
        self.other = make_event("Another")
        self.event = make_event(
            "A bridge is opened",
            summary="Old.",
            contexts=["Bridges", "Rivers"],
            sources=[("Reuters", "https://r.example/"), ("AFP", "https://a.example/")],
            cover=make_cover(),
        )
        steering.pin(self.event, self.other, note="first")

    def change_all(self) -> None:
        with editing(self.event) as event:
            event.headline, event.summary, event.date = "Closed", "", DAY + timedelta(days=1)
            event.category, event.is_incomplete, event.cover = "Sports", True, None
            event.label, event.label_until = "Breaking", NOW
            event.contexts.put(find_contexts(["Ferries"]))
            event.citations.first().delete()
            event.choices.all().delete()

    def test_all_comes_back_as_a_new_revision(self):
        before = snapshot(self.event)
        self.change_all()
        self.assertEqual(restore(self.event, before, names=ALL, note="Version 2 restored"), [])
        newest = self.event.revisions.first()
        self.assertEqual((newest.version, newest.note), (4, "Version 2 restored"))
        self.assertEqual(content(newest.snapshot), content(before))

    def test_one_part_alone(self):
        before = snapshot(self.event)
        self.change_all()
        for part in parts.CONTENT:
            with self.subTest(part=part.name):
                others = content(snapshot(self.event))
                restore(self.event, before, names=[part.name])
                after = content(snapshot(self.event))
                self.assertEqual(after, others | {part.name: part.of(before)})
        self.assertEqual(content(snapshot(self.event)), content(before))

    def test_state_and_moments_stay(self):
        before = snapshot(self.event)
        with editing(self.event) as event:
            event.state, event.headline = Event.State.DRAFT, "Closed"
        restore(self.event, before, names=ALL)
        self.assertEqual(self.event.state, "draft")
        self.assertEqual(self.event.headline, "A bridge is opened")

    def test_rows_of_citations_are_kept(self):
        before = snapshot(self.event)
        kept = self.event.citations.get(label="AFP").pk
        self.change_all()
        restore(self.event, before, names=["citations"])
        self.assertEqual(Citation.objects.get(event=self.event, label="AFP").pk, kept)

    def test_renamed_and_merged_contexts_are_found_by_their_former_names(self):
        before = snapshot(self.event)
        rivers = Context.objects.get(name="Rivers")
        context_work.merge([rivers], into=make_context("Waterways"))
        self.event.refresh_from_db()
        with editing(self.event) as event:
            event.contexts.put([])
        self.assertEqual(restore(self.event, before, names=["contexts"]), [])
        self.assertEqual([row.tag.name for row in self.event.taggings.all()], ["Bridges", "Waterways"])

    def test_what_is_gone_is_told_and_the_rest_comes_back(self):
        before = snapshot(self.event)
        self.change_all()
        Context.objects.get(name="Rivers").delete()
        pk, public_id = self.other.pk, self.other.public_id
        Event.objects.filter(pk=pk).delete()
        lost = restore(self.event, before, names=ALL)
        self.assertEqual(len(lost), 2)
        self.assertIn("Rivers", lost[0])
        self.assertIn(public_id, lost[1])
        self.assertEqual(snapshot(self.event)["contexts"], ["Bridges"])

    def test_own_crops_come_back_and_are_cut(self):
        cover = self.event.cover
        cover.crops = {"1:1": [0.0, 0.25, 0.5]}
        remake_renditions(cover)
        with editing(self.event) as event:
            event.cover = cover
        before, listing = snapshot(self.event), cover.renditions
        cover.crops = {}
        remake_renditions(cover)
        self.event.cover = cover
        restore(self.event, before, names=["cover"])
        stored = Image.objects.get(pk=cover.pk)
        self.assertEqual((stored.crops, stored.renditions), ({"1:1": [0.0, 0.25, 0.5]}, listing))

    def test_picture_of_another_entry_is_not_changed_under_it(self):
        before, cover = snapshot(self.event), self.event.cover
        Image.objects.filter(pk=cover.pk).update(alt="Changed since")
        make_event("Shows it too", cover=cover)
        restore(self.event, before, names=["cover"])
        self.assertEqual(Image.objects.get(pk=cover.pk).alt, "Changed since")
        self.assertNotEqual(self.event.cover.pk, cover.pk)
        self.assertEqual(self.event.cover.alt, before["cover"]["alt"])
        self.assertEqual(self.event.cover.renditions, cover.renditions)

    def test_deleted_picture_comes_back_from_its_file(self):
        before = snapshot(self.event)
        Image.objects.all().delete()
        self.event.refresh_from_db()
        self.assertEqual(restore(self.event, before, names=["cover"]), [])
        self.assertEqual(snapshot(self.event)["cover"], before["cover"])
        self.assertTrue(self.event.cover.renditions)

    def test_picture_whose_file_is_gone_too_is_told(self):
        before = snapshot(self.event)
        Image.objects.all().delete()
        self.event.refresh_from_db()
        before["cover"]["file"] = "originals/gone.png"
        self.assertEqual(len(restore(self.event, before, names=["cover"])), 1)

    def test_focal_point_comes_back_with_its_crops(self):
        before, renditions = snapshot(self.event), self.event.cover.renditions
        Image.objects.update(focal_x=0.1, renditions=[])
        restore(self.event, before, names=["cover"])
        self.assertEqual(Image.objects.get().renditions, renditions)

    def test_address_that_another_entry_has_now_is_refused(self):
        before = snapshot(self.event)
        with editing(self.event) as event:
            event.slug = "elsewhere"
        self.event.addresses.filter(path__endswith="a-bridge-is-opened").delete()
        make_event("A bridge is opened")
        with self.assertRaises(ValidationError):
            restore(self.event, before, names=ALL)
        self.assertEqual(Event.objects.get(pk=self.event.pk).slug, "elsewhere")

    def test_stale_page_is_refused(self):
        with self.assertRaises(EditConflict):
            restore(self.event, snapshot(self.event), names=ALL, based_on=1)

    def test_decisions_alone_leave_an_import_unchanged(self):
        Event.objects.filter(pk=self.event.pk).update(imported_version=self.event.version)
        self.event.refresh_from_db()
        restore(self.event, snapshot(self.event, 1), names=["pins"])
        self.assertEqual(self.event.imported_version, self.event.version)
        self.assertFalse(RelatedChoice.objects.exists())


# One step: what to change, and a number that the change is made of.
STEPS = st.lists(
    st.tuples(
        st.sampled_from(
            ["text", "facts", "citations", "contexts", "cover", "picture", "pins", "state", "restore", "part"]
        ),
        st.integers(0, 5),
        st.integers(0, 5),
    ),
    min_size=1,
    max_size=5,
)


# What is restored does not depend on the database, and PostgreSQL takes three times as long.
SEQUENCES = 1000 if connection.vendor == "sqlite" else 100


class RandomRestoresTests(PropertyTestCase):
    """However an entry was written and restored, each version comes back exactly."""

    @classmethod
    def setUpTestData(cls):
        cls.names = [f"Context {number}" for number in range(4)]
        cls.contexts = find_contexts(cls.names)
        cls.others = [make_event(f"Other {number}") for number in range(3)]
        cls.covers = [make_cover(picture_bytes((40 + number, 30))).pk for number in range(2)]

    @settings(max_examples=SEQUENCES, suppress_health_check=list(HealthCheck))
    @given(STEPS)
    def test_each_snapshot_comes_back(self, steps):
        event = make_event(
            "The beginning",
            state="draft",
            contexts=self.contexts[:2],
            sources=[("R", "https://r.example/")],
        )
        written = [snapshot(event)]
        for name, first, second in steps:
            if name == "restore":
                self.restore(event, written[first % len(written)], ALL)
            elif name == "part":
                self.restore(event, written[first % len(written)], [ALL[second % len(ALL)]])
            else:
                with editing(event, now=NOW):
                    getattr(self, f"change_{name}")(event, first, second)
            written.append(snapshot(event))
        kept = list(event.revisions.order_by("version").values_list("snapshot", flat=True))
        self.assertEqual(kept, written)
        for data in written:
            self.restore(event, data, ALL)

    def restore(self, event: Event, data: dict, names: list[str]) -> None:
        state = event.state
        self.assertEqual(restore(event, data, names=names, now=NOW), [])
        after = snapshot(event)
        for name in names:
            self.assertEqual(parts.BY_NAME[name].of(after), parts.BY_NAME[name].of(data), name)
        self.assertEqual(event.state, state)

    def change_text(self, event: Event, first: int, second: int) -> None:
        event.headline = f"Headline {first}"
        event.summary = "" if second == 0 else f"Summary *{second}*.\n\nTwice."
        event.body, event.short_headline = "Body. " * first, f"Short {second}" if first % 2 else ""

    def change_facts(self, event: Event, first: int, second: int) -> None:
        event.date = DAY + timedelta(days=first)
        event.end_date = DAY + timedelta(days=first + second) if second else None
        event.category, event.language = ["", "Sports", "Health"][first % 3], ["", "ar", "fr"][second % 3]
        event.is_incomplete, event.slug = bool(first % 2), f"slug-{second}"
        event.time_zone = "Asia/Damascus" if second % 2 else ""
        event.label = "Breaking" if first % 2 else ""
        event.label_until = NOW + timedelta(days=second) if first == 3 else None

    def change_citations(self, event: Event, first: int, second: int) -> None:
        event.citations.all().delete()
        for place in range(first):
            number = (place * (second + 1)) % 4
            event.citations.create(
                position=place + 1,
                label=f"AFP via Paper {number}" if second % 2 else f"Paper {number}",
                url=f"https://p{number}.example/" if number else "",
                is_paywalled=bool(number % 2),
                published_on=DAY if second > 2 else None,
                quote="“Yes.”" * (number % 2),
            )

    def change_contexts(self, event: Event, first: int, second: int) -> None:
        turned = self.contexts[second % 4 :] + self.contexts[: second % 4]
        event.contexts.put(turned[: first % 5])

    def change_cover(self, event: Event, first: int, second: int) -> None:
        event.cover = Image.objects.get(pk=self.covers[second % 2]) if first else None

    def change_picture(self, event: Event, first: int, second: int) -> None:
        if event.cover:
            event.cover.alt, event.cover.credit = f"Alt {first}", f"Credit {second}" if second else ""
            event.cover.save()

    def change_pins(self, event: Event, first: int, second: int) -> None:
        others = self.others[second % 3 :] + self.others[: second % 3]
        event.choices.all().delete()
        event.links.all().delete()
        for place, other in enumerate(others[: first % 4]):
            if (first + place) % 3:
                event.choices.create(other=other, kind="pin", position=place, note="why" * (second % 2))
            else:
                event.choices.create(other=other, kind="hide", both_sides=bool(second % 2))
            if second > 2:
                event.links.create(other=other, kind="led_to")

    def change_state(self, event: Event, first: int, second: int) -> None:
        event.state = ["draft", "in_review", "published"][first % 3]
