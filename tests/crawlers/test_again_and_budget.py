"""Awards that are read again because it is long ago, and the daily budget of requests."""

from pathlib import Path

import pytest
import sqlalchemy as sa

from archive import budgets
from archive.catalogue import tables
from archive.errors import SourceUnavailable
from archive.opening import open_archive
from archive.settings import load
from crawlers.standin import Fault, StandIn, compose_world
from tests.catalogues import home_settings
from tests.crawlers.composed import action, award, key, report
from tests.crawlers.crawling import WORDS, crawl, held, rows_of

pytestmark = pytest.mark.slow

LATER = {"turn": 1, "delete": ["P00001"], "subawards": [report("S-9", 5.0)]}
# A question that finds nothing new, as the day after.
NOTHING = ("usaspending_awards", "--psc", "ZZ99", "--since", "2020-01-01", "--json")


def make_old(home: Path) -> None:
    """Let the last reading of all awards be more than a month ago."""
    with (
        open_archive(load(home_settings(home))) as archive,
        archive.catalogue.writing() as connection,
    ):
        connection.execute(sa.update(tables.record).values(read_at="2020-01-01T00:00:00+00:00"))


def test_an_award_that_was_read_long_ago_is_read_again_whatever_its_date_says(home: Path) -> None:
    with StandIn(compose_world([award(1, turns=[LATER]), award(2)])) as service:
        assert crawl(home, service).said["again"] == 0
        make_old(home)
        service.turn()
        service.asked.clear()
        ended = crawl(home, service, *NOTHING)
        assert ended.code == 0, ended.err
        assert ended.said["again"] == 2
        assert "2 awards held were read again" in ended.err
        # What happened without the award's own date moving is known now.
        assert {one.key for one in rows_of(home, "record") if one.gone_at} == {f"{key(1)}|P00001|0"}
        service.asked.clear()
        assert crawl(home, service, *NOTHING).said["again"] == 0


def test_a_first_look_with_a_limit_reads_nothing_again(home: Path) -> None:
    with StandIn(compose_world([award(1), award(2)])) as service:
        crawl(home, service)
        make_old(home)
        assert crawl(home, service, *WORDS[:-1], "--limit", "1", "--json").said["again"] == 0


def test_a_source_is_asked_no_more_than_its_budget_and_the_crawl_goes_on_another_day(
    home: Path,
) -> None:
    world = compose_world([award(number) for number in range(1, 21)])
    with StandIn(world) as service:
        ended = crawl(home, service, PAPERWATCH_USASPENDING_DAILY="30")
        assert ended.code == 13
        assert "the 30 requests of PAPERWATCH_USASPENDING_DAILY are used" in ended.err
        assert len(service.asked) == 30
        begun = len(held(home))
        assert 0 < begun < 20
        service.asked.clear()
        assert crawl(home, service, PAPERWATCH_USASPENDING_DAILY="30").code == 13
        assert service.asked == []
        ended = crawl(home, service, PAPERWATCH_USASPENDING_DAILY="500")
        assert ended.code == 0, ended.err
        assert len(held(home)) == 20


def test_what_was_reserved_and_not_asked_is_given_back(home: Path) -> None:
    with StandIn(compose_world([award(1)])) as service:
        assert crawl(home, service).code == 0
        asked = len(service.asked)
    (row,) = rows_of(home, "budget")
    assert row.used == asked


@pytest.mark.parametrize(("used", "given"), [(0, 25), (90, 10), (100, 0)])
def test_a_reservation_never_passes_the_budget(home: Path, used: int, given: int) -> None:
    with open_archive(load(home_settings(home))) as archive:
        assert budgets.reserve(archive, "s", used, 100) == used
        assert budgets.reserve(archive, "s", 25, 100) == given


def test_a_new_modification_is_found_by_reading_again(home: Path) -> None:
    change = {"turn": 1, "add": [action("P00002", "2025-09-05", 4000.0)]}
    with StandIn(compose_world([award(1, turns=[change])])) as service:
        crawl(home, service)
        make_old(home)
        service.turn()
        crawl(home, service, *NOTHING)
    assert f"{key(1)}|P00002|0" in held(home, "modification")


def test_a_service_that_sends_the_reading_again_away_is_not_asked_for_files_either(
    home: Path,
) -> None:
    words = ("usaspending_awards", "--agency", "ICE", "--date-kind", "action_date", "--json")
    days = ("--since", "2024-10-01", "--until", "2025-09-30")
    away = Fault(kind="status", on="/awards/CONT", times=0, status=403, body="<h1>Denied</h1>")
    with StandIn(compose_world([award(1), award(2)])) as service:
        assert crawl(home, service, *words, *days, "--by", "search").code == 0
        make_old(home)
        service.asked.clear()
        service.commit([away])
        ended = crawl(home, service, *words, *days, "--by", "file")
        assert ended.code == SourceUnavailable.exit_code, ended.err
        assert not [path for path in service.paths() if "bulk_download" in path]
        stopped = [one for one in rows_of(home, "run") if one.state == "stopped"]
        assert {one.source for one in stopped} == {"usaspending_awards", "usaspending_bulk"}
        assert all(one.ended_at and one.remark for one in stopped)
        service.commit([])
        ended = crawl(home, service, *words, *days, "--by", "file")
        assert ended.code == 0, ended.err
        assert ended.said["by"] == "file"
    assert {(one.state, one.remark[:7]) for one in rows_of(home, "run")} == {
        ("done", ""),
        ("done", "by file"),
    }
