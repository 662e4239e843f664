"""What rooms are declared to look like, and what is read of their pages."""

import json
import random
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from archive.commands.schedule import schedule
from archive.errors import BadRequest, SettingError
from archive.release_statements import Released
from archive.settings import load
from crawlers.commands.crawl import crawl
from crawlers.rooms.days import day_in
from crawlers.rooms.declaring import declared_rooms, rooms_of
from crawlers.rooms.naming import beneath, file_name_said, named_by_answer, released_of
from crawlers.rooms.room import Room
from crawlers.rooms.sheets import Sheet, UnknownShape, read_sheet

KEPT = Path(__file__).parent / "kept_rooms"
ROOMS = declared_rooms()


def sheets_of(room: Room) -> list[Sheet]:
    """Read the pages kept of a room, one of each level, each at the address it was reached by."""
    address, found = expected(room)["address"], []
    for number in range(len(room.levels)):
        body = (KEPT / f"{room.name}.{number + 1}.html").read_bytes()
        found.append(read_sheet(room, number, address, body))
        address = found[-1].pages[0].address if found[-1].pages else ""
    return found


def expected(room: Room) -> dict[str, Any]:
    said: dict[str, Any] = json.loads((KEPT / f"{room.name}.json").read_text(encoding="utf-8"))
    return said


@pytest.mark.parametrize("room", ROOMS.values(), ids=list(ROOMS))
def test_a_kept_page_of_a_room_says_what_is_expected(room: Room) -> None:
    parent, files, pages = None, [], []
    sheets = sheets_of(room)
    for sheet in sheets:
        for one in sheet.files:
            told = released_of(room, one, parent)
            files.append([one.identity, told.title, told.released_on, told.case_number])
        pages += [[one.identity, one.title, one.released_on] for one in sheet.pages]
        parent = beneath(sheet.pages[0], parent) if sheet.pages else parent
    said = {
        "files": files,
        "pages": pages,
        "others": {kind: count for sheet in sheets for kind, count in sheet.others.items()},
        "next": [sheet.next_page for sheet in sheets],
    }
    wanted = {"pages": [], **expected(room)}
    del wanted["address"]
    assert said == wanted
    assert not [odd for sheet in sheets for odd in sheet.odd]


ICE, FBI = ROOMS["ice_reading_room"], ROOMS["fbi_vault"]
LIST = (KEPT / "ice_reading_room.1.html").read_text(encoding="utf-8")


def read(text: str, room: Room = ICE, number: int = 0) -> Sheet:
    return read_sheet(room, number, room.start[0], text.encode())


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "no entry is on it"),
        ("<html><body>Welcome</body></html>", "no entry is on it ('.usa-collection__item' was"),
        (LIST.replace("usa-collection__item", "card"), "no entry is on it"),
        (LIST.replace("usa-collection__heading", "title"), "leads to a file or page: an entry has"),
        (LIST.replace("__calendar-date-", "__day-"), "no entry has a day"),
        (LIST.replace('href="?page=1"', 'href="javascript:more()"'), "next page is no address"),
    ],
)
def test_a_page_of_another_shape_is_refused_with_what_was_expected(text: str, said: str) -> None:
    with pytest.raises(UnknownShape, match=re.escape(said)):
        read(text)


def test_a_page_that_lacks_what_each_page_of_its_room_holds_is_refused() -> None:
    with pytest.raises(UnknownShape, match="nothing on it is '#content'"):
        read('<body><a href="/x/at_download/file">x</a></body>', FBI, 2)


def test_an_entry_that_is_not_understood_is_odd_and_the_others_are_read() -> None:
    text = LIST.replace("Jan 5", "Jan 35").replace("statistics.xlsx", "statistics.pdf")
    text = text.replace("/doclib/foia/contracts/exampleCounty%20HSCEDM14D00004.pdf", "/contact")
    sheet = read(text)
    assert [(one.title, one.released_on) for one in sheet.files] == [
        ("Drone flights", "2025-09-03"),
        ("Statistics", ""),
    ]
    assert sheet.odd == (
        "an entry leads to https://www.ice.gov/contact, neither file nor page of the room",
        "the day 'Jan 35 2024' of 'Statistics' is not understood",
    )


def test_a_file_in_two_entries_is_one_whatever_its_cache_mark() -> None:
    text = LIST.replace("statistics.xlsx", "a.pdf?itok=1").replace("Drone flights", "")
    text = text.replace("/sites/default/files/2024-ICFO-00123 drone log.pdf?itok=a1B2c3",
                        "/doclib/foia/reports/a.pdf?itok=2")  # fmt: skip
    sheet = read(text)
    assert [one.identity for one in sheet.files][1:] == [
        "https://www.ice.gov/doclib/foia/reports/a.pdf"
    ]
    assert sheet.files[1].title == "Statistics"


def test_a_next_page_on_another_host_is_refused() -> None:
    text = LIST.replace('href="?page=1"', 'href="http://169.254.169.254/latest"')
    with pytest.raises(UnknownShape, match="its next page is on another host"):
        read(text)


def test_the_base_of_a_page_makes_no_other_host_one_of_the_room() -> None:
    text = LIST.replace("<head>", '<head><base href="http://elsewhere.example/">')
    sheet = read(re.sub("<nav.*</nav>", "", text))
    assert not [one for one in sheet.files if "elsewhere.example" in one.address]
    assert "an entry leads to http://elsewhere.example/" in " ".join(sheet.odd)


def test_the_last_page_has_no_next_one() -> None:
    assert read(re.sub("<nav.*</nav>", "", LIST)).next_page == ""


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Mar 12 2026", "2026-03-12"),
        ("Posted March 3rd, 2025 by FOIA", "2025-03-03"),
        ("Sept. 9 2024", "2024-09-09"),
        ("3 Feb 2021", "2021-02-03"),
        ("05/02/2025", "2025-05-02"),
        ("2019-11-30", "2019-11-30"),
        ("Feb 30 2025, then Feb 28 2025", "2025-02-28"),
        ("Mar 12 2099", ""),
        ("May 5 1955", ""),
        ("of 12 pages", ""),
    ],
)
def test_a_day_is_read_in_the_forms_that_rooms_print(text: str, day: str) -> None:
    assert day_in(text) == day


@pytest.mark.parametrize(
    ("disposition", "name"),
    [
        ('attachment; filename="OIP_Log May 2026.pdf"', "OIP Log May 2026"),
        ("inline; filename*=UTF-8''agr%C3%A9ment.pdf", "agrément"),
        ('attachment; filename="../../etc/passwd"', "passwd"),
        ('attachment; filename="C:\\temp\\letter.pdf"', "letter"),
        ("inline", ""),
        ("", ""),
    ],
)
def test_a_name_is_taken_from_the_headers(disposition: str, name: str) -> None:
    assert file_name_said(disposition) == name
    headers = {"Content-Disposition": disposition}
    assert named_by_answer(Released(), headers).title == name
    assert named_by_answer(Released(title="Log"), headers).title == "Log"


def own(tmp_path: Path, text: str) -> dict[str, Room]:
    path = tmp_path / "rooms.yaml"
    path.write_text(text, encoding="utf-8")
    return dict(rooms_of(load({"PAPERWATCH_HOME": str(tmp_path), "PAPERWATCH_ROOMS": str(path)})))


EUGENE = """
eugene_reading_room:
  what: Records that the City of Eugene released.
  body: City of Eugene
  state: or
  start: [https://www.example.org/records]
  levels:
    - entry: li.record
      link: a
      files: \\.pdf$
"""


def test_an_operators_room_is_one_block(tmp_path: Path) -> None:
    room = own(tmp_path, EUGENE)["eugene_reading_room"]
    assert room.released == Released(body="City of Eugene", state="OR")
    assert "robots.txt is obeyed" in room.terms


def test_a_block_with_the_name_of_a_room_takes_the_place_of_what_it_says(tmp_path: Path) -> None:
    room = own(tmp_path, "ice_reading_room:\n  start: https://www.ice.gov/new\n")[
        "ice_reading_room"
    ]
    assert room == replace(ICE, start=("https://www.ice.gov/new",))


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("what:", "waht:", "eugene_reading_room: 'what' is missing"),
        ("state:", "county:", "eugene_reading_room: 'county' is not a key (known: what, start"),
        ("state: or", "state: ZZ", "'state' is 'ZZ'; give two letters"),
        ("[https://www.example.org/records]", "records.html", "'start' is not understood"),
        ("[https://www.example.org/records]", "[]", "'start' is missing"),
        ("li.record", "li..record", "level 1: 'entry' is no CSS selector"),
        ("\\.pdf$", "'(pdf'", "level 1: 'files' is no regular expression"),
        ("files:", "pages:", "'levels' ends with pages that lead to pages"),
        ("link: a", "date_in_title: x", "'date_in_title' must have the groups"),
        ("link: a", "may_be_empty: maybe", "'may_be_empty' must be true or false"),
        ("body: City", "agency: City", "which means 0 agencies"),
        ("eugene_reading_room", "Eugene", "a room is named like eugene_reading_room"),
        ("levels:", "levels: [", "is not YAML"),
    ],
)
def test_a_room_that_is_not_understood_is_refused_by_its_place(
    tmp_path: Path, before: str, after: str, said: str
) -> None:
    assert before in EUGENE
    with pytest.raises(SettingError, match=re.escape(said)):
        own(tmp_path, EUGENE.replace(before, after))


def test_a_file_of_rooms_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(SettingError, match=r"PAPERWATCH_ROOMS: .* cannot be read"):
        rooms_of(load({"PAPERWATCH_HOME": str(tmp_path), "PAPERWATCH_ROOMS": str(tmp_path / "x")}))


@pytest.mark.parametrize(
    ("words", "error", "said"),
    [
        (("ice_reading_room", "--keyword", "x"), BadRequest, "knows no --keyword"),
        (("ice_reading_room", "--date-kind", "action_date"), BadRequest, "knows no --date-kind"),
        (("ice_reading_room", "--agency", "CBP"), BadRequest, "knows its address and agency"),
        (("usaspending_awards", "--address", "https://x.org"), BadRequest, "knows no --address"),
        (("reading_room",), BadRequest, "Say which page: paperwatch crawl reading_room --address"),
        (("reading_room", "--address", "x.org"), BadRequest, "is no address of a file on the web"),
        (("eugene_reading_room",), BadRequest, "is not a source (known: usaspending_awards"),
        (("fbi_vault",), SettingError, "PAPERWATCH_CONTACT is not set"),
    ],
)
def test_what_cannot_be_asked_of_a_room_is_refused(
    home: Path, words: tuple[str, ...], error: type[Exception], said: str
) -> None:
    result = CliRunner().invoke(crawl, words)
    assert isinstance(result.exception, error)
    assert said in str(result.exception)


def test_a_schedule_takes_the_room_of_an_operator(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "rooms.yaml"
    path.write_text(EUGENE, encoding="utf-8")
    monkeypatch.setenv("PAPERWATCH_ROOMS", str(path))
    words = ["add", "eugene", "--cadence", "daily", "--", "crawl", "eugene_reading_room"]
    assert CliRunner().invoke(schedule, words).exit_code == 0
    listed = CliRunner().invoke(crawl, ["--list"]).stdout
    assert "eugene_reading_room\n  Records that the City of Eugene released.\n" in listed


_BITS = (
    *(b'href="http://[::1"', b'href="//x:99999/a.pdf"', b'href="javascript:1"', b'href="%zz.pdf"'),
    *(b'<base href="http://[">', b'<base href="javascript:1">', b'<a href="?page=1">', b'href=""'),
    *(b"<!--", b"<script>", b"&#0;", b"\x00", b"\xff\xfe", b"charset=utf-16", b"</ul>"),
)
_TYPES = ("", "text/html; charset=utf-16", "text/html; charset=nonsense", "text/html; charset=uu")


def test_a_page_that_is_broken_anywhere_is_read_or_refused() -> None:
    chance = random.Random(7)
    pages = [path.read_bytes() for path in sorted(KEPT.glob("*.html"))]
    read_in_all = 0
    for _ in range(800):
        body = bytearray(chance.choice(pages))
        for _ in range(chance.randint(1, 6)):
            place = chance.randrange(len(body))
            end = place + chance.choice((0, 1, 30))
            body[place:end] = chance.choice(_BITS)
        room = chance.choice(list(ROOMS.values()))
        number = chance.randrange(len(room.levels))
        try:
            sheet = read_sheet(room, number, "https://x.org/", bytes(body), chance.choice(_TYPES))
        except UnknownShape:
            continue
        read_in_all += bool([released_of(room, one, None) for one in sheet.files])
    assert read_in_all
