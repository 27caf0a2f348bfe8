from django.test import TestCase

from events.models import SourcePage
from events.tests.factories import NOW, make_context, make_event
from events.tests.workflow.test_permissions import make_user

NEW = "/admin/events/event/contexts/"
JSON = {"Accept": "application/json"}


class ContextOffersTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        make_context("Homs", kind="place", aliases=["Emesa"])
        for number in range(3):
            make_event(f"Siege {number}", contexts=["Homs", "Syrian Civil War"])

    def setUp(self):
        self.client.force_login(make_user("Reporter"))

    def ask(self, path: str = NEW, **data: str) -> dict:
        return self.client.post(path, data, headers=JSON).json()

    def test_named_with_place_and_reason(self):
        found = self.ask(headline="Truce", summary="The siege of Emesa ends")["named"]
        self.assertEqual(
            found,
            [
                {
                    "name": "Homs",
                    "kind": "place",
                    "events": 3,
                    "why": "“Emesa” in the summary · 3 events",
                    "field": "summary",
                    "start": 13,
                    "end": 18,
                    "words": "Emesa",
                    "alias": "Emesa",
                }
            ],
        )

    def test_usual_companions_with_reason(self):
        found = self.ask(headline="Homs")["together"]
        self.assertEqual(
            [(one["name"], one["why"]) for one in found],
            [("Syrian Civil War", "Often with Homs · 3 events")],
        )

    def test_chosen_ones_are_not_offered_again(self):
        found = self.ask(headline="Homs", context_names="homs\n\n+ Truce\nSyrian Civil War")
        self.assertEqual(found, {"named": [], "together": []})

    def test_category_of_most_entries_with_reason_and_never_over_a_choice(self):
        for number in range(3):
            make_event(f"Strike {number}", contexts=["Westport"], category="Business and economy")
        make_event("Flood", contexts=["Westport"], category="Disasters and accidents")
        make_event("Draft", contexts=["Westport"], category="Sports", state="draft")
        with self.assertNumQueries(7):
            found = self.ask(headline="In Westport", category="")["category"]
        self.assertEqual(
            found, {"name": "Business and economy", "why": "3 of the 4 newest entries under Westport"}
        )
        self.assertNotIn("category", self.ask(headline="In Westport", category="Sports"))
        self.assertNotIn("category", self.ask(headline="In Westport"))
        # Where most say nothing, nothing is proposed.
        self.assertNotIn("category", self.ask(headline="Homs", category=""))
        self.assertContains(self.client.post(NEW, {"headline": "In Westport", "category": ""}), "3 of the 4")

    def test_category_of_the_sources_sections_goes_before_habit(self):
        for number in range(3):
            make_event(f"Strike {number}", contexts=["Westport"], category="Business and economy")
        for number, section in ((1, "World, Football"), (2, "News"), (3, "Tennis")):
            SourcePage.objects.create(
                key=f"https://bbc.com/{number}", checked_at=NOW, publisher="BBC", section=section
            )
        cited = {f"citations-{row}-url": f"https://www.bbc.com/{row + 1}" for row in range(4)}
        with self.assertNumQueries(7):
            found = self.ask(headline="In Westport", category="", **cited)["category"]
        why = "Sections of the sources: “Football” at BBC, “Tennis” at BBC"
        self.assertEqual(found, {"name": "Sports", "why": why})
        # Nothing is asked where a choice was made.
        self.assertNotIn("category", self.ask(headline="In Westport", category="Sports", **cited))
        page = self.client.post(NEW, {"headline": "", "category": "", **cited})
        self.assertContains(page, why)
        cited["citations-0-url"] = "http://["
        found = self.ask(headline="", category="", **cited)["category"]
        self.assertEqual(found["why"], "Sections of the sources: “Tennis” at BBC")

    def test_entry_itself_counts_for_nothing(self):
        event = make_event("A vote", contexts=["Homs", "Votes"], state="draft")
        make_event("A vote again", contexts=["Homs", "Votes"])
        path = f"/admin/events/event/{event.pk}/contexts/"
        found = self.ask(path, headline="Homs")["together"]
        self.assertEqual([one["name"] for one in found], ["Syrian Civil War"])

    def test_page_of_its_own_without_the_script(self):
        page = self.client.post(NEW, {"headline": "Homs <b>"})
        self.assertContains(page, "Nothing has been saved.")
        self.assertContains(page, "“Homs” in the headline · 3 events")
        self.assertContains(page, "Syrian Civil War")
        self.assertContains(self.client.post(NEW), "No context to suggest.")

    def test_form_has_the_button_and_the_script(self):
        page = self.client.get("/admin/events/event/add/")
        self.assertContains(page, f'formaction="{NEW}"')
        self.assertContains(page, "admin-context-offers.js")

    def test_queries_do_not_grow_with_the_text(self):
        for text in ("Homs", "Homs and the Syrian Civil War. " * 200):
            # Session, user, permissions of the user and of the groups; names, companions.
            with self.assertNumQueries(6):
                self.ask(headline=text, summary=text)

    def test_only_for_those_who_may_write_the_entry(self):
        # Of a published entry a reporter may propose a change, of a retracted one nothing.
        gone = make_event("Gone", state="retracted", retraction_notice="It was wrong.")
        path = f"/admin/events/event/{gone.pk}/contexts/"
        self.assertEqual(self.client.post(path, headers=JSON).status_code, 403)
        self.assertEqual(self.client.get(NEW).status_code, 403)
        self.assertEqual(self.client.post("/admin/events/event/999999/contexts/").status_code, 403)
        self.client.logout()
        self.assertEqual(self.client.post(NEW).status_code, 403)

    def test_forged_request_is_refused(self):
        self.client.handler.enforce_csrf_checks = True
        self.assertEqual(self.client.post(NEW, headers=JSON).status_code, 403)
