"""Crawls by file against the stand-in: the whole way, kills at each step, and bad days."""

import json
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from crawlers.standin import Fault, StandIn, compose_world
from tests.crawlers.composed import action, award, idv, key, report
from tests.crawlers.crawling import (
    FILES,
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

pytestmark = pytest.mark.slow

JOBS = "/api/v2/bulk_download/awards/"
STATUS = "/api/v2/download/status/"
GENERATED = "/generated_downloads/"

Twice = tuple[Path, StandIn, list[Ended]]


def world(number: int = 4) -> list[dict[str, Any]]:
    other = award(9090)
    other["detail"] |= {"awarding_agency": "7014"}
    old = award(9091, transactions=[action("0", "2023-10-05", 5.0)])
    reports = [report("S-1", 10.0), report("S-1", 10.0), report("S-2", 2.5)]
    awards = [award(one) for one in range(1, number + 1)]
    return [*awards, award(909080, subawards=reports), idv(9081), other, old]


def asked(service: StandIn, path: str) -> int:
    return sum(one.startswith(path) for one in service.paths())


@pytest.fixture(scope="module")
def twice(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Twice]:
    """Crawl by file with sub-awards, in parts of three rows, and crawl again on the same day."""
    home = tmp_path_factory.mktemp("twice") / "home"
    with StandIn(compose_world(world())) as service:
        service.downloads.part_rows = 3
        ended = [crawl(home, service, *FILES, "--subawards") for _ in range(2)]
        yield home, service, ended


def test_a_crawl_by_file_holds_the_actions_and_sub_awards_of_the_agency_and_the_days(
    twice: Twice,
) -> None:
    home, _, ended = twice
    assert ended[0].code == 0, ended[0].err
    assert len(held(home, "modification")) == 12
    assert len(held(home, "subaward")) == 3
    assert key(9090) not in str(held(home, "modification").keys())
    assert key(9091) not in str(held(home, "modification").keys())
    assert shown(home, key(1))["obligated_cents"] == 75025


def test_rows_are_counted_against_what_the_service_announced(twice: Twice) -> None:
    said = twice[2][0].said
    assert said["expected"] == said["found"] == {"2024-10-01 to 2025-09-30": 15}
    assert (said["rows"], said["refused"], said["not_understood"]) == (15, 0, [])


def test_the_file_is_a_capture_of_its_address_and_every_version_names_it(twice: Twice) -> None:
    home, service, _ = twice
    (file,) = [one for one in rows_of(home, "capture") if GENERATED in one.address]
    assert (file.source, file.method, file.status) == ("usaspending_bulk", "GET", 200)
    assert file.address.startswith(service.address)
    assert set(json.loads(file.headers)) == {"Content-Type", "ETag"}
    assert {one.capture_id for one in rows_of(home, "version")} == {file.id}


def test_the_request_is_for_contracts_and_vehicles_of_the_sub_tier_agency(twice: Twice) -> None:
    body = next(one.body for one in twice[1].asked if one.path == JOBS)
    filters = body["filters"]
    assert filters["agencies"][0]["name"] == "U.S. Immigration and Customs Enforcement"
    assert filters["agencies"][0]["tier"] == "subtier"
    assert {"A", "D", "IDV_A", "IDV_E"} <= set(filters["prime_award_types"])
    assert filters["sub_award_types"] == ["procurement"]
    assert (body["file_format"], body["columns"]) == ("csv", [])


def test_the_same_request_on_the_same_day_is_not_fetched_or_read_again(twice: Twice) -> None:
    home, service, ended = twice
    assert ended[1].code == 0, ended[1].err
    assert (asked(service, JOBS), asked(service, GENERATED)) == (2, 1)
    assert (ended[1].said["rows"], ended[1].said["new"]) == (0, 0)
    assert "is held already; 15 rows" in ended[1].err
    assert [one.state for one in rows_of(home, "run")] == ["done", "done"]


def test_our_manners_hold_for_files_too(twice: Twice) -> None:
    _, service, _ = twice
    assert service.asked[0].path == "/robots.txt"
    assert all(one.user_agent.startswith("Paperwatch/") for one in service.asked)


def test_nothing_is_left_over_and_all_is_whole(twice: Twice) -> None:
    home, _, _ = twice
    assert list((home / "fetching").iterdir()) == []
    assert is_whole(home)


def test_days_over_many_years_are_asked_for_fiscal_year_by_fiscal_year(home: Path) -> None:
    words = ["--since", "2023-01-05", "--until", "2025-02-01"]
    with StandIn(compose_world(world())) as service:
        ended = crawl(home, service, *FILES[:5], *words, "--json")
        days = [one.body["filters"]["date_range"] for one in service.asked if one.path == JOBS]
    assert ended.code == 0, ended.err
    assert [(one["start_date"], one["end_date"]) for one in days] == [
        ("2023-01-05", "2023-09-30"),
        ("2023-10-01", "2024-09-30"),
        ("2024-10-01", "2025-02-01"),
    ]
    assert ended.said["found"]["2023-10-01 to 2024-09-30"] == 1


def test_without_since_a_crawl_asks_from_shortly_before_the_last_one(home: Path) -> None:
    with StandIn(compose_world(world())) as service:
        service.downloads.polls = 0
        crawl(home, service, *FILES[:3], "--json")
        service.asked.clear()
        ended = crawl(home, service, *FILES[:3], "--json")
        filters = next(one.body["filters"] for one in service.asked if one.path == JOBS)
    assert "earlier crawls reach to" in ended.err
    assert filters["date_type"] == "last_modified_date"
    assert filters["date_range"]["start_date"] > "2026-01-01"


def test_killed_while_it_waits_it_goes_on_with_the_same_job(home: Path) -> None:
    with StandIn(compose_world(world())) as service:
        service.downloads.polls = 10**6
        killed_when(begin(home, service, *FILES), lambda: asked(service, STATUS) > 3)
        service.downloads.polls = 0
        ended = crawl(home, service, *FILES)
        assert asked(service, JOBS) == 1
    assert ended.code == 0, ended.err
    assert "Goes on with an interrupted crawl" in ended.err
    assert counted(home, "run") == [1]
    assert len(held(home, "modification")) == 12
    assert is_whole(home)


def test_killed_while_it_fetches_it_asks_for_the_rest_only(home: Path) -> None:
    drip = Fault(kind="drip", on=GENERATED, seconds=60.0)

    def is_begun() -> bool:
        return any(one.stat().st_size for one in (home / "fetching").glob("*.part"))

    with StandIn(compose_world(world(300)), faults=[drip]) as service:
        killed_when(begin(home, service, *FILES), is_begun)
        (part,) = (home / "fetching").glob("*.part")
        here = part.stat().st_size
        ended = crawl(home, service, *FILES)
        files = [one for one in service.asked if one.path.startswith(GENERATED)]
        assert (asked(service, JOBS), len(files)) == (1, 2)
    assert ended.code == 0, ended.err
    assert files[1].headers["range"] == f"bytes={here}-"
    assert len(held(home, "modification")) == 604
    assert (counted(home, "run"), list((home / "fetching").iterdir())) == ([1], [])
    assert is_whole(home)


def test_killed_while_it_reads_it_goes_on_there_and_asks_nothing(home: Path) -> None:
    with StandIn(compose_world(world(1500))) as service:
        child = begin(home, service, *FILES)
        while not (home / "catalogue.sqlite").exists():
            time.sleep(0.01)
        killed_when(child, lambda: counted(home, "version")[0] >= 500)
        assert 500 <= counted(home, "version")[0] < 3004
        service.asked.clear()
        ended = crawl(home, service, *FILES)
        assert service.paths() == []
    assert ended.code == 0, ended.err
    assert counted(home, "version", "run") == [3004, 1]
    assert ended.said["rows"] == 3004
    assert is_whole(home)


def test_a_cut_connection_is_gone_on_with_at_once(home: Path) -> None:
    with StandIn(compose_world(world(50))) as service:
        service.commit([Fault(kind="cut", on=GENERATED, times=7)])
        ended = crawl(home, service, *FILES)
        ranges = [
            one.headers.get("range") for one in service.asked if one.path.startswith(GENERATED)
        ]
    assert ended.code == 0, ended.err
    assert len(ranges) == 8
    assert None not in ranges[1:]
    assert is_whole(home)


def test_a_slow_service_and_one_that_wants_a_pause_are_waited_for(home: Path) -> None:
    faults = [
        Fault(kind="status", on=GENERATED, status=503, retry_after="1"),
        Fault(kind="status", on="bulk_download/awards", status=502),
        Fault(kind="slow", on=STATUS, seconds=0.5),
    ]
    with StandIn(compose_world(world()), faults=faults) as service:
        ended = crawl(home, service, *FILES)
        at_s = [one.at_s for one in service.asked if one.path.startswith(GENERATED)]
    assert ended.code == 0, ended.err
    assert at_s[1] - at_s[0] >= 1


def test_a_job_that_fails_says_its_message_and_the_other_years_go_on(home: Path) -> None:
    fails = Fault(kind="fails", on="bulk_download/awards", body="Too many rows for this day.")
    with StandIn(compose_world(world()), faults=[fails]) as service:
        words = [*FILES[:5], "--since", "2023-10-01", "--until", "2025-09-30", "--json"]
        ended = crawl(home, service, *words)
        assert ended.code == 16
        assert "Too many rows for this day." in ended.err
        assert len(held(home, "modification")) == 12
        (run,) = rows_of(home, "run")
        assert (run.state, "Too many rows" in run.remark) == ("failed", True)
        assert "Too many rows" in rows_of(home, "refusal")[0].reason
        again = crawl(home, service, *words)
    assert again.code == 0, again.err
    assert (again.said["new"], len(held(home, "modification"))) == (1, 13)


def test_a_file_that_is_not_made_in_time_is_given_up_until_the_next_command(home: Path) -> None:
    with StandIn(compose_world(world())) as service:
        service.downloads.polls = 10**6
        ended = crawl(home, service, *FILES, PAPERWATCH_BULK_PATIENCE="1")
        assert ended.code == 13
        assert "is still not made after 1 s (ready). Run the same command later" in ended.err
        service.downloads.polls = 0
        assert crawl(home, service, *FILES).code == 0
        assert asked(service, JOBS) == 1


def test_a_file_that_was_removed_is_asked_for_once_more(home: Path) -> None:
    with StandIn(compose_world(world())) as service:
        killed_when(begin(home, service, *FILES), lambda: asked(service, STATUS) >= 1)
        service.downloads.forget()
        ended = crawl(home, service, *FILES)
        assert asked(service, JOBS) == 2
    assert ended.code == 0, ended.err


def test_a_file_that_stays_away_ends_in_a_sentence_and_its_answer_is_kept(home: Path) -> None:
    away = Fault(kind="status", on=GENERATED, status=403, times=0, body="<Error/>")
    with StandIn(compose_world(world()), faults=[away]) as service:
        ended = crawl(home, service, *FILES)
    assert ended.code == 13
    assert "is not given (status 403)" in ended.err
    assert [one.status for one in rows_of(home, "capture")][-1] == 403


def test_fewer_rows_than_announced_are_an_alarm(home: Path) -> None:
    with StandIn(compose_world(world())) as service:
        service.downloads.rows_said = [15]
        ended = crawl(home, service, *FILES)
    assert ended.code == 16
    assert "holds 12 rows; the service announced 15" in ended.err
    assert rows_of(home, "run")[0].state == "failed"


def test_a_file_that_would_be_cut_off_is_asked_for_in_halves(home: Path) -> None:
    with StandIn(compose_world(world())) as service:
        service.downloads.rows_said = [500_000]
        ended = crawl(home, service, *FILES)
        days = [one.body["filters"]["date_range"] for one in service.asked if one.path == JOBS]
    assert ended.code == 0, ended.err
    assert days[1:] == [
        {"start_date": "2024-10-01", "end_date": "2025-04-01"},
        {"start_date": "2025-04-02", "end_date": "2025-09-30"},
    ]
    assert len(held(home, "modification")) == 12


@pytest.mark.parametrize(
    ("member", "reason"),
    [("file_url", "file_url is missing"), ("file_name", "file_name is missing")],
)
def test_an_answer_in_another_shape_stops_the_crawl_and_names_what_is_missing(
    home: Path, member: str, reason: str
) -> None:
    fault = Fault(kind="without", on="bulk_download/awards", body=member)
    with StandIn(compose_world(world()), faults=[fault]) as service:
        ended = crawl(home, service, *FILES)
    assert ended.code == 12
    assert reason in ended.err
    assert rows_of(home, "run")[0].state == "failed"


def test_a_robots_rule_is_obeyed_for_files(home: Path) -> None:
    robots = f"User-agent: *\nDisallow: {GENERATED}\n"
    with StandIn(compose_world(world()), robots=robots) as service:
        ended = crawl(home, service, *FILES)
        assert asked(service, GENERATED) == 0
    assert ended.code == 13
    assert "robots.txt does not let us ask" in ended.err


def test_files_are_asked_for_on_the_same_daily_budget_as_awards(home: Path) -> None:
    with StandIn(compose_world(world())) as service:
        ended = crawl(home, service, *FILES, PAPERWATCH_USASPENDING_DAILY="4")
        assert ended.code == 13
        assert "the 4 requests of PAPERWATCH_USASPENDING_DAILY are used" in ended.err
        assert len(service.asked) == 4
        assert crawl(home, service, *FILES, PAPERWATCH_USASPENDING_DAILY="9").code == 0
        (row,) = rows_of(home, "budget")
        assert (row.source, row.used) == ("usaspending_awards", len(service.asked))


def test_search_then_file_then_search_writes_each_version_once(home: Path) -> None:
    with StandIn(compose_world(world())) as service:
        words = (*WORDS[:1], "--agency", "ICE", "--since", "2020-01-01", "--json")
        assert crawl(home, service, *words).code == 0
        before = counted(home, "version", "record")
        assert crawl(home, service, *FILES, "--subawards").said["new"] == 15
        between = counted(home, "version", "record")
        assert crawl(home, service, *words).said["new"] == 0
        assert crawl(home, service, *FILES[:-1], "--subawards", "--json").said["new"] == 0
        after = counted(home, "version", "record")
    # Every action and report has one version of each view, and the prime award one of its own.
    assert [now - then for now, then in zip(between, before, strict=True)] == [16, 0]
    assert after == between
    assert is_whole(home)
