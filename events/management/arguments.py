"""Types of arguments that say what was wrong with what was typed."""

from argparse import ArgumentTypeError
from collections.abc import Callable
from datetime import date

from events.dates import parse_iso_day

# A century, in days.
LONGEST = 36_500


def whole_number(least: int, most: int = 1_000_000) -> Callable[[str], int]:
    """A type of numbers between the two, both among them."""

    def parse(text: str) -> int:
        try:
            number = int(text)
        except ValueError:
            number = least - 1
        if not least <= number <= most:
            raise ArgumentTypeError(f"{text!r} is no whole number from {least} to {most}")
        return number

    return parse


def day(text: str) -> date:
    try:
        return parse_iso_day(text)
    except ValueError:
        raise ArgumentTypeError(f"{text!r} is no day such as 2024-05-01") from None
