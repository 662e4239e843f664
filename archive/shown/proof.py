"""Which capture proves what is shown of an award: one choice for citation, export and lists."""

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa

from archive.catalogue.tables import capture, record, version
from archive.merging import award_views
from archive.views import stating


def proofs(connection: sa.Connection, keys: Mapping[int, str]) -> dict[int, sa.Row[Any]]:
    """Give for awards the version, with its capture, that gives the amounts shown.

    `keys` are the awards' keys by record id. Where actions alone speak of an award it is the newest
    action's, which says how the award stood then. Rows are as those of `versions`.
    """
    ids = _chosen(connection, keys)
    rows = connection.execute(_CHOSEN, {"versions": sorted(set(ids.values()))})
    by_id = {row.version_id: row for row in rows}
    return {number: by_id[version_id] for number, version_id in ids.items()}


def _chosen(connection: sa.Connection, keys: Mapping[int, str]) -> dict[int, int]:
    seen = award_views(connection, keys)
    chosen = {number: stating(views) for number, views in seen.items()}
    ids = {number: one.version_id for number, one in chosen.items() if one}
    silent = {key: number for number, key in keys.items() if number not in ids}
    return ids | _last_of_parts(connection, silent) if silent else ids


def _last_of_parts(connection: sa.Connection, keys: Mapping[str, int]) -> dict[int, int]:
    """Give the last version of what belongs to awards, whose newest action says nothing of them."""
    wanted = (
        sa.select(record.c.award_key, sa.func.max(version.c.id))
        .join(version, version.c.record_id == record.c.id)
        .where(record.c.award_key.in_(keys))
        .group_by(record.c.award_key)
    )
    return {keys[key]: version_id for key, version_id in connection.execute(wanted)}


def versions() -> sa.Select[Any]:
    """Ask for versions with their captures; `seen_at` is when a version was captured."""
    return (
        sa.select(
            version.c.id.label("version_id"),
            record.c.kind,
            version.c.view,
            version.c.fields,
            version.c.modified_at,
            version.c.modified_until,
            version.c.fetched_at.label("seen_at"),
            version.c.place,
            capture,
        )
        .join(capture, capture.c.id == version.c.capture_id)
        .join(record, record.c.id == version.c.record_id)
    )


_CHOSEN = versions().where(version.c.id.in_(sa.bindparam("versions", expanding=True)))
