"""Archives for tests of spiders."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from archive.opening import Archive
from tests.archive.composed import archive_in


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    """An archive that holds nothing."""
    with archive_in(tmp_path / "home") as opened:
        yield opened
