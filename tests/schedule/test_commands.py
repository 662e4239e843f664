"""`paperwatch schedule` and what `status` says of it, as a person calls them."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from archive.commands import schedule as commands
from archive.errors import BadRequest, Busy, NotFound, PaperwatchError
from archive.opening import Archive, open_archive
from archive.program import program
from archive.schedule import rows
from archive.schedule.starting import source_lock
from archive.settings import load
from crawlers.standin import StandIn, compose_world
from tests.crawlers.composed import award
from tests.schedule.composed import AWARDS, LONG_AGO, made, python
from tests.schedule.history import put_run

ADD = ("schedule", "add", "ice", "--cadence", "daily at 05:30", "--")
CRAWL = ("crawl", AWARDS, "--agency", "ICE")


def called(*words: str) -> Result:
    return CliRunner().invoke(program, words)


def told(*words: str) -> str:
    result = called(*words)
    assert result.exit_code == 0, (result.output, result.exception)
    return result.output


def refused(*words: str) -> PaperwatchError:
    error = called(*words).exception
    assert isinstance(error, PaperwatchError)
    return error


def schedule() -> list[dict[str, Any]]:
    listed: list[dict[str, Any]] = json.loads(told("schedule", "--json"))["schedule"]
    return listed


@pytest.fixture
def archive(home: Path) -> Any:
    with open_archive(load()) as opened:
        yield opened


def test_what_is_put_down_is_listed_with_its_words_and_its_next_time(home: Path) -> None:
    assert "ice: daily at 05:30, next on " in told(*ADD, *CRAWL)
    [row] = schedule()
    assert (row["name"], row["words"], row["cadence"]) == ("ice", list(CRAWL), "daily at 05:30")
    assert row["next_at"].endswith("T05:30:00+00:00")
    said = told("schedule")
    assert "crawl usaspending_awards --agency ICE" in said
    assert "Never run yet." in said


def test_an_empty_schedule_says_how_to_begin(home: Path) -> None:
    assert "paperwatch schedule add" in told("schedule")


def test_without_a_name_it_is_called_after_its_words(home: Path) -> None:
    told("schedule", "add", "--cadence", "every 6 hours", "--", *CRAWL)
    told("schedule", "add", "--cadence", "every 6 hours", "--", *CRAWL, "--keyword", "Face match")
    assert [row["name"] for row in schedule()] == [
        "usaspending_awards-ice",
        "usaspending_awards-ice-face-match",
    ]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("import", "awards.csv"), "'import awards.csv' cannot be scheduled; only a crawl can"),
        ((), "Say what is to run; only a crawl can"),
        (("crawl", "usaspending"), "'usaspending' is not a source (known: usaspending_awards"),
        (("crawl", AWARDS, "--agencies", "ICE"), "There is no option --agencies"),
        (("crawl", AWARDS, "--agency", "KGB"), "'KGB' is not an agency known here"),
        (("crawl", AWARDS, "--since", "yesterday"), "'yesterday' is not a day"),
        (("crawl", AWARDS, "--limit", "many"), "--limit 'many' is not a whole number from 1 on"),
        (("crawl", "--list"), "names no source"),
        (("crawl", "--help"), "only explains itself"),
    ],
)
def test_words_that_could_not_run_are_refused_when_they_are_put_down(
    home: Path, words: tuple[str, ...], said: str
) -> None:
    assert said in str(refused(*ADD, *words))
    assert schedule() == []


def test_a_name_that_cannot_be_typed_is_refused(home: Path) -> None:
    words = ("schedule", "add", "every day!", "--cadence", "daily", "--", *CRAWL)
    assert "'every day!' is not a name" in str(refused(*words))


def test_a_cadence_that_is_none_is_refused(home: Path) -> None:
    words = ("schedule", "add", "ice", "--cadence", "hourly", "--", *CRAWL)
    assert isinstance(refused(*words), BadRequest)


def test_what_is_removed_says_how_to_put_it_back(home: Path) -> None:
    told(*ADD, *CRAWL)
    said = told("schedule", "remove", "ice")
    assert "schedule add ice --cadence 'daily at 05:30' -- crawl usaspending_awards" in said
    assert schedule() == []
    assert isinstance(refused("schedule", "remove", "ice"), NotFound)


def test_what_is_switched_off_says_so_until_it_is_on_again(home: Path) -> None:
    told(*ADD, *CRAWL)
    told("schedule", "off", "ice")
    assert "switched off" in told("schedule")
    told("schedule", "on", "ice")
    assert "next on" in told("schedule")


@pytest.mark.slow
def test_run_runs_it_now_says_what_it_says_and_ends_as_it_ended(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    told(*ADD, *CRAWL)
    with StandIn(compose_world([award(1)])) as service:
        monkeypatch.setenv("PAPERWATCH_USASPENDING_URL", service.address)
        result = called("schedule", "run", "ice")
    assert result.exit_code == 0, result.output
    assert "1 awards read" in result.stderr
    [row] = schedule()
    assert (row["state"], row["last_exit_code"]) == ("done", 0)
    assert "Counts are plausible" in row["last_words"]


def test_run_while_its_source_is_crawled_is_refused(archive: Archive) -> None:
    told(*ADD, *CRAWL)
    lock = source_lock(archive, AWARDS)
    assert lock is not None
    with lock:
        assert isinstance(refused("schedule", "run", "ice"), Busy)


def test_run_takes_up_what_was_killed(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    told(*ADD, *CRAWL)
    made(archive, state="going", lease_until=LONG_AGO, lease_holder="killed", attempts=1)
    monkeypatch.setattr(commands, "program_command", python("print('made up')"))
    assert "made up" in called("schedule", "run", "ice").stderr
    assert schedule()[0]["state"] == "done"


def test_status_of_an_archive_that_is_well_ends_with_0(archive: Archive) -> None:
    told(*ADD, *CRAWL)
    put_run(archive, "2026-11", new=3)
    said = json.loads(told("status", "--json"))
    assert said["troubles"] == []
    assert said["schedule"][0]["name"] == "ice"


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"state": "failed", "last_exit_code": 13, "last_words": "no answer"}, "exit code 13"),
        ({"next_at": LONG_AGO}, "is late"),
        ({"state": "going", "lease_until": LONG_AGO, "attempts": 1}, "was killed"),
    ],
)
def test_status_ends_with_16_and_says_what_is_wrong_with_the_schedule(
    archive: Archive, values: dict[str, Any], sentence: str
) -> None:
    told(*ADD, *CRAWL)
    made(archive, **values)
    result = called("status", "--json")
    assert result.exit_code == 16
    [said] = json.loads(result.stdout)["troubles"]
    assert sentence in said
    assert said in result.stderr


def test_status_ends_with_16_when_the_last_run_of_a_source_failed(archive: Archive) -> None:
    put_run(archive, "2026-10", state="failed", remark="counts are not plausible")
    result = called("status")
    assert result.exit_code == 16
    assert "counts are not plausible. Run the same command again." in result.stderr
    assert "captures" in result.stdout
    put_run(archive, "2026-11")
    assert called("status").exit_code == 0


def test_a_row_says_how_its_last_run_ended(archive: Archive) -> None:
    told(*ADD, *CRAWL)
    ended = {"last_started_at": LONG_AGO, "last_ended_at": LONG_AGO}
    for values, said in (
        ({"state": "done"}, "Done on 1 Jan 2020"),
        ({"state": "stopped"}, "Stopped on 1 Jan 2020"),
        ({"state": "failed", "last_exit_code": 13}, "FAILED on 1 Jan 2020, 00:00 UTC with exit"),
        ({"state": "killed"}, "KILLED after it began"),
        ({"state": "going", "lease_until": "2999"}, "Going since 1 Jan 2020"),
    ):
        made(archive, **ended, **values)
        assert said in told("schedule")
    assert rows.named(archive, "ice").is_on
