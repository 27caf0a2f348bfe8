"""Saved lists: named where they stand, found again, own or of the newsroom, never a way elsewhere."""

from django.test import TestCase

from events.models import SavedList
from events.tests.factories import make_article, make_event
from events.tests.workflow.test_permissions import make_user

LIST, LISTS = "/admin/events/event/", "/admin/events/event/lists/"
MINE = "person=me&state__exact=draft"


class SavedListsTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.editor, cls.reporter = make_user("Editor"), make_user("Reporter")

    def setUp(self):
        self.client.force_login(self.editor)

    def save(self, query: str = MINE, name: str = "My drafts", **posted: str):
        return self.client.post(LISTS, {"query": query, "name": name, **posted})

    def above(self, address: str = LIST) -> list[tuple[str, bool]]:
        page = self.client.get(address)
        return [(row.name, is_here) for row, is_here in page.context["saved_lists"]]

    def test_named_and_found_again(self):
        page = self.client.get(f"{LIST}?{MINE}&p=1")
        self.assertContains(page, "Save this list")
        self.assertContains(page, 'name="query" value="person=me&amp;state__exact=draft"')
        self.assertRedirects(self.save(), f"{LIST}?{MINE}")
        self.assertEqual(self.above(), [("My drafts", False)])
        # In any order of its parameters it is the same list, and need not be saved again.
        same = f"{LIST}?state__exact=draft&person=me"
        self.assertEqual(self.above(same), [("My drafts", True)])
        self.assertNotContains(self.client.get(same), "Save this list")
        self.assertContains(self.client.get(same), 'aria-current="page"')

    def test_nothing_to_save_without_a_filter(self):
        self.assertNotContains(self.client.get(LIST), "Save this list")
        self.assertContains(self.save("p=2"), "Filter or search the list first", status_code=422)

    def test_only_known_parameters_are_kept(self):
        for query in (
            "https://evil.example/?q=bridge",
            "q=bridge&next=https://evil.example/",
            "q=bridge&_popup=1&p=3&e=1&all=",
            "q=bridge&person=%00",
            "//evil.example&q=bridge",
        ):
            with self.subTest(query):
                SavedList.objects.all().delete()
                answer = self.save(query)
                found = list(SavedList.objects.values_list("query", flat=True))
                self.assertEqual(found or [""], ["q=bridge" if answer.status_code == 302 else ""])
                if answer.status_code == 302:
                    self.assertEqual(answer["Location"], f"{LIST}?q=bridge")

    def test_own_lists_are_seen_by_their_owner_alone_and_of_one_kind(self):
        self.save()
        self.assertEqual(self.above("/admin/events/article/"), [])
        self.client.force_login(self.reporter)
        self.assertEqual(self.above(), [])
        row = SavedList.objects.get()
        for act in ({"name": "Taken"}, {"_delete": "1"}):
            self.assertEqual(self.client.post(LISTS, {"pk": row.pk, **act}).status_code, 403)

    def test_sharing_needs_the_permission(self):
        self.client.force_login(self.reporter)
        self.save(is_shared="on")
        self.assertFalse(SavedList.objects.get().is_shared)
        self.assertNotContains(self.client.get(f"{LIST}?q=x"), 'name="is_shared"')
        self.client.force_login(self.editor)
        self.assertContains(self.client.get(f"{LIST}?q=x"), 'name="is_shared"')
        self.save(name="For all", is_shared="on")
        self.client.force_login(self.reporter)
        self.assertEqual(self.above(), [("For all", False), ("My drafts", False)])
        shared = SavedList.objects.get(name="For all")
        self.assertEqual(self.client.post(LISTS, {"pk": shared.pk, "_delete": "1"}).status_code, 403)

    def test_renamed_unshared_and_deleted(self):
        self.save(is_shared="on")
        row = SavedList.objects.get()
        self.client.post(LISTS, {"pk": row.pk, "name": "Drafts of mine", "query": "q=changed"})
        row.refresh_from_db()
        self.assertEqual((row.name, row.is_shared, row.query), ("Drafts of mine", False, MINE))
        page = self.client.post(LISTS, {"pk": row.pk, "_delete": "1"}, follow=True)
        self.assertContains(page, "was deleted")
        self.assertFalse(SavedList.objects.exists())

    def test_mistakes_are_told(self):
        self.save()
        self.assertContains(self.save(), "You have a list of this name", status_code=422)
        self.assertContains(self.save(name=" "), "This field is required", status_code=422)
        self.assertContains(self.save(name="x" * 61), "at most 60", status_code=422)
        self.assertEqual(self.client.post(LISTS, {"pk": "9999", "name": "x"}).status_code, 404)
        SavedList.objects.bulk_create(
            SavedList(name=f"List {n}", kind="event", query="q=x", owner=self.editor) for n in range(49)
        )
        self.assertContains(self.save(name="One more"), "nobody keeps more than 50", status_code=422)

    def test_articles_have_lists_of_their_own(self):
        make_article("An opinion")
        where = "/admin/events/article/lists/"
        self.client.post(where, {"query": "kind__exact=opinion&publisher=bbc.com", "name": "Opinions"})
        self.assertEqual(SavedList.objects.get().query, "kind__exact=opinion")
        self.assertEqual(self.above("/admin/events/article/"), [("Opinions", False)])
        self.assertContains(self.client.get(where), "?kind__exact=opinion")

    def test_page_costs_the_same_at_one_and_at_twenty(self):
        make_event()
        for number in range(20):
            self.save(f"q={number}", name=f"List {number}")
            if number in (0, 19):
                with self.subTest(number), self.assertNumQueries(5):
                    self.client.get(LISTS)
