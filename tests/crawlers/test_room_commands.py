"""`paperwatch crawl` of rooms and `add` of addresses, whole: real processes, real manners."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from archive.errors import Incomplete, SourceChanged
from crawlers.standin import Fault
from crawlers.standin.rooms import RoomStandIn, StandingEntry
from tests.catalogues import home_settings
from tests.crawlers.crawling import Ended, counted, is_whole, killed_when, rows_of
from tests.drawn import sheets

pytestmark = pytest.mark.slow

LETTER, MANY = sheets.letter(), sheets.many_pages(2)
ENTRIES = (
    StandingEntry(title="Contract", link="/doclib/a.pdf?itok=x1"),
    StandingEntry(title="Flights", link="/doclib/b c.pdf"),
    StandingEntry(title="Policy", link="/doclib/d.pdf"),
)
FILES = {"/doclib/a.pdf": LETTER, "/doclib/b c.pdf": MANY, "/doclib/d.pdf": LETTER}


@pytest.fixture
def service() -> Iterator[RoomStandIn]:
    with RoomStandIn(ENTRIES, FILES) as running:
        yield running


@pytest.fixture
def ours(tmp_path: Path, service: RoomStandIn) -> dict[str, str]:
    """Give an environment in which the room is the stand-in."""
    rooms = tmp_path / "rooms.yaml"
    rooms.write_text(f"ice_reading_room:\n  start: {service.list_address}\n", encoding="utf-8")
    return home_settings(tmp_path / "home") | {"PAPERWATCH_ROOMS": str(rooms)}


def begun(ours: dict[str, str], *words: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "archive.program", *words],
        env=os.environ | ours,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def run(ours: dict[str, str], *words: str) -> Ended:
    child = begun(ours, *words)
    out, err = child.communicate(timeout=90)
    return Ended(code=child.returncode, out=out, err=err)


def test_a_room_is_crawled_and_a_second_crawl_writes_nothing(
    ours: dict[str, str], tmp_path: Path, service: RoomStandIn
) -> None:
    service.commit([Fault(kind="status", on="/foia", status=503, retry_after="0")])
    first = run(ours, "crawl", "ice_reading_room")
    assert first.code == 0, first.err
    assert "2 pages list 3 files; 3 asked for" in first.out
    assert "2 new, 1 of known bytes" in first.out
    tables = ("release", "release_statement", "capture", "document", "outbox")
    home = tmp_path / "home"
    before = counted(home, *tables)
    again = run(ours, "crawl", "ice_reading_room", "--json")
    assert (again.code, again.said["listed"], again.said["asked"]) == (0, 3, 0)
    assert counted(home, *tables) == before
    (agent,) = {one.user_agent for one in service.asked}
    assert agent.startswith("Paperwatch/")
    assert service.asked[0].path == "/robots.txt"
    assert is_whole(home)


def test_robots_rules_are_obeyed_and_their_pause_is_kept(
    ours: dict[str, str], tmp_path: Path, service: RoomStandIn
) -> None:
    service.robots = "User-agent: *\nCrawl-delay: 0.4\nDisallow: /doclib/b\n"
    ended = run(ours, "crawl", "ice_reading_room")
    assert ended.code == 0, ended.err
    assert "1 files are forbidden by robots.txt" in ended.out
    assert not [path for path in service.paths() if "/doclib/b" in path]
    at_s = [one.at_s for one in service.asked]
    assert at_s[-1] - at_s[0] >= 0.4 * (len(at_s) - 2)  # one of them may have been late


def test_a_page_that_is_no_list_stops_it_with_a_sentence_and_stays(
    ours: dict[str, str], tmp_path: Path, service: RoomStandIn
) -> None:
    service.commit([Fault(kind="html", on="/foia", times=0)])
    ended = run(ours, "crawl", "ice_reading_room")
    assert (ended.code, "no entry is on it" in ended.err) == (SourceChanged.exit_code, True)
    assert [row.status for row in rows_of(tmp_path / "home", "capture")] == [200]


def test_a_killed_crawl_keeps_what_came_and_goes_on(
    ours: dict[str, str], tmp_path: Path, service: RoomStandIn
) -> None:
    service.commit([Fault(kind="drip", on="/doclib/d", seconds=20)])
    child = begun(ours, "crawl", "ice_reading_room")
    killed_when(child, lambda: "/doclib/d.pdf" in service.paths())
    service.commit([])
    asked = len(service.asked)
    ended = run(ours, "crawl", "ice_reading_room")
    assert ended.code == 0, ended.err
    assert "A crawl was interrupted" in ended.err
    files = [path for path in service.paths()[asked - 1 :] if path.startswith("/doclib")]
    assert files == ["/doclib/d.pdf"]
    assert counted(tmp_path / "home", "release") == [3]


def test_any_page_is_a_room_when_its_address_is_given(
    ours: dict[str, str], tmp_path: Path, service: RoomStandIn
) -> None:
    service.records["/records"] = {"/doclib/a.pdf": "Contract", "/doclib/d.pdf": "download"}
    page = ("crawl", "reading_room", "--address", f"{service.address}/records")
    assert run(ours, *page, "--agency", "CBP").code == 0
    assert {(row.agency_code, row.title) for row in rows_of(tmp_path / "home", "release")} == {
        ("7014", "Contract"),
        ("7014", ""),
    }


def test_addresses_are_added_with_what_is_said_of_them(
    ours: dict[str, str], tmp_path: Path, service: RoomStandIn
) -> None:
    listed, said = tmp_path / "list.txt", tmp_path / "known.csv"
    listed.write_text(f"# three\n{service.address}/doclib/b c.pdf\n{service.address}/none.pdf\n")
    a = f"{service.address}/doclib/a.pdf"
    said.write_text(f"file,case_number,requester_type\n{a},2024-ICFO-00001,media\n")
    words = ("add", a, "--list", str(listed), "--sidecar", str(said), "--agency", "ICE", "--json")
    ended = run(ours, *words)
    assert ended.code == Incomplete.exit_code, ended.err
    summary = json.loads(ended.out)
    assert (summary["new"], summary["read"], len(summary["refused"])) == (2, 2, 1)
    assert summary["refused"] == [[f"{service.address}/none.pdf", "status 404"]]
    home = tmp_path / "home"
    found = [(row.address, row.agency_code, row.case_number) for row in rows_of(home, "release")]
    assert found == [
        (a, "7012", "2024-ICFO-00001"),
        (f"{service.address}/doclib/b%20c.pdf", "7012", ""),
    ]
    before = counted(home, "release", "release_statement", "document")
    again = json.loads(run(ours, *words, "--released", "2026-03-01").out)
    counts = (again["new"], again["known"], again["described"], len(again["refused"]))
    assert counts == (0, 2, 2, 1)
    releases, statements, documents = before
    now = counted(home, "release", "release_statement", "document")
    assert now == [releases, statements + 2, documents]

    alone = run(ours | {"PAPERWATCH_CONTACT": ""}, "add", "https://records.example.org/a.pdf")
    assert (alone.code, "PAPERWATCH_CONTACT is not set" in alone.err) == (5, True)
