"""Two editors, one entry: what does not conflict is joined, the rest is asked for, nothing is lost."""

from events.models import Event
from events.tests.admin.test_events import LIST, DeskTestCase, change, form_of
from events.tests.factories import find_contexts, make_context, make_cover, make_event
from events.tests.workflow.test_permissions import make_user
from events.workflow.edits import editing


class ConflictTestCase(DeskTestCase):
    def setUp(self):
        super().setUp()
        for name in ("Homs", "Syria", "Iraq"):
            make_context(name)
        self.event = make_event(
            "The bridge is open",
            summary="It rains. It snows. It hails.",
            contexts=["Homs", "Syria"],
            sources=[("R", "https://r.example/"), ("S", "https://s.example/")],
            cover=make_cover(),
        )
        self.colleague = make_user("Chief editor")

    def opened(self, **changes: str) -> dict:
        """My form, as it was opened before the colleague saved, with what I typed."""
        return form_of(self.client.get(change(self.event)), **changes)

    def they_save(self, note: str = "checked", **fields: object) -> None:
        with editing(Event.objects.get(pk=self.event.pk), by=self.colleague, note=note) as event:
            for name, value in fields.items():
                setattr(event, name, value)

    def page(self, mine: dict):
        response = self.client.post(change(self.event), mine)
        self.assertEqual(response.status_code, 409)
        return response

    def taken(self, page) -> dict[str, str]:
        return {part.name: part.taken for part in [*page.context["asked"], *page.context["joined"]]}

    def answer(self, page, *, save: bool = True, **choices: str):
        """Send the merge page back, as a browser would with these radio buttons chosen."""
        data = dict(page.context["hidden"]) | {
            "seen_version": str(page.context["event"].version),
            "_merge": "1",
        }
        chosen = {name: side for name, side in self.taken(page).items() if side} | choices
        data |= {f"_take_{name}": side for name, side in chosen.items()}
        return self.client.post(change(self.event), data | ({"_merge_and_save": "1"} if save else {}))

    def stored(self) -> Event:
        return Event.objects.get(pk=self.event.pk)

    def labels(self) -> list[str]:
        return [citation.label for citation in self.event.citations.all()]

    def contexts(self) -> list[str]:
        return [row.tag.name for row in self.event.taggings.select_related("tag")]


class PageTests(ConflictTestCase):
    def test_second_saver_is_told_and_nothing_is_written(self):
        mine = self.opened(headline="My headline")
        self.they_save(headline="Their headline")
        page = self.page(mine)
        for words in (
            "chief-editor",
            "checked",
            "<del>The bridge is open</del><ins>My headline</ins>",
            "<ins>Their headline</ins>",
        ):
            self.assertContains(page, words, status_code=409)
        self.assertEqual(self.stored().headline, "Their headline")

    def test_two_tabs_of_one_editor(self):
        first, second = self.opened(headline="In one tab"), self.opened(headline="In the other")
        self.assertEqual(self.client.post(change(self.event), first).status_code, 302)
        page = self.page(second)
        self.assertEqual(page.context["theirs"].made_by, self.user)
        self.assertContains(page, "In the other", status_code=409)
        self.assertEqual(self.stored().headline, "In one tab")

    def test_step_in_a_form_that_is_no_longer_new(self):
        """A schedule, too, is of the text that was read."""
        Event.objects.update(state="draft", publish_at=None)
        mine = self.opened(publish_at="2099-01-01T09:00:00", _to_schedule="1")
        self.they_save(headline="Their headline")
        self.assertContains(self.page(mine), "Their headline", status_code=409)
        self.assertEqual((self.stored().state, self.stored().publish_at), ("draft", None))

    def test_what_one_side_left_alone_is_the_others(self):
        mine = self.opened(headline="My headline", category="Sports")
        self.they_save(summary="Theirs.", short_headline="Short")
        page = self.page(mine)
        self.assertEqual(
            self.taken(page),
            {"headline": "mine", "category": "mine", "summary": "theirs", "short_headline": "theirs"},
        )
        self.assertRedirects(self.answer(page), change(self.event))
        event = self.stored()
        self.assertEqual(
            (event.headline, event.category, event.summary, event.short_headline),
            ("My headline", "Sports", "Theirs.", "Short"),
        )
        self.assertEqual(event.version, 3)

    def test_the_same_sentence_is_asked_for_and_nothing_is_chosen_beforehand(self):
        mine = self.opened(summary="It rains. It thunders. It hails.")
        self.they_save(summary="It rains. It is dry. It hails.")
        page = self.page(mine)
        self.assertEqual([part.name for part in page.context["asked"]], ["summary"])
        self.assertContains(page, 'value="mine" required', status_code=409)
        self.answer(page, summary="theirs")
        self.assertEqual(self.stored().summary, "It rains. It is dry. It hails.")

    def test_saved_twice_meanwhile(self):
        mine = self.opened(headline="Mine")
        self.they_save(headline="Theirs")
        self.they_save(headline="Theirs again")
        self.assertContains(self.page(mine), "saved 2 times", status_code=409)

    def test_saved_again_while_the_merge_page_was_read(self):
        mine = self.opened(headline="Mine")
        self.they_save(headline="Theirs")
        page = self.page(mine)
        self.they_save(summary="Once more.")
        again = self.answer(page, headline="mine")
        self.assertEqual(again.status_code, 409)
        self.assertEqual(self.taken(again), {"headline": "", "summary": "theirs"})
        self.answer(again, headline="mine")
        self.assertEqual((self.stored().headline, self.stored().summary), ("Mine", "Once more."))

    def test_first_look_again_then_save(self):
        mine = self.opened(headline="Mine")
        self.they_save(summary="Theirs.")
        response = self.answer(self.page(mine), save=False)
        self.assertContains(response, "Nothing has been saved yet")
        self.assertEqual(self.stored().headline, "The bridge is open")
        self.assertRedirects(self.client.post(change(self.event), form_of(response)), LIST)
        self.assertEqual((self.stored().headline, self.stored().summary), ("Mine", "Theirs."))

    def test_without_an_ancestor_all_is_asked_for(self):
        mine = self.opened(headline="Mine")
        self.they_save(summary="Theirs.")
        self.event.revisions.filter(version=1).delete()
        page = self.page(mine)
        self.assertEqual(self.taken(page), {"headline": "", "summary": ""})
        self.assertContains(page, "is not known", status_code=409)
        self.answer(page, headline="mine", summary="theirs")
        self.assertEqual((self.stored().headline, self.stored().summary), ("Mine", "Theirs."))

    def test_invalid_form_is_shown_with_its_mistakes(self):
        mine = self.opened(date="2024-02-30")
        self.they_save(summary="Theirs.")
        response = self.answer(self.page(mine))
        self.assertContains(response, "Enter a valid date.")
        self.assertEqual(self.stored().version, 2)

    def test_both_made_the_same(self):
        mine = self.opened(headline="The same")
        self.they_save(headline="The same")
        page = self.page(mine)
        self.assertContains(page, "Both texts are the same.", status_code=409)
        self.answer(page)
        self.assertEqual(self.stored().version, 3)


class JoiningTests(ConflictTestCase):
    def test_different_sentences(self):
        mine = self.opened(summary="It pours. It snows. It hails.")
        self.they_save(summary="It rains. It snows. It is over.")
        page = self.page(mine)
        self.assertEqual(self.taken(page), {"summary": "both"})
        self.answer(page)
        self.assertEqual(self.stored().summary, "It pours. It snows. It is over.")

    def test_joint_text_can_be_refused(self):
        mine = self.opened(summary="It pours. It snows. It hails.")
        self.they_save(summary="It rains. It snows. It is over.")
        self.answer(self.page(mine), summary="mine")
        self.assertEqual(self.stored().summary, "It pours. It snows. It hails.")

    def test_contexts_of_both_also_new_ones(self):
        mine = self.opened(context_names="Homs\nSyria\n+ Brand new")
        with editing(self.stored(), by=self.colleague) as event:
            event.contexts.put(find_contexts(["Iraq", "Homs"]))
        page = self.page(mine)
        self.assertEqual(self.taken(page), {"contexts": "both"})
        self.answer(page)
        self.assertEqual(self.contexts(), ["Iraq", "Homs", "Brand new"])

    def test_sources_of_both(self):
        mine = self.opened(**{"citations-0-quote": "“Mine.”"})
        mine |= {
            "citations-TOTAL_FORMS": "3", "citations-2-label": "Added by me", "citations-2-position": "9",
            "citations-2-url": "https://mine.example/",
        }  # fmt: skip
        with editing(self.stored(), by=self.colleague) as event:
            event.citations.create(label="Added by them", url="https://t.example/", position=5)
            second = event.citations.get(label="S")
            second.language = "fr"
            second.save()
        kept = set(self.event.citations.values_list("pk", flat=True))
        page = self.page(mine)
        self.assertEqual(self.taken(page), {"citations": "both"})
        self.assertRedirects(self.answer(page), change(self.event))
        self.assertEqual(self.labels(), ["R", "S", "Added by me", "Added by them"])
        rows = {row.label: row for row in self.event.citations.all()}
        self.assertEqual((rows["R"].quote, rows["S"].language), ("“Mine.”", "fr"))
        self.assertLess(kept, {row.pk for row in rows.values()})

    def test_source_that_i_deleted_and_they_left_alone_goes(self):
        mine = self.opened(**{"citations-0-DELETE": "on"})
        with editing(self.stored(), by=self.colleague) as event:
            event.citations.create(label="T", url="https://t.example/", position=5)
        page = self.page(mine)
        self.assertEqual(self.taken(page), {"citations": "both"})
        self.answer(page)
        self.assertEqual(self.labels(), ["S", "T"])

    def test_source_that_both_changed_is_asked_for(self):
        mine = self.opened(**{"citations-0-quote": "“Mine.”"})
        with editing(self.stored(), by=self.colleague) as event:
            first = event.citations.get(label="R")
            first.quote = "“Theirs.”"
            first.save()
        page = self.page(mine)
        self.assertEqual(self.taken(page), {"citations": ""})
        self.answer(page, citations="theirs")
        self.assertEqual(self.event.citations.get(label="R").quote, "“Theirs.”")

    def test_my_source_that_they_deleted_becomes_a_new_one_if_i_choose_mine(self):
        mine = self.opened(**{"citations-0-quote": "“Mine.”"})
        with editing(self.stored(), by=self.colleague) as event:
            event.citations.all().delete()
        page = self.page(mine)
        self.assertEqual(self.taken(page), {"citations": ""})
        self.answer(page, citations="mine")
        self.assertEqual(self.labels(), ["R", "S"])

    def test_source_that_they_added_is_shown_as_marked_for_deletion_if_i_choose_mine(self):
        mine = self.opened(**{"citations-0-quote": "“Mine.”"})
        with editing(self.stored(), by=self.colleague) as event:
            event.citations.create(label="T", url="https://t.example/", position=5)
        form = form_of(self.answer(self.page(mine), save=False, citations="mine"))
        added = self.event.citations.get(label="T")
        key = next(key for key, value in form.items() if key.endswith("-id") and value == str(added.pk))
        self.assertEqual(form[key.replace("-id", "-DELETE")], "on")

    def test_covers_stand_side_by_side_and_their_words_are_joined_or_asked_for(self):
        mine = self.opened(cover_alt="Mine")
        event = self.stored()
        with editing(event, by=self.colleague):
            event.cover.alt = "Theirs"
            event.cover.save()
        page = self.page(mine)
        self.assertEqual(self.taken(page), {"cover": ""})
        self.assertContains(page, 'class="thumbnail"', count=4, status_code=409)
        self.answer(page, cover="theirs")
        self.assertEqual(self.stored().cover.alt, "Theirs")

    def test_seconds_that_a_browser_leaves_out_are_no_difference(self):
        mine = self.opened(headline="Mine")
        self.assertTrue(mine["publish_at"].endswith(":00"))
        mine["publish_at"] = mine["publish_at"].removesuffix(":00")
        self.they_save(summary="Theirs.")
        self.assertEqual(self.taken(self.page(mine)), {"headline": "mine", "summary": "theirs"})

    def test_day_goes_as_one(self):
        mine = self.opened(date="2024-05-03")
        self.they_save(time_zone="Asia/Damascus")
        self.assertEqual(self.taken(self.page(mine)), {"day": ""})
