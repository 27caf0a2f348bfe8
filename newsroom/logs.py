"""What the log tells."""

import logging


class ShortRefusals(logging.Filter):
    """Tells requests that Django refuses, such as those of scanners for other hosts, in one line each.

    Where in Django it did so is the same every time, and fifteen lines long.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        if record.name.startswith("django.security."):
            record.exc_info = None
        return True
