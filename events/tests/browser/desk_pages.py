"""Every page of the desk: a newsroom in which all of them exist, and the list for the tests of each."""

import re

from django.contrib.contenttypes.models import ContentType

from events.models import (
    BulkChange,
    ContextPair,
    DraftRevision,
    Entry,
    Event,
    FrontSlot,
    ImportRun,
    Publisher,
    SavedList,
)
from events.tests.browser.full_dashboard import fill_dashboard
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

# Routes that show nothing of their own when they are asked for, and why: how a GET by anybody is answered.
REDIRECTS = "leads on to another page"
DATA = "is read by scripts"
REFUSED = "only answers what is posted, or nobody"
NO_PAGES = {
    r"login/|r/.*|.*/<path:object_id>/|events/(event|article)/<path:object_id>/history/": REDIRECTS,
    r"jsi18n/|events/(context|event|profile|publisher)/suggest/|events/article/blocks/find/": DATA,
    r"events/(event|article)/card/": DATA,
    r"logout/|autocomplete/|events/event/planner/move/": REFUSED,
    r"events/importrun/<int:pk>/run/|events/revision/of/.*/restore/": REFUSED,
    r"events/(event|article)/(<path:object_id>/)?(autosave|preview|contexts|checks)/": REFUSED,
    r"events/storyline/(add|<int:pk>/change)/preview/": REFUSED,
    r"events/event/sources/.*|events/article/blocks/links/|events/image/upload/": REFUSED,
    r"events/(publisher|revision)/add/|events/(publisher|revision|importrun)/.*/delete/": REFUSED,
    r"axes/.*/history/": REDIRECTS,
    r"axes/.*": REFUSED,
}


def reason_for(route: str) -> str:
    """Why a route has no page, or nothing."""
    return next((why for pattern, why in NO_PAGES.items() if re.fullmatch(pattern, route)), "")


class DeskPages:
    """Mixed into a test: makes the newsroom, and knows the address of each page in it."""

    def make_newsroom(self) -> None:
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
        for name, owner in (("My Scottish entries", self.chief), ("To mend", make_user("Editor"))):
            SavedList.objects.create(
                name=name, owner=owner, kind="event", query=f"q={name}", is_shared=owner != self.chief
            )
        self.make_article()
        self.story = make_context("The bridge", kind="story")
        self.line = make_story_line("Scotland’s bridges", ["Scotland", "Bridges"])
        stories.pin(self.event, story_line=self.line, note="It stands.")
        stories.pin(self.event, context=self.story, note="It stands.")
        steering.hide(self.event, make_event("Another bridge", contexts=["Bridges"]), both_sides=True)
        self.proposed = make_event("The bridge is painted", contexts=["Bridges"])
        self.propose(self.proposed)
        self.run = ImportRun.objects.create(
            file_name="bridges.jsonl", format="jsonl", is_dry_run=True, counts={"new": 3, "invalid": 1}
        )
        self.run.rows.create(where="line 4", outcome="invalid", message="An event needs a headline.")
        fill_dashboard(self.chief, self.event, self.story)

    def make_article(self) -> None:
        self.article = make_article(
            "What the bridge changes",
            events=[self.event],
            contexts=["Bridges"],
            by_profiles=[make_profile()],
            notes=[("correction", "It was Tuesday.")],
        )
        with editing(self.article) as article:
            article.deck = "Two towns grow together."
        self.propose(self.article)
        FrontSlot.objects.create(article=self.article)

    def propose(self, entry: Entry) -> None:
        latest = entry.revisions.first()
        DraftRevision.objects.create(
            **{entry.OWNER: entry},
            snapshot=latest.snapshot | {"headline": "What the bridge has changed"},
            based_on=latest.version,
            written_by=self.chief,
        )

    def addresses(self) -> dict[str, str]:
        context, publisher = self.event.contexts.first(), self.event.citations.first().publisher
        return {
            "front": "",
            "newsroom": "events/",
            "events": "events/event/",
            "events found": "events/event/?q=bridge",
            "events filtered": "events/event/?context=Bridges&person=me&problem=single-source",
            "events filtered by nonsense": "events/event/?context=nowhere&publisher=reuters.com",
            "saved lists": "events/event/lists/",
            "saved lists of articles": "events/article/lists/",
            "articles filtered": "events/article/?context=Bridges",
            "new event": "events/event/add/",
            "event": f"events/event/{self.event.pk}/change/",
            "related stories of an event": f"events/event/{self.event.pk}/related/?find=draft",
            "entry to merge": f"events/event/{self.event.pk}/merge/?other=bridge",
            "two entries to merge": f"events/event/{self.event.pk}/merge/?other={self.proposed.public_id}",
            "preview links": f"events/event/{self.event.pk}/preview-links/",
            "event with a draft": f"events/event/{self.proposed.pk}/change/",
            "draft of an event": f"events/event/{self.proposed.pk}/draft/",
            "planner": "events/event/planner/?month=2024-05",
            "planner of a week": "events/event/planner/?week=2024-05-01&by=moment",
            "queues": "events/event/queues/",
            "roles": "events/event/roles/",
            "links that died": "events/event/dead-links/",
            "entries with a single origin": "events/event/single-origin/",
            "silent story lines": "events/event/silences/",
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
            **self.of_row("context", context.pk),
            "story lines": "events/storyline/",
            "new story line": "events/storyline/add/",
            **self.of_row("storyline", self.line.pk),
            "story context": f"events/context/{self.story.pk}/change/",
            "publishers": "events/publisher/",
            **self.of_row("publisher", publisher.pk, "change", "history"),
            "pictures": "events/image/",
            "new picture": "events/image/add/",
            **self.of_row("image", self.event.cover_id),
            "articles": "events/article/",
            "new article": "events/article/add/",
            "article": f"events/article/{self.article.pk}/change/",
            "deletion of an article": f"events/article/{self.article.pk}/delete/",
            "draft of an article": f"events/article/{self.article.pk}/draft/",
            "preview links of an article": f"events/article/{self.article.pk}/preview-links/",
            "versions of an article": f"events/revision/of/article/{self.article.pk}/?old=1&new=2",
            "profiles": "events/profile/",
            "new profile": "events/profile/add/",
            **self.of_row("profile", self.article.profiles.get().pk),
            "places on the front page": "events/frontslot/",
            "new place on the front page": "events/frontslot/add/",
            **self.of_row("frontslot", FrontSlot.objects.get().pk),
            "imports": "events/importrun/",
            "new import": "events/importrun/add/",
            **self.of_row("importrun", self.run.pk, "change", "history"),
            "revisions": "events/revision/",
            **self.of_row("revision", self.event.revisions.last().pk, "change", "history"),
            "accounts": "auth/user/",
            "new account": "auth/user/add/",
            **self.of_row("user", self.chief.pk, "change", "history", "delete", "password", app="auth"),
            "roles of accounts": "auth/group/",
            "new role": "auth/group/add/",
            **self.of_row("group", self.chief.groups.get().pk, app="auth"),
            "not found": "nowhere/",
            "password": "password_change/",
            "password changed": "password_change/done/",
        }

    def of_row(self, model: str, key: int, *acts: str, app: str = "events") -> dict[str, str]:
        """The pages that Django makes of a row."""
        acts = acts or ("change", "history", "delete")
        return {f"{model}: {act}": f"{app}/{model}/{key}/{act}/" for act in acts}

    def path_of(self, route: str) -> str:
        """An address of a route that is not in the list."""
        keys = {
            "event": self.event.pk, "article": self.article.pk, "importrun": self.run.pk,
            "publisher": Publisher.objects.first().pk,
        }  # fmt: skip
        key = str(keys.get(route.split("/")[1], 1))
        values = {
            "<path:content_type_id>": str(ContentType.objects.get_for_model(Event).pk),
            "<path:object_id>": str(self.event.pk) if route.startswith("r/") else key,
            "<int:pk>": key,
            "<str:owner>": "event",
            "blocks/find/": "blocks/find/?kind=event",
        }
        for part, value in values.items():
            route = route.replace(part, value)
        return route
