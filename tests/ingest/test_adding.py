import json
import os
import sqlite3
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from click.testing import CliRunner

from archive import indexing, states
from archive.catalogue import tables
from archive.errors import BadRequest, Incomplete, NotFound
from archive.opening import Archive, open_archive
from archive.reading_client import Readers, ReadResult
from archive.reading_work import read_waiting
from archive.readings import Reading
from archive.search import language
from archive.search.engine import Question
from archive.settings import Settings, load
from ingest.commands import add
from tests.drawn import covered, hostile, redacted, scans, sheets
from tests.drawn.redacted import HIDDEN


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "released"
    (folder / "inner").mkdir(parents=True)
    (folder / "letter.pdf").write_bytes(sheets.letter())
    (folder / "inner" / "bundle.bin").write_bytes(sheets.many_pages(3))
    (folder / ".hidden").write_bytes(b"not looked at")
    return folder


def added(*words: str | Path) -> tuple[dict[str, Any], int]:
    """Run `add --json`; gives what it printed and its exit code."""
    result = CliRunner().invoke(add, [*map(str, words), "--json"])
    if result.exception is not None and not isinstance(result.exception, Incomplete | SystemExit):
        raise result.exception
    code = Incomplete.exit_code if isinstance(result.exception, Incomplete) else result.exit_code
    return json.loads(result.stdout), code


def rows(settings: Settings, table: sa.Table) -> Sequence[sa.Row[Any]]:
    with open_archive(settings) as archive, archive.catalogue.reading() as connection:
        return connection.execute(sa.select(table)).all()


def test_a_folder_is_added_read_and_searchable(folder: Path, settings: Settings) -> None:
    summary, code = added(folder, "--agency", "7012", "--released", "2025-10-01")
    assert (code, summary["new"], summary["read"], summary["pages"]) == (0, 2, 2, 4)
    assert {row.verdict for row in rows(settings, tables.document)} == {"read"}
    assert {(row.agency_code, row.released_on) for row in rows(settings, tables.release)} == {
        ("7012", "2025-10-01")
    }
    assert not rows(settings, tables.outbox)


def test_a_second_run_writes_nothing(folder: Path, home: Path) -> None:
    (folder / "page.pdf").write_bytes(b"<html>")
    added(folder)
    before = state_of(home)
    summary, code = added(folder)
    assert (code, summary["new"], summary["known"], summary["read"]) == (16, 0, 2, 0)
    assert state_of(home) == before


def state_of(home: Path) -> tuple[list[str], list[str]]:
    """Give all rows of the catalogue, and the names of all files of the store."""
    with sqlite3.connect(home / "catalogue.sqlite") as connection:
        dump = list(connection.iterdump())
    return dump, sorted(str(path) for path in (home / "files").rglob("*") if path.is_file())


def test_what_is_no_pdf_is_kept_with_its_reason_and_the_rest_go_on(
    folder: Path, settings: Settings
) -> None:
    (folder / "a_web_page.pdf").write_bytes(b"<html>Not found</html>")
    (folder / "b_empty.pdf").write_bytes(b"")
    (folder / "c_guarded.pdf").write_bytes(hostile.password())
    summary, code = added(folder)
    assert code == Incomplete.exit_code
    assert summary["read"] == 2
    assert [(name, reason.split(":")[0]) for name, reason in summary["refused"]] == [
        ("a_web_page.pdf", "not a PDF"),
        ("b_empty.pdf", "the file is empty"),
        ("c_guarded.pdf", "protected"),
    ]
    assert [row.subject for row in rows(settings, tables.refusal)] == [
        "a_web_page.pdf",
        "b_empty.pdf",
    ]
    assert len(rows(settings, tables.capture)) == 5
    [run] = rows(settings, tables.run)
    counts = json.loads(run.counts)
    assert (counts["refused"], counts["unreadable"], summary["unreadable"]) == (2, 1, 1)


def test_the_same_bytes_under_two_names_are_one_document(folder: Path, settings: Settings) -> None:
    (folder / "copy.pdf").write_bytes(sheets.letter())
    assert added(folder)[0]["new"] == 2
    assert len(rows(settings, tables.release)) == 3


def test_what_was_not_read_is_read_by_the_next_one(folder: Path, settings: Settings) -> None:
    assert added(folder, "--no-read")[0]["read"] == 0
    assert {row.verdict for row in rows(settings, tables.document)} == {"waiting"}
    assert added(folder)[0]["read"] == 2


def test_work_of_a_killed_process_is_taken_up_and_not_counted(
    folder: Path, settings: Settings
) -> None:
    added(folder, "--no-read")
    for _ in range(4):
        with open_archive(settings) as archive, archive.catalogue.writing() as connection:
            connection.execute(
                sa.update(tables.work).values(
                    state="taken", attempts=3, lease_until="2999-01-01T00:00:00+00:00"
                )
            )
    assert added(folder)[0]["read"] == 2


def test_a_document_whose_reading_dies_three_times_is_set_aside(
    folder: Path, settings: Settings
) -> None:
    added(folder / "letter.pdf", "--no-read")
    with open_archive(settings) as archive, _Dying() as readers:
        read_waiting(archive, readers)
        assert readers.asked == 3
        assert read_waiting(archive, readers).waiting == 0
    document = rows(settings, tables.document)[0]
    assert document.verdict == "refused"
    assert document.verdict_reason.startswith("its reading died 3 times")


class _Dying(Readers):
    """Readers whose children all crash."""

    def __init__(self) -> None:
        super().__init__(1)
        self.asked = 0

    def read(self, path: Path) -> ReadResult:
        self.asked += 1
        return super().read(path.with_name("missing"))


_COUNT = len(redacted.BADLY) + len(covered.BADLY) + len(scans.BADLY)


@pytest.fixture
def archive_with_hidden_words(tmp_path: Path, settings: Settings) -> Iterator[Archive]:
    folder = tmp_path / "redacted"
    folder.mkdir()
    for name, draw in redacted.BADLY.items():
        (folder / f"{name}.pdf").write_bytes(draw())
    for name in covered.BADLY:
        (folder / f"covered_{name}.pdf").write_bytes(covered.badly(name))
    for name, draw in scans.BADLY.items():
        (folder / f"scan_{name}.pdf").write_bytes(draw())
    (folder / "marked.pdf").write_bytes(hostile.redact_annotation(HIDDEN))
    summary, code = added(folder)
    assert code == 0
    assert len(summary["held"]) == _COUNT + 1
    assert HIDDEN not in json.dumps(summary)
    with open_archive(settings) as archive:
        yield archive


@pytest.mark.slow
def test_hidden_words_are_nowhere_but_in_the_originals(
    archive_with_hidden_words: Archive, caplog: pytest.LogCaptureFixture
) -> None:
    archive, hidden = archive_with_hidden_words, HIDDEN.encode()
    home = archive.settings.home
    with archive.catalogue.reading() as connection:
        documents = connection.execute(sa.select(tables.document)).all()
    originals = {document.sha256 for document in documents}
    for path in home.rglob("*"):
        if path.is_file() and path.name not in originals:
            assert hidden not in path.read_bytes().lower(), path
    for document in documents:
        with Reading.open(archive.files.path(document.reading_sha256)) as reading:
            assert all(HIDDEN not in page.text for page in reading.pages())
    assert HIDDEN not in caplog.text


@pytest.mark.slow
def test_hidden_words_find_nothing(archive_with_hidden_words: Archive) -> None:
    with indexing.LiveEngine(archive_with_hidden_words).get() as engine:

        def total(typed: str) -> int:
            return engine.search(Question(tree=language.read(typed).tree)).total

        assert total("officer") == _COUNT
        assert total(HIDDEN) == total(f"{HIDDEN[:4]}*") == total(f"{HIDDEN}~") == 0


@pytest.mark.slow
def test_a_document_with_words_beneath_boxes_holds_its_original(
    archive_with_hidden_words: Archive,
) -> None:
    with archive_with_hidden_words.catalogue.reading() as connection:
        held = connection.execute(
            sa.select(
                tables.document.c.state, tables.document.c.held_part, tables.document.c.state_reason
            ).distinct()
        ).all()
    assert held == [("held", "original", "text beneath opaque boxes on page 1")]


def test_a_document_too_complex_to_examine_is_refused_and_its_original_held(
    tmp_path: Path, settings: Settings
) -> None:
    path = tmp_path / "deep.pdf"
    path.write_bytes(hostile.forms_in_forms(41))
    summary, _ = added(path)
    reason = "a page is too complex to examine for hidden text: forms lie deep in forms"
    assert summary["refused"] == summary["held"] == [["deep.pdf", reason]]
    row = rows(settings, tables.document)[0]
    assert (row.verdict, row.state, row.held_part) == ("refused", "held", "original")
    with open_archive(settings) as archive:
        states.lift(archive, row.sha256, "looked at by hand", original=True)
    added(path, "--again")
    assert rows(settings, tables.document)[0].state == "public"


def test_the_settings_of_a_test_are_its_own(home: Path) -> None:
    assert load().home == home


def test_an_agency_is_told_by_name_and_a_state_by_its_letters(
    folder: Path, settings: Settings
) -> None:
    added(folder, "--agency", "ice", "--state", "or")
    assert {(one.agency_code, one.state) for one in rows(settings, tables.release)} == {
        ("7012", "OR")
    }


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (
            ("--agency", "Ministry of Magic"),
            "'Ministry of Magic' is not an agency known here. Give a code",
        ),
        (("--agency", "City of Eugene"), 'goes by its name: --body "City of Eugene"'),
        (("--agency", "Immigration and Custom Enforcement"), "give --agency 7012"),
        (("--body", "Immigration and Custom Enforcement"), "give --agency 7012"),
        (("--body", "Departmnt of Justice"), "Is Department of Justice meant"),
        (("--body", "ICE"), "is a federal agency: give it as --agency 7012"),
        (("--body", "-"), "is no name of a body"),
        (("--agency", "NOPE"), "'NOPE' is not an agency known here"),
        (("--source", "../../x y"), r"--source '\.\./\.\./x y' is no name of a source"),
        (("--source", "7days"), "is no name of a source"),
        (("--source", "usaspending_awards"), "is a name that a source of its own has"),
        (("--source", "Added"), "is a name that a source of its own has"),
        (("--source", "usaspending_file"), "is a name that a source of its own has"),
        (("--state", "zz"), "--state 'zz' is no state"),
        (("--released", "2026-13-01"), "--released '2026-13-01' is not a day. Write it like"),
        (("--released", "2999-01-01"), "is still to come: today is"),
    ],
)
def test_what_cannot_be_true_of_a_release_is_refused(
    folder: Path, words: tuple[str, str], sentence: str
) -> None:
    with pytest.raises(BadRequest, match=sentence):
        added(folder, *words)


def test_a_code_that_is_not_listed_is_taken_and_said(folder: Path, settings: Settings) -> None:
    result = CliRunner().invoke(add, [str(folder), "--agency", "97ZZ", "--no-read"])
    assert "97ZZ is the code of no agency known here" in result.stderr
    assert {one.agency_code for one in rows(settings, tables.release)} == {"97ZZ"}


def test_one_body_made_a_release(folder: Path) -> None:
    with pytest.raises(BadRequest, match="One body made a release"):
        added(folder, "--agency", "ICE", "--body", "City of Eugene")


@pytest.mark.parametrize(
    "name",
    ["City of Eugene", "Georgia Bureau of Investigation", "California Department of Justice"],
)
def test_a_body_of_a_city_or_a_state_is_named_and_kept(
    folder: Path, settings: Settings, name: str
) -> None:
    added(folder, "--body", f" {name} ", "--state", "or")
    assert {(one.agency_code, one.body, one.state) for one in rows(settings, tables.release)} == {
        ("", name, "OR")
    }


def test_a_path_that_is_not_there_is_refused_before_anything_is_taken_in(
    folder: Path, settings: Settings
) -> None:
    missing = folder / "missing.pdf"
    with pytest.raises(NotFound, match=f"{missing} is not there. Name PDFs"):
        added(folder, missing)
    assert not settings.home.exists()


def test_a_folder_without_a_file_is_said(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "empty" / ".hidden").touch()
    result = CliRunner().invoke(add, [str(tmp_path / "empty")])
    assert result.exit_code == 0
    assert f"No file in {tmp_path / 'empty'}; hidden ones are left out." in result.stderr


def test_a_link_out_of_its_folder_is_not_followed_and_one_within_is(
    folder: Path, tmp_path: Path, settings: Settings
) -> None:
    secret = tmp_path / "secret.pdf"
    secret.write_bytes(b"%PDF-1.7 of somebody else")
    (folder / "out.pdf").symlink_to(secret)
    (folder / "within.pdf").symlink_to(min(folder.glob("*.pdf")))
    said, code = added(folder, "--no-read")
    assert code == 16
    assert [name for name, _ in said["refused"]] == ["out.pdf"]
    assert "leads out of its folder" in said["refused"][0][1]
    assert "within.pdf" in {one.address for one in rows(settings, tables.release)}
    assert "out.pdf" not in {one.address for one in rows(settings, tables.capture)}


def test_what_is_told_anew_of_a_known_file_is_written_down_and_said(
    folder: Path, settings: Settings
) -> None:
    added(folder)
    said, _ = added(folder, "--agency", "7012", "--released", "2026-03-01")
    assert (said["new"], said["known"], said["described"]) == (0, 2, 2)
    assert {(one.agency_code, one.released_on) for one in rows(settings, tables.release)} == {
        ("7012", "2026-03-01")
    }
    again, _ = added(folder, "--agency", "7012")
    assert again["described"] == 0


def test_what_is_no_regular_file_is_refused_and_not_waited_for(
    tmp_path: Path, settings: Settings
) -> None:
    os.mkfifo(tmp_path / "pipe.pdf")
    said, code = added(tmp_path / "pipe.pdf")
    assert code == 16
    assert said["refused"] == [["pipe.pdf", "is no file"]]
    assert rows(settings, tables.capture) == []
