"""The mark of a copy that is not whole yet: whose it is, and as of when."""

import json

import sqlalchemy as sa

from archive import clock
from archive.catalogue.database import Catalogue
from archive.catalogue.tables import copying, entry, metadata
from archive.copying.tables import COPIED, keys_of
from archive.errors import BadRequest
from archive.opening import Archive

_MADE_BY_OPENING = {"generation", "copying"}


def origin_of(source: Archive) -> str:
    """Give the address of an archive's catalogue, without its password."""
    return source.catalogue.engine.url.render_as_string(hide_password=True)


def state_of(source: Archive) -> str:
    """Give how much stands in a catalogue: rows, highest keys, changes of entries."""
    with source.catalogue.reading() as connection:
        said: dict[str, object] = {
            table.name: [
                connection.execute(sa.select(sa.func.count()).select_from(table)).scalar(),
                *(
                    connection.execute(sa.select(sa.func.max(key))).scalar()
                    for key in keys_of(table)
                ),
            ]
            for table in COPIED
        }
        changes = sa.select(sa.func.sum(entry.c.changed_no), sa.func.max(entry.c.changed_no))
        said["changes"] = [
            None if one is None else int(one) for one in connection.execute(changes).one()
        ]
    return json.dumps(said)


def begin(source: Archive, target: Archive) -> bool:
    """Mark a target as a copy that is not whole; gives whether this goes on with one.

    What was copied of rows is removed where the source changed since.

    Raises:
        BadRequest: the target holds something else.
    """
    origin, state = origin_of(source), state_of(source)
    with target.catalogue.writing() as connection:
        found = connection.execute(sa.select(copying)).first()
        if found is None:
            _refuse_filled(connection, target)
            connection.execute(
                copying.insert().values(origin=origin, state=state, begun_at=clock.now())
            )
            return False
        if found.origin != origin:
            raise BadRequest(
                f"The target is a copy of {found.origin} that is not whole. Give an empty one."
            )
        if found.state == state:
            return True
        for table in reversed(COPIED):
            connection.execute(table.delete())
        connection.execute(copying.update().values(state=state))
    return False


def doubt(target: Archive) -> None:
    """See that the next run copies the rows anew."""
    with target.catalogue.writing() as connection:
        connection.execute(copying.update().values(state=""))


def end(catalogue: Catalogue) -> None:
    """Say that a copy is whole."""
    with catalogue.writing() as connection:
        connection.execute(copying.delete())


def _refuse_filled(connection: sa.Connection, target: Archive) -> None:
    for table in metadata.sorted_tables:
        if table.name in _MADE_BY_OPENING:
            continue
        if connection.execute(sa.select(sa.literal(1)).select_from(table).limit(1)).first():
            raise BadRequest(
                f"The target {origin_of(target)} holds an archive already. Give an empty one."
            )
