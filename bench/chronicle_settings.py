"""The product's own settings; the environment switches on what a pass of the benchmark needs."""

import os

from newsroom.settings import *  # noqa: F403
from newsroom.settings import CACHES, MIDDLEWARE

if os.environ.get("BENCH_COUNT_QUERIES"):
    MIDDLEWARE = ["bench.counting.QueryCountMiddleware", *MIDDLEWARE]
if os.environ.get("BENCH_WITHOUT_CACHE"):
    CACHES = CACHES | {"default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}
