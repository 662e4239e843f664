"""An award of which only some actions are held, wherever it is shown."""

import csv
import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from flask.testing import FlaskClient

from archive import deposit, indexing
from archive.commands.search import search
from archive.commands.show import show
from archive.identifiers import award_key, modification_key
from archive.model import Answer, Statement
from archive.opening import Archive, open_archive
from archive.reading_client import Readers
from archive.settings import load
from search_app.app import create_app
from tests.catalogues import home_settings

KEY = award_key(piid="70ZZZZ21F00000021", agency="7012")
IN_PART = "$6,000 obligated in the 2 actions held here"


def _action(number: str, acted_on: str, cents: int, place: int) -> Statement:
    return Statement(
        kind="modification",
        key=modification_key(KEY, number),
        award_key=KEY,
        view="usaspending.transaction_file_2018",
        fields={
            "number": number,
            "acted_on": acted_on,
            "obligated_cents": cents,
            "award_potential_cents": 100_000_00,
            "piid": "70ZZZZ21F00000021",
            "type_code": "C",
            "description": "GUARDS FOR A GATE",
            "vendor_name": "TALLOW GUARDS LLC",
            "awarding_agency_code": "070",
            "awarding_agency_name": "Department of Homeland Security",
            "awarding_subagency_code": "7012",
            "awarding_subagency_name": "U.S. Immigration and Customs Enforcement",
        },
        modified_at=f"{acted_on}T10:00:00",
        place=place,
    )


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("in_part") / "home"


@pytest.fixture(scope="module")
def opened(home: Path) -> Iterator[Archive]:
    with open_archive(load(home_settings(home))) as archive:
        answer = Answer(
            source="usaspending_files",
            method="FILE",
            address="actions.csv",
            body=b"actions",
            fetched_at="2026-10-11T04:12:09+00:00",
        )
        said = [
            _action("P00003", "2021-03-01", 4_000_00, 7),
            _action("P00008", "2022-02-01", 2_000_00, 9),
        ]
        deposit.deposit(archive, deposit.keep(archive, answer), said)
        indexing.drain(archive)
        yield archive


@pytest.fixture(scope="module")
def client(opened: Archive) -> Iterator[FlaskClient]:
    with Readers(1) as readers:
        yield create_app(opened, readers).test_client()


def test_the_page_states_no_sum_of_the_award_and_no_share_of_its_potential_value(
    client: FlaskClient,
) -> None:
    text = client.get(f"/awards/{KEY}").text
    assert "<b>$6,000</b> is obligated in the 2 actions held here" in text
    assert "what the whole award obligated is not known" in text
    assert "no record held here says what the award obligated in all" in text
    assert "% of the potential value" not in text
    assert "The award record says" not in text


def test_the_twin_gives_no_sum_of_the_award_but_that_of_its_actions(client: FlaskClient) -> None:
    record = client.get(f"/api/awards/{KEY}").get_json()
    (hit,) = client.get("/api/search?q=guards").get_json()["hits"]
    assert (record["obligated_cents"], hit["amount_cents"]) == (None, None)
    for one in (record, hit):
        assert (one["obligated_in_actions_cents"], one["actions_held"]) == (6_000_00, 2)


def test_citation_feed_and_lists_say_that_it_is_the_sum_of_actions(client: FlaskClient) -> None:
    assert f"{IN_PART}, potential value" in client.get(f"/api/awards/{KEY}").get_json()["citation"]
    assert IN_PART in client.get("/search.atom?q=guards").text
    assert IN_PART in client.get("/vendors/1").text
    assert "obligated in the 2 actions held here" in client.get("/?q=guards").text


def test_an_export_has_a_column_of_its_own_for_it(client: FlaskClient) -> None:
    (row,) = csv.DictReader(io.StringIO(client.get("/search.csv?q=guards").text))
    assert row["obligated_dollars"] == ""
    assert (row["obligated_in_actions_dollars"], row["actions_held"]) == ("6000.00", "2")


@pytest.mark.parametrize("address", ["/vendors/1", "/agencies/7012", "/agencies/070"])
def test_totals_say_what_they_add_up(client: FlaskClient, address: str) -> None:
    record = client.get(f"/api{address}").get_json()
    assert (record["obligated_cents"], record["awards"]) == (6_000_00, 1)
    assert (record["obligated_in_actions_cents"], record["awards_in_part"]) == (6_000_00, 1)
    said = "Of this, $6,000 is from the actions held here of 1 award whose whole sum is not known."
    assert said in client.get(address).text


@pytest.mark.parametrize("query", ["amount:0..", "amount:6000", "amount:<0"])
def test_an_amount_that_is_not_known_is_in_no_range(client: FlaskClient, query: str) -> None:
    assert client.get("/api/search", query_string={"q": query}).get_json()["total"] == 0


def test_the_commands_say_it_too(opened: Archive, home: Path) -> None:
    run = CliRunner(env=home_settings(home))
    assert IN_PART in run.invoke(show, [KEY]).output
    assert f"{IN_PART}, potential value $100,000" in run.invoke(search, ["guards"]).output


def test_the_latest_action_is_cited_and_not_the_first_row_of_the_file(client: FlaskClient) -> None:
    record = client.get(f"/api/awards/{KEY}").get_json()
    assert (record["cited"]["place"], record["cited"]["shows"]) == (9, "its latest action")
    assert "row 9, SHA-256" in record["citation"]
    assert "<dd>9</dd>" in client.get(f"/awards/{KEY}").text
