"""An article's text with the toolbar, by keys alone."""

from playwright.sync_api import expect

from events.tests.admin.test_pictures_browser import DeskCase
from events.tests.browser.cases import ALL_RULES, NARROW
from events.tests.factories import make_article, make_context, make_cover, make_event, picture_bytes


class ToolbarTests(DeskCase):
    def setUp(self):
        super().setUp()
        self.picture = make_cover(picture_bytes((640, 480)), alt="A bridge in fog", caption="At dawn")
        self.event = make_event("Explosions in Homs")
        make_context("Homs", kind="place")
        self.article = make_article(body="It was said in Homs.")
        self.page.set_viewport_size(NARROW)
        self.colours("dark")
        self.open(f"/admin/events/article/{self.article.pk}/change/")
        self.body = self.page.locator("#id_body")
        self.body.focus()
        self.page.keyboard.press("Control+End")

    def press(self, keys: str) -> None:
        self.page.keyboard.press(keys)

    def type(self, text: str) -> None:
        self.page.keyboard.type(text)

    def test_blocks_links_and_footnotes_by_keys(self):
        # A quotation, whose author is typed over what stands there.
        self.press("Alt+Shift+Q")
        self.type("The mayor")
        expect(self.body).to_have_value("It was said in Homs.\n\n::: quote The mayor\nThe words\n:::\n\n")
        # Taken out again as what was typed is.
        for _again in range(12):
            self.press("Control+z")
        expect(self.body).to_have_value("It was said in Homs.")

        # A picture, found in the dialog; Escape leads back to the text.
        self.press("Control+End")
        self.press("Alt+Shift+P")
        expect(self.page.get_by_role("heading", name="Picture")).to_be_visible()
        expect(self.page.get_by_text("Found: 1")).to_be_visible()
        self.assert_accessible(ALL_RULES)
        self.press("Escape")
        expect(self.body).to_be_focused()
        self.press("Alt+Shift+P")
        self.type("bridge")
        expect(self.page.get_by_text("Found: 1")).to_be_visible()
        self.press("Enter")
        block = f"::: picture {self.picture.digest[:12]}\nAt dawn\n:::\n\n"
        expect(self.body).to_have_value(f"It was said in Homs.\n\n{block}")

        # An event's card; the last of the buttons by the arrows.
        self.press("Control+End")
        self.press("Alt+Shift+E")
        self.type("explosions")
        self.page.get_by_role("button", name="Explosions in Homs").wait_for()
        self.press("Enter")
        card = f"::: event {self.event.public_id}\n:::\n\n"
        expect(self.body).to_have_value(f"It was said in Homs.\n\n{block}{card}")
        self.page.get_by_role("button", name="Picture", exact=True).focus()
        self.press("End")
        expect(self.page.get_by_role("button", name="Footnote")).to_be_focused()

        # The context that the text names becomes a link.
        self.page.get_by_role("button", name="Link “Homs”").wait_for()
        self.body.focus()
        self.press("Alt+Shift+K")
        expect(self.body).to_have_value(f"It was said in [Homs](/contexts/homs/).\n\n{block}{card}")

        self.body.evaluate("area => area.setSelectionRange(39, 39)")
        self.press("Alt+Shift+N")
        self.type("Reuters: The fire")
        expect(self.body).to_have_value(
            f"It was said in [Homs](/contexts/homs/).[^1]\n\n{block}{card}"
            "[^1]: [Reuters: The fire](https://)\n"
        )
        self.assert_fits()
        self.assert_accessible(ALL_RULES)
