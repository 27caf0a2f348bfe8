import time

from django.test import SimpleTestCase

from events.importers.wiki_citations import split_headline


class SplitHeadlineTests(SimpleTestCase):
    def test_plain_headline_stays(self) -> None:
        for text in ("A (b) [c] in Homs: 1-2", "網球總決賽開賽。", "Court: date set for 2017"):
            self.assertEqual(split_headline(text), (text, []))

    def test_labels_of_bracketed_citations_are_kept_once(self) -> None:
        text = "港口重開。[https:--example.org-a.html 路透社][http:--b.org 中新社][:--c 路透社]date=7月 2017"
        self.assertEqual(split_headline(text), ("港口重開。", ["路透社", "中新社"]))

    def test_citation_without_a_label_goes(self) -> None:
        text = "甲。 [http:--example.org-a.html (url=https:--example.net-b )] 乙。"
        self.assertEqual(split_headline(text), ("甲。 乙。", []))

    def test_bare_address_goes(self) -> None:
        self.assertEqual(split_headline("退役。 url= https:--example.org-2019-"), ("退役。", []))

    def test_wiki_markup_is_cleaned(self) -> None:
        self.assertEqual(split_headline(" ''A''-{zh-cn:乙; zh-tw:丙}- "), ("A乙", []))

    def test_address_with_brackets_and_without_an_end(self) -> None:
        self.assertEqual(split_headline("A. [https:--b.org-[1].html AFP]"), ("A.", ["AFP"]))
        self.assertEqual(split_headline("A. [https:--b.org-[c]d[e AFP"), ("A. d[e AFP", []))

    def test_giant_headlines_take_no_time(self) -> None:
        for text in ("[:--" + "a" * 100_000, "[:--" * 20_000, "[:-- " + "(:--" * 20_000 + "]"):
            started = time.process_time()
            split_headline(text)
            self.assertLess(time.process_time() - started, 4, text[:20])
