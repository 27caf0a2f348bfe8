"""What somebody does at a page, counted, so that two ways to the same entry can be compared."""

from playwright.sync_api import Locator, Page, expect

FREE_TEXT = "textarea, input:not([type]), input[type=text], input[type=date], input[type=url]"


class Hands:
    """Counts strictly: a click, paste, shortcut or choice is one action, and so is each Tab and Enter.

    Only characters that are typed into a field of free text, or the digits of a day, do not count.
    """

    def __init__(self, page: Page) -> None:
        self.page = page
        self.done: list[str] = []

    def click(self, target: Locator, what: str = "") -> None:
        self.done.append(f"click: {what or target.inner_text()}")
        target.click()

    def press(self, keys: str, what: str = "") -> None:
        self.done.append(f"{keys}: {what}")
        self.page.keyboard.press(keys)

    def tab_to(self, target: Locator, *, most: int = 40, key: str = "Tab") -> None:
        """Press the key until the target has the focus."""
        for _press in range(most):
            if target.evaluate("element => element === document.activeElement"):
                return
            self.press(key)
        expect(target).to_be_focused()

    def type(self, text: str) -> None:
        """Write into the field that has the focus."""
        assert self.page.evaluate(f"document.activeElement.matches({FREE_TEXT!r})")
        self.page.keyboard.insert_text(text)

    def paste(self, text: str) -> None:
        """From the clipboard, where other windows have put it."""
        self.page.evaluate("text => navigator.clipboard.writeText(text)", text)
        self.press("Control+V", "paste")

    def choose(self, target: Locator, value: str | dict) -> None:
        self.done.append("choose")
        target.set_input_files(value) if isinstance(value, dict) else target.select_option(label=value)

    def fill(self, target: Locator, text: str) -> None:
        """Click into a field, and write."""
        self.click(target, "field")
        self.type(text)
