"""Keeps a whole catalogue from changing while somebody looks at all of it."""

from collections.abc import Iterator
from contextlib import contextmanager

from archive.catalogue.database import Catalogue
from archive.errors import Busy

_WAIT_S = 30.0


@contextmanager
def held_door(catalogue: Catalogue) -> Iterator[None]:
    """Let nobody write until the end of the `with` statement; readers go on.

    Raises:
        Busy: somebody writes all the time.
    """
    if catalogue.engine.dialect.name == "sqlite":
        with catalogue.writing():
            yield
        return
    # The lock that each writer takes, held without a transaction: PostgreSQL ends an idle one.
    with catalogue.held("writer", wait_s=_WAIT_S) as is_held:
        if not is_held:
            raise Busy("The catalogue is in use by another process. Try again later.")
        yield
