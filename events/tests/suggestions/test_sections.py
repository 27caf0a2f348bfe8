from django.test import SimpleTestCase

from events.conf import conf
from events.suggestions import category_by_sections

CATEGORIES = list(map(str, conf.CATEGORIES))


def category(*sections: str, categories: list[str] = CATEGORIES) -> str:
    pairs = [(f"Paper {number}", section) for number, section in enumerate(sections)]
    found = category_by_sections(pairs, categories)
    return found.category if found else ""


class SectionsTests(SimpleTestCase):
    def test_by_a_word_of_the_category_or_of_its_subject(self):
        for section, expected in {
            "Sport": "Sports",
            "Football": "Sports",
            "POLITICS": "Politics and elections",
            "Money": "Business and economy",
            "Film & Music": "Arts and culture",
            "War in Ukraine": "Armed conflicts and attacks",
            "Climate": "Health and environment",
            "Tech": "Science and technology",
            "Courts": "Law and crime",
        }.items():
            with self.subTest(section):
                self.assertEqual(category(section), expected)

    def test_what_says_nothing_of_the_subject(self):
        for section in ("", "World", "International", "News", "Home / Latest", "Syria", "and", "¡!"):
            with self.subTest(section):
                self.assertEqual(category(section), "")

    def test_the_first_name_that_means_something_counts(self):
        self.assertEqual(category("World, Europe, Health, Science"), "Health and environment")

    def test_most_sources_count_and_no_tie(self):
        found = category_by_sections(
            [("A", "Sport"), ("B", "World"), ("C", "World, Tennis"), ("D", "Money")], CATEGORIES
        )
        self.assertEqual((found.category, found.by), ("Sports", (("A", "Sport"), ("C", "Tennis"))))
        self.assertEqual(category("Sport", "Money"), "")

    def test_of_a_newsroom_s_own_categories(self):
        own = ["Rathaus", "体育新闻", "国际关系", "Courts and police"]
        for section, expected in {
            "Rathaus": "Rathaus",
            "体育": "体育新闻",
            "国会": "",
            "Crime": "Courts and police",
            "Sport": "",
        }.items():
            with self.subTest(section):
                self.assertEqual(category(section, categories=own), expected)
        self.assertEqual(category("Sport", categories=[]), "")
