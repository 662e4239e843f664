"""Brings a catalogue to the shape that this program knows.

Of an older one in SQLite a copy is kept first, until the next migration has its own; one in
PostgreSQL is for its operator to dump.
"""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import sqlalchemy as sa

from archive import clock
from archive.catalogue.database import Catalogue, said_plainly
from archive.catalogue.tables import metadata
from archive.errors import Busy, CatalogueTooNew
from archive.logs import Log

_log = Log(__name__)

HEAD = "0015"
_WAIT_S = 60.0  # as long as another machine's migration may keep a command waiting
# Alembic's own table, as it makes it.
_VERSIONS = """
    CREATE TABLE alembic_version (
        version_num VARCHAR(32) NOT NULL,
        CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
    )
"""
_STAMP = sa.text("INSERT INTO alembic_version (version_num) VALUES (:shape)")
_SCRIPTS = Path(__file__).parent / "migrations"


def bring_up_to_date(catalogue: Catalogue) -> None:
    """Make or migrate the catalogue's tables; quick when there is nothing to do.

    Raises:
        CatalogueTooNew: a newer program wrote it.
        Busy: another machine migrates it.
    """
    if _found(catalogue) == HEAD:
        return
    with catalogue.held("opening", wait_s=_WAIT_S) as is_held:
        if not is_held:
            raise Busy("Another machine migrates the catalogue. Try again when it has ended.")
        found = _found(catalogue)
        if found == HEAD:
            return
        path = catalogue.path if found else None
        copy = _keep_copy(path) if path else None
        if found or not catalogue.path:
            _migrate(catalogue)
        else:
            _make(catalogue)
        if path and copy:
            _remove_copies(path, besides=copy)


def _found(catalogue: Catalogue) -> str:
    """Give the shape that the catalogue has, which is one that we know, or '' for none."""
    found = revision(catalogue)
    if found and not knows(found):
        raise CatalogueTooNew(
            f"The catalogue has shape {found}; this program knows shapes up to {HEAD}."
            " Use the newer program, or another archive: PAPERWATCH_HOME=/path/to/folder, or"
            " PAPERWATCH_CATALOGUE_URL"
        )
    return found


def knows(shape: str) -> bool:
    """Tell whether this program can read or migrate a catalogue of that shape."""
    return any(path.name.split("_")[0] == shape for path in (_SCRIPTS / "versions").glob("*.py"))


def revision(catalogue: Catalogue) -> str:
    """Give the revision of the catalogue's shape, '' for an empty one."""
    with catalogue.reading() as connection:
        if not sa.inspect(connection).has_table("alembic_version"):
            return ""
        row = connection.exec_driver_sql("SELECT version_num FROM alembic_version").first()
        return str(row[0]) if row else ""


def _make(catalogue: Catalogue) -> None:
    """Make all tables of an empty catalogue in SQLite, as the migrations leave them.

    A tenth of a second less than to go through all shapes; a test holds the two against each other.
    """
    engine = catalogue.engine_for_migrations()
    try:
        with said_plainly(catalogue.url), engine.begin() as connection:
            metadata.create_all(connection)
            connection.exec_driver_sql(_VERSIONS)
            connection.execute(_STAMP, {"shape": HEAD})
    finally:
        engine.dispose()


def _migrate(catalogue: Catalogue) -> None:
    """Bring the tables to the newest shape in one transaction: all of it, or nothing."""
    # Alembic takes a third of a second to import, and is needed once in an archive's year.
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(_SCRIPTS))
    engine = catalogue.engine_for_migrations()
    try:
        with said_plainly(catalogue.url), engine.begin() as connection:
            config.attributes["connection"] = connection
            command.upgrade(config, HEAD)
    finally:
        engine.dispose()


def _keep_copy(path: Path) -> Path:
    """Keep a copy of a catalogue before it is migrated; gives where."""
    copy = path.with_name(_copy_name(path, HEAD, clock.now()[:10]))
    if not copy.exists():
        part = copy.with_suffix(".part")
        with closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(part)) as target:
            source.backup(target)
        shutil.move(part, copy)
    return copy


def _remove_copies(path: Path, *, besides: Path) -> None:
    """Remove what was kept before earlier migrations: each is as large as the catalogue was."""
    for copy in path.parent.glob(_copy_name(path, "[0-9]" * 4, "????-??-??")):
        if copy != besides:
            copy.unlink(missing_ok=True)
            _log.info("older copy of the catalogue removed", name=copy.name, kept=besides.name)


def _copy_name(path: Path, shape: str, day: str) -> str:
    return f"{path.stem}.before-{shape}.{day}{path.suffix}"
