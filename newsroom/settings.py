"""The one settings file: the environment over defaults that are safe in production.

With nothing set the site runs on SQLite under ``var/`` with a secret key of its own. Every variable read here
is described in ``docs/reference/settings.md``; defaults of ``EVENTS_*`` are in ``events/conf.py``.
"""

import os
import secrets
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path
from urllib.parse import urlsplit

import dj_database_url
from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from events.conf import ON
from newsroom.bucket_address import origin_of, storage_of


def env_flag(name: str) -> bool:
    """Return whether an environment variable is switched on: 1, true, yes or on."""
    return os.environ.get(name, "").strip().lower() in ON


def env_list(name: str) -> list[str]:
    """Return the comma-separated entries of an environment variable."""
    return [entry.strip() for entry in os.environ.get(name, "").split(",") if entry.strip()]


def fingerprint(environment: Mapping[str, str]) -> str:
    """Return a digest of the newsroom's settings and of where it keeps entries and pictures.

    Processes that share a cache go by it: none takes a page that was made under former settings, or by
    another newsroom.
    """
    places = ("DATABASE_URL", "MEDIA_STORAGE_URL", "NEWSROOM_VAR")
    said = sorted(item for item in environment.items() if item[0].startswith(("EVENTS_", *places)))
    return sha256(repr(said).encode()).hexdigest()[:16]


def kept_secret(path: Path) -> str:
    """Return the key kept in ``path``, making one that only its owner may read at the first start.

    The file appears complete or not at all, so that processes starting together agree on one key.
    """
    if not path.exists():
        draft = path.with_name(f"{path.name}.{os.getpid()}")
        with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(64))
        try:
            os.link(draft, path)
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return path.read_text()


BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = Path(os.environ.get("NEWSROOM_VAR") or BASE_DIR / "var")
VAR_DIR.mkdir(parents=True, exist_ok=True)

DEBUG = env_flag("DEBUG")
HTTPS = env_flag("NEWSROOM_HTTPS")
SECRET_KEY = os.environ.get("SECRET_KEY") or kept_secret(VAR_DIR / "secret_key")

# Addresses

PORT = os.environ.get("PORT") or "8000"
EVENTS_SITE_URL = os.environ.get("SITE_URL") or f"http://127.0.0.1:{PORT}"
ALLOWED_HOSTS = env_list("ALLOWED_HOSTS") or [
    "127.0.0.1",
    "localhost",
    "[::1]",
    os.environ.get("HOST") or "127.0.0.1",
    urlsplit(EVENTS_SITE_URL).hostname or "localhost",
]
CSRF_TRUSTED_ORIGINS = env_list("CSRF_TRUSTED_ORIGINS")
ROOT_URLCONF = "newsroom.urls"
WSGI_APPLICATION = "newsroom.wsgi.application"

# Applications

INSTALLED_APPS = [
    "events",
    # Django's admin, on a site of our own.
    "newsroom.apps.DeskConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "taggit",
    "django_filters",
    "axes",
]

# None of these queries the database for a reader, who has no session.
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    # Before everything that works on pages: static files leave here.
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "newsroom.policy.PolicyMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django.middleware.common.CommonMiddleware",
    "newsroom.sessions.SessionMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "newsroom.sessions.AuthenticationMiddleware",
    "newsroom.sessions.MessageMiddleware",
    # Last, so that it sees the login view's answer first and can replace it by the lock-out page.
    "axes.middleware.AxesMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "events.context_processors.site",
            ],
        },
    },
]

# Database

# IMMEDIATE takes the write lock at the start of a transaction, where SQLite waits for it; a lock taken in the
# middle fails at once with "database is locked". WAL lets readers go on while someone writes. Pages of 8 kB,
# in files that are made from now on, are a twentieth quicker to fill by imports.
SQLITE = {
    "ENGINE": "django.db.backends.sqlite3",
    "NAME": VAR_DIR / "db.sqlite3",
    # Opening costs more than most pages' queries; a file needs no health check.
    "CONN_MAX_AGE": None,
    "OPTIONS": {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": (
            "PRAGMA page_size=8192; PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;"
            " PRAGMA cache_size=-32000;"
        ),
    },
}
DATABASES = {"default": SQLITE}
if os.environ.get("DATABASE_URL"):
    DATABASES["default"] = dj_database_url.config(conn_health_checks=True)
    if DATABASES["default"]["ENGINE"] == "django.db.backends.postgresql":
        # A connection a thread, which is dearer to open than a page to answer: it stays, and bin/serve lets
        # idle threads live for ten minutes. It is checked only after a rest.
        DATABASES["default"] |= {"ENGINE": "newsroom.postgres", "CONN_MAX_AGE": None}
        DATABASES["default"].setdefault("OPTIONS", {})
        # The questions of pages (events/prepared.py) are planned once a connection: with
        # force_generic_plan also those that PostgreSQL would plan for each list of keys anew, which takes
        # longer than answering them.
        DATABASES["default"]["OPTIONS"].setdefault("prepare_threshold", 0)
        # PostgreSQL's own random_page_cost, 4, is for spinning disks: with it a list of 30 entries reads all
        # 20,000 contexts (22 ms) to find the hundred it carries (6 ms).
        DATABASES["default"]["OPTIONS"].setdefault(
            "options", "-c random_page_cost=1.1 -c plan_cache_mode=force_generic_plan"
        )
    else:
        DATABASES["default"] = SQLITE | {"NAME": DATABASES["default"]["NAME"]}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Cache

CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
if os.environ.get("CACHE_URL"):
    CACHES["default"] = {
        "BACKEND": "newsroom.cache.FailOpenRedisCache",
        "LOCATION": os.environ["CACHE_URL"],
        "KEY_PREFIX": fingerprint(os.environ),
        # A cache that answers slower than this is worth less than none.
        "OPTIONS": {"socket_connect_timeout": 0.25, "socket_timeout": 0.25},
    }

# Languages and time

LANGUAGE_CODE = os.environ.get("LANGUAGE_CODE") or "en"
LANGUAGES = [("en", _("English")), ("zh-hans", _("Simplified Chinese"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = os.environ.get("TIME_ZONE") or "UTC"
USE_TZ = True

# Files

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_URL = "/media/"
MEDIA_ROOT = VAR_DIR / "media"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
PICTURE_ORIGINS = [SELF]
if os.environ.get("MEDIA_STORAGE_URL"):
    STORAGES["default"] = storage_of(os.environ["MEDIA_STORAGE_URL"])
    PICTURE_ORIGINS.append(origin_of(STORAGES["default"]))
# An entry with two hundred citations has more fields than Django's thousand; none may be lost on saving.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000

# Logging in

AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
LOGIN_URL = "admin:login"
# Ten wrong passwords for one name from one address, then a quarter of an hour's rest.
AXES_FAILURE_LIMIT = 10
AXES_COOLOFF_TIME = 0.25
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_CLIENT_IP_CALLABLE = "newsroom.proxy.client_ip"

# Cookies serve only the editors: a reader's request and answer carry none.
SESSION_COOKIE_PATH = CSRF_COOKIE_PATH = "/admin/"
CSRF_FAILURE_VIEW = "newsroom.errors.csrf_failure"

# Security headers

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": PICTURE_ORIGINS,
        "style-src": [SELF],
        "script-src": [SELF],
        "object-src": [NONE],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "form-action": [SELF],
        "upgrade-insecure-requests": HTTPS,
    }
}
UNUSED_FEATURES = ("browsing-topics", "camera", "display-capture", "geolocation", "microphone", "payment")
PERMISSIONS_POLICY: dict[str, list[str]] = {feature: [] for feature in UNUSED_FEATURES}
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
X_FRAME_OPTIONS = "DENY"

if HTTPS:
    # The proxy in front must set this header itself and drop what a client sent.
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_SSL_REDIRECT = True
    SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
    SECURE_HSTS_SECONDS = int(os.environ.get("NEWSROOM_HSTS_SECONDS") or 31_536_000)
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_SECURE = True

# Logging

LOG_LEVEL = (os.environ.get("NEWSROOM_LOG_LEVEL") or "WARNING").upper()
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "filters": {"short": {"()": "newsroom.logs.ShortRefusals"}},
    "handlers": {
        "stderr": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["short"]},
    },
    "root": {"handlers": ["stderr"], "level": LOG_LEVEL},
    "loggers": {
        # Django's own handlers would print a second time, or send mail.
        "django": {"handlers": [], "level": "INFO", "propagate": True},
        # An address that does not exist is no trouble of ours; what broke a page is.
        "django.request": {"level": "ERROR"},
    },
}

# The newsroom's own settings, by their full names; ``events.conf`` gives them their types.
globals().update({name: value for name, value in os.environ.items() if name.startswith("EVENTS_")})
