"""One name, one context: kept apart by the database, found by taggit's own calls."""

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import TestCase

from events.models import Context, ContextName
from events.tests.factories import find_contexts, make_context, make_event

SAME = ("Homs", "HOMS", "homs", " Homs ", "Hóms", "Ho\u00adms", "Ｈｏｍｓ")


class NamesTests(TestCase):
    def test_names_that_readers_take_for_the_same_are_refused_by_the_database(self):
        make_context("Homs")
        for name in SAME:
            with self.subTest(name), self.assertRaises(IntegrityError), transaction.atomic():
                Context.objects.create(name=name, slug="another")
        self.assertEqual(Context.objects.count(), 1)

    def test_spaces_hyphens_and_quotes_make_no_other_name(self):
        make_context("Shi’ite  uprising")
        for name in ("Shi'ite uprising", "shi’ite uprising", "Shi’ite\u00a0uprising"):
            with self.subTest(name), self.assertRaises(IntegrityError), transaction.atomic():
                Context.objects.create(name=name, slug="another")

    def test_aliases_share_the_space_of_names(self):
        state = make_context("Islamic State", aliases=["ISIL"])
        other = make_context("Other")
        with self.assertRaises(IntegrityError), transaction.atomic():
            Context.objects.create(name="isil")
        for name in ("ISIL", "Islamic state"):
            with self.subTest(name), self.assertRaises(IntegrityError), transaction.atomic():
                other.names.create(name=name)
        self.assertEqual(list(state.names.filter(is_alias=True).values_list("name", flat=True)), ["ISIL"])

    def test_bulk_writers_cannot_get_round_it(self):
        context = make_context("Homs")
        row = ContextName.objects.get()
        with self.assertRaises(IntegrityError), transaction.atomic():
            ContextName.objects.bulk_create([ContextName(key=row.key, name="HOMS", context=context)])
        with self.assertRaises(IntegrityError), transaction.atomic():
            ContextName.objects.filter(pk=make_context("Aleppo").names.get().pk).update(key=row.key)
        with self.assertRaises(IntegrityError), transaction.atomic():
            Context.objects.bulk_create([Context(name="Homs", slug="homs")])
        with self.assertRaises(IntegrityError), transaction.atomic():
            Context.objects.bulk_create([Context(name="  HÓMS", slug="another")])
        with self.assertRaises(IntegrityError), transaction.atomic():
            Context.objects.bulk_create([Context(name="", slug="nameless")])

    def test_slug_is_taken_once(self):
        make_context("Homs", slug="city")
        with self.assertRaises(IntegrityError), transaction.atomic():
            Context.objects.create(name="Aleppo", slug="city")

    def test_form_says_which_context_has_the_name(self):
        make_context("Islamic State", aliases=["ISIL"])
        with self.assertRaisesMessage(ValidationError, "Islamic State"):
            Context(name="isil").clean()

    def test_renamed_context_keeps_its_addresses(self):
        context = make_context("Homs")
        context.name, context.slug = "City of Homs", ""
        context.save()
        self.assertEqual(
            list(context.addresses.order_by("slug").values_list("slug", flat=True)), ["city-of-homs", "homs"]
        )
        self.assertEqual(context.names.get().name, "City of Homs")


class TaggitTests(TestCase):
    """`event.contexts` is taggit's manager; names are looked up before they make a context."""

    def test_alias_finds_its_context(self):
        state = make_context("Islamic State", aliases=["ISIL", "Daesh"])
        event = make_event()
        event.contexts.add("ISIL", "daesh", "ISLAMIC STATE")
        self.assertEqual(list(event.contexts.all()), [state])
        self.assertEqual(Context.objects.count(), 1)

    def test_unknown_name_becomes_one_context(self):
        event = make_event()
        event.contexts.add("Homs", "HOMS", "Aleppo")
        self.assertCountEqual(event.contexts.names(), ["Homs", "Aleppo"])

    def test_set_remove_and_clear_work(self):
        event = make_event(contexts=["Homs", "Aleppo"])
        event.contexts.set(["Aleppo", "Idlib"])
        self.assertCountEqual(event.contexts.names(), ["Aleppo", "Idlib"])
        event.contexts.remove("Aleppo")
        self.assertEqual(list(event.contexts.slugs()), ["idlib"])
        event.contexts.clear()
        self.assertFalse(event.contexts.exists())

    def test_put_keeps_the_editor_s_order(self):
        event = make_event(contexts=["Homs", "Aleppo", "Idlib"])
        event.contexts.put(find_contexts(["Idlib", "Homs", "Idlib"]))
        self.assertEqual([row.tag.name for row in event.taggings.select_related("tag")], ["Idlib", "Homs"])

    def test_event_carries_a_context_once(self):
        event = make_event(contexts=["Homs"])
        with self.assertRaises(IntegrityError), transaction.atomic():
            event.taggings.create(tag=Context.objects.get())
