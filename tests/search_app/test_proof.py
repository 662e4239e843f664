"""The capture that is named says what is shown, in whatever order captures came."""

import csv
import hashlib
import io
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask.testing import FlaskClient

from archive import deposit, indexing
from archive.catalogue.tables import award
from archive.identifiers import award_key, modification_key
from archive.model import Answer, Statement, Value
from archive.opening import Archive, open_archive
from archive.reading_client import Readers
from archive.settings import load
from archive.shown.proof import proofs
from search_app.app import create_app
from tests.catalogues import home_settings

KEY = award_key(piid="70ZZZZ25F00000031", agency="7012")
CHANGED = award_key(piid="70ZZZZ25F00000032", agency="7012")
FIRST, LATER, LAST = (f"2026-0{month}-01T04:00:00+00:00" for month in (3, 5, 7))


def _summary(key: str, cents: int, modified_at: str, place: int) -> Statement:
    return Statement(
        kind="award",
        key=key,
        award_key=key,
        view="usaspending.summary_file",
        fields={
            "piid": "70ZZZZ25F00000031",
            "type_code": "C",
            "description": "LANTERNS FOR A PIER",
            "vendor_name": "TALLOW LANTERNS LLC",
            "obligated_cents": cents,
            "acted_on": modified_at,
        },
        modified_at=modified_at,
        place=place,
    )


def _action(number: str, view: str, **fields: Value) -> Statement:
    return Statement(
        kind="modification",
        key=modification_key(KEY, number),
        award_key=KEY,
        view=view,
        fields={"number": number, "acted_on": "2024-01-01", "obligated_cents": 5, **fields},
        modified_at="2024-01-02",
        place=1,
    )


def _import(archive: Archive, name: str, at: str, *said: Statement) -> None:
    answer = Answer(
        source="usaspending_files",
        method="FILE",
        address=f"{name}.csv",
        body=name.encode(),
        fetched_at=at,
    )
    deposit.deposit(archive, deposit.keep(archive, answer), said)
    indexing.drain(archive)


def _sha256(name: str) -> str:
    return hashlib.sha256(name.encode()).hexdigest()


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Archive]:
    with open_archive(load(home_settings(tmp_path / "home"))) as archive:
        yield archive


@pytest.fixture
def client(empty: Archive) -> Iterator[FlaskClient]:
    """An archive that got the newer file first; the older one, and older actions, came later."""
    _import(empty, "newer", FIRST, _summary(KEY, 900_00, "2025-09-01", 3))
    _import(empty, "older", LATER, _summary(KEY, 200_00, "2025-02-01", 8))
    _import(empty, "actions", LAST, _action("0", "usaspending.transaction_file_2018"))
    with Readers(1) as readers:
        yield create_app(empty, readers).test_client()


def test_an_older_file_that_came_later_is_not_cited(client: FlaskClient) -> None:
    record = client.get(f"/api/awards/{KEY}").get_json()
    assert record["obligated_cents"] == 900_00
    assert (record["cited"]["sha256"], record["cited"]["place"]) == (_sha256("newer"), 3)
    assert (
        f"captured 1 Mar 2026, 04:00 UTC, row 3, SHA-256 {_sha256('newer')}" in record["citation"]
    )
    provenance = client.get(f"/awards/{KEY}").text.split('id="provenance"')[1]
    assert provenance.index(_sha256("newer")) < provenance.index(_sha256("older"))


def test_export_list_and_feed_name_the_capture_that_is_cited(client: FlaskClient) -> None:
    (row,) = csv.DictReader(io.StringIO(client.get("/search.csv?q=lanterns").text))
    (hit,) = client.get("/api/search?q=lanterns").get_json()["hits"]
    assert (row["capture_sha256"], row["capture_address"]) == (_sha256("newer"), "newer.csv")
    assert row["captured_at"] == hit["captured_at"] == FIRST
    assert f"<updated>{FIRST}</updated>" in client.get("/search.atom?q=lanterns").text


def test_a_change_that_was_captured_backwards_is_told_by_the_days_of_its_source(
    client: FlaskClient,
) -> None:
    text = client.get(f"/awards/{KEY}").text
    assert "<del>$200</del> to <ins>$900</ins>" in text
    assert (
        "between its states of 1 Feb 2025 (captured only 1 May 2026, 04:00 UTC)"
        " and 1 Sep 2025 (captured 1 Mar 2026, 04:00 UTC)"
    ) in text
    assert "between the captures of" not in text


def test_a_newer_file_that_came_later_is_cited(empty: Archive) -> None:
    _import(empty, "older", FIRST, _summary(CHANGED, 200_00, "2025-02-01", 8))
    _import(empty, "newer", LATER, _summary(CHANGED, 900_00, "2025-09-01", 3))
    assert _proof(empty) == (_sha256("newer"), 3)


def test_an_award_of_which_the_newest_action_says_nothing_names_the_last_capture(
    empty: Archive,
) -> None:
    spoken = _action("0", "usaspending.transaction_file_2018", piid="70ZZZZ25F00000031")
    _import(empty, "file", FIRST, spoken)
    later = _action("P00001", "usaspending.transaction", acted_on="2024-02-01")
    _import(empty, "answer", LATER, later)
    assert _proof(empty) == (_sha256("answer"), 1)


def _proof(archive: Archive) -> tuple[str, int]:
    with archive.catalogue.reading() as connection:
        (row,) = connection.execute(sa.select(award.c.record_id, award.c.key)).all()
        found = proofs(connection, {row.record_id: row.key})[row.record_id]
    return found.sha256, found.place
