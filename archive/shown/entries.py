"""Loads the rows of the results shown, and those only, with the passages that matched."""

from collections.abc import Sequence

import sqlalchemy as sa

from archive.search.engine import Engine, Hit
from archive.search.tree import Node
from archive.shown.award_entries import load_awards
from archive.shown.desk import Desk
from archive.shown.document_entries import load_documents
from archive.shown.found import Shown


def load_entries(
    desk: Desk, connection: sa.Connection, engine: Engine, tree: Node, hits: Sequence[Hit]
) -> tuple[Shown, ...]:
    """Give the records of some hits in their order.

    One that left the catalogue's lists since the index was written is left out.
    """
    keys = [hit.key for hit in hits]
    awards = [key for key in keys if key.startswith("awards/")]
    documents = [key for key in keys if key.startswith("documents/")]
    found: dict[str, Shown] = {}
    if awards:
        found |= load_awards(desk, connection, tree, awards)
    if documents:
        found |= load_documents(desk, connection, engine, tree, documents)
    return tuple(found[key] for key in keys if key in found)
