from django.test import TestCase

from events.models import Context, SiteStamp
from events.search import finder, query
from events.tests.factories import NOW, make_context, make_event
from events.tests.workflow.test_permissions import make_user

LIST = "/admin/events/context/"
SUGGEST = "/admin/events/context/suggest/"
MERGE = "/admin/events/context/merge/"


def change(context: Context) -> str:
    return f"/admin/events/context/{context.pk}/change/"


def form(**changes: str) -> dict:
    return {
        "name": "Turkey",
        "slug": "turkey",
        "kind": "place",
        "parent_names": "",
        "names-TOTAL_FORMS": "0",
        "names-INITIAL_FORMS": "0",
    } | changes


class ContextDeskTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.chief = make_user("Chief editor")
        cls.turkey = make_context("Turkey", aliases=["Türkiye Cumhuriyeti"])
        cls.event = make_event("A vote is held", contexts=[cls.turkey])

    def setUp(self):
        self.client.force_login(self.chief)

    def test_saving_refreshes_search_and_cached_pages(self):
        serial = SiteStamp.objects.get().serial
        rows = {"names-TOTAL_FORMS": "1", "names-0-name": "Anatolia"}
        self.client.post(change(self.turkey), form(**rows))
        found = finder.find(query.parse("Anatolia"), now=NOW, limit=5).pks
        self.assertEqual(list(found), [self.event.pk])
        self.assertGreater(SiteStamp.objects.get().serial, serial)
        self.assertEqual(Context.objects.get().events_count, 1)

    def test_parents_by_name_and_never_under_itself(self):
        child = make_context("Ankara", parents=[self.turkey])
        self.client.post(change(self.turkey), form(parent_names="Ankara"))
        self.assertFalse(self.turkey.parents.exists())
        response = self.client.post(change(self.turkey), form(parent_names="Ankara"))
        self.assertContains(response, "A context cannot lie under itself.")
        self.client.post(change(child), form(name="Ankara", slug="ankara", parent_names="turkey"))
        self.assertEqual(list(child.parents.all()), [self.turkey])

    def test_search_reads_aliases(self):
        make_context("Greece")
        found = self.client.get(LIST, {"q": "turkiye"}).context["cl"].result_list
        self.assertEqual(list(found), [self.turkey])

    def test_list_queries_do_not_grow_with_the_rows(self):
        for number in (1, 19):
            for count in range(number):
                make_context(f"Context {number} {count}", aliases=[f"Alias {number} {count}"])
            with self.assertNumQueries(7):
                self.client.get(LIST)

    def test_suggestions_put_what_begins_so_first(self):
        make_context("West Turkestan")
        make_context("Turkestan")
        names = [found["name"] for found in self.client.get(SUGGEST, {"q": "turk"}).json()["results"]]
        self.assertEqual(names, ["Turkey", "Turkestan", "West Turkestan"])
        by_alias = self.client.get(SUGGEST, {"q": "Türkiye C"}).json()["results"]
        self.assertEqual(by_alias[0]["matched"], "Türkiye Cumhuriyeti")
        self.assertEqual(self.client.get(SUGGEST, {"q": " "}).json()["results"], [])

    def test_merge_is_shown_before_it_is_done(self):
        other = make_context("Turkiye")
        make_event("Another", contexts=[other])
        pks = [self.turkey.pk, other.pk]
        response = self.client.post(LIST, {"action": "merge_selected", "_selected_action": pks}, follow=True)
        self.assertContains(response, "1 event is changed.")
        self.assertEqual(Context.objects.count(), 2)
        self.client.post(MERGE, {"pk": pks, "into": str(self.turkey.pk)})
        merged = Context.objects.get()
        self.assertEqual((merged, merged.events_count), (self.turkey, 2))
        self.assertIn("Turkiye", merged.aliases)

    def test_editors_cannot_merge(self):
        self.client.force_login(make_user("Editor"))
        self.assertEqual(self.client.get(MERGE, {"pk": [self.turkey.pk, 9]}).status_code, 403)

    def test_keys_that_can_be_none(self):
        for keys in (("x", "9" * 23), ("²", str(self.turkey.pk)), ("9" * 5000, "-1")):
            answer = self.client.get(MERGE, {"pk": keys}, follow=True)
            self.assertContains(answer, "Select between 2 and 50 contexts to merge.")
        self.client.post("/admin/events/context/report/", {"two": "9" * 5000})
