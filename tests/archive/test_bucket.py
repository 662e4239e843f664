"""What only a file store in a bucket can meet: addresses, refusals, its cache, large files."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from archive import settings
from archive.errors import DiskFull, FilesUnavailable, SettingError
from archive.files.address import Bucket, address_of
from archive.files.bucket import BucketFiles
from archive.opening import Archive
from tests.archive.stores import Store, archive_with, empty
from tests.services import guarded
from tests.services.between import Between, between
from tests.services.objects import CREDENTIALS, started

pytestmark = pytest.mark.slow

BIG = b"%PDF" + b"composed" * 50_000


def address(url: str) -> Path | Bucket:
    """Read an address."""
    return address_of(settings.load({"PAPERWATCH_FILES_URL": url, "PAPERWATCH_HOME": "/archive"}))


def test_without_an_address_files_stand_in_the_folder_of_the_archive() -> None:
    assert address("") == Path("/archive/files")
    assert address("file:///srv/more%20files") == Path("/srv/more files")


def test_an_address_names_bucket_prefix_and_service() -> None:
    assert address("s3://records/a/b/?endpoint=http://127.0.0.1:9000/&region=eu-1&profile=me") == (
        Bucket(
            name="records",
            prefix="a/b",
            endpoint="http://127.0.0.1:9000",
            region="eu-1",
            profile="me",
        )
    )
    assert address("s3://records") == Bucket(name="records", prefix="")


@pytest.mark.parametrize(
    ("url", "sentence"),
    [
        ("/srv/files", "is not known"),
        ("gs://records", "is not known"),
        ("file://srv/files", "three slashes"),
        ("file:///", "three slashes"),
        ("s3://", "no name of a bucket"),
        ("s3://Records", "no name of a bucket"),
        ("s3://key:secret@records", "credentials do not belong"),
        ("s3://records?endpoint=localhost:9000", "no address like"),
        ("s3://records?endpoint=http://a/b", "no address like"),
        ("s3://records?key=abc", "'key' is not known"),
        ("s3://records?endpoint", "bad query field"),
    ],
)
def test_an_address_that_is_not_understood_is_said(url: str, sentence: str) -> None:
    with pytest.raises(SettingError, match=sentence) as error:
        address(url)
    assert "PAPERWATCH_FILES_URL" in str(error.value)
    assert "the environment" in str(error.value)
    assert "secret" not in str(error.value)


def test_an_archive_in_a_folder_does_not_load_the_library_of_buckets(home: Path) -> None:
    program = (
        "import sys; from archive.opening import open_archive; from archive.settings import load\n"
        "with open_archive(load()) as archive: archive.files.put_bytes(b'answer')\n"
        "sys.exit('boto3' in sys.modules or 'botocore' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0


@pytest.fixture
def credentials(monkeypatch: pytest.MonkeyPatch) -> None:
    """Credentials of the tests' own server."""
    for name, value in CREDENTIALS.items():
        monkeypatch.setenv(name, value)


def test_a_service_that_is_away_is_said_and_the_archive_opens_all_the_same(
    tmp_path: Path, credentials: None
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as held:
        port = held.getsockname()[1]
    url = f"s3://records?endpoint=http://127.0.0.1:{port}"
    with archive_with(tmp_path, url) as archive:
        small = archive.files.put_bytes(b"answer")
        assert archive.files.read(small.sha256) == b"answer"
        with pytest.raises(FilesUnavailable, match=r"s3://records cannot be reached.*later"):
            archive.files.put_bytes(BIG)


def test_without_credentials_a_sentence_says_how_to_give_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in [name for name in os.environ if name.startswith("AWS_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    monkeypatch.setenv("HOME", str(tmp_path))
    for url, said in (("s3://records", "credentials"), ("s3://records?profile=desk", "desk")):
        with archive_with(tmp_path / "home", url) as archive:
            with pytest.raises(FilesUnavailable, match=said) as error:
                archive.files.holds("0" * 64)
            assert "AWS_ACCESS_KEY_ID" in str(error.value)


@pytest.fixture
def archive(bucket_url: str, tmp_path: Path) -> Iterator[Archive]:
    """An archive with its files in a bucket."""
    with archive_with(tmp_path / "home", bucket_url) as opened:
        yield opened
        empty(Store(opened))


@pytest.mark.s3
def test_a_bucket_that_is_not_there_is_named(bucket_url: str, tmp_path: Path) -> None:
    other = bucket_url.replace("paperwatch-test", "no-such-bucket")
    with archive_with(tmp_path, other) as archive:
        for ask in (lambda: archive.files.put_bytes(BIG), lambda: list(archive.files.each())):
            with pytest.raises(FilesUnavailable, match="there is no bucket 'no-such-bucket'"):
                ask()


@pytest.mark.s3
def test_wrong_credentials_are_said_without_the_secret(
    bucket_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "another-secret")
    with archive_with(tmp_path, bucket_url) as archive:
        with pytest.raises(FilesUnavailable, match="does not let us in") as error:
            archive.files.put_bytes(BIG)
        assert "another-secret" not in str(error.value)


@pytest.mark.s3
@pytest.mark.parametrize(
    ("status", "code", "kind", "sentence"),
    [
        (507, "InsufficientStorage", DiskFull, "is full"),
        (400, "XMinioStorageFull", DiskFull, "is full"),
        (500, "InternalError", FilesUnavailable, "answered 500"),
        (403, "AccessDenied", FilesUnavailable, "does not let us in"),
    ],
)
def test_what_a_service_refuses_is_said_and_nothing_is_half_kept(
    bucket_url: str, tmp_path: Path, status: int, code: str, kind: type[Exception], sentence: str
) -> None:
    with between(bucket_url) as state, archive_with(tmp_path, state.endpoint_in(bucket_url)) as one:
        state.refused["PUT"] = (status, code)
        with pytest.raises(kind, match=sentence):
            one.files.put_bytes(BIG)
        assert list(one.files.each()) == []
        assert list(tmp_path.rglob("*.part")) == []
        del state.refused["PUT"]
        sha256 = one.files.put_bytes(BIG).sha256
        assert list(one.files.each()) == [(sha256, True)]


@pytest.mark.s3
def test_a_service_with_an_authority_of_its_own_is_believed_by_the_file_of_aws_programs(
    bucket_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    certificates = guarded.certificates(tmp_path)
    with between(bucket_url, certificates) as state:
        url = state.endpoint_in(bucket_url)
        with archive_with(tmp_path / "home", f"{url}&region=eu-1") as archive:
            with pytest.raises(FilesUnavailable, match="SSL validation failed"):
                archive.files.put_bytes(BIG)
            assert state.asked == []
        monkeypatch.setenv("AWS_CA_BUNDLE", str(certificates.authority))
        with archive_with(tmp_path / "home", f"{url}&region=eu-1") as archive:
            stored = archive.files.put_bytes(BIG)
            assert archive.files.read(stored.sha256) == BIG
            empty(Store(archive))
    assert {one for one, _ in state.asked} >= {"PUT", "DELETE"}


@pytest.mark.s3
def test_an_answer_that_is_cut_off_goes_on_where_it_was(bucket_url: str, tmp_path: Path) -> None:
    with between(bucket_url) as state, archive_with(tmp_path, state.endpoint_in(bucket_url)) as one:
        files = one.files
        assert isinstance(files, BucketFiles)
        sha256 = files.put_bytes(BIG).sha256
        files._cache.drop(sha256)
        state.cut_to = 1000
        assert files.read(sha256) == BIG
        assert [verb for verb, _ in state.asked].count("GET") == 2


@pytest.mark.s3
def test_a_large_file_goes_and_comes_in_parts(
    archive: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("archive.files.objects.IN_PARTS", 5 << 20)
    body = os.urandom(1 << 20) * 12
    (tmp_path / "large").write_bytes(body)
    files = archive.files
    assert isinstance(files, BucketFiles)
    sha256 = files.put_file(tmp_path / "large").sha256
    head = files._objects.head(f"{sha256[:2]}/{sha256}")
    assert head is not None
    assert (head.size_bytes, head.sha256) == (len(body), "")  # no checksum of the whole
    files._cache.drop(sha256)
    assert files.checked_path(sha256).read_bytes() == body
    before = head.modified_at
    files.put_file(tmp_path / "large")  # known, so not sent again
    again = files._objects.head(f"{sha256[:2]}/{sha256}")
    assert again is not None
    assert again.modified_at == before


@pytest.mark.s3
def test_what_another_program_put_under_the_prefix_is_left_alone(archive: Archive) -> None:
    files = archive.files
    assert isinstance(files, BucketFiles)
    client, named = files._objects._client, files._objects._named("aa/notes.txt")
    client.put_object(**named, Body=b"theirs")
    sha256 = files.put_bytes(BIG).sha256
    assert list(files.each()) == [(sha256, True)]


@pytest.mark.s3
def test_a_damaged_copy_is_fetched_anew(archive: Archive) -> None:
    sha256 = archive.files.put_bytes(BIG).sha256
    archive.files.path(sha256).write_bytes(b"damaged copy")
    assert archive.files.checked_path(sha256).read_bytes() == BIG


@pytest.mark.s3
def test_copies_stay_within_their_quota_and_what_is_held_or_fresh_stays(
    bucket_url: str, tmp_path: Path
) -> None:
    with archive_with(tmp_path / "home", bucket_url, FILES_CACHE="1") as archive:
        files = archive.files
        assert isinstance(files, BucketFiles)
        names = [files.put_bytes(bytes([n]) + BIG).sha256 for n in range(6)]
        cached = files._cache.folder
        assert len(list(cached.glob("??/*"))) == 6  # all fresh
        for place, name in enumerate(names):
            used = time.time() - 2 * 3600 - place  # the last is the oldest
            os.utime(files.path(name), (used, used))
        with files.held(names[5]) as path:
            os.utime(path, (0, 0))
            files.tidy()
            left = {one.name for one in cached.glob("??/*")}
            assert path.read_bytes() == b"\5" + BIG
        assert left == {names[0], names[5]}
        assert files.path(names[3]).read_bytes() == b"\3" + BIG
        empty(Store(archive))


@pytest.mark.s3
def test_a_server_that_comes_back_has_what_it_was_given(tmp_path: Path, credentials: None) -> None:
    with started() as server, archive_with(tmp_path, server.url) as archive:
        files = archive.files
        assert isinstance(files, BucketFiles)
        sha256 = files.put_bytes(BIG).sha256
        files._cache.drop(sha256)
        server.stop()
        with pytest.raises(FilesUnavailable):
            files.path(sha256)
        server.again()
        assert files.path(sha256).read_bytes() == BIG


def test_between_is_told_what_to_refuse() -> None:
    assert Between(port=1).endpoint_in("s3://a/b?endpoint=http://x") == (
        "s3://a/b?endpoint=http://127.0.0.1:1"
    )
