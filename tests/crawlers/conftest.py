"""Archives for tests of spiders: made once, and copied, since migrations take a quarter second."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from archive.opening import Archive
from archive.settings import load
from tests.archive.composed import archive_in
from tests.catalogues import home_settings


@pytest.fixture(scope="session")
def empty_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of an archive that holds nothing."""
    home = tmp_path_factory.mktemp("empty") / "home"
    with archive_in(home):
        pass
    return home


@pytest.fixture
def archive(tmp_path: Path, empty_home: Path) -> Iterator[Archive]:
    """An archive that holds nothing; a catalogue on a server is made for it by its own template."""
    home = tmp_path / "home"
    if not load(home_settings(home)).is_on_server:
        shutil.copytree(empty_home, home)
    with archive_in(home) as opened:
        yield opened
