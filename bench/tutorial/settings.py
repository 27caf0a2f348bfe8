"""`startproject`'s settings without the admin, moved to `DATABASE_URL` as hosting guides do it."""

import os

import dj_database_url

SECRET_KEY = "benchmark"
ALLOWED_HOSTS = ["127.0.0.1"]
ROOT_URLCONF = "bench.tutorial.urls"
USE_TZ = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
DATABASES = {"default": dj_database_url.config(default="sqlite://:memory:", conn_max_age=600)}
# As many rows on a page as the chronicle shows, so that both do the same work.
PAGE_SIZE = int(os.environ.get("EVENTS_PAGE_SIZE") or 20)
FEED_SIZE = int(os.environ.get("EVENTS_FEED_SIZE") or 50)

INSTALLED_APPS = [
    "bench.tutorial",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "taggit",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
if os.environ.get("BENCH_COUNT_QUERIES"):
    MIDDLEWARE.insert(0, "bench.counting.QueryCountMiddleware")
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]
