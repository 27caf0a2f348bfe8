"""Comparing and joining lists: what moved, what both changed, in whose order."""

from django.test import SimpleTestCase
from hypothesis import given
from hypothesis import strategies as st

from events.workflow.comparison import compare_rows
from events.workflow.joining import join, join_rows
from events.workflow.parts import CITATIONS, CONTEXTS, Part

NAMES = st.lists(st.sampled_from("abcdef"), max_size=6, unique=True)


def fates(old: list, new: list, **keys: tuple) -> list[tuple]:
    return [(row.new or row.old, row.fate) for row in compare_rows(old, new, **keys)]


class CompareRowsTests(SimpleTestCase):
    def test_as_few_as_possible_have_moved(self):
        self.assertEqual(
            fates(list("abcde"), list("eabcd")),
            [("e", "moved"), ("a", "same"), ("b", "same"), ("c", "same"), ("d", "same")],
        )

    def test_what_is_alike_is_told_by_its_number(self):
        rows = [{"label": "R"}, {"label": "R"}]
        self.assertEqual(
            [row.fate for row in compare_rows(rows, rows[:1], keys=("url", "label"))], ["same", "removed"]
        )

    @given(NAMES, NAMES)
    def test_both_lists_can_be_read_back(self, old, new):
        rows = compare_rows(old, new)
        self.assertEqual([row.new for row in rows if row.new_place], new)
        before = sorted((row for row in rows if row.old_place), key=lambda row: row.old_place)
        self.assertEqual([row.old for row in before], old)
        stayed = [row.old_place for row in rows if row.old_place and row.new_place and not row.has_moved]
        self.assertEqual(stayed, sorted(stayed))


class JoinRowsTests(SimpleTestCase):
    def test_added_by_both_removed_by_either(self):
        self.assertEqual(join_rows(list("abc"), list("abcx"), list("yac")), list("yacx"))

    def test_order_of_the_side_that_changed_it(self):
        self.assertEqual(join_rows(list("abc"), list("cab"), list("abcx")), list("cxab"))
        self.assertIsNone(join_rows(list("abc"), list("cab"), list("bac")))

    def test_row_that_both_changed(self):
        base, mine = [{"url": "a", "quote": ""}], [{"url": "a", "quote": "mine"}]
        theirs = [{"url": "a", "quote": "theirs"}]
        self.assertIsNone(join_rows(base, mine, theirs, keys=("url",)))
        self.assertIsNone(join_rows(base, mine, [], keys=("url",)))
        self.assertEqual(join_rows(base, mine, base, keys=("url",)), mine)

    @given(NAMES, NAMES, NAMES)
    def test_nobodys_row_is_lost_and_nobodys_deletion(self, base, mine, theirs):
        joint = join_rows(base, mine, theirs)
        if joint is not None:
            kept = {name for name in base if name in mine and name in theirs}
            added = (set(mine) | set(theirs)) - set(base)
            self.assertEqual(sorted(joint), sorted(kept | added))

    @given(NAMES, NAMES)
    def test_one_side_alone_is_taken_whole(self, base, mine):
        for joint in (join_rows(base, mine, base), join_rows(base, base, mine)):
            self.assertEqual(joint, mine)


class JoinTests(SimpleTestCase):
    PARTS = (Part("title", "title"), CONTEXTS, CITATIONS)

    def test_each_part_by_itself(self):
        base = {"title": "Old", "contexts": ["a"]}
        mine = {"title": "Mine", "contexts": ["a", "b"]}
        theirs = {"title": "Theirs", "contexts": ["a", "c"], "citations": [{"label": "R"}]}
        joints = {joint.part.name: joint for joint in join(base, mine, theirs, self.PARTS)}
        self.assertEqual(
            {name: joint.taken for name, joint in joints.items()},
            {"title": "", "contexts": "both", "citations": "theirs"},
        )
        self.assertEqual(joints["contexts"].value, ["a", "b", "c"])
