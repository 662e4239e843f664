"""Documents at their addresses: seen there, gone since, taken by another, and looked at again."""

from pathlib import Path

from archive.at_source import addresses_due, settle_address, settle_gone, there_under
from archive.documents import deposit_document, describe_release
from archive.model import Answer
from archive.opening import Archive
from archive.release_statements import Released
from archive.shown.desk import open_desk
from archive.shown.document import load_document
from archive.states import withdraw
from tests.archive.composed import NOVEMBER, OCTOBER, SEPTEMBER, archive_in
from tests.archive.test_releases import read

SOURCE, ADDRESS = "room", "https://room.example/letters/1-a.pdf"


def deposited(archive: Archive, name: str, address: str = ADDRESS, at: str = SEPTEMBER) -> str:
    body = archive.files.put_bytes(f"%PDF {name}".encode())
    answer = Answer(source=SOURCE, method="GET", address=address, body=body, fetched_at=at)
    sha256 = deposit_document(archive, answer, Released(agency_code="7012", title=name)).sha256
    settle_address(archive, SOURCE, address, sha256)
    read(archive, sha256)
    return sha256


def test_a_release_says_since_when_another_file_is_at_its_address(tmp_path: Path) -> None:
    with archive_in(tmp_path) as archive:
        first, second = deposited(archive, "a"), deposited(archive, "b", at=OCTOBER)
        desk = open_desk(archive)
        (former,) = load_document(desk, first).releases
        (present,) = load_document(desk, second).releases
        assert (bool(former.gone_at), former.taken_by) == (True, second)
        assert (present.gone_at, present.taken_by) == ("", "")
        settle_gone(archive, SOURCE, [ADDRESS])
        assert load_document(desk, first).releases[0].taken_by == ""


def test_a_file_that_is_withdrawn_here_is_not_named_by_the_one_before_it(tmp_path: Path) -> None:
    with archive_in(tmp_path) as archive:
        first, second = deposited(archive, "a"), deposited(archive, "b", at=OCTOBER)
        withdraw(archive, second, "its agency asked for it back")
        (former,) = load_document(open_desk(archive), first).releases
        assert (bool(former.gone_at), former.taken_by) == (True, "")


def test_what_is_gone_already_keeps_its_day(tmp_path: Path) -> None:
    with archive_in(tmp_path) as archive:
        deposited(archive, "a")
        assert [settle_gone(archive, SOURCE, [ADDRESS, ADDRESS]) for _ in range(2)] == [1, 0]
        assert there_under(archive, SOURCE, "https://room.example/") == []


def test_only_addresses_that_begin_so_are_under_a_prefix(tmp_path: Path) -> None:
    with archive_in(tmp_path) as archive:
        for name in ("1-a.pdf", "11-a.pdf", "1.pdf"):
            deposited(archive, name, f"https://room.example/letters/{name}")
        found = there_under(archive, SOURCE, "https://room.example/letters/1-")
        assert [one.address for one in found] == [ADDRESS]
        assert there_under(archive, "another", "https://") == []


def test_what_was_seen_longest_ago_is_due_first_and_what_is_gone_is_not(tmp_path: Path) -> None:
    with archive_in(tmp_path) as archive:
        for name in ("a", "b", "c"):
            deposited(archive, name, f"https://room.example/{name}", at=NOVEMBER)
        settle_gone(archive, SOURCE, ["https://room.example/b"])
        due = addresses_due(archive, SOURCE, "2999", 10)
        assert due == ["https://room.example/a", "https://room.example/c"]
        assert addresses_due(archive, SOURCE, "2999", 1) == due[:1]
        assert addresses_due(archive, SOURCE, "2000", 10) == []


def test_another_title_alone_is_not_shown_as_if_it_had_been_stated_otherwise(
    tmp_path: Path,
) -> None:
    with archive_in(tmp_path) as archive:
        sha256 = deposited(archive, "a")
        describe_release(archive, sha256, SOURCE, ADDRESS, Released(title="A letter"))
        (shown,) = load_document(open_desk(archive), sha256).releases
        assert (shown.title, shown.earlier) == ("A letter", ())
