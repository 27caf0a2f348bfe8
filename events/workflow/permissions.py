"""Who may do what: the one table that the transitions, the admin and the groups' migration follow.

Groups are known by their English names, as Django keeps them; the table is described for editors in
docs/howto/roles.md.
"""

from django.contrib.auth.models import AnonymousUser
from django.contrib.auth.models import User as BaseUser

from events.models import Event

REPORTER, EDITOR, CHIEF_EDITOR, ADMINISTRATOR = "Reporter", "Editor", "Chief editor", "Administrator"

VIEWED = ("event", "context", "citation", "publisher", "image", "revision", "importrun", "importrow")
# Story lines of the editors', and what is pinned in those of contexts too.
STORIES = ("storyline", "turningpoint")

REPORTER_MAY = frozenset(
    {f"events.view_{model}" for model in (*VIEWED, *STORIES)}
    | {"events.add_event", "events.change_event"}
    | {"events.add_citation", "events.change_citation", "events.delete_citation"}
    | {"events.add_image", "events.change_image"}
)
EDITOR_MAY = REPORTER_MAY | {
    "events.publish_event",
    "events.steer_event",
    "events.add_context",
    "events.change_context",
    "events.add_contextname",
    "events.change_contextname",
    "events.delete_contextname",
    "events.view_contextname",
    "events.change_publisher",
    *(f"events.{verb}_{model}" for verb in ("add", "change") for model in STORIES),
    "events.delete_turningpoint",
}
CHIEF_EDITOR_MAY = EDITOR_MAY | {
    "events.retract_event",
    "events.delete_event",
    "events.delete_context",
    "events.delete_storyline",
    "events.delete_image",
    "events.import_event",
}
ACCOUNTS = frozenset(
    f"auth.{verb}_{model}" for verb in ("add", "change", "delete", "view") for model in ("user", "group")
)

# What each group holds, whole: nobody needs to be in two.
GROUPS: dict[str, frozenset[str]] = {
    REPORTER: REPORTER_MAY,
    EDITOR: EDITOR_MAY,
    CHIEF_EDITOR: CHIEF_EDITOR_MAY,
    ADMINISTRATOR: CHIEF_EDITOR_MAY | ACCOUNTS,
}

# The permission that each act of the newsroom needs.
ACTS: dict[str, str] = {
    "write": "events.add_event",
    "edit_draft": "events.change_event",
    "submit": "events.change_event",
    "publish": "events.publish_event",
    "schedule": "events.publish_event",
    "edit_live": "events.publish_event",
    "unpublish": "events.publish_event",
    "steer": "events.steer_event",
    "retract": "events.retract_event",
    "reinstate": "events.retract_event",
    "delete": "events.delete_event",
    "make_context": "events.add_context",
    "edit_context": "events.change_context",
    "merge_contexts": "events.delete_context",
    "tell_story": "events.change_storyline",
    "pin_turning_point": "events.change_turningpoint",
    "delete_story": "events.delete_storyline",
    "import": "events.import_event",
    "manage_users": "auth.change_user",
}


def may(user: BaseUser | AnonymousUser, act: str) -> bool:
    """Whether the user may do this; `act` is a key of ACTS (KeyError otherwise)."""
    return user.has_perm(ACTS[act])


def act_of_editing(event: Event) -> str:
    """The act that changing the text of this event is: what the public reads needs more than a draft."""
    if event.state in (Event.State.DRAFT, Event.State.IN_REVIEW):
        return "edit_draft"
    return "reinstate" if event.state == Event.State.RETRACTED else "edit_live"


def may_edit(user: BaseUser | AnonymousUser, event: Event) -> bool:
    """Whether the user may change this event in its present state."""
    return may(user, act_of_editing(event))


def may_steer(user: BaseUser | AnonymousUser, event: Event) -> bool:
    """Whether the user may pin, hide and link related stories of this event in its present state."""
    return may(user, "steer") and may_edit(user, event)
