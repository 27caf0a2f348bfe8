"""Focal point, crops and uploads as hands and keys work them, in a browser."""

import pytest
from playwright.sync_api import expect

from events.images.crops import RATIOS
from events.models import Image
from events.tests.browser.cases import BrowserTestCase
from events.tests.factories import make_cover, picture_bytes
from events.tests.workflow.test_permissions import make_user


@pytest.mark.browser
class DeskCase(BrowserTestCase):
    def setUp(self):
        super().setUp()
        self.client.force_login(make_user("Editor"))
        key = self.client.cookies["sessionid"].value
        url = f"{self.live_server_url}/admin/"
        self.page.context.add_cookies([{"name": "sessionid", "value": key, "url": url}])

    def open(self, path: str) -> None:
        self.page.goto(self.live_server_url + path)

    def tearDown(self):
        self.assertEqual(self.complaints, [])


class FramingTests(DeskCase):
    def setUp(self):
        super().setUp()
        self.image = make_cover(picture_bytes((600, 400)))
        self.open(f"/admin/events/image/{self.image.pk}/change/")

    def shown(self) -> dict[str, list[float]]:
        """What each crop shows of the picture: left, top, right, bottom as shares of it."""
        return self.page.evaluate(
            """() => Object.fromEntries([...document.querySelectorAll(".framing-crop")].map((figure) => {
                const frame = figure.querySelector(".framing-window").getBoundingClientRect();
                const image = figure.querySelector("img").getBoundingClientRect();
                return [figure.dataset.ratio, [
                    (frame.left - image.left) / image.width, (frame.top - image.top) / image.height,
                    (frame.right - image.left) / image.width, (frame.bottom - image.top) / image.height,
                ]];
            }))"""
        )

    def assert_shown_is_cut(self) -> None:
        """The page shows exactly what `crop_box` will cut of the saved picture."""
        shown = self.shown()
        self.page.get_by_role("button", name="Save and continue editing").click()
        expect(self.page.locator(".messagelist .success")).to_be_visible()
        self.image.refresh_from_db()
        for ratio in RATIOS:
            left, top, right, bottom = self.image.framing.box((600, 400), ratio)
            cut = [left / 600, top / 400, right / 600, bottom / 400]
            for one, other in zip(shown[ratio], cut, strict=True):
                self.assertAlmostEqual(one, other, delta=0.006, msg=f"{ratio}: {shown[ratio]} {cut}")

    def test_click_sets_the_focal_point_and_moves_all_crops(self):
        picture = self.page.locator(".framing-whole")
        box = picture.bounding_box()
        picture.click(position={"x": box["width"] * 0.8, "y": box["height"] * 0.25})
        self.assertAlmostEqual(float(self.page.locator("#id_focal_x").input_value()), 0.8, delta=0.01)
        self.assert_shown_is_cut()
        self.assertAlmostEqual(self.image.focal_y, 0.25, delta=0.01)

    def test_arrow_keys_move_it(self):
        point = self.page.locator(".framing-point")
        point.focus()
        for key in ("ArrowLeft", "ArrowLeft", "Shift+ArrowUp"):
            point.press(key)
        self.assertIn("48 per cent from the left, 40 per cent", point.get_attribute("aria-label"))
        for _press in range(12):
            point.press("Shift+ArrowDown")
        self.assertEqual(float(self.page.locator("#id_focal_y").input_value()), 1)
        self.assert_shown_is_cut()

    def test_own_crop_by_keys_and_back(self):
        figure = self.page.locator('.framing-crop[data-ratio="1:1"]')
        frame = figure.locator(".framing-frame")
        frame.focus()
        for key in ("-", "-", "-", "ArrowRight", "Shift+ArrowDown"):
            frame.press(key)
        expect(figure.locator(".framing-words")).to_contain_text("own crop")
        self.assert_shown_is_cut()
        self.assertIn("1:1", self.image.crops)
        self.page.get_by_role("button", name="Follow the focal point again: 1:1").click()
        expect(figure.locator(".framing-words")).to_have_text("follows the focal point")
        self.assert_shown_is_cut()
        self.assertEqual(self.image.crops, {})

    def test_focal_point_takes_an_own_crop_along(self):
        frame = self.page.locator('.framing-crop[data-ratio="16:9"] .framing-frame')
        frame.focus()
        for _press in range(8):
            frame.press("-")
        picture = self.page.locator(".framing-whole")
        picture.click(position={"x": 4, "y": 4})
        self.assert_shown_is_cut()
        self.assertIn("16:9", self.image.crops)


class DropTests(DeskCase):
    def setUp(self):
        super().setUp()
        self.open("/admin/events/image/")

    def send(self, kind: str) -> None:
        """Let the page find two files in a drop or a paste: a picture, and what is none."""
        data = list(picture_bytes((60, 40)))
        self.page.evaluate(
            """([kind, bytes]) => {
                const files = new DataTransfer();
                files.items.add(new File([new Uint8Array(bytes)], "flood.png", { type: "image/png" }));
                files.items.add(new File(["<svg/>"], "drawing.svg", { type: "image/svg+xml" }));
                const options = { bubbles: true, cancelable: true };
                const event = kind === "paste"
                    ? new ClipboardEvent("paste", { ...options, clipboardData: files })
                    : new DragEvent("drop", { ...options, dataTransfer: files });
                document.body.dispatchEvent(event);
            }""",
            [kind, data],
        )

    def test_dropped_and_pasted_files_are_told_one_by_one(self):
        self.send("drop")
        expect(self.page.get_by_role("link", name="Describe: flood.png")).to_be_visible()
        expect(self.page.locator(".taken")).to_contain_text("drawing.svg: This is not")
        expect(self.page.locator(".drop-status")).to_have_text("2 files were taken in.")
        self.send("paste")
        expect(self.page.get_by_role("link", name="In the library already: flood.png")).to_be_visible()
        self.assertEqual(Image.objects.count(), 1)
