from django.test import TestCase

from events.models import ContextPair
from events.tests.factories import make_article, make_context, make_event, make_story_line
from events.tests.workflow.test_permissions import make_user
from events.workflow.context_pairs import find_pairs

REPORT = "/admin/events/context/report/"


class ContextReportTests(TestCase):
    def setUp(self):
        self.client.force_login(make_user("Chief editor"))

    def test_a_pair_leads_to_its_merge_or_is_two(self):
        pks = [make_context(name).pk for name in ("Protest", "Protests")]
        list(find_pairs())
        page = self.client.get(REPORT)
        merge = f"/admin/events/context/merge/?pk={pks[0]}&amp;pk={pks[1]}"
        self.assertContains(page, merge)
        self.client.post(REPORT, {"two": ContextPair.objects.get().pk})
        list(find_pairs())
        self.assertNotContains(self.client.get(REPORT), merge)

    def test_unused_is_what_nothing_needs(self):
        make_event("Draft", state="draft", contexts=["Of a draft"])
        make_article("Article", contexts=["Of an article"])
        make_story_line("Line", ["Of a line"])
        make_context("Below", parents=[make_context("Above")])
        listed = [context.name for context in self.client.get(REPORT).context["unused"]]
        self.assertEqual(listed, ["Below"])

    def test_queries_do_not_grow(self):
        for number in (1, 9):
            for count in range(number):
                make_context(f"Protest {'abcdefghijk'[number]}{count}")
                make_context(f"Protests {'abcdefghijk'[number]}{count}")
            list(find_pairs())
            with self.assertNumQueries(7):
                self.client.get(REPORT)
