"""Keeps a whole catalogue from changing while somebody looks at all of it."""

from collections.abc import Iterator
from contextlib import contextmanager

from archive.catalogue.database import Catalogue
from archive.catalogue.tables import body, metadata


@contextmanager
def held_door(catalogue: Catalogue) -> Iterator[None]:
    """Let nobody write until the end of the `with` statement; readers go on.

    What is noted of bodies in a bucket is no part of the archive, and may be written.
    """
    with catalogue.writing() as connection:
        if connection.dialect.name == "postgresql":
            names = ", ".join(f'"{one.name}"' for one in metadata.sorted_tables if one is not body)
            connection.exec_driver_sql(f"LOCK TABLE {names} IN SHARE MODE")
        yield
