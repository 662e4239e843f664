"""Locks among machines: advisory locks of PostgreSQL, each held by a connection of its own.

The server frees what a killed process held. Who loses the connection loses the lock as well, and
cannot write to the catalogue in that moment either.
"""

import hashlib
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError

_PAUSE_S = 0.05


def number_of(name: str) -> int:
    """Give the number of a named lock; other programs hardly use one so odd."""
    digest = hashlib.sha256(f"paperwatch {name}".encode()).digest()
    return int.from_bytes(digest[:8], signed=True)


@contextmanager
def held(engine: sa.Engine, name: str, wait_s: float) -> Iterator[bool]:
    """Hold a lock that one process has at a time; gives False when it was not free in time."""
    number = number_of(name)
    until = time.monotonic() + wait_s
    with _alone(engine) as connection:
        while not (is_held := _try(connection, "pg_try_advisory_lock", number)):
            if time.monotonic() >= until:
                break
            time.sleep(_PAUSE_S)
        try:
            yield is_held
        finally:
            if is_held:
                _let_go(connection, "pg_advisory_unlock", number)


@contextmanager
def present(engine: sa.Engine, name: str) -> Iterator[bool]:
    """Hold a lock that many share; gives whether nobody else had it when it was taken."""
    number = number_of(name)
    with _alone(engine) as connection:
        is_alone = _try(connection, "pg_try_advisory_lock", number)
        connection.execute(sa.select(sa.func.pg_advisory_lock_shared(number)))
        if is_alone:
            _let_go(connection, "pg_advisory_unlock", number)
        try:
            yield is_alone
        finally:
            _let_go(connection, "pg_advisory_unlock_shared", number)


@contextmanager
def _alone(engine: sa.Engine) -> Iterator[sa.Connection]:
    # Without a transaction: one that stays open for hours keeps PostgreSQL from cleaning up.
    with engine.connect() as connection:
        yield connection.execution_options(isolation_level="AUTOCOMMIT")


def _try(connection: sa.Connection, function: str, number: int) -> bool:
    return bool(connection.scalar(sa.select(getattr(sa.func, function)(number))))


def _let_go(connection: sa.Connection, function: str, number: int) -> None:
    with suppress(DBAPIError):  # of a connection that was lost, the server let go already
        connection.execute(sa.select(getattr(sa.func, function)(number)))
