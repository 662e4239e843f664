"""`add` of files that hold other files, and of files that are not what their name says."""

from pathlib import Path

from archive import indexing
from archive.catalogue import tables
from archive.opening import Archive, open_archive
from archive.search import language
from archive.search.engine import Question
from archive.settings import Settings
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
    assert name == "Level 4.pdf in Level 3.pdf"
    assert reason == "not taken out: it hangs 3 files deep in other files already"


def test_what_is_broken_guarded_or_misnamed_is_said_and_the_rest_goes_on(
    tmp_path: Path, settings: Settings
) -> None:
    folder = tmp_path / "released"
    folder.mkdir()
    (folder / "guarded.pdf").write_bytes(attached.guarded())
    (folder / "badly_named.pdf").write_bytes(attached.badly_named())
    (folder / "broken.pdf").write_bytes(broken.without_table())
    (folder / "letter.doc").write_bytes(broken.owner_password())
    (folder / "notes.pdf").write_bytes(attached.word_document())
    summary, _ = added(folder)
    assert [name for name, _ in summary["refused"]] == ["notes.pdf"]
    assert "which are those of a Word document" in summary["refused"][0][1]
    assert summary["misnamed"] == ["letter.doc"]
    assert [(name, reason.split(":")[0]) for name, reason in summary["attached_unread"]] == [
        ("fdp.exe in badly_named.pdf", "not read"),
        ("a file in badly_named.pdf", "not read"),
        ("Guarded.pdf in guarded.pdf", "protected"),
        ("Broken.pdf in guarded.pdf", "damaged"),
    ]
    remarks = {row.title or row.type: row.remarks for row in rows(settings, tables.document)}
    assert [one for one in remarks.values() if one] == ["repaired"]
    assert not [one for one in settings.home.rglob("*") if one.suffix in (".pdf", ".exe")]
