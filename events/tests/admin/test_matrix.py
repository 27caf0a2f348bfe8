"""Who may do what on the desk: every view and every step, by role, on own, others' and live entries.

A view or a step without a row here fails the test, and so does a cell that says something else than the desk.
"""

from collections.abc import Iterator

from django.contrib import admin
from django.contrib.auth.models import Group, User
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client, TestCase
from django.urls import URLPattern, URLResolver

from events.models import Event, FrontSlot, ImportRun
from events.tests.admin.test_events import change, form_of
from events.tests.factories import (
    NOW,
    make_article,
    make_context,
    make_cover,
    make_event,
    make_profile,
    make_story_line,
)
from events.tests.workflow.test_permissions import make_user
from events.workflow.contexts import merge
from events.workflow.permissions import GROUPS, REPORTER
from events.workflow.transitions import TRANSITIONS, carry_out

ROLES = ("anonymous", *GROUPS)

# What a GET is answered with: `·` log in first, `-` forbidden, `v` a page to read, `e` a page with a button
# that saves, `>` a redirect to another page, `p` only POST is answered, `0` not found. One letter a role, in
# the order of ROLES. Of routes to one entry there are three words: own draft, another's draft, live entry.
VIEWS = {
    "": "·vvvv",
    "login/": "v>>>>",
    "logout/": ">pppp",
    "password_change/": "·vvvv",
    "password_change/done/": "·vvvv",
    "autocomplete/": "·----",
    "jsi18n/": "·vvvv",
    "r/<path:content_type_id>/<path:object_id>/": "·0000",
    "events/storyline/add/preview/": "·----",
    "events/storyline/<int:pk>/change/preview/": "·----",
    "events/storyline/": "·vvvv",
    "events/storyline/add/": "·-eee",
    "events/storyline/<path:object_id>/history/": "·vvvv",
    "events/storyline/<path:object_id>/delete/": "·--vv",
    "events/storyline/<path:object_id>/change/": "·veee",
    "events/storyline/<path:object_id>/": "·>>>>",
    "events/context/suggest/": "·vvvv",
    "events/context/merge/": "·-->>",
    "events/context/report/": "·--vv",
    "events/context/moves/": "·--vv",
    "events/context/moves/<int:pk>/": "·--vv",
    "events/context/<path:object_id>/split/": "·--vv",
    "events/context/": "·vvvv",
    "events/context/add/": "·-eee",
    "events/context/<path:object_id>/history/": "·vvvv",
    "events/context/<path:object_id>/delete/": "·--vv",
    "events/context/<path:object_id>/change/": "·veee",
    "events/context/<path:object_id>/": "·>>>>",
    "events/event/autosave/": "·----",
    "events/event/<path:object_id>/autosave/": "·---- ·---- ·----",
    "events/event/preview/": "·----",
    "events/event/<path:object_id>/preview/": "·---- ·---- ·----",
    # Of no words.
    "events/event/card/": "·0000",
    "events/article/card/": "·0000",
    "events/event/contexts/": "·----",
    "events/event/<path:object_id>/contexts/": "·---- ·---- ·----",
    "events/event/<path:object_id>/related/": "·vvvv ·vvvv ·vvvv",
    "events/event/<path:object_id>/merge/": "·--vv ·--vv ·--vv",
    "events/event/checks/": "·----",
    "events/event/<path:object_id>/checks/": "·---- ·---- ·----",
    "events/event/sources/look/": "·----",
    "events/event/sources/pasted/": "·----",
    # Of one that has no draft revision.
    "events/event/<path:object_id>/draft/": "·0000 ·0000 ·0000",
    "events/event/<path:object_id>/preview-links/": "·vvvv ·vvvv ·vvvv",
    "events/event/planner/": "·vvvv",
    "events/event/planner/move/": "·pppp",
    "events/event/queues/": "·vvvv",
    "events/event/roles/": "·vvvv",
    "events/event/dead-links/": "·vvvv",
    "events/event/single-origin/": "·vvvv",
    "events/event/silences/": "·vvvv",
    "events/event/bulk/": "·vvvv",
    # None has been made.
    "events/event/bulk/<int:pk>/": "·0000",
    "events/event/suggest/": "·vvvv",
    "events/event/lists/": "·vvvv",
    "events/event/": "·vvvv",
    "events/event/add/": "·eeee",
    "events/event/<path:object_id>/history/": "·>>>> ·>>>> ·>>>>",
    "events/event/<path:object_id>/delete/": "·--vv ·--vv ·--vv",
    "events/event/<path:object_id>/change/": "·eeee ·eeee ·veee",
    "events/event/<path:object_id>/": "·>>>> ·>>>> ·>>>>",
    "events/article/blocks/find/": "·0000",
    "events/article/blocks/links/": "·----",
    "events/article/autosave/": "·----",
    "events/article/<path:object_id>/autosave/": "·----",
    "events/article/preview/": "·----",
    "events/article/<path:object_id>/preview/": "·----",
    "events/article/contexts/": "·----",
    "events/article/<path:object_id>/contexts/": "·----",
    "events/article/checks/": "·----",
    "events/article/<path:object_id>/checks/": "·----",
    "events/article/<path:object_id>/draft/": "·0000",
    "events/article/<path:object_id>/preview-links/": "·vvvv",
    "events/article/lists/": "·vvvv",
    "events/article/": "·vvvv",
    "events/article/add/": "·eeee",
    "events/article/<path:object_id>/history/": "·>>>>",
    "events/article/<path:object_id>/delete/": "·--vv",
    "events/article/<path:object_id>/change/": "·veee",
    "events/article/<path:object_id>/": "·>>>>",
    "events/profile/suggest/": "·vvvv",
    "events/profile/": "·vvvv",
    "events/profile/add/": "·-eee",
    "events/profile/<path:object_id>/history/": "·vvvv",
    "events/profile/<path:object_id>/delete/": "·--vv",
    "events/profile/<path:object_id>/change/": "·veee",
    "events/profile/<path:object_id>/": "·>>>>",
    "events/frontslot/": "·vvvv",
    "events/frontslot/add/": "·-eee",
    "events/frontslot/<path:object_id>/history/": "·vvvv",
    "events/frontslot/<path:object_id>/delete/": "·-vvv",
    "events/frontslot/<path:object_id>/change/": "·veee",
    "events/frontslot/<path:object_id>/": "·>>>>",
    "events/importrun/<int:pk>/run/": "·0000",
    "events/importrun/": "·vvvv",
    "events/importrun/add/": "·--ee",
    "events/importrun/<path:object_id>/history/": "·vvvv",
    "events/importrun/<path:object_id>/delete/": "·----",
    "events/importrun/<path:object_id>/change/": "·vvvv",
    "events/importrun/<path:object_id>/": "·>>>>",
    "events/image/upload/": "·----",
    "events/image/": "·vvvv",
    "events/image/add/": "·eeee",
    "events/image/<path:object_id>/history/": "·vvvv",
    "events/image/<path:object_id>/delete/": "·--vv",
    "events/image/<path:object_id>/change/": "·eeee",
    "events/image/<path:object_id>/": "·>>>>",
    "events/publisher/suggest/": "·vvvv",
    "events/publisher/": "·vvvv",
    "events/publisher/add/": "·----",
    "events/publisher/<path:object_id>/history/": "·vvvv",
    "events/publisher/<path:object_id>/delete/": "·----",
    "events/publisher/<path:object_id>/change/": "·veee",
    "events/publisher/<path:object_id>/": "·>>>>",
    "events/revision/of/<str:owner>/<int:pk>/": "·vvvv ·vvvv ·vvvv",
    "events/revision/of/<str:owner>/<int:pk>/restore/": "·pppp ·pppp ·pppp",
    "events/revision/": "·vvvv",
    "events/revision/add/": "·----",
    "events/revision/<path:object_id>/history/": "·vvvv",
    "events/revision/<path:object_id>/delete/": "·----",
    "events/revision/<path:object_id>/change/": "·vvvv",
    "events/revision/<path:object_id>/": "·>>>>",
    "auth/group/": "·---v",
    "auth/group/add/": "·---e",
    "auth/group/<path:object_id>/history/": "·---v",
    "auth/group/<path:object_id>/delete/": "·---v",
    "auth/group/<path:object_id>/change/": "·---e",
    "auth/group/<path:object_id>/": "·>>>>",
    "auth/user/<id>/password/": "·---v",
    "auth/user/": "·---v",
    "auth/user/add/": "·---e",
    "auth/user/<path:object_id>/history/": "·---v",
    "auth/user/<path:object_id>/delete/": "·---v",
    "auth/user/<path:object_id>/change/": "·---e",
    "auth/user/<path:object_id>/": "·>>>>",
    "axes/accessattempt/": "·----",
    "axes/accessattempt/add/": "·----",
    "axes/accessattempt/<path:object_id>/history/": "·>>>>",
    "axes/accessattempt/<path:object_id>/delete/": "·----",
    "axes/accessattempt/<path:object_id>/change/": "·----",
    "axes/accessattempt/<path:object_id>/": "·>>>>",
    "axes/accesslog/": "·----",
    "axes/accesslog/add/": "·----",
    "axes/accesslog/<path:object_id>/history/": "·>>>>",
    "axes/accesslog/<path:object_id>/delete/": "·----",
    "axes/accesslog/<path:object_id>/change/": "·----",
    "axes/accesslog/<path:object_id>/": "·>>>>",
    "axes/accessfailurelog/": "·----",
    "axes/accessfailurelog/add/": "·----",
    "axes/accessfailurelog/<path:object_id>/history/": "·>>>>",
    "axes/accessfailurelog/<path:object_id>/delete/": "·----",
    "axes/accessfailurelog/<path:object_id>/change/": "·----",
    "axes/accessfailurelog/<path:object_id>/": "·>>>>",
    "^(?P<app_label>auth|events|axes)/$": "·vvvv",
    "(?P<url>.*)$": "·0000",
}

# Routes to one entry by name, so that they are tried on three.
ON_EVENTS = ("events/event/<path:object_id>/", "events/revision/of/<str:owner>/<int:pk>/")

# Who can make each step, by the state that it begins in.
ALL, EDITORS, CHIEFS = tuple(GROUPS), tuple(GROUPS)[1:], tuple(GROUPS)[2:]
STEPS: dict[str, dict[str, tuple[str, ...]]] = {
    "submit": {"draft": ALL},
    "withdraw": {"in_review": ALL, "approved": ALL},
    "approve": {"in_review": EDITORS},
    "send_back": {"in_review": EDITORS, "approved": EDITORS},
    "publish": {"draft": EDITORS, "in_review": EDITORS, "approved": EDITORS, "published": EDITORS},
    "schedule": {"draft": EDITORS, "in_review": EDITORS, "approved": EDITORS},
    "unpublish": {"published": EDITORS},
    "retract": {"published": CHIEFS},
    "reinstate": {"retracted": CHIEFS},
}

# The actions on the list of events, and who is offered them.
ACTIONS: dict[str, tuple[str, ...]] = {
    "add_contexts_selected": ALL,
    "remove_contexts_selected": ALL,
    "category_selected": ALL,
    "submit_selected": ALL,
    "approve_selected": EDITORS,
    "publish_selected": EDITORS,
    "schedule_selected": EDITORS,
    "draft_selected": ALL,
    "merge_selected": CHIEFS,
}

# Who can save the form of an entry, by the entry's state.
SAVING: dict[str, tuple[str, ...]] = {
    "draft": ALL,
    "in_review": ALL,
    "approved": ALL,
    "published": EDITORS,
    "retracted": CHIEFS,
}


def routes(patterns=None, before: str = "") -> Iterator[str]:
    """Every route of the admin."""
    for pattern in admin.site.urls[0] if patterns is None else patterns:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from routes(pattern.url_patterns, route)
        elif isinstance(pattern, URLPattern):
            yield route


def letter(answer) -> str:
    if answer.status_code == 302:
        return "·" if answer["Location"].startswith("/admin/login/") else ">"
    if answer.status_code == 200:
        return "e" if b'name="_save"' in answer.content else "v"
    return {301: ">", 403: "-", 404: "0", 405: "p", 422: "v"}[answer.status_code]


class MatrixTests(TestCase):
    maxDiff = None

    @classmethod
    def setUpTestData(cls):
        cls.users = {role: make_user(role) for role in GROUPS}
        make_event("The first", contexts=["Homs"], sources=[("R", "https://r.example/")], cover=make_cover())
        cls.other = make_event("Another's draft", state="draft", by=User.objects.create_user("colleague"))
        cls.live = make_event("Live", by=cls.other.revisions.get().made_by)
        cls.own = {
            role: make_event(f"{role}'s own", state="draft", by=user) for role, user in cls.users.items()
        }
        cls.line = make_story_line("Story", ["Homs"])
        cls.context = make_context("Damascus")
        cls.move = merge([make_context("Dimashq")], into=cls.context)
        cls.import_run = ImportRun.objects.create()
        cls.article = make_article("An article", by=cls.other.revisions.get().made_by)
        cls.rows = {
            "storyline": cls.line.pk, "article": cls.article.pk, "profile": make_profile().pk,
            "frontslot": FrontSlot.objects.create(article=cls.article).pk,
            "context": cls.context.pk, "importrun": cls.import_run.pk,
            "image": cls.live.cover_id or make_cover().pk,
            "publisher": Event.objects.get(headline="The first").citations.get().publisher_id,
            "revision": cls.live.revisions.get().pk, "group": Group.objects.get(name=REPORTER).pk,
            "user": User.objects.get(username="colleague").pk,
        }  # fmt: skip

    def client_of(self, role: str) -> Client:
        client = Client()
        if role in self.users:
            client.force_login(self.users[role])
        return client

    def path(self, route: str, event: Event) -> str:
        if route.startswith("events/context/moves/"):
            return "/admin/" + route.replace("<int:pk>", str(self.move.pk))
        model = route.split("/")[1] if "/" in route else ""
        key = event.pk if route.startswith(ON_EVENTS) else self.rows.get(model, 1)
        route = route.replace("<str:owner>", "event")
        for part in ("<path:object_id>", "<int:pk>", "<id>"):
            route = route.replace(part, str(key))
        return "/admin/" + route.replace("^(?P<app_label>auth|events|axes)/$", "events/").replace(
            "(?P<url>.*)$", "nowhere"
        ).replace("<path:content_type_id>", "1")

    def cells(self, route: str) -> str:
        if not route.startswith(ON_EVENTS):
            return self.word(route, lambda role: self.live)
        return " ".join(
            self.word(route, chosen)
            for chosen in (
                lambda role: self.own.get(role, self.other),
                lambda role: self.other,
                lambda role: self.live,
            )
        )

    def word(self, route: str, chosen) -> str:
        return "".join(letter(self.client_of(role).get(self.path(route, chosen(role)))) for role in ROLES)

    def test_every_view_has_its_row_and_answers_as_the_row_says(self):
        self.assertEqual(set(routes()) ^ set(VIEWS), set(), "a view without a row, or a row without a view")
        for route, expected in VIEWS.items():
            with self.subTest(route):
                self.assertEqual(self.cells(route), expected)

    def test_every_step_has_its_row_and_is_made_by_those_alone(self):
        found = {
            step.name: {state: self.may_make(step.name, state) for state in step.sources}
            for step in TRANSITIONS
        }
        self.assertEqual(found, STEPS)

    def test_every_action_on_the_list_has_its_row(self):
        offered: dict[str, list[str]] = {}
        for role in GROUPS:
            page = self.client_of(role).get("/admin/events/event/")
            for name, _label in page.context["action_form"].fields["action"].choices:
                if name:
                    offered.setdefault(name, []).append(role)
        self.assertEqual({name: tuple(roles) for name, roles in offered.items()}, ACTIONS)

    def test_every_state_has_its_row_and_is_saved_by_those_alone(self):
        self.assertEqual(set(SAVING), set(Event.State.values))
        for state, expected in SAVING.items():
            event = make_event(f"Saved while {state}", state=state, retraction_notice="Wrong.")
            form = form_of(self.client_of("Administrator").get(change(event)))
            for role in ROLES:
                version = Event.objects.get(pk=event.pk).version
                self.client_of(role).post(change(event), form | {"based_on": str(version)})
                with self.subTest(state=state, role=role):
                    is_saved = Event.objects.get(pk=event.pk).version == version + 1
                    self.assertIs(is_saved, role in expected)

    def may_make(self, name: str, state: str) -> tuple[str, ...]:
        return tuple(role for role, user in self.users.items() if self.makes(name, state, user))

    def makes(self, name: str, state: str, user: User) -> bool:
        """Whether the step succeeds, on an entry of another's."""
        event = make_event(
            f"{name} {state} {user.pk}", state=state, now=NOW,
            retraction_notice="Wrong." if state == "retracted" else "",
        )  # fmt: skip
        later = NOW.replace(year=NOW.year + 1)
        try:
            carry_out(event, name, by=user, now=NOW, publish_at=later, notice="Wrong.", note="Because.")
        except PermissionDenied:
            return False
        except ValidationError as error:
            self.fail(f"{name} of {state}: {error}")
        return True
