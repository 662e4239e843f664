import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from archive.catalogue import tables
from archive.opening import open_archive
from archive.settings import Settings
from tests.catalogues import home_settings
from tests.drawn import sheets

ADD = [sys.executable, "-m", "archive.program", "add", "--json"]
FILES = 12


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "released"
    folder.mkdir()
    for number in range(FILES):
        (folder / f"bundle{number}.pdf").write_bytes(sheets.many_pages(20 + number))
    return folder


@pytest.mark.slow
def test_a_killed_add_goes_on_and_loses_and_doubles_nothing(
    folder: Path, home: Path, settings: Settings
) -> None:
    environment = os.environ | home_settings(home)
    chance = random.Random(7)
    for _ in range(8):
        adding = subprocess.Popen(
            [*ADD, str(folder)], env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )
        with adding:
            time.sleep(chance.uniform(0.5, 2.5))
            adding.send_signal(signal.SIGKILL)
    done = subprocess.run([*ADD, str(folder)], env=environment, capture_output=True, check=True)
    summary: dict[str, Any] = json.loads(done.stdout)
    assert (summary["files"], summary["refused"]) == (FILES, [])
    with open_archive(settings) as archive, archive.catalogue.reading() as connection:
        assert [
            connection.execute(sa.select(sa.func.count()).select_from(table)).scalar_one()
            for table in (tables.document, tables.release, tables.capture, tables.page)
        ] == [FILES, FILES, FILES, sum(20 + number for number in range(FILES))]
        works = connection.execute(sa.select(tables.work.c.state).distinct()).scalars().all()
        runs = connection.execute(sa.select(tables.run.c.state)).scalars().all()
    assert works == ["done"]
    assert "going" not in runs
