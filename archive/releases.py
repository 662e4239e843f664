"""Where and when documents were made public: their releases, and the names they went by."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any, TypeAlias

import sqlalchemy as sa

from archive.attached import DEPTH_MAX
from archive.catalogue.tables import attachment, capture, document, release
from archive.watchlist.places import STATES

Releases: TypeAlias = Sequence[sa.Row[Any]]
_RELEASES = (
    sa.select(release, capture.c.fetched_at)
    .join(capture, capture.c.id == release.c.capture_id)
    .where(release.c.document_id.in_(sa.bindparam("documents", expanding=True)))
    .order_by(release.c.id)
)


def releases_of(
    connection: sa.Connection, numbers: Sequence[int]
) -> defaultdict[int, list[sa.Row[Any]]]:
    """Give the releases of documents by number, in the order in which they came to the archive.

    Each is its row with `fetched_at`, the time of its capture. A document that has none, and came
    attached to others, has those of them that are public; `address` ends with its name there.
    """
    found: defaultdict[int, list[sa.Row[Any]]] = defaultdict(list)
    for row in connection.execute(_RELEASES, {"documents": numbers}):
        found[row.document_id].append(row)
    without = [number for number in numbers if number not in found]
    if without:
        for row in connection.execute(_OF_HOLDERS, {"documents": without}):
            found[row.document_id].append(row)
    return found


def _of_holders() -> sa.Select[Any]:
    """Select the releases of the documents to which some are attached, however deep."""
    tie = (
        sa.select(
            attachment.c.document_id,
            attachment.c.parent_id,
            (sa.literal("#attachment/") + sa.func.min(attachment.c.name)).label("path"),
        )
        .join(document, document.c.id == attachment.c.parent_id)
        .where(document.c.state == "public", attachment.c.document_id.is_not(None))
        .group_by(attachment.c.document_id, attachment.c.parent_id)
        .subquery("tie")
    )
    asked = tie.c.document_id.in_(sa.bindparam("documents", expanding=True))
    first = sa.select(tie.c.document_id, tie.c.parent_id, tie.c.path, sa.literal(1).label("depth"))
    way = first.where(asked).cte("way", recursive=True)
    above = tie.alias("above")
    way = way.union_all(
        sa.select(way.c.document_id, above.c.parent_id, above.c.path + way.c.path, way.c.depth + 1)
        .join(above, above.c.document_id == way.c.parent_id)
        .where(way.c.depth < DEPTH_MAX)
    )
    columns = [one for one in release.c if one.name not in ("document_id", "address")]
    return (
        sa.select(
            way.c.document_id,
            (release.c.address + way.c.path).label("address"),
            *columns,
            capture.c.fetched_at,
        )
        .join_from(way, release, release.c.document_id == way.c.parent_id)
        .join(capture, capture.c.id == release.c.capture_id)
        .order_by(release.c.id, way.c.depth)
    )


_OF_HOLDERS = _of_holders()


def first_day(releases: Releases) -> str:
    """Give the day of the earliest release, '' when none is known."""
    return min((one.released_on for one in releases if one.released_on), default="")


def named_body(body: str, state: str) -> str:
    """Name a releasing body that is no federal agency, with its state ("City of Eugene (OR)").

    A state whose name stands in it already is left out ("Oregon State Police").
    """
    if not body or not state or STATES.get(state, state).casefold() in body.casefold():
        return body
    return f"{body} ({state})"


def bodies(releases: Releases) -> tuple[str, ...]:
    """Give the releasing bodies that are no federal agency, each once."""
    return tuple(dict.fromkeys(named_body(one.body, one.state) for one in releases if one.body))


def file_name(releases: Releases, *, may_say_where: bool) -> str:
    """Give the name of the file as it came first; '' where the original is held back."""
    if not releases or not may_say_where:
        return ""
    return str(releases[0].address).rstrip("/").rsplit("/", 1)[-1]


def document_title(title: str, releases: Releases, *, may_say_where: bool) -> str:
    """Give a document's title: its own, else its file's name where that may be said."""
    own = " ".join(title.split())
    return own or file_name(releases, may_say_where=may_say_where) or "Document without a title"
