#!/usr/bin/env python
"""Entry point of the management commands: ``python manage.py <command>``."""

import os
import sys

from django.core.management import execute_from_command_line

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")
    try:
        execute_from_command_line(sys.argv)
    except KeyboardInterrupt:
        sys.stderr.write("Interrupted. What was done so far is kept; run the command again for the rest.\n")
        sys.exit(130)
