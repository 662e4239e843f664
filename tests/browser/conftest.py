"""A served archive and a Chromium; every page must stay on its host and complain of nothing."""

import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from archive import settings as settings_of
from archive.opening import open_archive
from search_app.serving import served
from tests.catalogues import home_settings
from tests.schedule.history import compose_history
from tests.search_app.composed import Composed, compose

_FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """A served archive: its address without the last stroke, and what is in it."""

    address: str
    composed: Composed


@dataclass(slots=True, kw_only=True)
class Watched:
    """What a browser asked for and complained of."""

    asked: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A composed archive with two years of runs, served on a free port without its schedule."""
    home = tmp_path_factory.mktemp("browser") / "home"
    with open_archive(settings_of.load(home_settings(home))) as archive:
        composed = compose(archive, home.parent / "papers")
        compose_history(archive)
        with served(archive, "127.0.0.1", 0, is_scheduled=False) as (server, address):
            threading.Thread(target=server.run, daemon=True).start()
            yield Site(address=address.rstrip("/"), composed=composed)


@pytest.fixture(scope="session")
def browser(chromium: str) -> Iterator[Browser]:
    """Chromium with a new profile."""
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=chromium, args=list(_FLAGS))
        yield browser
        browser.close()


@pytest.fixture
def watched(site: Site) -> Iterator[Watched]:
    """What the browser did, judged at the end of each test."""
    watching = Watched()
    yield watching
    assert watching.complaints == []
    assert [one for one in watching.asked if not one.startswith(site.address)] == []


@pytest.fixture
def context_options() -> dict[str, Any]:
    """Options of the browser's context; tests override them by parametrisation."""
    return {}


@pytest.fixture
def page(
    browser: Browser, site: Site, watched: Watched, context_options: dict[str, Any]
) -> Iterator[Page]:
    """A page at 1280 by 900, unless the test says otherwise."""
    options: dict[str, Any] = {"viewport": {"width": 1280, "height": 900}} | context_options
    context = browser.new_context(base_url=site.address, **options)
    watch(context, watched)
    yield context.new_page()
    context.close()


def watch(context: BrowserContext, watching: Watched) -> None:
    """Note every request and every complaint of a context."""
    context.on("request", lambda request: watching.asked.append(request.url))
    context.on(
        "console",
        lambda line: (
            watching.complaints.append(line.text) if line.type in ("error", "warning") else None
        ),
    )
    context.on("weberror", lambda error: watching.complaints.append(str(error.error)))


@pytest.fixture(scope="session")
def downloads(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder for files that are downloaded."""
    return tmp_path_factory.mktemp("downloads")
