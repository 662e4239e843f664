"""One composed archive for all tests of the pages; none of them may write to it."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from archive import settings as settings_of
from archive.opening import Archive, open_archive
from archive.reading_client import Readers
from search_app.app import create_app
from tests.catalogues import home_settings
from tests.search_app.composed import Composed, compose


@pytest.fixture(scope="session")
def composed_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the composed archive."""
    return tmp_path_factory.mktemp("composed") / "home"


@pytest.fixture(scope="session")
def archive(composed_home: Path) -> Iterator[Archive]:
    """The composed archive, still empty until `composed` is asked for."""
    with open_archive(settings_of.load(home_settings(composed_home))) as opened:
        yield opened


@pytest.fixture(scope="session")
def composed(archive: Archive, composed_home: Path) -> Composed:
    """What is in it."""
    return compose(archive, composed_home.parent / "papers")


@pytest.fixture(scope="session")
def app(archive: Archive, composed: Composed) -> Iterator[Flask]:
    """The application over the composed archive."""
    with Readers(1) as readers:
        yield create_app(archive, readers)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A client of the application."""
    return app.test_client()


@pytest.fixture
def page(client: FlaskClient) -> Any:
    """Give the text of a page that must answer with 200."""

    def text_of(address: str) -> str:
        response = client.get(address)
        assert response.status_code == 200, response.text
        return response.text

    return text_of
