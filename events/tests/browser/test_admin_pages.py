"""Every kind of page of the desk in a browser: accessible in light and dark, and inside the window."""

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session

from events.models import BulkChange, ContextPair, DraftRevision, Event
from events.tests.browser.cases import ALL_RULES, CONTRAST, NARROW, WIDE, BrowserTestCase
from events.tests.factories import (
    make_article,
    make_context,
    make_cover,
    make_event,
    make_profile,
    make_story_line,
)
from events.tests.workflow.test_permissions import make_user
from events.workflow import steering, stories
from events.workflow.contexts import merge
from events.workflow.edits import editing


class AdminPagesTests(BrowserTestCase):
    def setUp(self):
        super().setUp()
        self.chief = make_user("Administrator")
        self.event = make_event(
            "The bridge over the Tay is opened to traffic",
            contexts=["Scotland", "Bridges"],
            sources=[
                ("Reuters", "https://www.reuters.com/1"),
                ("AFP via Yahoo! News", "https://yahoo.com/2"),
            ],
            cover=make_cover(alt="A bridge in fog"),
        )
        dundee = make_context("Dundee", kind="place")
        self.move = merge([make_context("Dùn Dè")], into=dundee)
        ContextPair.objects.create(one=dundee, other=make_context("Dundees"), reason="words")
        for state in ("draft", "review", "retracted"):
            make_event(f"An entry that is {state}", state=state)
        steering.pin(
            self.event, make_event("The bridge is begun", contexts=["Bridges"]), note="Where it began"
        )
        self.bulk_change = BulkChange.objects.create(
            act="category", told="Sports", rows=[[self.event.pk, 1, 1]]
        )
        self.article = make_article(
            "What the bridge changes",
            events=[self.event],
            contexts=["Bridges"],
            by_profiles=[make_profile()],
            notes=[("correction", "It was Tuesday.")],
        )
        with editing(self.article) as article:
            article.deck = "Two towns grow together."
        snapshot = {"headline": "What the bridge has changed"}
        DraftRevision.objects.create(
            article=self.article, snapshot=snapshot, based_on=2, written_by=self.chief
        )
        self.story = make_context("The bridge", kind="story")
        self.line = make_story_line("Scotland’s bridges", ["Scotland", "Bridges"])
        stories.pin(self.event, story_line=self.line, note="It stands.")
        stories.pin(self.event, context=self.story, note="It stands.")
        steering.hide(self.event, make_event("Another bridge", contexts=["Bridges"]), both_sides=True)

    def log_in(self) -> None:
        """A session as the login view would have made it: its form is tried by the editor's journey."""
        session = SessionStore()
        session[SESSION_KEY] = str(self.chief.pk)
        session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
        session[HASH_SESSION_KEY] = self.chief.get_session_auth_hash()
        session.create()
        self.page.context.add_cookies(
            [{"name": "sessionid", "value": session.session_key, "url": f"{self.live_server_url}/admin/"}]
        )

    def addresses(self) -> dict[str, str]:
        context, publisher = self.event.contexts.first(), self.event.citations.first().publisher
        return {
            "front": "",
            "events": "events/event/",
            "events found": "events/event/?q=bridge",
            "new event": "events/event/add/",
            "event": f"events/event/{self.event.pk}/change/",
            "related stories of an event": f"events/event/{self.event.pk}/related/?find=draft",
            "history of an event": f"events/event/{self.event.pk}/history/",
            "preview links": f"events/event/{self.event.pk}/preview-links/",
            "planner": "events/event/planner/?month=2024-05",
            "planner of a week": "events/event/planner/?week=2024-05-01&by=moment",
            "queues": "events/event/queues/",
            "roles": "events/event/roles/",
            "changes of many entries": "events/event/bulk/",
            "a change of many": f"events/event/bulk/{self.bulk_change.pk}/",
            "two versions": f"events/revision/of/event/{self.event.pk}/?old=1&new=3",
            "deletion of an event": f"events/event/{self.event.pk}/delete/",
            "contexts": "events/context/",
            "context to split": f"events/context/{context.pk}/split/?into=Forth&words=bridge",
            "contexts that may be one": "events/context/report/",
            "merges and splits": "events/context/moves/",
            "a merge": f"events/context/moves/{self.move.pk}/",
            "contexts to merge": f"events/context/merge/?pk={context.pk}&pk={self.story.pk}",
            "new context": "events/context/add/",
            "context": f"events/context/{context.pk}/change/",
            "story lines": "events/storyline/",
            "new story line": "events/storyline/add/",
            "story line": f"events/storyline/{self.line.pk}/change/",
            "story context": f"events/context/{self.story.pk}/change/",
            "publishers": "events/publisher/",
            "publisher": f"events/publisher/{publisher.pk}/change/",
            "pictures": "events/image/",
            "new picture": "events/image/add/",
            "picture": f"events/image/{self.event.cover_id}/change/",
            "articles": "events/article/",
            "new article": "events/article/add/",
            "article": f"events/article/{self.article.pk}/change/",
            "draft of an article": f"events/article/{self.article.pk}/draft/",
            "versions of an article": f"events/revision/of/article/{self.article.pk}/?old=1&new=2",
            "profiles": "events/profile/",
            "profile": f"events/profile/{self.article.profiles.get().pk}/change/",
            "places on the front page": "events/frontslot/",
            "new place on the front page": "events/frontslot/add/",
            "imports": "events/importrun/",
            "new import": "events/importrun/add/",
            "revisions": "events/revision/",
            "revision": f"events/revision/{self.event.revisions.last().pk}/change/",
            "accounts": "auth/user/",
            "new account": "auth/user/add/",
            "not found": "events/event/999999/change/",
            "password": "password_change/",
        }

    def check(self, path: str) -> None:
        self.page.set_viewport_size(NARROW)
        self.colours("light")
        self.page.goto(f"{self.live_server_url}/admin/{path}")
        self.assert_fits()
        self.assert_accessible(ALL_RULES)
        self.colours("dark")
        self.assert_accessible(CONTRAST)
        self.page.set_viewport_size(WIDE)
        self.assert_fits()
        self.assert_accessible(ALL_RULES)
        self.colours("light")
        self.assert_accessible(CONTRAST)

    def test_login(self):
        self.check("login/")
        self.page.get_by_label("Username").fill("nobody")
        self.page.get_by_label("Password").fill("wrong")
        self.page.get_by_role("button", name="Log in").click()
        self.assert_accessible(ALL_RULES)

    def test_every_kind_of_page(self):
        self.log_in()
        for name, path in self.addresses().items():
            with self.subTest(name):
                self.check(path)
        self.assertEqual(self.complaints, [])

    def test_merge_page_and_the_way_through_it(self):
        self.log_in()
        self.page.goto(f"{self.live_server_url}/admin/events/event/{self.event.pk}/change/")
        self.page.get_by_label("Short headline").fill("Mine")
        with editing(Event.objects.get(pk=self.event.pk), note="Theirs came first") as event:
            event.short_headline, event.summary = "Theirs", "It stands."
        self.page.get_by_role("button", name="Save", exact=True).click()
        self.page.get_by_role("heading", name="Somebody saved before you").wait_for()
        for size in (NARROW, WIDE):
            self.page.set_viewport_size(size)
            self.assert_fits()
            self.assert_accessible(ALL_RULES)
        self.colours("dark")
        self.assert_accessible(CONTRAST)
        self.page.get_by_role("group", name="Short headline").get_by_label("Mine").check()
        self.page.get_by_role("button", name="Save the joint text").click()
        self.page.get_by_text("was changed successfully").wait_for()
        event.refresh_from_db()
        self.assertEqual((event.short_headline, event.summary), ("Mine", "It stands."))
        self.assertEqual(self.complaints, [])

    def test_password_in_place_when_the_session_has_ended(self):
        self.chief.set_password("a bridge over the river")
        self.chief.save()
        self.log_in()
        self.page.goto(f"{self.live_server_url}/admin/events/event/{self.event.pk}/change/")
        self.page.get_by_label("Short headline").fill("Typed before the session ended")
        Session.objects.all().delete()
        self.page.get_by_role("button", name="Save", exact=True).click()
        self.page.get_by_role("heading", name="Your session has ended").wait_for()
        for size in (NARROW, WIDE):
            self.page.set_viewport_size(size)
            self.assert_fits()
            self.assert_accessible(ALL_RULES)
        self.colours("dark")
        self.assert_accessible(CONTRAST)
        self.page.keyboard.type(self.chief.username)
        self.page.keyboard.press("Tab")
        self.page.keyboard.type("a bridge over the river")
        self.page.keyboard.press("Enter")
        self.page.get_by_text("was changed successfully").wait_for()
        self.event.refresh_from_db()
        self.assertEqual(self.event.short_headline, "Typed before the session ended")
        self.assertEqual(self.complaints, [])

    def test_form_with_mistakes(self):
        self.log_in()
        self.page.goto(f"{self.live_server_url}/admin/events/event/add/")
        self.page.get_by_role("button", name="Save draft").click()
        self.page.locator(".errornote").wait_for()
        self.assert_accessible(ALL_RULES)
        self.colours("dark")
        self.assert_accessible(CONTRAST)
