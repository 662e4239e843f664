"""A sum of some of its actions is no longer what an award obligated."""

import json
import re
from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import UTC, datetime
from itertools import groupby
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

_ACTIONS = sa.text(
    "SELECT award_key, record_id, number, acted_on, obligated_cents FROM action ORDER BY award_key"
)
_AWARD = sa.text("SELECT record_id, obligated_cents, fields FROM award WHERE key = :key")
# Newest first.
_SAID = sa.text(
    "SELECT fields FROM version WHERE record_id = :id"
    " ORDER BY modified_until DESC, fetched_at DESC, id DESC"
)
_GONE = sa.text(
    "SELECT key FROM record WHERE kind = 'modification' AND award_key = :key"
    " AND gone_at IS NOT NULL"
)
_WRITE = sa.text(
    "UPDATE award SET obligated_cents = :cents, fields = :fields WHERE record_id = :id"
)
_CHANGED = sa.text("UPDATE entry SET changed_no = changed_no + 1 WHERE key = :key")
_FORGET = sa.text(
    "DELETE FROM outbox WHERE entry_number IN (SELECT number FROM entry WHERE key = :key)"
)
_ANNOUNCE = sa.text(
    "INSERT INTO outbox (generation_id, entry_number, changed_no, since)"
    " SELECT generation.id, entry.number, entry.changed_no, :since FROM generation, entry"
    " WHERE entry.key = :key AND generation.state IN ('live', 'building')"
)


def upgrade() -> None:
    """Take such sums back from awards, and let the index hear of it."""
    connection = op.get_bind()
    rows = connection.execute(_ACTIONS).all()
    for key, actions in groupby(rows, key=lambda row: str(row.award_key)):
        _mend(connection, key, list(actions))


def _mend(connection: sa.Connection, key: str, actions: Sequence[sa.Row[Any]]) -> None:
    award = connection.execute(_AWARD, {"key": key}).first()
    amounts = [row.obligated_cents for row in actions]
    if award is None or award.obligated_cents != sum(cents or 0 for cents in amounts):
        return
    own = _said(connection, award.record_id, "obligated_cents")
    last_on = max(row.acted_on for row in actions)
    of_last = [row.record_id for row in actions if row.acted_on == last_on]
    rows_say = [one for id_ in of_last for one in _said(connection, id_, "award_obligated_cents")]
    if award.obligated_cents in (*own, *rows_say):
        return
    gone = [row.key.split("|")[1] for row in connection.execute(_GONE, {"key": key})]
    if None not in amounts and _is_whole({row.number for row in actions}, gone):
        return
    fields = json.loads(award.fields)
    fields["obligated_cents"] = own[0] if own else None
    kept = {name: value for name, value in fields.items() if value is not None}
    text = json.dumps(kept, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    cents = fields["obligated_cents"]
    connection.execute(_WRITE, {"cents": cents, "fields": text, "id": award.record_id})
    entry = {"key": f"awards/{key}", "since": datetime.now(UTC).isoformat(timespec="seconds")}
    for statement in (_CHANGED, _FORGET, _ANNOUNCE):
        connection.execute(statement, entry)


def _said(connection: sa.Connection, record_id: int, name: str) -> list[int]:
    versions = connection.scalars(_SAID, {"id": record_id})
    return [said for text in versions if (said := json.loads(text).get(name)) is not None]


def _is_whole(numbers: Collection[str], gone: Collection[str]) -> bool:
    """Tell whether the numbers begin with the award itself and show no gap, as of this shape."""
    series: defaultdict[str, set[int]] = defaultdict(set)
    for number in {*numbers, *gone} - {"0", "XXX9"}:
        found = re.fullmatch(r"([A-Z]*)([0-9]{1,9})", number)
        if found is None:
            return False
        series[found[1]].add(int(found[2]))
    return "0" in numbers and all(len(one - {0}) == max(one) for one in series.values())
