"""Index entries from the catalogue: one for each award and each listed document."""

from collections import defaultdict
from collections.abc import Iterable

import sqlalchemy as sa

from archive.catalogue.tables import entry
from archive.index.award_entries import award_entries
from archive.index.document_entries import document_entries
from archive.opening import Archive
from archive.search.entry import Entry

_BUILDERS = {"awards": award_entries, "documents": document_entries}


def build(
    archive: Archive, connection: sa.Connection, numbers: Iterable[int]
) -> tuple[list[Entry], dict[str, int]]:
    """Build entries as they are now; gives them, and those that must not be there.

    The latter by key, with the number of the change that took them away.
    """
    wanted = sa.select(entry).where(entry.c.number.in_(list(numbers)))
    by_kind: dict[str, dict[str, tuple[int, str]]] = defaultdict(dict)
    gone = {}
    for row in connection.execute(wanted):
        if row.is_listed:
            kind, _, key = row.key.partition("/")
            by_kind[kind][key] = (row.number, str(row.changed_no))
        else:
            gone[row.key] = row.changed_no
    entries = [
        one
        for kind, rows in sorted(by_kind.items())
        for one in _BUILDERS[kind](archive, connection, rows)
    ]
    return entries, gone
