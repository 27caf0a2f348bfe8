"""Nothing jumps while pictures come in."""

import pytest

from events.tests.browser.cases import NARROW, WIDE, BrowserTestCase
from events.tests.factories import DAY, make_cover, make_event, picture_bytes

# The score of https://web.dev/articles/cls, as far as the page has come.
SHIFTS = """() => new Promise((done) => {
    let sum = 0;
    new PerformanceObserver((list) => { for (const shift of list.getEntries()) sum += shift.value; })
        .observe({ type: "layout-shift", buffered: true });
    requestAnimationFrame(() => setTimeout(() => done(sum), 100));
})"""
LOADED = """() => Promise.all([...document.images].map((image) => {
    image.loading = "eager";
    return image.decode().then(() => image.naturalWidth > 0, () => false);
}))"""


@pytest.mark.browser
class PicturesTests(BrowserTestCase):
    def test_pages_stand_still_and_every_picture_arrives(self):
        cover = make_cover(picture_bytes((1200, 800)))
        events = [make_event(f"Event {number}", cover=cover) for number in range(20)]
        for size in (NARROW, WIDE):
            self.page.set_viewport_size(size)
            for path in (events[0].get_absolute_url(), f"/news/{DAY:%Y/%m/%d}/"):
                with self.subTest(path, width=size["width"]):
                    self.page.goto(self.live_server_url + path)
                    self.page.mouse.wheel(0, 20_000)
                    self.assertTrue(all(self.page.evaluate(LOADED)))
                    self.assertEqual(self.page.evaluate(SHIFTS), 0)
        self.assertEqual(self.complaints, [])
