"""Who may see what of a document."""

from pathlib import Path

import pytest

from archive import runs, states, status
from archive.captures import refuse
from archive.catalogue.tables import document
from archive.documents import deposit_document
from archive.errors import BadRequest, Held, NotFound, Withdrawn
from archive.model import Answer, Refused
from archive.opening import Archive
from archive.outcomes import PageSummary, ReadDocument, refuse_document, store_reading
from tests.archive.composed import SEPTEMBER, archive_in, captured


def added(archive: Archive, *, beneath: int = 0) -> str:
    """Deposit a document of one page, read already."""
    answer = Answer(
        source="added",
        method="FILE",
        address="letter.pdf",
        body=archive.files.put_bytes(b"%PDF composed"),
        fetched_at=SEPTEMBER,
    )
    sha256 = deposit_document(archive, answer).sha256
    read(archive, sha256, beneath)
    return sha256


def read(archive: Archive, sha256: str, beneath: int) -> None:
    """Store a reading."""
    path = archive.settings.home / "reading"
    path.write_bytes(b"reading")
    page = PageSummary(
        number=1, words=3, text_from="layer", characters_beneath_boxes=beneath, masked=0
    )
    store_reading(
        archive,
        sha256,
        path,
        ReadDocument(reader_version="1", title="Letter", dated_on="", type="letter", pages=[page]),
    )


def state(archive: Archive) -> tuple[str, str, str]:
    """Give the state of the only document."""
    columns = (document.c.state, document.c.held_part, document.c.state_reason)
    with archive.catalogue.reading() as connection:
        row = connection.execute(document.select().with_only_columns(*columns)).one()
    return (row.state, row.held_part, row.state_reason)


def test_characters_beneath_boxes_hold_the_original_alone(tmp_path: Path) -> None:
    with archive_in(tmp_path) as archive:
        added(archive, beneath=12)
        assert state(archive) == ("held", "original", "text beneath opaque boxes on page 1")
    may = states.access("held", "original", "read")
    assert (may.listed, may.text, may.original) == (True, True, False)


def test_an_original_that_an_operator_cleared_is_not_held_again_by_reading_again(
    tmp_path: Path,
) -> None:
    with archive_in(tmp_path) as archive:
        sha256 = added(archive, beneath=12)
        assert states.lift(archive, sha256, "the names are public", original=True) == "public"
        read(archive, sha256, 12)
        assert state(archive)[:2] == ("public", "cleared")


def test_a_reading_that_finds_more_than_was_cleared_holds_the_original_again(
    tmp_path: Path,
) -> None:
    with archive_in(tmp_path) as archive:
        sha256 = added(archive, beneath=12)
        states.lift(archive, sha256, "the names are public", original=True)
        read(archive, sha256, 13)
        assert state(archive)[:2] == ("held", "original")


def test_lifting_another_hold_leaves_the_original_of_a_failed_redaction_held(
    tmp_path: Path,
) -> None:
    with archive_in(tmp_path) as archive:
        sha256 = added(archive, beneath=12)
        states.hold(archive, sha256, "home address")
        assert states.lift(archive, sha256, "no address after all") == "held"
        name, part, reason = state(archive)
        assert (name, part) == ("held", "original")
        assert reason.startswith("text beneath opaque boxes on page 1")


def test_a_failed_redaction_is_not_lifted_without_saying_that_the_original_is_meant(
    tmp_path: Path,
) -> None:
    with archive_in(tmp_path) as archive:
        sha256 = added(archive, beneath=12)
        with pytest.raises(BadRequest, match="--original"):
            states.lift(archive, sha256, "looks fine")
        assert state(archive)[:2] == ("held", "original")


@pytest.mark.parametrize("verdict", ["waiting", "refused"])
def test_an_original_that_was_not_examined_is_not_handed_out_until_it_is_cleared(
    verdict: str,
) -> None:
    assert not states.access("public", "", verdict).original
    assert states.access("public", "", verdict).listed
    assert states.access("public", "cleared", verdict).original
    with pytest.raises(Held, match="not examined"):
        states.refuse_unless(False, sha256="9f3c51ab", state="public", reason="", since="")


@pytest.mark.parametrize(("name", "part"), [("held", "all"), ("withdrawn", "")])
def test_what_is_held_altogether_or_withdrawn_is_not_listed(name: str, part: str) -> None:
    may = states.access(name, part, "read")
    assert (may.listed, may.text, may.original) == (False, False, False)


def test_every_change_needs_a_reason(tmp_path: Path) -> None:
    with archive_in(tmp_path) as archive:
        sha256 = added(archive)
        with pytest.raises(BadRequest, match="reason"):
            states.hold(archive, sha256, "  ")


def test_the_same_state_twice_is_said(tmp_path: Path) -> None:
    with archive_in(tmp_path) as archive:
        sha256 = added(archive)
        states.hold(archive, sha256, "address on page 4")
        with pytest.raises(BadRequest, match="held already: address on page 4"):
            states.hold(archive, sha256, "again")


def test_a_document_is_known_by_its_hash_in_capitals_too(tmp_path: Path) -> None:
    with archive_in(tmp_path) as archive:
        sha256 = added(archive)
        states.hold(archive, sha256.upper(), "address on page 4")
        with pytest.raises(BadRequest, match="held already"):
            states.hold(archive, sha256, "again")


def test_an_unknown_document_is_named(tmp_path: Path) -> None:
    with archive_in(tmp_path) as archive, pytest.raises(NotFound, match="abcdabcd"):
        states.withdraw(archive, "abcdabcd", "reason")


@pytest.mark.parametrize(("name", "kind"), [("held", Held), ("withdrawn", Withdrawn)])
def test_a_reader_is_told_since_when_and_why(name: str, kind: type[Exception]) -> None:
    with pytest.raises(kind, match=r"2025-09-05.*court order"):
        states.refuse_unless(
            False, sha256="9f3c51ab", state=name, reason="court order", since=SEPTEMBER
        )


def test_holding_the_original_alone_never_loosens_what_shows_less(tmp_path: Path) -> None:
    with archive_in(tmp_path) as archive:
        sha256 = added(archive)
        states.withdraw(archive, sha256, "court order")
        for part in ("original", "all"):
            with pytest.raises(BadRequest, match="which shows less: court order"):
                states.hold(archive, sha256, "address", part=part)
        assert state(archive)[0] == "withdrawn"


def test_status_names_what_was_set_aside_and_what_was_refused_with_its_capture(
    tmp_path: Path,
) -> None:
    with archive_in(tmp_path) as archive:
        sha256 = added(archive)
        refuse_document(archive, sha256, "", "protected: no password opens it")
        assert status.set_aside(archive) == [
            ("read_document", sha256, "protected: no password opens it")
        ]
        assert status.names(archive, [sha256]) == {sha256: "letter.pdf"}
        kept = captured(archive, "odd")
        number = runs.begin(archive, "composed", {}).id
        refuse(archive, number, kept, [Refused(place=7, subject="K", reason="no PIID")])
        (one,) = status.refusals(archive)
        assert (one.subject, one.reason, one.capture_sha256) == ("K", "no PIID", kept.sha256)
