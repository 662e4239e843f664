"""The newest version of each view of a record."""

import json
from collections import defaultdict
from collections.abc import Iterable

import sqlalchemy as sa

from archive.catalogue.tables import version
from archive.history import Held, newest
from archive.views import Seen

_VERSIONS = sa.select(
    version.c.id,
    version.c.record_id,
    version.c.view,
    version.c.fingerprint,
    version.c.modified_until,
    version.c.fetched_at,
    version.c.capture_id,
    version.c.fields,
).where(version.c.record_id.in_(sa.bindparam("records", expanding=True)))


def newest_views(connection: sa.Connection, record_ids: Iterable[int]) -> dict[int, list[Seen]]:
    """Give the newest version of each view, by record."""
    by_view: dict[tuple[int, str], list[tuple[Held, str]]] = defaultdict(list)
    for row in connection.execute(_VERSIONS, {"records": sorted(record_ids)}):
        held = Held(
            id=row.id,
            fingerprint=row.fingerprint,
            modified_until=row.modified_until,
            fetched_at=row.fetched_at,
            capture_id=row.capture_id,
        )
        by_view[row.record_id, row.view].append((held, row.fields))
    seen: dict[int, list[Seen]] = defaultdict(list)
    # In the order of their names: two that are equally new are then taken alike by all databases.
    for (record_id, view), versions in sorted(by_view.items(), key=lambda one: one[0]):
        last = newest([held for held, _ in versions])
        fields = next(text for held, text in versions if held is last)
        seen[record_id].append(
            Seen(
                version_id=last.id,
                view=view,
                fields=json.loads(fields),
                modified_until=last.modified_until,
                fetched_at=last.fetched_at,
            )
        )
    return seen
