"""Documents that came attached to documents: ties, states, releases."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from archive import attaching, holdings, states
from archive import work as work_of
from archive.attached import because_of, depth_of
from archive.attaching import Attached, keep_attachments
from archive.catalogue.tables import attachment, capture, document, entry, work
from archive.documents import READ, deposit_document, describe_release
from archive.kinds import PDF
from archive.model import Answer
from archive.opening import Archive
from archive.outcomes import PageSummary, ReadDocument, store_reading
from archive.reading_client import Readers, ReadResult
from archive.reading_work import read_one
from archive.release_statements import NOT_TOLD, Released
from archive.releases import releases_of
from archive.taken_out import Attachments, TakenOut
from tests.archive.composed import SEPTEMBER, archive_in

EUGENE = Released(body="City of Eugene", released_on="2025-09-01", state="OR")
EXHIBIT = b"%PDF exhibit"


def released(archive: Archive, name: str, released: Released = EUGENE, body: bytes = b"") -> str:
    """Deposit a document by its name."""
    kept = archive.files.put_stream(iter([body or f"%PDF {name}".encode()]))
    answer = Answer(source="added", method="FILE", address=name, body=kept, fetched_at=SEPTEMBER)
    return deposit_document(archive, answer, released).sha256


def read(
    archive: Archive, sha256: str, attached: Sequence[Attached] | None = None, *, beneath: int = 0
) -> None:
    """Store a reading of one page."""
    path = archive.settings.home / "reading"
    path.write_bytes(f"reading of {sha256}".encode())
    page = PageSummary(
        number=1, words=3, text_from="layer", characters_beneath_boxes=beneath, masked=0
    )
    told = ReadDocument(
        reader_version="1", title="", dated_on="", type="", pages=[page], attached=attached
    )
    store_reading(archive, sha256, path, told)


def taken(folder: Path, *bodies: bytes, kind: str = PDF) -> Attachments:
    """Write files as a reader takes them out."""
    folder.mkdir(parents=True, exist_ok=True)
    found = []
    for number, body in enumerate(bodies, start=1):
        path = folder / str(number)
        path.write_bytes(body)
        found.append(
            TakenOut(
                name=f"Exhibit {number}.pdf",
                page=0,
                size_bytes=len(body),
                kind=kind,
                path=path,
                reason="" if kind == PDF else f"not read: it is a {kind}",
            )
        )
    return Attachments(verdict="ok", reason="", found=tuple(found), more=0, folder=folder)


def holding(archive: Archive, name: str, *bodies: bytes, beneath: int = 0) -> str:
    """Deposit and read a document with PDFs attached to it."""
    sha256 = released(archive, name)
    hang(archive, sha256, *bodies, beneath=beneath)
    return sha256


def hang(archive: Archive, sha256: str, *bodies: bytes, beneath: int = 0) -> None:
    """Read a document that is there, with PDFs attached to it."""
    kept = keep_attachments(archive, sha256, taken(archive.settings.home / "taken", *bodies))
    read(archive, sha256, kept, beneath=beneath)


def one(archive: Archive, body: bytes) -> sa.Row[Any]:
    """Give number, hash, state and reason of the document of some bytes."""
    sha256 = archive.files.put_bytes(body).sha256
    with archive.catalogue.reading() as connection:
        return connection.execute(sa.select(document).where(document.c.sha256 == sha256)).one()


def standing(archive: Archive, body: bytes) -> tuple[str, str]:
    """Give the state of the document of some bytes, and the reason for it."""
    found = one(archive, body)
    return found.state, found.state_reason


def is_listed(archive: Archive, sha256: str) -> bool:
    wanted = sa.select(entry.c.is_listed).where(entry.c.key == f"documents/{sha256}")
    with archive.catalogue.reading() as connection:
        return bool(connection.execute(wanted).scalar_one())


def count(archive: Archive, table: sa.Table) -> int:
    with archive.catalogue.reading() as connection:
        return connection.execute(sa.select(sa.func.count()).select_from(table)).scalar_one()


def test_an_attached_pdf_is_a_document_that_waits_and_has_its_holders_release(
    tmp_path: Path,
) -> None:
    with archive_in(tmp_path) as archive:
        holding(archive, "bundle.pdf", EXHIBIT)
        exhibit = one(archive, EXHIBIT)
        with archive.catalogue.reading() as connection:
            [release] = releases_of(connection, [exhibit.id])[exhibit.id]
            waits = sa.select(work.c.state).where(work.c.subject == exhibit.sha256)
            assert connection.execute(waits).scalar_one() == "waiting"
        assert (release.body, release.released_on, release.state) == (
            "City of Eugene",
            "2025-09-01",
            "OR",
        )
        assert release.address == "bundle.pdf#attachment/Exhibit 1.pdf"
        assert is_listed(archive, exhibit.sha256)


def test_the_same_bytes_in_two_documents_are_one_document_with_two_holders(tmp_path: Path) -> None:
    with archive_in(tmp_path) as archive:
        holding(archive, "first.pdf", EXHIBIT)
        holding(archive, "second.pdf", EXHIBIT, EXHIBIT)
        assert count(archive, document) == 3
        assert count(archive, attachment) == 3
        exhibit = one(archive, EXHIBIT)
        with archive.catalogue.reading() as connection:
            found = releases_of(connection, [exhibit.id])[exhibit.id]
        assert [row.address.partition("#")[0] for row in found] == ["first.pdf", "second.pdf"]


def test_reading_again_writes_the_ties_anew_and_nothing_else(tmp_path: Path) -> None:
    with archive_in(tmp_path) as archive:
        sha256 = holding(archive, "bundle.pdf", EXHIBIT, b"%PDF other")
        before = (count(archive, document), count(archive, capture), count(archive, attachment))
        hang(archive, sha256, EXHIBIT, b"%PDF other")
        assert before == (
            count(archive, document),
            count(archive, capture),
            count(archive, attachment),
        )


def test_what_is_no_pdf_is_kept_as_a_capture_and_is_no_document(tmp_path: Path) -> None:
    with archive_in(tmp_path) as archive:
        sha256 = released(archive, "bundle.pdf")
        files = taken(tmp_path / "taken", b"PK notes", kind="Word document")
        kept = keep_attachments(archive, sha256, files)
        read(archive, sha256, kept)
        assert count(archive, document) == 1
        assert archive.files.read(kept[0].sha256) == b"PK notes"
        with archive.catalogue.reading() as connection:
            named = dict(holdings.named_bodies(connection))
        assert sha256 in named[kept[0].sha256]


class _Ended(Readers):
    """Readers that read, and end before they take attachments out; no process is started."""

    verdict = "ended"

    def read(self, path: Path) -> ReadResult:
        reading = self.folder / "reading"
        reading.write_bytes(b"a reading")
        told = ReadDocument(reader_version="1", title="", dated_on="", type="", pages=[])
        return ReadResult(
            verdict="ok",
            reason="",
            document=told,
            reading_path=reading,
            cpu_s=0,
            has_attachments=True,
        )

    def take_attachments(self, path: Path) -> Attachments:
        return Attachments(
            verdict=self.verdict, reason="ended", found=(), more=0, folder=self.folder
        )


@pytest.mark.parametrize(("verdict", "attempts"), [("ended", 0), ("crashed", 1)])
def test_a_document_whose_readers_end_before_its_attachments_are_out_waits_again(
    tmp_path: Path, verdict: str, attempts: int
) -> None:
    with archive_in(tmp_path) as archive, _Ended(1) as readers:
        readers.verdict = verdict
        sha256 = released(archive, "bundle.pdf")
        [taken_up] = work_of.take(archive, READ)
        assert read_one(archive, readers, taken_up) == 0
        with archive.catalogue.reading() as connection:
            row = connection.execute(sa.select(work).where(work.c.subject == sha256)).one()
        assert (row.state, row.attempts, count(archive, attachment)) == ("waiting", attempts, 0)


def test_what_could_not_be_taken_out_is_said(tmp_path: Path) -> None:
    with archive_in(tmp_path) as archive:
        sha256 = released(archive, "bundle.pdf")
        bad = Attachments(
            verdict="limit-memory", reason="too much", found=(), more=0, folder=tmp_path
        )
        read(archive, sha256, keep_attachments(archive, sha256, bad))
        with archive.catalogue.reading() as connection:
            row = connection.execute(sa.select(attachment)).one()
        assert (row.place, row.reason) == (
            0,
            "what is attached to it could not be taken out: too much",
        )


def test_a_file_three_deep_in_others_keeps_what_hangs_at_it(tmp_path: Path) -> None:
    bodies = [b"%PDF level 1", b"%PDF level 2", b"%PDF level 3", b"%PDF level 4"]
    with archive_in(tmp_path) as archive:
        above = released(archive, "outermost.pdf")
        for depth, body in enumerate(bodies[:3], start=1):
            hang(archive, above, body)
            found = one(archive, body)
            with archive.catalogue.reading() as connection:
                assert depth_of(connection, found.id) == depth
            above = found.sha256
        hang(archive, above, bodies[3])
        with archive.catalogue.reading() as connection:
            [last] = connection.execute(
                sa.select(attachment).where(attachment.c.parent_id == found.id)
            ).all()
            [release] = releases_of(connection, [found.id])[found.id]
        assert (last.sha256, last.reason) == (
            "",
            "not taken out: it hangs 3 files deep in other files already",
        )
        assert release.address == "outermost.pdf" + 3 * "#attachment/Exhibit 1.pdf"


@pytest.mark.parametrize("end", [states.hold, states.withdraw])
def test_what_hangs_at_a_document_follows_it_out_of_sight_and_back(
    tmp_path: Path, end: Callable[[Archive, str, str], None]
) -> None:
    with archive_in(tmp_path) as archive:
        sha256 = holding(archive, "bundle.pdf", EXHIBIT)
        hang(archive, one(archive, EXHIBIT).sha256, b"%PDF below")
        end(archive, sha256, "court order")
        for body in (EXHIBIT, b"%PDF below"):
            assert one(archive, body).state == "held"
            assert not is_listed(archive, one(archive, body).sha256)
        assert one(archive, EXHIBIT).state_reason == because_of(sha256)
        states.lift(archive, sha256, "the order was ended")
        for body in (EXHIBIT, b"%PDF below"):
            assert one(archive, body).state == "public"
            assert is_listed(archive, one(archive, body).sha256)


def test_what_hangs_at_a_failed_redaction_is_held_before_anybody_sees_it(tmp_path: Path) -> None:
    with archive_in(tmp_path) as archive:
        sha256 = holding(archive, "bundle.pdf", EXHIBIT, beneath=9)
        assert standing(archive, EXHIBIT) == ("held", because_of(sha256))
        states.lift(archive, sha256, "the words are public", original=True)
        assert one(archive, EXHIBIT).state == "public"


def test_an_attachment_with_hidden_words_of_its_own_comes_back_without_its_original(
    tmp_path: Path,
) -> None:
    with archive_in(tmp_path) as archive:
        sha256 = holding(archive, "bundle.pdf", EXHIBIT)
        read(archive, one(archive, EXHIBIT).sha256, beneath=4)
        states.hold(archive, sha256, "home address")
        states.lift(archive, sha256, "none on it")
        assert standing(archive, EXHIBIT) == ("held", "text beneath opaque boxes on page 1")


def test_what_was_released_by_itself_too_stays_public(tmp_path: Path) -> None:
    with archive_in(tmp_path) as archive:
        sha256 = holding(archive, "bundle.pdf", EXHIBIT)
        released(archive, "exhibit.pdf", body=EXHIBIT)
        states.withdraw(archive, sha256, "court order")
        assert one(archive, EXHIBIT).state == "public"


def test_what_hangs_at_another_public_document_stays_public(tmp_path: Path) -> None:
    with archive_in(tmp_path) as archive:
        first = holding(archive, "first.pdf", EXHIBIT)
        second = holding(archive, "second.pdf", EXHIBIT)
        states.withdraw(archive, first, "court order")
        exhibit = one(archive, EXHIBIT)
        assert exhibit.state == "public"
        with archive.catalogue.reading() as connection:
            found = releases_of(connection, [exhibit.id])[exhibit.id]
        assert [row.address.partition("#")[0] for row in found] == ["second.pdf"]
        states.withdraw(archive, second, "court order")
        assert one(archive, EXHIBIT).state == "held"


def test_an_attachment_that_somebody_decided_to_show_stays_so_when_its_holder_is_read_again(
    tmp_path: Path,
) -> None:
    with archive_in(tmp_path) as archive:
        sha256 = holding(archive, "bundle.pdf", EXHIBIT, beneath=9)
        states.lift(archive, one(archive, EXHIBIT).sha256, "nothing on it is secret")
        hang(archive, sha256, EXHIBIT, beneath=9)
        assert one(archive, EXHIBIT).state == "public"


def test_another_hold_of_an_attachment_does_not_end_with_that_of_its_holder(
    tmp_path: Path,
) -> None:
    with archive_in(tmp_path) as archive:
        sha256 = holding(archive, "bundle.pdf", EXHIBIT)
        states.hold(archive, one(archive, EXHIBIT).sha256, "a home address")
        states.withdraw(archive, sha256, "court order")
        states.lift(archive, sha256, "ended")
        assert standing(archive, EXHIBIT) == ("held", "a home address")


def test_the_index_hears_of_attachments_when_more_is_told_of_a_release(tmp_path: Path) -> None:
    with archive_in(tmp_path) as archive:
        sha256 = released(archive, "bundle.pdf", NOT_TOLD)
        hang(archive, sha256, EXHIBIT)
        key = f"documents/{one(archive, EXHIBIT).sha256}"
        wanted = sa.select(entry.c.changed_no).where(entry.c.key == key)
        with archive.catalogue.reading() as connection:
            before = connection.execute(wanted).scalar_one()
        describe_release(archive, sha256, "added", "bundle.pdf", EUGENE)
        with archive.catalogue.reading() as connection:
            assert connection.execute(wanted).scalar_one() > before


def test_what_hangs_below_one_released_file_is_bounded_however_deep(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(attaching, "FILES_BELOW", 4)
    with archive_in(tmp_path) as archive:
        holding(archive, "root.pdf", b"%PDF first", b"%PDF second")
        hang(archive, one(archive, b"%PDF first").sha256, b"%PDF third")
        second = one(archive, b"%PDF second").sha256
        for _ in range(2):  # what is read again counts once
            kept = keep_attachments(archive, second, taken(tmp_path / "t", b"%PDF 4", b"%PDF 5"))
            assert [bool(each.sha256) for each in kept] == [True, False]
            assert "more than" in kept[1].reason
            read(archive, second, kept)


def test_the_bytes_below_one_released_file_are_bounded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(attaching, "BYTES_BELOW", 40)
    with archive_in(tmp_path) as archive:
        holding(archive, "root.pdf", b"%PDF first")
        first, large = one(archive, b"%PDF first").sha256, b"%PDF " + b"x" * 30
        kept = keep_attachments(archive, first, taken(tmp_path / "t", large, b"%PDF small"))
        assert [bool(each.sha256) for each in kept] == [False, True]
