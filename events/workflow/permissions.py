"""Who may do what: the one table that the transitions, the admin and the groups' migration follow.

What somebody may do with an event they may do with an article.

Groups are known by their English names, as Django keeps them; pages show `GROUP_NAMES`. Editors read the
table on the page "Who may do what" of the desk, and described in docs/howto/roles.md.
"""

from typing import NamedTuple

from django.contrib.auth.models import AnonymousUser
from django.contrib.auth.models import User as BaseUser
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from events.models import Entry

REPORTER, EDITOR, CHIEF_EDITOR, ADMINISTRATOR = "Reporter", "Editor", "Chief editor", "Administrator"
GROUP_NAMES = {
    REPORTER: _("Reporter"),
    EDITOR: _("Editor"),
    CHIEF_EDITOR: _("Chief editor"),
    ADMINISTRATOR: _("Administrator"),
}

VIEWED = (
    "event",
    "context",
    "citation",
    "publisher",
    "image",
    "profile",
    "revision",
    "importrun",
    "importrow",
)
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
    "events.add_profile",
    "events.change_profile",
    *(f"events.{verb}_{model}" for verb in ("add", "change") for model in STORIES),
    "events.delete_turningpoint",
}
CHIEF_EDITOR_MAY = EDITOR_MAY | {
    "events.retract_event",
    "events.delete_event",
    "events.delete_context",
    "events.delete_storyline",
    "events.delete_image",
    "events.delete_profile",
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


class Act(NamedTuple):
    """One thing that somebody may do: its name in code, in words, and the permission that it needs."""

    name: str
    label: str | Promise
    permission: str


# Who may do what is this table and GROUPS; `holders` reads one from the other.
TABLE: tuple[Act, ...] = (
    Act("write", _("write a new entry"), "events.add_event"),
    Act("edit_draft", _("change an entry that is not published"), "events.change_event"),
    Act("submit", _("submit for review, take back to draft"), "events.change_event"),
    Act("approve", _("approve, send back with a comment"), "events.publish_event"),
    Act("publish", _("publish at once"), "events.publish_event"),
    Act("schedule", _("schedule, put under embargo"), "events.publish_event"),
    Act("edit_live", _("change what is published"), "events.publish_event"),
    Act("propose", _("write a draft revision of what is published"), "events.change_event"),
    Act("unpublish", _("take what is published back to draft"), "events.publish_event"),
    Act("steer", _("pin, hide and link related stories"), "events.steer_event"),
    Act("retract", _("retract with a public notice"), "events.retract_event"),
    Act("reinstate", _("change or take back a retraction"), "events.retract_event"),
    Act("merge_events", _("merge two entries into one"), "events.retract_event"),
    Act("share_preview", _("make and revoke preview links"), "events.change_event"),
    Act("delete", _("delete an entry with its history"), "events.delete_event"),
    Act("make_context", _("make a context"), "events.add_context"),
    Act("edit_context", _("rename and describe contexts"), "events.change_context"),
    Act("keep_profiles", _("make and change profiles of authors"), "events.change_profile"),
    Act("delete_profile", _("delete profiles of authors"), "events.delete_profile"),
    Act("merge_contexts", _("merge, split and delete contexts"), "events.delete_context"),
    Act("tell_story", _("put story lines together"), "events.change_storyline"),
    Act("pin_turning_point", _("pin turning points"), "events.change_turningpoint"),
    Act("delete_story", _("delete story lines"), "events.delete_storyline"),
    Act("share_list", _("share saved lists with the newsroom"), "events.publish_event"),
    Act("import", _("import"), "events.import_event"),
    Act("manage_users", _("manage accounts and groups"), "auth.change_user"),
)
# The permission that each act of the newsroom needs.
ACTS: dict[str, str] = {act.name: act.permission for act in TABLE}


def holders(act: str) -> list[str]:
    """The groups whose members may do this, those who may least first."""
    return [group for group, held in GROUPS.items() if ACTS[act] in held]


def may(user: BaseUser | AnonymousUser, act: str) -> bool:
    """Whether the user may do this; `act` is a key of ACTS (KeyError otherwise)."""
    return user.has_perm(ACTS[act])


def act_of_editing(entry: Entry) -> str:
    """The act that changing the text of this entry is: what the public reads needs more than a draft."""
    if entry.state in Entry.UNPUBLISHED:
        return "edit_draft"
    return "reinstate" if entry.state == Entry.State.RETRACTED else "edit_live"


def may_edit(user: BaseUser | AnonymousUser, entry: Entry) -> bool:
    """Whether the user may change this entry in its present state."""
    return may(user, act_of_editing(entry))


def may_steer(user: BaseUser | AnonymousUser, entry: Entry) -> bool:
    """Whether the user may pin, hide and link related stories of this entry in its present state."""
    return may(user, "steer") and may_edit(user, entry)
