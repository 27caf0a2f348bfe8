"""What every page of the newsroom's admin site has before its own work begins."""

from django.test import TestCase

from events.tests.factories import make_event
from events.tests.workflow.test_permissions import make_user

# Pages that hand what was typed to the database as it is.
TYPED = (
    "context/suggest/?q=%00",
    "event/suggest/?q=a%00b",
    "publisher/suggest/?q=%00",
    "profile/suggest/?q=%00",
    "article/blocks/find/?kind=event&q=%00",
    "article/blocks/find/?kind=picture&q=%00",
    "context/merge/?pk=1&pk=2&into=%00",
    "event/?q=%00",
    "event/?context=%00&%00=1",
)


class NulTests(TestCase):
    """PostgreSQL takes no text with the character NUL."""

    def test_no_page_hands_it_on(self):
        event = make_event()
        self.client.force_login(make_user("Chief editor"))
        for path in (*TYPED, f"event/{event.pk}/related/?find=%00"):
            with self.subTest(path):
                answer = self.client.get(f"/admin/events/{path}", follow=True)
                self.assertEqual(answer.status_code, 200)
                self.assertNotIn("\0", "".join(answer.wsgi_request.GET.values()))
        self.assertEqual(answer.context["find"], "\N{REPLACEMENT CHARACTER}")
