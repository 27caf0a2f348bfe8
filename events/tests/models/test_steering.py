from django.db import IntegrityError, transaction
from django.test import TestCase

from events.models import Context, EventLink, RelatedChoice
from events.tests.factories import make_event

PIN, HIDE = RelatedChoice.Kind.PIN, RelatedChoice.Kind.HIDE


class ConstraintTests(TestCase):
    """The database itself keeps choices and links straight."""

    @classmethod
    def setUpTestData(cls):
        cls.event = make_event("The dam breaks")
        cls.other = make_event("The valley is evacuated")

    def refuse(self, row: RelatedChoice | EventLink) -> None:
        with self.assertRaises(IntegrityError), transaction.atomic():
            row.save()

    def test_a_pair_has_one_choice_a_side(self):
        RelatedChoice.objects.create(event=self.event, other=self.other, kind=PIN)
        RelatedChoice.objects.create(event=self.other, other=self.event, kind=HIDE)
        self.refuse(RelatedChoice(event=self.event, other=self.other, kind=HIDE))

    def test_a_pair_has_one_link_a_side(self):
        EventLink.objects.create(event=self.event, other=self.other, kind=EventLink.Kind.LED_TO)
        self.refuse(EventLink(event=self.event, other=self.other, kind=EventLink.Kind.PART_OF))

    def test_nothing_is_chosen_for_itself(self):
        self.refuse(RelatedChoice(event=self.event, other=self.event, kind=PIN))
        self.refuse(EventLink(event=self.event, other=self.event, kind=EventLink.Kind.PART_OF))

    def test_only_hiding_has_two_sides(self):
        self.refuse(RelatedChoice(event=self.event, other=self.other, kind=PIN, both_sides=True))
        RelatedChoice.objects.create(event=self.event, other=self.other, kind=HIDE, both_sides=True)

    def test_choices_and_links_go_with_either_event(self):
        RelatedChoice.objects.create(event=self.event, other=self.other, kind=PIN)
        EventLink.objects.create(event=self.other, other=self.event, kind=EventLink.Kind.LED_TO)
        self.other.delete()
        self.assertFalse(RelatedChoice.objects.exists())
        self.assertFalse(EventLink.objects.exists())

    def test_contexts_are_for_related_stories_unless_an_editor_says_no(self):
        self.assertIs(Context.objects.create(name="Dams").is_for_related, True)
