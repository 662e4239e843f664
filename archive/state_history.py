"""What became of a document's state over time, as readers are told."""

from dataclasses import dataclass

import sqlalchemy as sa

from archive.catalogue.tables import state_change


@dataclass(frozen=True, slots=True, kw_only=True)
class StateChange:
    """A change of a document's state: to what, why, and when.

    `held_part` says what of a held one: original, all; '' where nobody wrote it down.
    """

    state: str
    held_part: str
    reason: str
    changed_at: str


def state_history(connection: sa.Connection, document_id: int) -> tuple[StateChange, ...]:
    """Give the changes of a document's state, the newest first; before the first it was public."""
    wanted = (
        sa.select(state_change)
        .where(state_change.c.document_id == document_id)
        .order_by(state_change.c.id.desc())
    )
    return tuple(
        StateChange(
            state=row.state,
            held_part=row.held_part,
            reason=row.reason,
            changed_at=row.changed_at,
        )
        for row in connection.execute(wanted)
    )
