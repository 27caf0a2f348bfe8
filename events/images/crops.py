"""Crop boxes round a focal point: pure arithmetic."""

from typing import NamedTuple

# Of pages and structured data, and of the cards that social networks show: 1200 × 630 pixels.
RATIOS = {"16:9": (16, 9), "4:3": (4, 3), "1:1": (1, 1), "1.91:1": (40, 21)}
# An own crop is at least this share of the picture wide: what is smaller shows nothing.
SMALLEST = 0.1

Box = tuple[int, int, int, int]


class OwnCrop(NamedTuple):
    """What an editor cut out for one ratio: left and top edge and width, as shares of the picture."""

    left: float
    top: float
    width: float


def crop_box(
    width: int, height: int, *, ratio: str, focal: tuple[float, float], own: OwnCrop | None = None
) -> Box:
    """The box of `ratio` to cut from width × height pixels: (left, top, right, bottom).

    It is the largest one whose middle is as near to `focal` as can be, or the editor's `own`. `focal` is
    given as shares from 0 to 1, from the left and from the top. The box always lies inside the picture and
    holds the pixel at the focal point: an own crop that does not is moved as far as it takes.
    """
    across, down = RATIOS[ratio]
    box_width = min(width, max(1, height * across // down))
    box_height = min(height, max(1, width * down // across))
    left, top = focal[0] * width - box_width / 2, focal[1] * height - box_height / 2
    if own:
        share = min(max(own.width, SMALLEST) * width / box_width, 1)
        box_width, box_height = max(1, round(box_width * share)), max(1, round(box_height * share))
        left, top = own.left * width, own.top * height
    left = hold(left, box_width, side=width, share=focal[0])
    top = hold(top, box_height, side=height, share=focal[1])
    return left, top, left + box_width, top + box_height


def hold(start: float, length: int, *, side: int, share: float) -> int:
    """`start` in whole pixels, moved until `length` from there holds the pixel at `share` inside `side`."""
    pixel = min(int(share * side), side - 1)
    start = min(max(round(start), pixel - length + 1), pixel)
    return min(max(start, 0), side - length)
