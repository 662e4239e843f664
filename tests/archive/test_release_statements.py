"""What was stated of releases, and what became of documents' states, over time."""

from pathlib import Path

import pytest
import sqlalchemy as sa

from archive import indexing, states
from archive.catalogue.tables import document, release, release_statement, state_change
from archive.documents import deposit_document, describe_release
from archive.model import Answer
from archive.opening import Archive
from archive.release_statements import Released, restated
from archive.releases import named_body
from archive.shown import exporting
from archive.shown.asking import Asked
from archive.shown.desk import open_desk
from archive.shown.document import cite, load_document
from archive.shown.found import DocumentEntry
from archive.shown.record import show
from archive.shown.search import search
from archive.states import state_history
from archive.verifying import verify
from tests.archive.composed import SEPTEMBER, archive_in
from tests.archive.taken_back import take_back

ICE = Released(agency_code="7012", released_on="2026-03-01")
EUGENE = Released(body="City of Eugene", state="OR")
NAME = "City of Eugene (OR)"


def added(archive: Archive, released: Released) -> str:
    answer = Answer(
        source="added",
        method="FILE",
        address="letter.pdf",
        body=archive.files.put_bytes(b"%PDF composed"),
        fetched_at=SEPTEMBER,
    )
    return deposit_document(archive, answer, released).sha256


def told_anew(archive: Archive, sha256: str, released: Released) -> bool:
    return describe_release(archive, sha256, "added", "letter.pdf", released)


@pytest.mark.parametrize(
    ("before", "told", "now"),
    [
        (Released(), ICE, ICE),
        (ICE, Released(released_on="2026-04-01"),
         Released(agency_code="7012", released_on="2026-04-01")),
        (ICE, EUGENE, Released(body="City of Eugene", state="OR", released_on="2026-03-01")),
        (EUGENE, Released(agency_code="7012"), Released(agency_code="7012")),
        (EUGENE, Released(body="City of Eugene"), EUGENE),
        (Released(state="OR"), Released(body="City of Eugene"), EUGENE),
        (Released(case_number="2024-1", title="Logs"), Released(requester_type="media"),
         Released(case_number="2024-1", title="Logs", requester_type="media")),
        (Released(case_number="2024-1"), EUGENE,
         Released(case_number="2024-1", body="City of Eugene", state="OR")),
    ],
)  # fmt: skip
def test_another_body_takes_the_place_of_the_former_and_the_rest_stays(
    before: Released, told: Released, now: Released
) -> None:
    assert restated(before, told) == now


def test_a_statement_is_kept_when_another_is_made_and_the_newest_is_shown(tmp_path: Path) -> None:
    with archive_in(tmp_path) as archive:
        sha256 = added(archive, ICE)
        assert told_anew(archive, sha256, EUGENE)
        assert not told_anew(archive, sha256, EUGENE)
        (one,) = load_document(open_desk(archive), sha256).releases
        assert (one.agency, one.agency_code, one.body) == (NAME, "", "City of Eugene")
        (before,) = one.earlier
        assert (before.agency, before.released_on) == ("ICE", "2026-03-01")
        assert before.stated_at == SEPTEMBER < one.stated_at
        with archive.catalogue.reading() as connection:
            held = connection.execute(sa.select(release_statement)).all()
            captures = {row.capture_id for row in held}
            assert len(held) == 2
            assert captures == set(connection.scalars(sa.select(release.c.capture_id)))


def test_where_nothing_was_said_nothing_was_said_otherwise(tmp_path: Path) -> None:
    with archive_in(tmp_path) as archive:
        sha256 = added(archive, Released())
        told_anew(archive, sha256, EUGENE)
        (one,) = load_document(open_desk(archive), sha256).releases
        assert (one.agency, one.earlier) == (NAME, ())


def test_a_body_stands_in_results_filters_citations_and_exports(tmp_path: Path) -> None:
    with archive_in(tmp_path) as archive:
        sha256 = added(
            archive, Released(body="City of Eugene", state="OR", released_on="2026-03-01")
        )
        indexing.drain(archive)
        desk = open_desk(archive)
        found = search(desk, Asked(query='agency:"city of eugene"'))
        (entry,) = found.entries
        assert entry.kind == "document"
        assert isinstance(entry, DocumentEntry)
        assert entry.released_by == (NAME,)
        facet = found.facets["subagency"]
        assert (facet.title, [one.value for one in facet.values]) == ("Releasing body", [NAME])
        assert search(desk, Asked(filters={"subagency": (NAME,)})).total == 1
        (row,) = exporting.rows(desk, Asked())
        said = (row["released_by"], row["released_on"], row["state"])
        assert said == (NAME, "2026-03-01", "OR")
        assert cite(desk, load_document(desk, sha256)).startswith(f"{NAME}, “")


def test_a_case_number_is_found_shown_and_exported(tmp_path: Path) -> None:
    with archive_in(tmp_path) as archive:
        asked = Released(case_number="2023-ICAP-00154, 2022-ICFO-23103", requester_type="media")
        sha256 = added(archive, asked)
        told_anew(archive, sha256, Released(case_number="2022-ICFO-23103"))
        indexing.drain(archive)
        desk = open_desk(archive)
        assert search(desk, Asked(query="id:2022ICFO23103")).total == 1
        assert search(desk, Asked(query="id:2023-ICAP-00154")).total == 0  # no longer stated
        (one,) = load_document(desk, sha256).releases
        assert (one.case_number, one.requester_type) == ("2022-ICFO-23103", "media")
        assert [each.case_number for each in one.earlier] == [asked.case_number]
        (row,) = exporting.rows(desk, Asked())
        assert row["request_numbers"] == "2022-ICFO-23103"


def test_a_listed_title_is_said_where_the_original_may_be_had(tmp_path: Path) -> None:
    with archive_in(tmp_path) as archive:
        sha256 = added(archive, Released(title="Drone invoices, 2025"))
        desk = open_desk(archive)
        with archive.catalogue.writing() as connection:
            connection.execute(sa.update(document).values(verdict="read"))
        assert load_document(desk, sha256).title == "Drone invoices, 2025"
        states.hold(archive, sha256, "an address", part="original")
        shown = load_document(desk, sha256)
        assert (shown.title, shown.releases[0].title) == ("Document without a title", "")


def test_a_state_is_not_said_twice() -> None:
    assert named_body("Oregon State Police", "OR") == "Oregon State Police"
    assert named_body("City of Eugene", "") == "City of Eugene"


def test_verify_finds_a_release_that_is_not_what_was_stated(tmp_path: Path) -> None:
    with archive_in(tmp_path) as archive:
        sha256 = added(archive, ICE)
        indexing.drain(archive)
        assert list(verify(archive, lambda *_: None)) == []
        with archive.catalogue.writing() as connection:
            connection.execute(sa.update(release).values(agency_code="7014"))
        (finding,) = verify(archive, lambda *_: None)
        assert sha256 in finding.what
        assert "is not what was last stated" in finding.what


def test_an_archive_from_before_keeps_its_releases_as_first_statements(tmp_path: Path) -> None:
    with archive_in(tmp_path) as archive:
        sha256 = added(archive, ICE)
        states.hold(archive, sha256, "an address", part="original")
        take_back(archive, "0005")
    with archive_in(tmp_path) as archive, archive.catalogue.reading() as connection:
        (said,) = connection.execute(sa.select(release_statement)).all()
        assert (said.agency_code, said.body, said.stated_at) == ("7012", "", SEPTEMBER)
        assert list(connection.scalars(sa.select(state_change.c.held_part))) == ["original"]


def test_every_change_of_a_state_is_told_newest_first(tmp_path: Path) -> None:
    with archive_in(tmp_path) as archive:
        sha256 = added(archive, ICE)
        states.hold(archive, sha256, "an address")
        states.lift(archive, sha256, "no address after all")
        states.withdraw(archive, sha256, "court order")
        told = show(open_desk(archive), sha256)
        with archive.catalogue.reading() as connection:
            number = connection.execute(sa.select(document.c.id)).scalar_one()
            held = state_history(connection, number)
        said = [(one.state, one.held_part, one.reason) for one in held]
        assert said == [
            ("withdrawn", "", "court order"),
            ("public", "", "no address after all"),
            ("held", "all", "an address"),
        ]
        assert [one["reason"] for one in told["state_changes"]] == [one.reason for one in held]
        assert told["pages"] == []
