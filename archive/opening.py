"""Opens an archive: its folder, catalogue and file store."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa

from archive import clock
from archive.catalogue import tables
from archive.catalogue.database import Catalogue
from archive.catalogue.shape import bring_up_to_date
from archive.errors import Busy, HomeError
from archive.files import Files, full_disk_said, open_files
from archive.files.disk import OTHER_HOME
from archive.index.places import place_of
from archive.settings import Settings
from archive.shapes import refuse_mixture

_TO_ANOTHER = "Name another target: --to /path/to/folder"


@dataclass(frozen=True, slots=True, kw_only=True)
class Archive:
    """An open archive."""

    settings: Settings
    catalogue: Catalogue
    files: Files

    @property
    def index_folder(self) -> Path:
        """The folder of the embedded index, one folder in it for each generation."""
        return self.settings.home / "index"


@contextmanager
def open_archive(settings: Settings, *, is_copy: bool = False) -> Iterator[Archive]:
    """Open the archive of the settings, and make it when the folder is empty.

    Only who copies opens one that is not wholly copied: `is_copy`.

    Raises:
        Busy: it is a copy that is not whole.
        SettingError: the settings are half of each shape.
        HomeError: the folder cannot be made or written.
        DiskFull: there is no room.
        CatalogueTooNew: a newer program wrote the catalogue.
    """
    refuse_mixture(settings)
    home, advice = settings.home, _TO_ANOTHER if is_copy else OTHER_HOME
    if (home / ".git").exists():
        raise HomeError(
            f"{home} is a checkout, and an archive in it would be removed or published with it."
            f" {advice}"
        )
    with full_disk_said(home, advice):
        home.mkdir(parents=True, exist_ok=True)
        (home / "index").mkdir(exist_ok=True)
    catalogue = Catalogue(settings.catalogue_url)
    files = open_files(settings, catalogue)
    try:
        with _one_at_a_time(home):
            bring_up_to_date(catalogue)
            _first_generation(catalogue, settings)
        if not is_copy:
            _refuse_half(catalogue)
        yield Archive(settings=settings, catalogue=catalogue, files=files)
    finally:
        files.close()
        catalogue.close()


def is_archive(settings: Settings) -> bool:
    """Tell whether there is an archive to be opened; nothing is made for the answer.

    Raises:
        CatalogueUnavailable: its catalogue is on a server that does not answer.
    """
    refuse_mixture(settings)
    catalogue = Catalogue(settings.catalogue_url)
    try:
        if catalogue.path is not None and not catalogue.path.is_file():
            return False
        with catalogue.reading() as connection:
            return sa.inspect(connection).has_table(tables.document.name)
    finally:
        catalogue.close()


@contextmanager
def _one_at_a_time(home: Path) -> Iterator[None]:
    """Let one process make or migrate the archive while others wait; the kernel frees the dead."""
    with full_disk_said(home), (home / "opening.lock").open("a") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _refuse_half(catalogue: Catalogue) -> None:
    """Refuse an archive that is being copied from another, or was left half copied."""
    with catalogue.reading() as connection:
        origin = connection.execute(sa.select(tables.copying.c.origin)).scalar()
    if origin is not None:
        raise Busy(
            f"This archive is a copy of {origin} that is not whole yet. Wait for it, or go on with"
            " it there: paperwatch copy --to (this one)"
        )


def _first_generation(catalogue: Catalogue, settings: Settings) -> None:
    """See that there is a live generation of the index for deposits to write to."""
    live = sa.select(tables.generation.c.id).where(tables.generation.c.state == "live")
    with catalogue.reading() as connection:
        if connection.execute(live).first():
            return
    with catalogue.writing() as connection:
        if connection.execute(live).first() is None:
            name = place_of(settings).new_name(1)
            connection.execute(
                tables.generation.insert().values(name=name, state="live", made_at=clock.now())
            )
