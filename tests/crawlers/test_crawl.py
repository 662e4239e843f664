"""Crawls on a good day: what is asked, what is held afterwards, and what a second crawl changes."""

import re
import signal
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from archive.crawling import alone
from archive.opening import open_archive
from archive.settings import load
from crawlers.standin import StandIn, compose_world
from tests.catalogues import home_settings
from tests.crawlers.composed import action, award, idv, key, report, row, write_file
from tests.crawlers.crawling import (
    WORDS,
    Ended,
    begin,
    counted,
    crawl,
    held,
    is_whole,
    killed_when,
    rows_of,
    shown,
)
from tests.crawlers.test_import import imported

CHANGE = {
    "turn": 1,
    "detail": {"period_of_performance": {"end_date": "2027-01-04"}},
    "add": [action("P00002", "2025-09-05", 4000.0)],
    "delete": ["P00001"],
}

Days = tuple[Path, StandIn, list[Ended]]


def world() -> list[dict[str, Any]]:
    reports = [report(f"S-{number:03d}", 10.0) for number in range(120)]
    other = award(5)
    other["detail"] |= {"awarding_agency": "7014"}
    return [
        award(1, turns=[CHANGE]),
        award(2, subawards=[*reports, report("S-001", 10.0)]),
        award(3),
        idv(4),
        other,
    ]


@pytest.fixture(scope="module")
def days(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Days]:
    """Crawl, crawl again, let a day pass, and crawl a third time."""
    home = tmp_path_factory.mktemp("days") / "home"
    words = [*WORDS[:3], "--agency", "Homeland Security Investigations"]
    ended = []
    with StandIn(compose_world(world())) as service:
        for since in (["--since", "2020-01-01"], ["--since", "2020-01-01"], []):
            if not since:
                service.turn()
                service.world.awards[key(1)].detail["period_of_performance"][
                    "last_modified_date"
                ] = time.strftime("%Y-%m-%d")
            service.asked.clear()
            ended.append(crawl(home, service, *words, *since, "--json"))
        yield home, service, ended


def test_a_crawl_holds_awards_modifications_and_sub_awards_of_the_agency_only(days: Days) -> None:
    home, _, ended = days
    assert ended[0].code == 0, ended[0].err
    assert ended[0].said["awards"]["new"] == 4
    assert (key(5) in held(home), len(held(home))) == (False, 4)
    assert len(held(home, "subaward")) == 121


def test_the_counts_of_the_service_and_of_the_crawl_are_compared(days: Days) -> None:
    said = days[2][0].said
    assert said["expected"] == said["found"] == {"contracts": 3, "idvs": 1}
    assert said["plausible"] is True


def test_a_second_crawl_writes_nothing_new(days: Days) -> None:
    said = days[2][1].said
    assert (said["new"], said["changed"], said["older"]) == (0, 0, 0)
    assert said["unchanged"] == days[2][0].said["new"]


def test_a_changed_award_gets_a_second_version_and_is_shown_so(days: Days) -> None:
    home, _, ended = days
    assert ended[2].said["awards"] == {
        "read": 1, "new": 0, "changed": 1, "unchanged": 0, "older": 0, "refused": 0,
    }  # fmt: skip
    assert len(held(home)[key(1)]) == 2
    fields = shown(home, key(1))
    assert (fields["obligated_cents"], fields["ends_on"]) == (500050, "2027-01-04")
    assert fields["acted_on"] == "2025-09-05"


def test_a_deleted_action_is_not_deleted_here_but_gone_since_then(days: Days) -> None:
    home, _, ended = days
    assert f"{key(1)}|P00001|0" in held(home, "modification")
    gone = {one.key for one in rows_of(home, "record") if one.gone_at}
    assert gone == {f"{key(1)}|P00001|0"}
    assert ended[2].said["vanished"] == 1
    assert f"{key(1)}|P00001|0" not in {one.record_id for one in rows_of(home, "action")}


def test_without_since_a_crawl_asks_from_shortly_before_the_last_one(days: Days) -> None:
    _, service, ended = days
    bodies = [one.body for one in service.asked if "award_count" in one.path]
    period = bodies[0]["filters"]["time_period"][0]
    assert period["date_type"] == "last_modified_date"
    assert period["start_date"] in ended[2].err
    assert re.search(r"earlier crawls reach to \d{4}-\d\d-\d\d", ended[2].err)


def test_the_sub_tier_agency_is_asked_for_with_its_department_and_the_order_stays_put(
    days: Days,
) -> None:
    _, service, _ = days
    body = next(one.body for one in service.asked if one.path.endswith("spending_by_award/"))
    assert body["filters"]["agencies"][0] == {
        "type": "awarding",
        "tier": "subtier",
        "name": "U.S. Immigration and Customs Enforcement",
        "toptier_name": "Department of Homeland Security",
    }
    assert (body["sort"], body["order"]) == ("Award ID", "asc")


def test_the_user_agent_is_honest_and_robots_txt_is_read_first(days: Days) -> None:
    _, service, _ = days
    assert service.asked[0].path == "/robots.txt"
    assert all(one.user_agent.startswith("Paperwatch/") for one in service.asked)


@pytest.mark.slow
def test_a_killed_crawl_goes_on_and_reads_no_award_twice(home: Path) -> None:
    with StandIn(compose_world([award(number) for number in range(20)])) as service:
        child = begin(home, service)
        while sum("/awards/" in path for path in service.paths()) < 9:
            time.sleep(0.01)
        child.send_signal(signal.SIGKILL)
        child.communicate()
        before = set(held(home))
        service.asked.clear()
        ended = crawl(home, service)
    assert ended.code == 0, ended.err
    assert len(before) >= 5
    read_again = {path.split("/")[-2] for path in service.paths() if "/awards/" in path}
    # An award may be written and its place not yet: one is read again at most.
    assert len(read_again & before) <= 1, ended.err
    assert ended.said["found"] == {"contracts": 20}
    assert counted(home, "award", "version", "run") == [20, 60, 1]


BY_FILE = ("usaspending_awards", "--agency", "ICE", "--date-kind", "action_date", "--json")


@pytest.mark.slow
def test_many_awards_are_taken_by_file_and_the_next_crawl_goes_on_from_there(home: Path) -> None:
    few = {"PAPERWATCH_BULK_ABOVE": "3"}
    since = ("--since", "2024-10-01")
    with StandIn(compose_world(world())) as service:
        ended = crawl(home, service, *BY_FILE, *since, **few)
        assert ended.code == 0, ended.err
        assert not [path for path in service.paths() if "/awards/CONT" in path]
        assert "4 awards take about 8 s by search" in ended.err
        assert "takes 3 files instead" in ended.err
        assert (ended.said["by"], ended.said["rows"], ended.said["new"]) == ("file", 129, 129)
        assert len(held(home, "subaward")) == 121
        states = {(one.source, one.state) for one in rows_of(home, "run")}
        assert states == {("usaspending_awards", "done"), ("usaspending_bulk", "done")}
        # Without days it now asks for what changed since, which is little: by search.
        again = crawl(home, service, *BY_FILE[:3], "--json")
    assert "earlier crawls reach to" in again.err


@pytest.mark.slow
def test_who_asks_for_the_search_gets_it_and_hears_how_long_it_takes(home: Path) -> None:
    since = ("--since", "2024-10-01", "--by", "search")
    with StandIn(compose_world(world())) as service:
        ended = crawl(home, service, *BY_FILE, *since, PAPERWATCH_BULK_ABOVE="3")
        assert not [path for path in service.paths() if "bulk_download" in path]
    assert ended.code == 0, ended.err
    assert "By file, in minutes: paperwatch crawl usaspending_bulk --agency ICE" in ended.err
    assert ended.said["awards"]["new"] == 4


@pytest.mark.slow
def test_a_crawl_that_turned_to_files_and_was_killed_goes_on_with_them(home: Path) -> None:
    words = (*BY_FILE, "--since", "2024-10-01", "--until", "2025-09-30")
    few = {"PAPERWATCH_BULK_ABOVE": "3"}

    def is_waiting() -> bool:
        return sum("download/status" in path for path in service.paths()) > 2

    with StandIn(compose_world(world())) as service:
        service.downloads.polls = 10**6
        killed_when(begin(home, service, *words, **few), is_waiting)
        service.downloads.polls = 0
        ended = crawl(home, service, *words, **few)
        assert sum("bulk_download/awards" in path for path in service.paths()) == 1
    assert ended.code == 0, ended.err
    assert {one.state for one in rows_of(home, "run")} == {"done"}
    assert counted(home, "run") == [2]
    assert is_whole(home)


@pytest.mark.slow
def test_a_crawl_by_file_that_goes_on_keeps_another_from_turning_to_files(home: Path) -> None:
    words = (*BY_FILE, "--since", "2024-10-01", "--by", "file")
    with (
        open_archive(load(home_settings(home))) as archive,
        StandIn(compose_world(world())) as service,
        alone(archive, "usaspending_bulk"),
    ):
        ended = crawl(home, service, *words)
    assert ended.code == 8
    assert "Another crawl of usaspending_bulk is going on" in ended.err


@pytest.mark.slow
def test_import_crawl_import_crawl_writes_each_version_once(home: Path, tmp_path: Path) -> None:
    file = write_file(tmp_path / "awards.csv", [row(1)])
    copy = write_file(tmp_path / "again.csv", [row(1), row(2)])
    with StandIn(compose_world([award(1)])) as service:
        imported(file)
        assert crawl(home, service).said["new"] == 3
        assert imported(copy)["unchanged"] == 1
        assert crawl(home, service).said["new"] == 0
    assert [len(versions) for versions in held(home).values()] == [2, 1]
