"""Crawls on bad days: every fault is survived or said, and nothing is invented."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from archive.crawling import alone, is_crawled
from archive.opening import Archive, open_archive
from archive.settings import load
from crawlers.patience import TIMES
from crawlers.running import SOURCE
from crawlers.standin import Fault, StandIn, compose_world
from tests.crawlers.composed import award, key, report
from tests.crawlers.crawling import WORDS, Ended, begin, crawl, held, rows_of

pytestmark = pytest.mark.slow

Day = tuple[Path, StandIn, Ended]


def on(number: int) -> str:
    return f"/awards/{key(number)}/"


@pytest.fixture
def archive(home: Path) -> Iterator[Archive]:
    with open_archive(load()) as opened:
        yield opened


@pytest.fixture(scope="module")
def mended(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Day]:
    """One crawl in which every fault is over before our patience is."""
    home = tmp_path_factory.mktemp("mended") / "home"
    faults = [
        Fault(kind="status", on=on(1), status=429, retry_after="1"),
        Fault(kind="status", on=on(2), status=429),
        Fault(kind="status", on=on(3), status=500),
        Fault(kind="status", on=on(4), status=503, times=2),
        Fault(kind="truncated", on=on(5)),
        Fault(kind="cut", on=on(6)),
        Fault(kind="slow", on=on(7), seconds=0.5),
        Fault(kind="html", on=on(8)),
        Fault(kind="cut", on="/transactions/"),
        Fault(kind="status", on="spending_by_award/", status=502),
        Fault(kind="duplicate", on="spending_by_award/", skip=1),
    ]
    with StandIn(compose_world([award(n) for n in range(1, 10)]), faults=faults) as service:
        yield home, service, crawl(home, service)


def test_after_a_bad_day_every_award_is_held_and_nothing_refused(mended: Day) -> None:
    home, _, ended = mended
    assert ended.code == 0, ended.err
    assert (len(held(home)), ended.said["refused"]) == (9, 0)


def test_nothing_is_asked_while_the_service_wants_a_pause(mended: Day) -> None:
    _, service, _ = mended
    asked = [one.at_s for one in service.asked]
    first = next(one.at_s for one in service.asked if one.path.endswith(on(1)))
    # What was under way when the pause was asked for still arrives.
    during = [at_s for at_s in asked if first + 0.3 < at_s < first + 0.95]
    assert during == []


@pytest.mark.parametrize(
    ("number", "times"), [(1, 2), (2, 2), (3, 2), (4, 3), (5, 2), (6, 2), (8, 2)]
)
def test_a_question_is_asked_again_until_it_is_answered(
    mended: Day, number: int, times: int
) -> None:
    assert sum(path.endswith(on(number)) for path in mended[1].paths()) == times


@pytest.fixture(scope="module")
def lasting(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Day]:
    """One crawl in which the faults last."""
    home = tmp_path_factory.mktemp("lasting") / "home"
    strange = award(4)
    strange["detail"]["subaward_count"] = "many"
    faults = [
        Fault(kind="status", on=on(1), times=0),
        Fault(kind="truncated", on=on(2), times=0),
        Fault(kind="cut", on=on(3), times=0),
        Fault(kind="without", on=on(5), times=0, body="total_obligation"),
        Fault(kind="status", on=on(6), times=0, status=404, body='{"detail":"No Award found"}'),
    ]
    awards = [award(n) for n in range(1, 10) if n != 4]
    awards[7] |= {"subawards": [report("S-1", 0.005)]}
    with StandIn(compose_world([*awards, strange]), faults=faults) as service:
        yield home, service, crawl(home, service)


def test_what_is_not_answered_or_not_understood_is_refused_and_the_rest_goes_on(
    lasting: Day,
) -> None:
    home, _, ended = lasting
    assert ended.code == 16
    assert set(held(home)) == {key(7), key(8), key(9)}


@pytest.mark.parametrize(
    ("number", "reason"),
    [
        (1, "status 500"),
        (2, "the answer is not JSON"),
        (3, "no answer: "),
        (4, "subaward_count 'many' is not a whole number"),
        (5, "total_obligation is missing"),
        (6, "status 404: No Award found"),
        (9, "has a fraction of a cent"),
    ],
)
def test_each_refusal_has_its_reason_and_the_capture_of_the_answer(
    lasting: Day, number: int, reason: str
) -> None:
    (refusal,) = [one for one in lasting[2].said["refusals"] if one["subject"] == key(number)]
    assert reason in refusal["reason"]
    assert len(refusal["capture"]) == 64


def test_a_question_is_given_up_after_a_few_times(lasting: Day) -> None:
    assert sum(path.endswith(on(1)) for path in lasting[1].paths()) == TIMES + 1


def test_an_award_without_an_answer_is_asked_for_again_next_time(lasting: Day) -> None:
    home, service, _ = lasting
    service.commit([])
    service.asked.clear()
    ended = crawl(home, service, *WORDS[:3], "--json")
    body = next(one.body for one in service.asked if "award_count" in one.path)
    assert body["filters"]["time_period"][0]["start_date"] == "2007-10-01"
    assert {key(1), key(2), key(3)} <= set(held(home)), ended.err


def test_a_challenge_page_stops_the_crawl_and_says_that_it_is_not_bypassed(home: Path) -> None:
    fault = Fault(kind="status", on="spending_by_award_count", status=403, times=0)
    with StandIn(compose_world([award(1)]), faults=[fault]) as service:
        ended = crawl(home, service)
        assert len(service.paths()) == 1
    assert ended.code == 13
    assert "not bypassed" in ended.err
    # What sent us away is kept, with the reason.
    (answer,), (reason,) = rows_of(home, "capture"), rows_of(home, "refusal")
    assert answer.status == 403
    assert "not bypassed" in reason.reason


def test_a_second_crawl_beside_one_that_goes_on_is_refused_and_asks_nothing(
    archive: Archive,
) -> None:
    home = archive.settings.home
    with StandIn(compose_world([award(1)])) as service, alone(archive, SOURCE):
        second = crawl(home, service)
        assert service.paths() == []
    assert second.code == 8
    assert "Another crawl of usaspending_awards is going on" in second.err


def test_a_crawl_says_to_others_that_it_goes_on(archive: Archive) -> None:
    fault = Fault(kind="slow", on="spending_by_award_count", seconds=3.0)
    with StandIn(compose_world([award(1)]), faults=[fault]) as service:
        first = begin(archive.settings.home, service)
        while not service.paths():
            time.sleep(0.02)
        assert is_crawled(archive, SOURCE)
        first.communicate(timeout=60)
    assert first.returncode == 0
    assert not is_crawled(archive, SOURCE)


def test_an_award_that_the_service_says_it_does_not_have_is_gone_since_then(home: Path) -> None:
    with StandIn(compose_world([award(1), award(2)])) as service:
        assert crawl(home, service).code == 0
        fault = Fault(kind="status", on=on(1), status=404, body='{"detail": "No Award found"}')
        service.commit([fault])
        crawl(home, service)
    assert {one.key for one in rows_of(home, "record") if one.gone_at} == {key(1)}


def test_a_robots_rule_is_obeyed_and_said(home: Path) -> None:
    with StandIn(compose_world([award(1)]), robots="User-agent: *\nDisallow: /api/\n") as service:
        ended = crawl(home, service)
        assert service.paths() == []
    assert ended.code == 13
    assert "robots.txt does not let us ask" in ended.err
