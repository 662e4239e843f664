"""Saving an archive and bringing it back."""

import tarfile
from pathlib import Path

import pytest

from archive import indexing, settings
from archive.backup.restoring import restore
from archive.backup.saving import save
from archive.deposit import deposit
from archive.errors import BadRequest, CatalogueTooNew, Damaged, NotFound, SettingError
from archive.opening import open_archive
from archive.status import counts
from archive.verifying import verify
from tests.archive.composed import archive_in, award, captured
from tests.archive.test_states import added
from tests.catalogues import home_settings

pytestmark = pytest.mark.sqlite


def quiet(_done: int, _all: int) -> None:
    """Hear of progress and say nothing."""


@pytest.fixture
def saved(tmp_path: Path) -> Path:
    """A backup of an archive with an award, a document and its reading."""
    with archive_in(tmp_path / "first") as archive:
        deposit(archive, captured(archive, "a"), [award()])
        added(archive)
        indexing.drain(archive)
        save(archive, tmp_path / "saved.tar", quiet)
    return tmp_path / "saved.tar"


def restored_to(home: Path, source: Path) -> None:
    """Restore a backup into a folder."""
    restore(settings.load(home_settings(home)), source, quiet)


def test_what_was_saved_comes_back_whole(tmp_path: Path, saved: Path) -> None:
    restored_to(tmp_path / "second", saved)
    with archive_in(tmp_path / "first") as first, archive_in(tmp_path / "second") as second:
        indexing.rebuild(second)
        assert counts(second) == counts(first)
        assert list(verify(second, lambda _subject, _number: None)) == []


def test_a_folder_that_holds_an_archive_is_left_alone(tmp_path: Path, saved: Path) -> None:
    with pytest.raises(BadRequest, match="holds an archive"):
        restored_to(tmp_path / "first", saved)


def test_a_backup_that_is_not_there_is_said_before_anything_of_the_folder(
    tmp_path: Path, saved: Path
) -> None:
    with pytest.raises(NotFound, match=r"away\.tar is not there"):
        restored_to(tmp_path / "first", tmp_path / "away.tar")


def test_a_backup_is_never_written_over(tmp_path: Path, saved: Path) -> None:
    with archive_in(tmp_path / "first") as archive, pytest.raises(BadRequest, match="exists"):
        save(archive, saved, quiet)


def test_a_backup_into_a_folder_that_is_not_there_says_so(tmp_path: Path) -> None:
    with archive_in(tmp_path / "first") as archive, pytest.raises(BadRequest) as error:
        save(archive, tmp_path / "nowhere" / "saved.tar", quiet)
    assert str(error.value).startswith(f"{tmp_path / 'nowhere'} is not a folder that is there.")
    assert "PAPERWATCH_HOME" not in str(error.value)


def test_a_missing_file_stops_the_backup_and_leaves_no_half_file(tmp_path: Path) -> None:
    with archive_in(tmp_path / "first") as archive:
        kept = captured(archive, "a")
        archive.files.remove(kept.sha256)
        with pytest.raises(Damaged, match="verify"):
            save(archive, tmp_path / "saved.tar", quiet)
    assert list(tmp_path.glob("saved*")) == []


def changed(source: Path, target: Path, name: str, body: bytes | None) -> Path:
    """Copy a backup with one member changed (None: left out)."""
    import io

    with tarfile.open(source) as old, tarfile.open(target, "w") as new:
        for member in old:
            file = old.extractfile(member)
            assert file is not None
            content = file.read()
            if member.name.startswith(name):
                if body is None:
                    continue
                content, member.size = body, len(body)
            new.addfile(member, io.BytesIO(content))
    return target


@pytest.mark.parametrize(
    ("name", "body", "kind", "sentence"),
    [
        ("files/", b"other bytes", Damaged, "not what its name says"),
        ("files/", None, Damaged, "cut off"),
        ("catalogue", b"other", Damaged, "catalogue is not what"),
        ("manifest", b"{}", Damaged, "manifest cannot be read"),
        ("manifest", None, Damaged, "does not begin with its manifest"),
        (
            "manifest",
            b'{"format":1,"made_at":"","shape":"9999","catalogue_sha256":"","bodies":1}',
            CatalogueTooNew,
            "9999",
        ),
    ],
)
def test_a_backup_that_was_changed_is_refused_and_no_archive_is_made(
    tmp_path: Path, saved: Path, name: str, body: bytes | None, kind: type[Exception], sentence: str
) -> None:
    other = changed(saved, tmp_path / "other.tar", name, body)
    with pytest.raises(kind, match=sentence):
        restored_to(tmp_path / "second", other)
    assert not (tmp_path / "second" / "catalogue.sqlite").exists()


def test_a_file_that_is_no_backup_is_said(tmp_path: Path) -> None:
    (tmp_path / "letter.pdf").write_bytes(b"%PDF composed")
    with pytest.raises(Damaged, match=r"letter\.pdf is no backup"):
        restored_to(tmp_path / "second", tmp_path / "letter.pdf")
    with pytest.raises(NotFound):
        restored_to(tmp_path / "second", tmp_path / "nowhere.tar")


def test_a_member_with_a_path_of_its_own_goes_nowhere(tmp_path: Path, saved: Path) -> None:
    other = tmp_path / "other.tar"
    with tarfile.open(saved) as old, tarfile.open(other, "w") as new:
        for member in old:
            if member.name.startswith("files/"):
                member.name = "../../escaped"
            new.addfile(member, old.extractfile(member))
    with pytest.raises(Damaged, match="does not belong"):
        restored_to(tmp_path / "second", other)
    assert not (tmp_path / "escaped").exists()


def test_files_come_back_into_the_folder_that_a_setting_names(tmp_path: Path, saved: Path) -> None:
    url = f"file://{tmp_path}/elsewhere"
    said = {"PAPERWATCH_HOME": str(tmp_path / "second"), "PAPERWATCH_FILES_URL": url}
    restore(settings.load(said), saved, quiet)
    with open_archive(settings.load(said)) as second:
        indexing.rebuild(second)
        assert list(verify(second, lambda _subject, _number: None)) == []
    assert not (tmp_path / "second" / "files").exists()


def test_a_backup_does_not_come_back_into_a_bucket(tmp_path: Path, saved: Path) -> None:
    said = {"PAPERWATCH_HOME": str(tmp_path / "second"), "PAPERWATCH_FILES_URL": "s3://records"}
    with pytest.raises(SettingError, match="not into s3://records"):
        restore(settings.load(said), saved, quiet)
