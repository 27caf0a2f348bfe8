"""What every test shares: cheap passwords, files in a temporary folder, the corpora, the browser."""

import os
import shutil
import tempfile
from pathlib import Path

import pytest
from django.conf import settings
from hypothesis import settings as property_settings
from playwright.sync_api import expect

PROJECT = Path(__file__).resolve().parent
NU_CHECKER = PROJECT / "var" / "checkers" / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"
FILES = pytest.StashKey[Path]()
# How long a page may take to show what a test expects, in milliseconds: as long as Playwright waits to click.
PATIENCE = 30_000

# Chromium inside containers runs as root and without a display; nothing it does may leave this machine.
CHROMIUM_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def pytest_configure(config: pytest.Config) -> None:
    """Change the settings before anything reads them, so that ``setUpTestData`` sees the change too."""
    files = config.stash[FILES] = Path(tempfile.mkdtemp(prefix="newsroom-"))
    settings.MEDIA_ROOT = files / "media"
    settings.STATIC_ROOT = files / "static"
    for folder in (settings.MEDIA_ROOT, settings.STATIC_ROOT):
        folder.mkdir()
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    # Pages name static files without collectstatic having run.
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    }
    # ``client.login`` has no request, which axes insists on; its own test switches it on again.
    settings.AXES_ENABLED = False
    # A slow machine is no mistake of ours.
    property_settings.register_profile("newsroom", deadline=None)
    property_settings.load_profile("newsroom")
    expect.set_options(timeout=PATIENCE)
    # Playwright's synchronous API runs an event loop in the test's thread, where Django refuses queries.
    os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")


def pytest_unconfigure(config: pytest.Config) -> None:
    shutil.rmtree(config.stash[FILES], ignore_errors=True)


@pytest.fixture(scope="session")
def shared_dir() -> Path:
    """The folder of the shared corpora: ``DAYLINE_SHARED`` or ``../shared``; tests skip where it is absent.

    A ``TestCase`` takes it with an autouse fixture ``_shared(self, shared_dir)``.
    """
    folder = Path(os.environ.get("DAYLINE_SHARED") or PROJECT.parent / "shared")
    if not (folder / "data").is_dir():
        pytest.skip("the shared corpora are not on this machine (DAYLINE_SHARED)")
    return folder


@pytest.fixture(scope="session")
def chromium() -> str:
    """Path of the installed Chromium (``CHROMIUM`` or the usual names); tests skip where there is none."""
    names = ("chromium", "chromium-browser", "google-chrome")
    found = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, names)), None)
    if not found:
        pytest.skip("no Chromium on this machine (CHROMIUM)")
    return found


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict, chromium: str) -> dict:
    """pytest-playwright's fixture, with the installed browser in place of a downloaded one."""
    return browser_type_launch_args | {"executable_path": chromium, "args": CHROMIUM_FLAGS}


@pytest.fixture(scope="session")
def newsboat() -> str:
    """Path of newsboat; tests skip where there is none."""
    found = shutil.which("newsboat")
    if not found:
        pytest.skip("no newsboat on this machine")
    return found


@pytest.fixture(scope="session")
def nu_checker() -> Path:
    """The Nu HTML checker's jar (``NU_CHECKER``, or where `.ci/run` puts it); tests skip without it."""
    found = Path(os.environ.get("NU_CHECKER") or NU_CHECKER)
    if not (found.is_file() and shutil.which("java")):
        pytest.skip("no Nu HTML checker on this machine (NU_CHECKER, java)")
    return found
