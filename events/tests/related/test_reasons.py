"""What a text names, as it is spelt there."""

from django.test import SimpleTestCase

from events.related.reasons import MOST, names_in
from events.related.terms import word_term, words_in
from events.text.folding import index_text


def named(text: str, words: str, **options) -> tuple[str, ...]:
    return names_in(text, [word_term(word) for word in words_in(index_text(words))], **options)


class NamesTests(SimpleTestCase):
    def test_names_in_the_order_of_their_rarity(self):
        text = "Explosions rip through Homs and a suburb of Damascus."
        self.assertEqual(named(text, "Damascus Homs"), ("Damascus", "Homs"))

    def test_words_that_stand_together_are_one_name(self):
        self.assertEqual(
            named("A truce in the Syrian Civil War holds", "war civil syrian"), ("Syrian Civil War",)
        )
        self.assertEqual(named("After the War, Syrian losses", "war syrian"), ("War", "Syrian"))

    def test_plain_words_are_no_names(self):
        self.assertEqual(named("Explosions rip through the market", "explosion market"), ())
        self.assertEqual(named("Explosions rip through the Bazaar", "explosion bazaar"), ("Bazaar",))

    def test_what_is_told_already_is_left_out(self):
        self.assertEqual(named("Homs and Damascus", "homs damascus", besides=["Homs"]), ("Damascus",))
        self.assertEqual(named("Homs", "homs", besides=["Homs"]), ())

    def test_letters_without_spaces(self):
        self.assertEqual(named("在北京会议上", "北京会议"), ("北京会议",))

    def test_not_more_than_a_few(self):
        text = "In Aleppo, Homs, Idlib, Hama and Daraa"
        self.assertEqual(len(named(text, "aleppo homs idlib hama daraa")), MOST)

    def test_nothing_shared(self):
        self.assertEqual(named("Homs", "damascus"), ())
        self.assertEqual(named("", "damascus"), ())
