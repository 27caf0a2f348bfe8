"""Cards are drawn when editors save, shown while their words are true, and cost lists nothing."""

import io
from datetime import date
from unittest import mock

from django.core.cache import cache
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.test import TestCase

from events.documents.cards import card_text
from events.models import ArticleCard, Event, ShareCard
from events.tests.factories import make_article, make_cover, make_event
from events.workflow.cards import renew_card
from events.workflow.edits import editing


class CardsTests(TestCase):
    def setUp(self):
        cache.clear()

    def shared(self, event: Event) -> str:
        html = self.client.get(event.get_absolute_url()).content.decode()
        return html.partition('property="og:image" content="')[2].partition('"')[0]

    def test_entry_without_a_picture_is_shared_with_its_card(self):
        event = make_event("A bridge is opened")
        self.assertIn("share-16x9", self.shared(event))
        self.assertTrue(renew_card(event))
        cache.clear()
        card = ShareCard.objects.get()
        self.assertTrue(self.shared(event).endswith(card.name))
        self.assertEqual(default_storage.size(card.name), card.bytes)
        served = self.client.get(f"/media/{card.name}")
        self.assertEqual((served.status_code, served["Content-Type"]), (200, "image/png"))
        html = self.client.get(event.get_absolute_url()).content.decode()
        self.assertIn('<meta property="og:image:width" content="1200">', html)
        self.assertIn('<meta property="og:image:alt" content="A bridge is opened">', html)

    def test_card_of_other_words_is_not_shown(self):
        event = make_event("A bridge is opened")
        renew_card(event)
        with editing(event):
            event.headline = "Two bridges are opened"
        self.assertIn("share-16x9", self.shared(event))
        self.assertTrue(renew_card(event))
        self.assertFalse(renew_card(event))
        cache.clear()
        self.assertIn("/cards/", self.shared(event))
        self.assertEqual(ShareCard.objects.count(), 1)

    def test_picture_takes_the_place_of_the_card(self):
        event = make_event("A bridge is opened")
        renew_card(event)
        with editing(event):
            event.cover = make_cover()
        self.assertIn("/renditions/", self.shared(event))
        renew_card(event)
        self.assertFalse(ShareCard.objects.exists())

    def test_articles_have_cards_too(self):
        article = make_article("What the bridge changes", body="Text.")
        self.assertIn("share-16x9", self.shared(article))
        self.assertTrue(renew_card(article))
        self.assertFalse(renew_card(article))
        cache.clear()
        self.assertTrue(self.shared(article).endswith(ArticleCard.objects.get().name))
        with editing(article):
            article.headline = "What two bridges change"
        self.assertIn("share-16x9", self.shared(article))
        self.assertEqual(self.draw(), "1 cards drawn\n")
        cache.clear()
        self.assertIn("/cards/", self.shared(article))
        with editing(article):
            article.cover = make_cover()
        renew_card(article)
        self.assertFalse(ArticleCard.objects.exists())

    def test_drafts_have_none(self):
        self.assertFalse(renew_card(make_event(state="draft")))
        self.assertFalse(ShareCard.objects.exists())

    def test_storage_that_fails_does_not_stop_the_save(self):
        with (
            mock.patch.object(default_storage, "save", side_effect=OSError("full")),
            self.assertLogs("events"),
        ):
            self.assertFalse(renew_card(make_event("Nobody has drawn this one")))

    def test_day_is_told_no_more_exactly_than_it_is_known(self):
        text = card_text(make_event(date=date(2016, 2, 21)))
        self.assertEqual((text.numeral, text.day), ("21", "February 2016"))
        text = card_text(make_event(date=date(2016, 2, 1), date_precision="month"))
        self.assertEqual((text.numeral, text.day), ("", "February 2016"))
        text = card_text(make_event(date=date(2016, 2, 1), end_date=date(2016, 2, 3)))
        self.assertEqual(text.numeral, "")

    def test_command_draws_what_is_missing_once(self):
        old = make_event("Old", date=date(2001, 1, 1))
        new = make_event("New", date=date(2024, 1, 1))
        make_event("Shown", cover=make_cover())
        make_event("港口重新开放")
        self.assertEqual(self.draw("--since", "2010-01-01"), "1 cards drawn\n")
        self.assertEqual(list(ShareCard.objects.values_list("event", flat=True)), [new.pk])
        self.assertEqual(self.draw(), "1 cards drawn\n")
        self.assertEqual(self.draw(), "0 cards drawn\n")
        self.assertTrue(ShareCard.objects.filter(event=old).exists())

    def draw(self, *options: str) -> str:
        out = io.StringIO()
        call_command("draw_share_cards", *options, stdout=out)
        return out.getvalue()
