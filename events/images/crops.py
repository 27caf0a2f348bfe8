"""Crop boxes round a focal point: pure arithmetic."""

RATIOS = {"16:9": (16, 9), "4:3": (4, 3), "1:1": (1, 1)}


def crop_box(width: int, height: int, *, ratio: str, focal: tuple[float, float]) -> tuple[int, int, int, int]:
    """The largest box of `ratio` inside width × height pixels whose middle is as near to `focal` as can be.

    `focal` is given as shares from 0 to 1, from the left and from the top. The box is (left, top,
    right, bottom) in pixels, lies inside the picture and holds the focal point.
    """
    across, down = RATIOS[ratio]
    box_width = min(width, max(1, height * across // down))
    box_height = min(height, max(1, width * down // across))
    left = min(max(round(focal[0] * width - box_width / 2), 0), width - box_width)
    top = min(max(round(focal[1] * height - box_height / 2), 0), height - box_height)
    return left, top, left + box_width, top + box_height
