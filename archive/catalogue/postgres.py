"""A catalogue in PostgreSQL: many machines, one writer at a time by an advisory lock.

Writers take one lock for as long as their transaction lasts, as on SQLite. What a writer reads is
thus still so when it writes, numbers are committed in order, and no two writers can wait for each
other. Readers wait for nobody, and see one state throughout.
"""

import time
from typing import Any

import psycopg
import sqlalchemy as sa
from psycopg.types.numeric import IntLoader
from sqlalchemy.dialects.postgresql.dml import OnConflictDoNothing, OnConflictDoUpdate
from sqlalchemy.dialects.sqlite import dml as sqlite_dml
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler

from archive.catalogue.advisory import held, number_of, present
from archive.catalogue.refusing import is_passing, sentence
from archive.errors import CatalogueUnavailable, SettingError

__all__ = [
    "READS",
    "WRITES",
    "engine",
    "engine_for_migrations",
    "held",
    "present",
    "sentence",
]

READS: dict[str, Any] = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
WRITES: dict[str, Any] = {"isolation_level": "READ COMMITTED", "writes": True}
# How long a server that starts, or cannot be reached, is waited for; a restart takes about as long.
_PATIENCE_S = 10.0
_NO_PATIENCE_S = 30.0
_PAUSE_S = 0.25
_SESSION = {
    "lock_timeout": "30s",  # as long as on SQLite
    # A writer whose machine hangs must not keep all others out for ever.
    "idle_in_transaction_session_timeout": "15min",
    # The statement of a client that was killed ends, and lets its locks go; PostgreSQL 14 has it.
    "client_connection_check_interval": "5s",
    "tcp_keepalives_idle": "30",
    "tcp_keepalives_interval": "10",
    "tcp_keepalives_count": "3",
}
_DRIVER = {
    "application_name": "paperwatch",
    "connect_timeout": 5,
    "keepalives_idle": 30,
    "keepalives_interval": 10,
    "keepalives_count": 3,
}


def engine(url: str) -> sa.Engine:
    """Give an engine whose connections were looked at before each use."""
    address = sa.make_url(url)
    made = sa.create_engine(address, pool_pre_ping=True, connect_args=_words(address))
    sa.event.listen(made, "do_connect", _Connecting())
    sa.event.listen(made, "begin", _on_begin)
    return made


def engine_for_migrations(url: str) -> sa.Engine:
    """Give an engine whose transactions change tables, alone: they are writers, too."""
    return engine(url).execution_options(**WRITES)


def _words(address: sa.URL) -> dict[str, Any]:
    """Give what each connection is opened with; what the address itself says goes before."""
    said = address.query
    session = " ".join(f"-c {name}={value}" for name, value in _SESSION.items())
    own = said.get("options", "")
    options = f"{session} {own if isinstance(own, str) else ' '.join(own)}".strip()
    return {name: value for name, value in _DRIVER.items() if name not in said} | {
        "options": options
    }


class _Connecting:
    """Connects, waiting a while for a server that starts or cannot be reached.

    After a wait in vain nobody waits for some time: a page that needs ten connections would
    otherwise keep its reader waiting for each.
    """

    def __init__(self) -> None:
        self._is_in_vain_until = 0.0

    def __call__(
        self, dialect: sa.Dialect, _record: object, words: list[Any], named: dict[str, Any]
    ) -> psycopg.Connection[Any]:
        until = time.monotonic() + _PATIENCE_S
        while True:
            try:
                raw: psycopg.Connection[Any] = dialect.connect(*words, **named)  # type: ignore[assignment]
                break
            except psycopg.OperationalError as error:
                now = time.monotonic()
                if now < self._is_in_vain_until or not is_passing(error):
                    raise
                if now >= until:
                    self._is_in_vain_until = now + _NO_PATIENCE_S
                    raise
            time.sleep(_PAUSE_S)
        return _prepared(raw)


def _prepared(raw: psycopg.Connection[Any]) -> psycopg.Connection[Any]:
    try:
        _refuse_odd(raw)
    except BaseException:
        raw.close()
        raise
    # Sums of big integers are `numeric` here; all that we sum are whole numbers.
    raw.adapters.register_loader("numeric", IntLoader)
    return raw


def _refuse_odd(raw: psycopg.Connection[Any]) -> None:
    encoding = raw.info.parameter_status("server_encoding")
    if encoding != "UTF8":
        raise SettingError(
            f"The catalogue's database {raw.info.dbname} keeps text in {encoding}. Make another:"
            " CREATE DATABASE … TEMPLATE template0 ENCODING 'UTF8'"
        )
    if raw.info.parameter_status("in_hot_standby") == "on":
        raise CatalogueUnavailable(
            f"PostgreSQL at {raw.info.host}:{raw.info.port} is a standby, which cannot be written."
            " Name the primary in PAPERWATCH_CATALOGUE_URL."
        )


def _on_begin(connection: sa.Connection) -> None:
    if connection.get_execution_options().get("writes"):
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({number_of('writer')})")


@compiles(sqlite_dml.OnConflictDoNothing, "postgresql")
def _do_nothing(said: sqlite_dml.OnConflictDoNothing, compiler: SQLCompiler, **words: Any) -> str:
    """Say what `conflict.insert` makes, which is SQLite's form, in PostgreSQL's words."""
    ours = OnConflictDoNothing(index_elements=said.inferred_target_elements)
    return compiler.process(ours, **words)


@compiles(sqlite_dml.OnConflictDoUpdate, "postgresql")
def _do_update(said: sqlite_dml.OnConflictDoUpdate, compiler: SQLCompiler, **words: Any) -> str:
    ours = OnConflictDoUpdate(
        index_elements=said.inferred_target_elements,
        set_=dict(said.update_values_to_set),
        where=said.update_whereclause,
    )
    return compiler.process(ours, **words)
