"""`add` of files that hold other files, and of files that are not what their name says."""

from pathlib import Path

from click.testing import CliRunner

from archive import indexing, work
from archive.catalogue import tables
from archive.documents import READ
from archive.opening import Archive, open_archive
from archive.reading_client import Readers
from archive.reading_work import read_one
from archive.search import language
from archive.search.engine import Question
from archive.settings import Settings
from archive.taken_out import Attachments
from ingest.commands import add
from tests.drawn import attached, broken
from tests.ingest.test_adding import added, rows


def total(archive: Archive, typed: str) -> int:
    with indexing.LiveEngine(archive).get() as engine:
        return engine.search(Question(tree=language.read(typed).tree)).total


def test_what_is_attached_is_read_and_found_under_its_holders_release(
    tmp_path: Path, settings: Settings
) -> None:
    path = tmp_path / "bundle.pdf"
    path.write_bytes(attached.portfolio())
    summary, code = added(path, "--agency", "7012", "--released", "2025-10-01")
    assert (code, summary["new"], summary["read"], summary["attached"]) == (0, 1, 3, 3)
    assert summary["attached_unread"] == [
        ["Notes.docx in bundle.pdf", "not read: it is a Word document"]
    ]
    with open_archive(settings) as archive:
        assert total(archive, "exhibit") == 1
        assert total(archive, "subagency:7012 exhibit") == 1
    again, _ = added(path)
    assert (again["read"], again["attached"]) == (0, 0)


def test_files_in_files_are_read_three_deep_and_one_more_is_named(
    tmp_path: Path, settings: Settings
) -> None:
    path = tmp_path / "nested.pdf"
    path.write_bytes(attached.nested(4))
    summary, _ = added(path)
    assert (summary["read"], summary["attached"]) == (4, 3)
    [(name, reason)] = summary["attached_unread"]
    assert name.startswith("Level 4.pdf in ")
    assert reason == "not taken out: it hangs 3 files deep in other files already"


def test_an_attachment_that_cannot_be_read_says_why_and_the_rest_goes_on(tmp_path: Path) -> None:
    path = tmp_path / "guarded.pdf"
    path.write_bytes(attached.guarded())
    summary, code = added(path)
    assert (code, summary["read"]) == (0, 1)
    assert [(name, reason.split(":")[0]) for name, reason in summary["attached_unread"]] == [
        ("Guarded.pdf in guarded.pdf", "protected"),
        ("Broken.pdf in guarded.pdf", "damaged"),
    ]


def test_the_name_of_no_attachment_is_a_place_in_the_folder(
    tmp_path: Path, settings: Settings
) -> None:
    path = tmp_path / "badly_named.pdf"
    path.write_bytes(attached.badly_named())
    added(path)
    assert {row.name for row in rows(settings, tables.attachment)} == {
        "x.pdf",
        "SSN_███-██-████.pdf",
        "fdp.exe",
        "",
    }
    assert not [one for one in settings.home.rglob("*") if one.suffix in (".pdf", ".exe")]


def test_a_document_whose_readers_end_before_its_attachments_are_out_waits_again(
    tmp_path: Path, settings: Settings
) -> None:
    path = tmp_path / "bundle.pdf"
    path.write_bytes(attached.portfolio())
    added(path, "--no-read")
    with open_archive(settings) as archive:
        [taken] = work.take(archive, READ)
        with _Ended(1) as readers:
            assert read_one(archive, readers, taken) == 0
        [row] = rows(settings, tables.document)
        assert (row.verdict, rows(settings, tables.attachment)) == ("waiting", [])
        [waits] = rows(settings, tables.work)
        assert (waits.state, waits.attempts) == ("waiting", 0)


class _Ended(Readers):
    """Readers that are ended before they take attachments out."""

    def take_attachments(self, path: Path) -> Attachments:
        self.end()
        return super().take_attachments(path)


def test_a_pdf_with_the_name_of_a_word_file_is_read_and_said(tmp_path: Path) -> None:
    (tmp_path / "letter.doc").write_bytes(broken.owner_password())
    (tmp_path / "letter.pdf").write_bytes(attached.word_document())
    result = CliRunner().invoke(add, [str(tmp_path / "letter.doc"), str(tmp_path / "letter.pdf")])
    assert "misnamed: letter.doc is a PDF, whatever its name says" in result.stdout
    assert "letter.pdf: not a PDF" in result.stdout
    assert "those of a Word document" in result.stdout


def test_a_repaired_document_keeps_that_it_was(tmp_path: Path, settings: Settings) -> None:
    path = tmp_path / "broken.pdf"
    path.write_bytes(broken.without_table())
    added(path)
    [row] = rows(settings, tables.document)
    assert (row.verdict, row.remarks) == ("read", "repaired")
