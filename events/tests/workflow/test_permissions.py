"""The table of who may do what, as a matrix, and the groups that the migration made of it."""

from django.contrib.auth.models import AnonymousUser, Group, Permission, User
from django.test import TestCase

from events.models import Event
from events.workflow.permissions import ACTS, GROUPS, may, may_edit

# Written out a second time on purpose: a slip in the table must not change what it is tested by.
MATRIX = {
    #                 Reporter, Editor, Chief editor, Administrator
    "write": (True, True, True, True),
    "edit_draft": (True, True, True, True),
    "submit": (True, True, True, True),
    "approve": (False, True, True, True),
    "publish": (False, True, True, True),
    "schedule": (False, True, True, True),
    "edit_live": (False, True, True, True),
    "propose": (True, True, True, True),
    "unpublish": (False, True, True, True),
    "steer": (False, True, True, True),
    "make_context": (False, True, True, True),
    "edit_context": (False, True, True, True),
    "retract": (False, False, True, True),
    "reinstate": (False, False, True, True),
    "merge_events": (False, False, True, True),
    "share_preview": (True, True, True, True),
    "share_list": (False, True, True, True),
    "delete": (False, False, True, True),
    "tell_story": (False, True, True, True),
    "pin_turning_point": (False, True, True, True),
    "delete_story": (False, False, True, True),
    "keep_profiles": (False, True, True, True),
    "delete_profile": (False, False, True, True),
    "merge_contexts": (False, False, True, True),
    "import": (False, False, True, True),
    "manage_users": (False, False, False, True),
}


def make_user(group: str) -> User:
    """An account of this group. Tests that empty the whole database lose the groups: one is made anew."""
    user = User.objects.create_user(group.lower().replace(" ", "-"), is_staff=True)
    row, is_new = Group.objects.get_or_create(name=group)
    if is_new:
        wanted = {name.partition(".")[2] for name in GROUPS[group]}
        row.permissions.set(Permission.objects.filter(codename__in=wanted))
    user.groups.add(row)
    return user


class PermissionTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.users = [make_user(group) for group in GROUPS]

    def test_every_act_stands_in_the_matrix(self):
        self.assertEqual(set(MATRIX), set(ACTS))

    def test_groups_may_do_what_the_matrix_says(self):
        for act, expected in MATRIX.items():
            for user, answer in zip(self.users, expected, strict=True):
                with self.subTest(act=act, user=user.username):
                    self.assertIs(may(user, act), answer)

    def test_nobody_else_may_do_anything(self):
        stranger = User.objects.create_user("stranger", is_staff=True)
        for act in ACTS:
            self.assertFalse(may(stranger, act))
            self.assertFalse(may(AnonymousUser(), act))

    def test_reporters_change_only_what_the_public_has_not_read(self):
        reporter, editor, chief, _administrator = self.users
        expected = {
            Event.State.DRAFT: (True, True, True),
            Event.State.IN_REVIEW: (True, True, True),
            Event.State.APPROVED: (True, True, True),
            Event.State.PUBLISHED: (False, True, True),
            Event.State.RETRACTED: (False, False, True),
        }
        for state, answers in expected.items():
            for user, answer in zip((reporter, editor, chief), answers, strict=True):
                with self.subTest(state=state, user=user.username):
                    self.assertIs(may_edit(user, Event(state=state)), answer)


class GroupsTests(TestCase):
    def test_migration_made_what_the_table_says(self):
        for name, expected in GROUPS.items():
            with self.subTest(group=name):
                held = Group.objects.get(name=name).permissions.values_list(
                    "content_type__app_label", "codename"
                )
                self.assertEqual({f"{label}.{codename}" for label, codename in held}, set(expected))
