from django.test import SimpleTestCase

from events.suggestions.rules import stands_for


def stands(text: str, words: str, name: str) -> bool:
    start = text.index(words)
    return stands_for(text, start, start + len(words), name)


class StandsForTests(SimpleTestCase):
    def assert_stands(self, text: str, words: str, name: str) -> None:
        self.assertTrue(stands(text, words, name), (text, name))

    def assert_does_not_stand(self, text: str, words: str, name: str) -> None:
        self.assertFalse(stands(text, words, name), (text, name))

    def test_breaks_between_words_agree(self):
        self.assert_does_not_stand("Today I ran home", "I ran", "Iran")
        self.assert_does_not_stand("An Air Strike", "Air Strike", "Airstrike")
        self.assert_does_not_stand("The Group's plan", "Group's", "Group S.")
        for words in ("COVID-19", "Covid 19", "COVID19"):
            self.assert_stands(f"Deaths from {words}", words, "COVID-19")

    def test_initials_count_in_capitals_only(self):
        for words in ("US", "U.S.", "U.S"):
            self.assert_stands(f"The {words} says", words, "US")
            self.assert_stands(f"The {words} says", words, "U.S.")
        self.assert_does_not_stand("It joins us today", "us", "US")
        self.assert_does_not_stand("Us and them", "Us", "US")
        self.assert_does_not_stand("those who agree", "who", "WHO")

    def test_longer_names_in_capitals_need_one_capital(self):
        self.assert_stands("A meeting of Nato", "Nato", "NATO")
        self.assert_does_not_stand("It aids them", "aids", "AIDS")

    def test_word_in_small_letters_is_no_name_with_a_capital(self):
        self.assert_does_not_stand("They eat turkey", "turkey", "Turkey")
        self.assert_stands("They visit Turkey", "Turkey", "Turkey")
        self.assert_stands("TURKEY VOTES TODAY", "TURKEY", "Turkey")
        self.assert_stands("An earthquake", "earthquake", "earthquake")
        self.assert_stands("Earthquake kills ten", "Earthquake", "earthquake")

    def test_function_word_at_the_beginning_of_a_sentence_is_no_name(self):
        self.assert_does_not_stand("May I come in?", "May", "May")
        self.assert_does_not_stand("It is over. May it last.", "May", "May")
        self.assert_stands("Theresa May resigns", "May", "May")
        self.assert_does_not_stand("WHO WILL PAY FOR IT", "WHO", "WHO")
        self.assert_stands("WHO declares the end", "WHO", "WHO")

    def test_case_is_free_in_names_of_several_words(self):
        self.assert_stands("the prime minister", "prime minister", "Prime Minister")
        self.assert_does_not_stand("the who of it", "the who", "The Who")
        self.assert_stands("A concert of The Who", "The Who", "The Who")

    def test_numbers_symbols_and_single_letters_are_no_names(self):
        self.assert_does_not_stand("In 2,020 towns", "2,020", "2020")
        self.assert_does_not_stand("For $5", "$", "Dollar")
        self.assert_does_not_stand("Plan X works", "X", "X")
        self.assert_does_not_stand("在日本", "日", "日")

    def test_word_that_another_one_qualifies_is_another_name(self):
        self.assert_does_not_stand("A fire in New York", "York", "York")
        self.assert_does_not_stand("Talks with South Korea", "Korea", "Korea")
        self.assert_does_not_stand("Votes in Northern Ireland", "Ireland", "Ireland")
        self.assert_stands("Northern Syria is shelled", "Syria", "Syria")
        self.assert_stands("A new York mayor", "York", "York")

    def test_rome_is_not_in_romania(self):
        self.assert_does_not_stand("羅馬尼亞大選", "羅馬", "羅馬")
        self.assert_does_not_stand("印度尼西亚大选", "印度", "印度")
        self.assert_does_not_stand("尼日利亞大選", "尼日", "尼日")
        self.assert_stands("意大利亚洲杯", "意大利", "意大利")
        self.assert_stands("罗马发生火灾", "罗马", "罗马")

    def test_scripts_without_case(self):
        self.assert_stands("叙利亚内战", "叙利亚", "叙利亚")
        self.assert_stands("انتخابات في سوريا", "سوريا", "سوريا")
        self.assert_stands("Выборы в России", "России", "России")
        self.assert_does_not_stand("вот россия", "россия", "Россия")
