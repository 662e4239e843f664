"""What was stated of releases, by whom and when: nothing is overwritten, the newest is shown.

A row of `release` holds the newest statement, for lists and for the index; every statement, the
newest too, is a row of `release_statement`.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields, replace
from typing import Any

import sqlalchemy as sa

from archive.catalogue.conflict import insert
from archive.catalogue.tables import document, release, release_statement


@dataclass(frozen=True, slots=True, kw_only=True)
class Released:
    """What is known of a release; '' = nothing. `state`: of the releasing body, two letters.

    The releasing body is a federal agency by its code, or any other by its name (`body`).
    `case_number` is that of the request, several with ", " between; `requester_type` one of
    `archive.requests.REQUESTER_TYPES`; `title` what the source lists the file as.
    """

    agency_code: str = ""
    body: str = ""
    released_on: str = ""
    state: str = ""
    case_number: str = ""
    requester_type: str = ""
    title: str = ""


NOT_TOLD = Released()
_COLUMNS = tuple(one.name for one in fields(Released))


def restated(before: Released, told: Released) -> Released:
    """Give what is known of a release when more is told: what is not told anew stays.

    Another releasing body takes the place of the former, and the former's state goes with it.
    """
    who = (told.agency_code, told.body)
    was = (before.agency_code, before.body)
    now = replace(
        before,
        released_on=told.released_on or before.released_on,
        case_number=told.case_number or before.case_number,
        requester_type=told.requester_type or before.requester_type,
        title=told.title or before.title,
    )
    if any(who) and who != was:
        state = told.state or ("" if any(was) else before.state)
        return replace(now, agency_code=told.agency_code, body=told.body, state=state)
    return replace(now, state=told.state or before.state)


def first_statement(
    connection: sa.Connection,
    *,
    document_id: int,
    source: str,
    address: str,
    capture_id: int,
    released: Released,
    moment: str,
) -> None:
    """Write a release with its first statement, unless it is known already."""
    which = {"document_id": document_id, "source": source, "address": address}
    row = {**which, "capture_id": capture_id, **asdict(released)}
    if connection.execute(insert(release).on_conflict_do_nothing(), row).rowcount:
        wanted = sa.select(release.c.id).filter_by(**which)
        _write(connection, connection.execute(wanted).scalar_one(), capture_id, released, moment)


def state_anew(
    connection: sa.Connection, which: sa.ColumnElement[bool], told: Released, moment: str
) -> bool:
    """Write what was told anew of a release; gives whether it differs from what was known.

    The capture is that of the file which the release brought: it is what the words are about.
    """
    row = connection.execute(sa.select(release).where(which)).one()
    before = Released(**{name: row._mapping[name] for name in _COLUMNS})
    now = restated(before, told)
    if now == before:
        return False
    connection.execute(sa.update(release).where(release.c.id == row.id).values(asdict(now)))
    _write(connection, row.id, row.capture_id, now, moment)
    return True


def would_differ(connection: sa.Connection, which: sa.ColumnElement[bool], told: Released) -> bool:
    """Tell whether what is told of a known release is other than what is known of it."""
    row = connection.execute(sa.select(release).where(which)).first()
    if row is None:
        return False
    before = Released(**{name: row._mapping[name] for name in _COLUMNS})
    return restated(before, told) != before


def release_of(sha256: str, source: str, address: str) -> sa.ColumnElement[bool]:
    """Say in SQL which release of a document is meant."""
    number = sa.select(document.c.id).where(document.c.sha256 == sha256).scalar_subquery()
    return sa.and_(
        release.c.document_id == number, release.c.source == source, release.c.address == address
    )


def statements_of(
    connection: sa.Connection, releases: Sequence[int]
) -> defaultdict[int, list[sa.Row[Any]]]:
    """Give all that was stated of releases by number, the newest first."""
    wanted = (
        sa.select(release_statement)
        .where(release_statement.c.release_id.in_(releases))
        .order_by(release_statement.c.id.desc())
    )
    found: defaultdict[int, list[sa.Row[Any]]] = defaultdict(list)
    for row in connection.execute(wanted):
        found[row.release_id].append(row)
    return found


def misstated_releases(connection: sa.Connection) -> list[str]:
    """Name the documents with a release that is not what its newest statement says."""
    newest = sa.select(sa.func.max(release_statement.c.id)).group_by(release_statement.c.release_id)
    said = sa.select(release_statement).where(release_statement.c.id.in_(newest)).subquery()
    differs = sa.or_(said.c.id.is_(None), *(release.c[name] != said.c[name] for name in _COLUMNS))
    wanted = (
        sa.select(document.c.sha256)
        .join_from(document, release, release.c.document_id == document.c.id)
        .outerjoin(said, said.c.release_id == release.c.id)
        .where(differs)
        .distinct()
        .order_by(document.c.sha256)
    )
    return list(connection.scalars(wanted))


def _write(
    connection: sa.Connection, number: int, capture_id: int, released: Released, moment: str
) -> None:
    row = {
        "release_id": number,
        "capture_id": capture_id,
        **asdict(released),
        "stated_at": moment,
    }
    connection.execute(sa.insert(release_statement), [row])
