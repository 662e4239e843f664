"""The monthly archive: what is fetched, what is held already, and the alarms."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Protocol

import pytest

from archive.fiscal import fiscal_year
from crawlers.standin import Fault, MonthlyFiles, StandIn, compose_world
from crawlers.standin.answering import Reply
from crawlers.standin.handling import Asked
from tests.crawlers.composed import action, award, key
from tests.crawlers.crawling import Ended, crawl, held, is_whole, rows_of, shown

pytestmark = pytest.mark.slow

TODAY = datetime.now(UTC).date()
YEAR = fiscal_year(TODAY)
LAST = YEAR - 1
SINCE = f"{LAST - 1}-10-01"
WORDS = ("usaspending_bulk", "--agency", "DHS", "--monthly", "--since", SINCE, "--json")
MONTHLY = "/award_data_archive/"


def ago(days: int) -> str:
    return (TODAY - timedelta(days=days)).strftime("%Y%m%d")


def world(number: int = 8, **more: Any) -> list[dict[str, Any]]:
    """Compose awards with an action in the last fiscal year and one in the year before."""
    actions = [action("0", f"{LAST - 1}-03-05", 1000.0), action("P00001", f"{LAST}-03-05", 5.0)]
    return [award(one, transactions=actions, **more) for one in range(1, number + 1)]


def fetched(service: StandIn) -> list[str]:
    return [path.removeprefix(MONTHLY) for path in service.paths() if path.startswith(MONTHLY)]


def last_run(home: Path) -> tuple[str, str]:
    run = rows_of(home, "run")[-1]
    return run.state, run.remark


class Month(Protocol):
    """Crawls a month's files of an archive that has these; how it ended, and what came."""

    def __call__(self, service: StandIn, *more: str, **files: Any) -> tuple[Ended, list[str]]: ...


@pytest.fixture
def month(home: Path) -> Month:
    """Crawl a month's files of an archive that has these, and say how it ended and what came."""

    def crawled(service: StandIn, *more: str, **files: Any) -> tuple[Ended, list[str]]:
        service.asked.clear()
        service.downloads.monthly = MonthlyFiles(**files)
        ended = crawl(home, service, *WORDS, *more)
        return ended, fetched(service)

    return crawled


def test_the_files_of_the_years_are_fetched_and_read_and_a_second_crawl_takes_none(
    home: Path, month: Month
) -> None:
    with StandIn(compose_world(world())) as service:
        first, files = month(service, stamp=ago(10))
        second, again = month(service, stamp=ago(10))
        bodies = [one.body for one in service.asked if one.path.endswith("list_monthly_files/")]
    assert first.code == 0, first.err
    assert files == [f"FY{year}_070_Contracts_Full_{ago(10)}.zip" for year in (LAST, YEAR)]
    assert (first.said["rows"], len(held(home, "modification"))) == (8, 8)
    assert (second.code, again) == (0, [])
    assert "is held already; 8 rows" in second.err
    assert {body["agency"] for body in bodies} == {63}
    assert [body["fiscal_year"] for body in bodies] == [LAST - 1, LAST, YEAR]
    assert is_whole(home)


def test_the_next_month_is_another_file_and_writes_no_version_twice(
    home: Path, month: Month
) -> None:
    with StandIn(compose_world(world())) as service:
        month(service, stamp=ago(40))
        ended, files = month(service, stamp=ago(10))
    assert ended.code == 0, ended.err
    assert len(files) == 2
    assert (ended.said["new"], ended.said["unchanged"]) == (0, 8)


def test_without_since_the_files_of_this_year_and_the_last_are_taken_and_it_is_said(
    home: Path,
) -> None:
    words = ("usaspending_bulk", "--agency", "ICE", "--monthly", "--json")
    with StandIn(compose_world(world())) as service:
        ended = crawl(home, service, *words)
        files = fetched(service)
    assert ended.code == 0, ended.err
    assert [name[:6] for name in files] == [f"FY{LAST}", f"FY{YEAR}"]
    assert f"Takes the files of fiscal {LAST} and {YEAR}" in ended.err
    assert "whole departments: takes those of DHS" in ended.err


def test_a_year_without_its_file_though_the_one_before_has_one_is_an_alarm(
    home: Path, month: Month
) -> None:
    with StandIn(compose_world(world())) as service:
        ended, files = month(service, missing=frozenset({LAST}))
    assert ended.code == 16
    sentence = f"DHS, fiscal {LAST}: the monthly archive has no file of it."
    assert sentence in ended.err
    assert ended.said["problems"] == [sentence]
    assert [name[:6] for name in files] == [f"FY{YEAR}"]
    assert last_run(home) == ("failed", sentence)


def test_a_year_whose_file_was_there_last_month_is_missed_whatever_else_is_missing(
    home: Path, month: Month
) -> None:
    with StandIn(compose_world(world())) as service:
        month(service, stamp=ago(40))
        ended, _ = month(service, missing=frozenset({LAST - 1, LAST}))
    assert ended.code == 16
    assert f"DHS, fiscal {LAST}: the monthly archive has no file of it." in ended.err


def test_a_file_that_was_not_made_this_month_is_an_alarm(home: Path, month: Month) -> None:
    with StandIn(compose_world(world())) as service:
        ended, files = month(service, stamp=ago(75))
    assert ended.code == 16
    assert len(files) == 2
    assert "75 days ago; it is due every month" in ended.err
    assert last_run(home)[0] == "failed"


def test_a_file_less_than_half_of_the_one_held_is_an_alarm_and_is_read_all_the_same(
    home: Path, month: Month
) -> None:
    with StandIn(compose_world(world())) as service:
        month(service, stamp=ago(40))
        service.world.composed = world(9)
        service.world.stand()
        ended, _ = month(service, stamp=ago(10), rows_kept={LAST: 3})
    assert ended.code == 16
    assert "is implausibly small: 3 rows" in ended.err
    assert f"8 rows and {size_of(home, ago(40))} bytes of FY{LAST}" in ended.err
    assert last_run(home)[0] == "failed"
    assert is_whole(home)


def size_of(home: Path, stamp: str) -> str:
    name = f"FY{LAST}_070_Contracts_Full_{stamp}.zip"
    (kept,) = [one for one in rows_of(home, "capture") if one.address.endswith(name)]
    return f"{kept.size_bytes:,}"


def test_a_small_file_stays_an_alarm_until_it_is_whole_again(home: Path, month: Month) -> None:
    with StandIn(compose_world(world())) as service:
        month(service, stamp=ago(40))
        month(service, stamp=ago(20), rows_kept={LAST: 3})
        small, _ = month(service, stamp=ago(10), rows_kept={LAST: 3})
        whole, _ = month(service, stamp=ago(5))
    assert (small.code, whole.code) == (16, 0)
    assert [one.state for one in rows_of(home, "run")] == ["done", "failed", "failed", "done"]


def test_the_file_of_a_finished_year_is_held_against_that_of_the_year_before(
    home: Path, month: Month
) -> None:
    since = ("--since", f"{LAST - 2}-10-01")
    with StandIn(compose_world(world(60))) as service:
        ended, files = month(service, *since, stamp=ago(10), rows_kept={LAST: 20})
    assert len(files) == 3
    assert ended.code == 16
    assert f"60 rows and {len(files)}" not in ended.err
    assert f"of FY{LAST - 1}_070_Contracts_Full_{ago(10)}.zip" in ended.err


def test_a_listed_file_that_is_not_there_is_said_and_the_others_go_on(
    home: Path, month: Month
) -> None:
    away = Fault(kind="status", on=f"FY{LAST}_", status=403, times=0, body="<Error/>")
    with StandIn(compose_world(world()), faults=[away]) as service:
        ended, files = month(service)
    assert ended.code == 16
    assert "is listed, and not there (status 403)" in ended.err
    assert (len(files), ended.said["files"][0]["year"]) == (2, YEAR)


def test_a_list_without_the_department_is_another_shape(home: Path) -> None:
    words = ("usaspending_bulk", "--agency", "DHS", "--monthly", "--json")
    with StandIn(compose_world(world())) as service:
        real = service.answer

        def without_dhs(asked: Asked) -> tuple[Reply, Fault | None]:
            reply, fault = real(asked)
            if asked.path.endswith("list_agencies/"):
                listed = reply.json["agencies"]["cfo_agencies"]
                listed[:] = [one for one in listed if one["toptier_code"] != "070"]
            return reply, fault

        service.answer = without_dhs  # type: ignore[method-assign]
        ended = crawl(home, service, *words)
    assert ended.code == 12
    assert "the list of agencies names no 070" in ended.err
    assert last_run(home)[0] == "failed"


TURN = {"turn": 1, "delete": ["P00001"]}


def test_an_action_that_the_file_of_changes_says_is_deleted_is_gone_since_then(
    home: Path, month: Month
) -> None:
    gone = f"{key(1)}|P00001|0"
    awards = world(2)
    awards[0]["turns"] = [TURN]
    with StandIn(compose_world(awards)) as service:
        month(service, "--changes", stamp=ago(40), has_changes=True)
        assert gone not in tombstones(home)
        service.turn()
        ended, files = month(service, "--changes", stamp=ago(10), has_changes=True)
        assert ended.code == 0, ended.err
        assert files[-1] == f"FY(All)_070_Contracts_Delta_{ago(10)}.zip"
        assert ended.said["vanished"] == 1
        assert tombstones(home) == {gone}
        assert shown(home, key(1))["acted_on"] == f"{LAST - 1}-03-05"
        assert is_whole(home)
        # It comes back with a file that was made later.
        service.world.turn = 0
        service.world.stand()
        back, _ = month(service, stamp=(TODAY + timedelta(days=1)).strftime("%Y%m%d"))
    assert back.said["vanished"] == 1
    assert tombstones(home) == set()
    assert is_whole(home)


def tombstones(home: Path) -> set[str]:
    return {one.key for one in rows_of(home, "record") if one.gone_at}


def test_changes_that_are_wanted_and_were_not_made_are_an_alarm(home: Path, month: Month) -> None:
    with StandIn(compose_world(world())) as service:
        ended, _ = month(service, "--changes")
    assert ended.code == 16
    assert "DHS, changes: the monthly archive has no file of them." in ended.err
