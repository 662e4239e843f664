"""Crawls of reading rooms: what is listed comes, what changed is seen, what is odd stops them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

import pytest

from archive import clock, runs
from archive.catalogue import tables
from archive.documents import deposit_document
from archive.errors import SourceChanged, SourceUnavailable
from archive.model import Answer
from archive.opening import Archive
from crawlers.asking import SentAway
from crawlers.papers.bringing import papers_given
from crawlers.rooms.declaring import declared_rooms
from crawlers.rooms.place import Place
from crawlers.rooms.room import Room
from crawlers.spiders.reading_room import ReadingRoom
from crawlers.standin import Fault
from crawlers.standin.rooms import CHALLENGE, RoomStandIn, StandingEntry
from crawlers.writing import Writer, Written
from tests.crawlers.networked import Networked, walked
from tests.crawlers.shelved import all_rows, releases, some

FIRST, SECOND, THIRD = (b"%PDF-1.7 " + word for word in (b"first", b"second", b"third"))
ENTRIES = (
    StandingEntry(title="Contract", link="/doclib/a.pdf?itok=x1"),
    StandingEntry(title="Flights, 2024-ICFO-00007", link="/doclib/b c.pdf", day="Feb 3 2025"),
    StandingEntry(title="Log", link="/doclib/log.xlsx"),
    StandingEntry(title="Policy", link="/doclib/d.pdf"),
)
FILES = {"/doclib/a.pdf": FIRST, "/doclib/b c.pdf": SECOND, "/doclib/d.pdf": THIRD}
ICE, CBP = declared_rooms()["ice_reading_room"], declared_rooms()["cbp_reading_room"]


class _Walking(Networked, ReadingRoom):
    """The spider, within this process."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Crawled:
    place: Place
    written: Written
    stopped_by: Exception | None


@pytest.fixture
def service() -> Iterator[RoomStandIn]:
    with RoomStandIn(ENTRIES, FILES) as running:
        yield running


def crawled(
    archive: Archive,
    service: RoomStandIn,
    room: Room = ICE,
    *,
    limit: int = 0,
    unlisted_before: Iterable[str] = (),
    **more: Any,
) -> Crawled:
    """Crawl the stand-in as a room; gives what came of it."""
    here = replace(room, start=(service.list_address,), **more)
    run = runs.begin(archive, room.name, {"start": here.start})
    place, written = Place(), Written()
    writer = Writer(archive, run.id, written, source=room.name)
    spider = _Walking(
        name=room.name,
        source=room.name,
        address=service.list_address,
        room=here,
        place=place,
        limit=limit,
        unlisted_before=frozenset(unlisted_before),
        writer=writer,
        tell=lambda _count, _share: None,
        **papers_given(archive.settings),
    )

    walked(spider)
    writer.close()
    runs.finish(archive, run.id, written.as_dict())
    return Crawled(place=place, written=written, stopped_by=spider.stopped_by)


def test_the_files_of_all_pages_come_with_what_the_list_says(
    archive: Archive, service: RoomStandIn
) -> None:
    one = crawled(archive, service)
    assert (one.stopped_by, some(one.written)) == (None, {"new": 3})
    assert (one.place.pages, len(one.place.listed), one.place.others) == (2, 3, {"xlsx": 1})
    found = [
        (row.address.removeprefix(service.address), row.title, row.released_on, row.case_number)
        for row in releases(archive)
    ]
    assert found == [
        ("/doclib/a.pdf", "Contract", "2026-03-12", ""),
        ("/doclib/b%20c.pdf", "Flights, 2024-ICFO-00007", "2025-02-03", "2024-ICFO-00007"),
        ("/doclib/d.pdf", "Policy", "2026-03-12", ""),
    ]
    assert {row.agency_code for row in releases(archive)} == {"7012"}
    assert "/doclib/log.xlsx" not in service.paths()


def test_a_file_seen_lately_is_not_asked_for_again(archive: Archive, service: RoomStandIn) -> None:
    crawled(archive, service)
    before = len(service.asked)
    again = crawled(archive, service)
    assert some(again.written) == {}
    assert service.paths()[before:] == ["/foia/library", "/foia/library"]


def test_a_file_not_seen_for_long_is_asked_whether_it_changed(
    archive: Archive, service: RoomStandIn
) -> None:
    crawled(archive, service)
    service.shelf.files["/doclib/d.pdf"] = b"%PDF-1.7 another"
    again = crawled(archive, service, again_days=-1)
    assert some(again.written) == {"unchanged": 2, "changed": 1}
    assert [bool(row.gone_at) for row in releases(archive)] == [False, False, True, False]
    assert [one for one in service.asked if "if-none-match" in one.headers][-1].path


def test_a_file_no_longer_listed_nor_there_is_gone_since_today(
    archive: Archive, service: RoomStandIn
) -> None:
    crawled(archive, service)
    del service.entries[3], service.shelf.files["/doclib/d.pdf"]
    again = crawled(archive, service)
    assert (again.stopped_by, some(again.written)) == (None, {"vanished": 1})
    assert again.place.notes == [f"{service.address}/doclib/d.pdf is no longer listed, and"
                                 " no longer there."]  # fmt: skip
    assert [bool(row.gone_at) for row in releases(archive)] == [False, False, True]


def test_a_file_no_longer_listed_and_still_there_is_not_gone(
    archive: Archive, service: RoomStandIn
) -> None:
    crawled(archive, service)
    del service.entries[3]
    again = crawled(archive, service)
    missing = f"{service.address}/doclib/d.pdf"
    assert (again.place.unlisted, some(again.written)) == ([missing], {"unchanged": 1})
    assert not any(row.gone_at for row in releases(archive))
    third = crawled(archive, service, unlisted_before=again.place.unlisted)
    assert (third.place.unlisted, some(third.written)) == ([missing], {})


def test_a_file_added_under_the_name_of_a_room_is_none_of_its_lists(
    archive: Archive, service: RoomStandIn
) -> None:
    stored = archive.files.put_bytes(b"%PDF by hand")
    by_hand = Answer(
        source=ICE.name, method="FILE", address="x.pdf", body=stored, fetched_at=clock.now()
    )
    deposit_document(archive, by_hand)
    one = crawled(archive, service)
    assert (one.stopped_by, one.place.unlisted) == (None, [])


def test_a_link_to_another_host_is_no_release_of_the_room(
    archive: Archive, service: RoomStandIn
) -> None:
    service.entries[1] = StandingEntry(title="Ruling", link="https://www.example.org/x.pdf")
    one = crawled(archive, service)
    assert some(one.written) == {"new": 2}
    assert (
        "leads to https://www.example.org/x.pdf, neither file" in one.written.refusals[0]["reason"]
    )


def test_a_list_that_speaks_of_captchas_is_a_list(archive: Archive, service: RoomStandIn) -> None:
    service.entries[0] = StandingEntry(title="Captcha contract", link="/doclib/a.pdf")
    assert some(crawled(archive, service).written) == {"new": 3}


def test_a_list_that_shows_what_is_new_says_nothing_of_what_is_old(
    archive: Archive, service: RoomStandIn
) -> None:
    crawled(archive, service, lists_all=False)
    before, service.entries = len(service.asked), service.entries[:1]
    again = crawled(archive, service, lists_all=False)
    assert (again.stopped_by, service.paths()[before:]) == (None, ["/foia/library"])


def test_a_list_of_less_than_half_is_not_believed(archive: Archive, service: RoomStandIn) -> None:
    crawled(archive, service)
    service.entries = service.entries[:1]
    service.shelf.files.clear()
    again = crawled(archive, service)
    assert isinstance(again.stopped_by, SourceChanged)
    assert "list 1 files, and 3 were known: fewer than half" in str(again.stopped_by)
    assert not any(row.gone_at for row in releases(archive))


def test_a_list_without_an_entry_stops_and_is_kept(archive: Archive, service: RoomStandIn) -> None:
    service.entry_class = "card"
    one = crawled(archive, service)
    assert isinstance(one.stopped_by, SourceChanged)
    assert f"ice_reading_room: {service.list_address}: no entry is on it" in str(one.stopped_by)
    (kept,) = all_rows(archive, tables.capture)
    assert b'class="card"' in archive.files.read(kept.sha256)
    assert one.written.refusals[0]["capture"] == kept.sha256


def test_pages_that_lead_back_stop_it(archive: Archive, service: RoomStandIn) -> None:
    service.last_leads_back = True
    one = crawled(archive, service)
    assert "lead back to it, in a circle" in str(one.stopped_by)


@pytest.mark.parametrize("status", [200, 403])
def test_a_page_that_wants_to_see_a_person_stops_it_and_is_kept(
    archive: Archive, service: RoomStandIn, status: int
) -> None:
    service.commit([Fault(kind="status", on="/foia", status=status, body=CHALLENGE, times=0)])
    one = crawled(archive, service)
    assert isinstance(one.stopped_by, SentAway)
    assert "It is not bypassed" in str(one.stopped_by)
    (kept,) = all_rows(archive, tables.capture)
    assert kept.status == status


def test_a_list_that_moved_within_its_host_is_followed(
    archive: Archive, service: RoomStandIn
) -> None:
    service.shelf.moved["/old"] = "/foia/library"
    here = replace(ICE, start=(f"{service.address}/old",))
    assert some(_at(archive, service, here).written) == {"new": 3}


@pytest.mark.parametrize(
    "to", ["https://elsewhere.example.org/library", "https://:80/", "file:///x"]
)
def test_a_list_that_moved_elsewhere_stops_it(
    archive: Archive, service: RoomStandIn, to: str
) -> None:
    service.shelf.moved["/foia/library"] = to
    one = crawled(archive, service)
    assert isinstance(one.stopped_by, SourceChanged)
    assert "has moved to " in str(one.stopped_by)
    assert to in str(one.stopped_by)


def _at(archive: Archive, service: RoomStandIn, room: Room) -> Crawled:
    class Elsewhere:
        list_address = room.start[0]

    return crawled(archive, Elsewhere(), room)  # type: ignore[arg-type]


@pytest.mark.parametrize(("status", "error"), [(404, SourceChanged), (503, SourceUnavailable)])
def test_a_list_that_is_not_there_stops_it(
    archive: Archive, service: RoomStandIn, status: int, error: type[Exception]
) -> None:
    service.commit([Fault(kind="status", on="/foia", status=status, body="{}", times=0)])
    assert type(crawled(archive, service).stopped_by) is error


def test_an_entry_whose_file_is_not_there_is_said_and_the_rest_goes_on(
    archive: Archive, service: RoomStandIn
) -> None:
    del service.shelf.files["/doclib/a.pdf"]
    one = crawled(archive, service)
    assert some(one.written) == {"new": 2, "not_given": 1}
    assert [said["reason"] for said in one.written.refusals] == ["status 404"]


def test_a_room_that_lists_no_pdf_at_all_is_no_success(
    archive: Archive, service: RoomStandIn
) -> None:
    service.entries = [StandingEntry(title="Log", link="/doclib/log.xlsx")]
    one = crawled(archive, service)
    assert "its pages list no file that could be fetched" in str(one.stopped_by)


def test_a_first_look_stops_after_as_many_files(archive: Archive, service: RoomStandIn) -> None:
    one = crawled(archive, service, limit=1)
    assert (one.stopped_by, some(one.written)) == (None, {"new": 1})


@pytest.fixture
def recorded() -> Iterator[RoomStandIn]:
    towers, cameras = "/document/foia-record/towers", "/document/foia-record/cameras"
    names = {"t1.pdf": FIRST, "t2.pdf": SECOND, "c.pdf": FIRST}
    files = {f"/sites/default/files/{name}": body for name, body in names.items()}
    records = {
        towers: {"/sites/default/files/t1.pdf": "Part 1", "/sites/default/files/t2.pdf": "PDF"},
        cameras: {"/sites/default/files/c.pdf": "Cameras", "/sites/default/files/c.zip": "All"},
    }
    entries = [
        StandingEntry(title="Towers", link=towers),
        StandingEntry(title="Cameras", link=cameras),
    ]
    with RoomStandIn(entries, files, records=records) as running:
        yield running


def test_pages_of_records_give_their_files(archive: Archive, recorded: RoomStandIn) -> None:
    one = crawled(archive, recorded, CBP)
    assert (one.stopped_by, some(one.written)) == (None, {"new": 2, "again": 1})
    assert [row.title for row in releases(archive)] == ["Towers: Part 1", "Towers", "Cameras"]
    assert one.place.changed == 0


def test_a_page_with_other_links_than_the_last_time_is_noticed(
    archive: Archive, recorded: RoomStandIn
) -> None:
    crawled(archive, recorded, CBP)
    links = recorded.records["/document/foia-record/towers"]
    del links["/sites/default/files/t2.pdf"], recorded.shelf.files["/sites/default/files/t2.pdf"]
    links["/sites/default/files/t3.pdf"] = "Part 3"
    recorded.shelf.files["/sites/default/files/t3.pdf"] = THIRD
    again = crawled(archive, recorded, CBP, lists_all=False)
    assert again.place.changed == 1
    assert some(again.written) == {"new": 1, "vanished": 1}


def test_a_page_of_a_record_that_is_gone_is_said_and_the_rest_goes_on(
    archive: Archive, recorded: RoomStandIn
) -> None:
    del recorded.records["/document/foia-record/towers"]
    one = crawled(archive, recorded, CBP)
    assert some(one.written) == {"new": 1}
    assert one.written.refusals[0]["reason"] == "the page is not there: status 404"
