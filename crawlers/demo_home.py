"""The folder of a demo: its own, marked, and gone again when nothing came into it."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from archive import settings
from archive.declared import DECLARED
from archive.errors import BadRequest, PaperwatchError
from archive.files import full_disk_said
from archive.opening import open_archive
from archive.settings import COMPOSED, DEMO_FILE, PREFIX
from archive.status import counts

SAMPLE = COMPOSED
LIVE = "This archive was filled by `paperwatch demo --live`. Its records are real.\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoHome:
    """The folder; `was_there` and `was_empty` tell what it was before the demo."""

    path: Path
    was_there: bool
    was_empty: bool


def prepare_home(mark: str) -> DemoHome:
    """Make or find the demo's folder; its mark says which demo it belongs to.

    Raises:
        BadRequest: the folder holds another archive, or the catalogue would not be in it.
    """
    named = os.environ.get(f"{PREFIX}HOME")
    usual = Path(DECLARED[0].default).expanduser()
    beside = usual.with_name("paperwatch-demo-live" if mark == LIVE else "paperwatch-demo")
    path = Path(named).expanduser().absolute() if named else beside
    file = path / DEMO_FILE
    if settings.load(os.environ | {f"{PREFIX}HOME": str(path)}).is_on_server:
        raise BadRequest(
            f"{PREFIX}CATALOGUE_URL is set, and composed records do not go into that catalogue:"
            " a demo keeps its own in its folder. Run:"
            f" env -u {PREFIX}CATALOGUE_URL paperwatch demo"
        )
    with full_disk_said(path):
        is_ours = file.is_file() and file.read_text(encoding="utf-8") == mark
        was_there = path.is_dir()
        was_empty = not was_there or not any(path.iterdir())
    if not is_ours and not was_empty:
        raise BadRequest(
            f"{path} already holds something that this demo did not put there, and it does not mix"
            f" with it. Name an empty folder: {PREFIX}HOME=FOLDER paperwatch demo"
        )
    with full_disk_said(path):
        path.mkdir(parents=True, exist_ok=True)
        file.write_text(mark, encoding="utf-8")
    return DemoHome(path=path, was_there=was_there, was_empty=was_empty)


@contextmanager
def nothing_left_behind(home: DemoHome) -> Iterator[None]:
    """When what is done here fails before anything was captured, leave the folder as it was."""
    try:
        yield
    except BaseException:
        if home.was_empty and _is_without_captures(home.path):
            for inside in home.path.iterdir():
                _remove(inside)
            if not home.was_there:
                home.path.rmdir()
        raise


def _is_without_captures(home: Path) -> bool:
    if not (home / "catalogue.sqlite").exists():
        return True
    try:
        with open_archive(settings.load({f"{PREFIX}HOME": str(home)})) as archive:
            return counts(archive)["captures"] == 0
    except (PaperwatchError, OSError):
        return False  # what cannot be looked at is kept


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink()
