"""What a text names, as it is spelt there."""

from django.test import SimpleTestCase

from events.related.reasons import MOST, names_in
from events.related.terms import word_term, words_in
from events.text.folding import index_text


def named(text: str, words: str, *, ours: str | None = None, **options) -> tuple[str, ...]:
    terms = [word_term(word) for word in words_in(index_text(words))]
    return names_in(text, terms, ours=text if ours is None else ours, **options)


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

    def test_what_is_a_plain_word_in_the_other_text_is_no_name(self):
        text = "Guests of the Park arrive"
        self.assertEqual(named(text, "park", ours="A tour of the Park"), ("Park",))
        self.assertEqual(named(text, "park", ours="The amusement park closes"), ())
        self.assertEqual(named(text, "park", ours=""), ("Park",))

    def test_the_first_word_of_a_sentence_is_a_name_where_the_other_text_has_it_as_one(self):
        text = "Toronto reports 761 cases.\nParks are closed"
        self.assertEqual(named(text, "toronto park", ours="Attack in Toronto\nParks reopen"), ("Toronto",))

    def test_what_stands_together_in_both_texts_is_one_name(self):
        text = "The United Kingdom and United Airlines agree"
        ours = "Borders of the United Kingdom are closed, Airlines say"
        self.assertEqual(named(text, "kingdom", ours=ours), ("United Kingdom",))
        self.assertEqual(named(text, "airlines", ours=ours), ("Airlines",))
        self.assertEqual(named("Told of New Zealand", "zealand", ours="In New Zealand"), ("New Zealand",))
        self.assertEqual(
            named("A vote in Syria\nHoms is quiet", "homs", ours="From Syria: Syria Homs"), ("Homs",)
        )
        self.assertEqual(
            named("Chancellor Angela Merkel speaks. Merkel is heard", "merkel", ours="With Angela Merkel"),
            ("Angela Merkel",),
        )

    def test_joined_by_a_dash_with_its_number(self):
        text = "A case of SARS-CoV-2 and the Oxford–AstraZeneca vaccine"
        self.assertEqual(named(text, "cov astrazeneca"), ("SARS-CoV-2", "Oxford–AstraZeneca"))
        self.assertEqual(named("The new Boeing-747 lands", "boeing", ours="A Boeing-737 lands"), ("Boeing",))

    def test_without_the_end_that_grammar_gives_it(self):
        self.assertEqual(
            named("For the first time Mali’s army and Niger's meet", "mali niger"), ("Mali", "Niger")
        )

    def test_a_name_ends_where_a_told_context_begins(self):
        text = "The Michigan Governor Gretchen Whitmer speaks"
        self.assertEqual(named(text, "michigan", besides=["Gretchen Whitmer"]), ("Michigan Governor",))

    def test_months_and_days_tell_of_no_story(self):
        self.assertEqual(named("From Tuesday, in September", "tuesday september"), ())

    def test_letters_without_spaces(self):
        self.assertEqual(named("在北京会议上", "北京会议", ours="北京会议"), ("北京会议",))
        # An alias stands in neither text.
        self.assertEqual(named("在北京会议上", "北京会议", ours=""), ("北京会议",))

    def test_of_letters_without_spaces_all_that_both_texts_have_of_a_word(self):
        text = "28名俄羅斯運動員在2014年冬季奧運會的比賽，由中国国家足球队获得"
        ours = "169名俄羅斯運動員在2018年冬季奧運會，韩国国家足球队在"
        self.assertEqual(named(text, "運動 季奧", ours=ours), ("俄羅斯運動員", "冬季奧運會"))
        self.assertEqual(named(text, "足球", ours=ours), ("国国家足球队",))

    def test_a_letter_beside_a_told_name_is_no_word(self):
        self.assertEqual(named("纪念六四事件的晚会", "念六", ours="悼念六四事件", besides=["六四事件"]), ())

    def test_not_more_than_a_few(self):
        text = "In Aleppo, Homs, Idlib, Hama and Daraa"
        self.assertEqual(len(named(text, "aleppo homs idlib hama daraa")), MOST)

    def test_nothing_shared(self):
        self.assertEqual(named("Homs", "damascus"), ())
        self.assertEqual(named("", "damascus"), ())
