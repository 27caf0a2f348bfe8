"""The application object for WSGI servers; `bin/serve` uses this one."""

import gc
import os
from importlib import import_module

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")

application = get_wsgi_application()

# With all pages and the admin, so that nobody's first request waits for them.
import_module("newsroom.urls")

# A page makes thousands of objects and drops them all, hardly ever in a cycle. Left at its defaults the
# collector goes through everything that the process keeps several times a page: a tenth of the time of an
# event's page.
gc.freeze()
gc.set_threshold(50_000, 20, 20)
