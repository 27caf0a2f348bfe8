"""Whole numbers that an address or a form names, of which any may be made up."""

# The largest key of a row has as many digits; no version, place or page comes near it.
MOST_DIGITS = 18


def number_in(text: str) -> int | None:
    """The whole number that the text is, small enough for a column; None for anything else."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= MOST_DIGITS else None
