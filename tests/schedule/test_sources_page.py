"""The sources as readers see them: what is held, how fresh, what came by month, what failed."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from flask.testing import FlaskClient

from archive import clock, deposit, settings
from archive.catalogue import tables
from archive.coverage import Came, SourceRun
from archive.opening import Archive, open_archive
from archive.reading_client import Readers
from archive.shown.sources import month_of, months_back
from archive.sources import declared
from crawlers.sources import SOURCES
from search_app.app import create_app
from tests.archive.composed import award, captured
from tests.catalogues import home_settings
from tests.schedule.composed import AWARDS, made, scheduled
from tests.schedule.history import REFUSED, SAID, compose_history, put_run

MONTHS = months_back(clock.now()[:7], 24)


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    """An archive with two years of composed runs and one award; tests only look."""
    home = tmp_path_factory.mktemp("sources") / "home"
    with open_archive(settings.load(home_settings(home))) as archive:
        compose_history(archive)
        deposit.deposit(archive, captured(archive, "kept", source="by hand/2026"), [award()])
        yield archive


@pytest.fixture(scope="module")
def client(opened: Archive) -> Iterator[FlaskClient]:
    with Readers(1) as readers:
        yield create_app(opened, readers).test_client()


def source(client: FlaskClient, name: str = AWARDS) -> dict[str, Any]:
    answer = client.get(f"/api/sources/{name}")
    assert answer.status_code == 200
    found: dict[str, Any] = answer.get_json()
    return found


def words(client: FlaskClient, address: str) -> str:
    """Give the words of a page, without its markup."""
    answer = client.get(address)
    assert answer.status_code == 200
    return " ".join(re.sub(r"<[^>]+>", " ", answer.text).split())


def run(state: str = "done", **changed: Any) -> SourceRun:
    values: dict[str, Any] = {
        "source": AWARDS,
        "state": state,
        "started_at": "2026-11-02T05:30:00+00:00",
        "ended_at": "2026-11-02T05:42:00+00:00",
        "expected": None,
        "got": None,
        "new": 0,
        "changed": 0,
        "refused": 0,
        "remark": "",
    }
    return SourceRun(**values | changed)


def test_the_archive_finds_the_sources_that_the_crawlers_declare() -> None:
    assert declared() == SOURCES


def test_months_are_counted_back_across_the_year() -> None:
    assert months_back("2026-02", 4) == ["2026-02", "2026-01", "2025-12", "2025-11"]


@pytest.mark.parametrize(
    ("runs", "state"),
    [
        ([], "none"),
        ([run()], "done"),
        ([run("failed"), run("failed")], "failed"),
        ([run("failed"), run()], "part"),
        ([run(refused=1)], "part"),
        ([run(expected=10, got=9)], "part"),
        ([run(expected=10, got=10)], "done"),
        ([run("going")], "going"),
        ([run("stopped")], "failed"),
        ([run("stopped"), run()], "part"),
    ],
)
def test_silence_failure_and_what_is_short_are_different_months(
    runs: list[SourceRun], state: str
) -> None:
    assert month_of("2026-11", runs, Came()).state == state


def test_what_was_expected_is_compared_with_what_came_of_the_same_runs() -> None:
    month = month_of("2026-11", [run(expected=10, got=9, new=4), run(new=7)], Came(captures=3))
    assert (month.expected, month.got, month.new, month.captures) == (10, 9, 11, 3)


def test_a_source_says_how_fresh_it_is_and_when_it_is_asked_next(client: FlaskClient) -> None:
    said = source(client)["source"]
    assert said["last_success_at"] == f"{MONTHS[0]}-01T05:42:00+00:00"
    assert said["last_attempt_at"] > said["last_success_at"]
    assert said["next_at"] > clock.now()
    assert said["is_failed"] is True


def test_each_month_says_what_was_expected_and_what_came(client: FlaskClient) -> None:
    months = {one["month"]: one for one in source(client)["source"]["months"]}
    assert list(months) == MONTHS
    short = months[MONTHS[2]]
    assert (short["expected"] - short["got"], short["runs_failed"]) == (12, 1)
    assert months[MONTHS[4]]["state"] == "failed"
    assert months[MONTHS[7]]["state"] == "none"
    assert months[MONTHS[22]]["state"] == "before"


def test_a_run_that_was_limited_by_hand_is_not_said_to_be_short(tmp_path: Path) -> None:
    home = home_settings(tmp_path)
    with open_archive(settings.load(home)) as archive, Readers(1) as readers:
        put_run(archive, MONTHS[0], expected=9_000, found=20, limit=20)
        client = create_app(archive, readers).test_client()
        [month] = [one for one in source(client)["source"]["months"] if one["runs_done"]]
        assert (month["state"], month["expected"]) == ("done", None)


def test_what_failed_and_what_was_refused_is_told_with_its_reason(client: FlaskClient) -> None:
    said = source(client)
    assert [one["remark"] for one in said["failures"]] == [
        SAID.split("\n")[1],  # the schedule's last run failed before it asked
        "3 awards got no answer",
        "counts are not plausible",
    ]
    [refusal] = said["refusals"]
    assert (refusal["subject"], refusal["reason"]) == (REFUSED.subject, REFUSED.reason)
    assert re.fullmatch(r"[0-9a-f]{64}", refusal["capture"])
    assert said["source"]["held"]["refused"] == 1


def test_the_schedule_of_a_source_stands_on_its_page_with_what_it_said_last(
    client: FlaskClient,
) -> None:
    text = words(client, f"/sources/{AWARDS}")
    assert "ice, daily at 05:30 UTC" in text
    assert SAID.split("\n")[1] in text
    assert "crawl usaspending_awards --keyword" in text
    assert "cbp, weekly on sat at 04:00 UTC" in text


def test_the_page_shows_terms_and_months_with_and_without_runs(client: FlaskClient) -> None:
    text = words(client, f"/sources/{AWARDS}")
    assert SOURCES[AWARDS].terms in text
    assert "Not asked in this month" in text
    assert "12 short" in text


def test_the_list_tells_what_is_wrong_first_and_links_every_source(client: FlaskClient) -> None:
    answer = client.get("/sources").text
    assert "USAspending needs a look" in answer
    assert 'href="/sources/by%20hand/2026"' in answer
    assert answer.index("needs a look") < answer.index("What is held")
    assert "not asked" in answer


def test_a_source_that_nobody_declares_was_given_by_hand(client: FlaskClient) -> None:
    said = source(client, "by%20hand/2026")
    assert said["source"]["held"] == {
        "captures": 1, "records": 1, "versions": 1, "documents": 0, "unreadable": 0, "refused": 0,
    }  # fmt: skip
    assert said["terms"] == ""
    assert "Files that the operator gave" in words(client, "/sources/by%20hand/2026")


def test_no_private_path_of_what_was_given_by_hand_is_told(tmp_path: Path) -> None:
    home = home_settings(tmp_path)
    with open_archive(settings.load(home)) as archive, Readers(1) as readers:
        from archive import runs

        begun = runs.begin(archive, "added", {"paths": ["/home/desk/leak"]})
        runs.fail(archive, begun.id, {}, "stopped")
        client = create_app(archive, readers).test_client()
        for address in ("/sources", "/sources/added", "/api/sources", "/api/sources/added"):
            assert "leak" not in client.get(address).text


def test_a_source_that_is_not_known_is_said(client: FlaskClient) -> None:
    assert client.get("/sources/nowhere").status_code == 404
    assert "All are listed at /sources" in client.get("/api/sources/nowhere").get_json()["error"]


def test_a_source_that_was_never_asked_is_not_said_to_be_well(tmp_path: Path) -> None:
    home = home_settings(tmp_path)
    with open_archive(settings.load(home)) as archive, Readers(1) as readers:
        text = words(create_app(archive, readers).test_client(), f"/sources/{AWARDS}")
        assert "Not asked yet ; nothing is scheduled." in text
        assert "It was not asked yet, so nothing is known of it here." in text
        assert "No run of it failed" not in text


def test_every_page_says_on_top_which_source_failed_or_is_late(tmp_path: Path) -> None:
    home = home_settings(tmp_path)
    with open_archive(settings.load(home)) as archive, Readers(1) as readers:
        scheduled(archive)
        made(archive, next_at="2020-01-01T00:00:00+00:00")
        client = create_app(archive, readers).test_client()
        assert "USAspending is late" in words(client, "/vendors")
        assert "failed" not in words(client, "/vendors")


def test_a_scheduled_run_that_failed_before_it_asked_is_a_failure_of_its_month(
    tmp_path: Path,
) -> None:
    home = {"PAPERWATCH_HOME": str(tmp_path)}
    with open_archive(settings.load(home)) as archive, Readers(1) as readers:
        scheduled(archive)
        ended: dict[str, Any] = {
            "state": "failed",
            "last_exit_code": 5,
            "last_words": "No contact is set.",
        }
        made(archive, last_started_at=clock.now(), last_ended_at=clock.now(), **ended)
        client = create_app(archive, readers).test_client()
        said = source(client)
        assert (said["source"]["months"][0]["state"], said["source"]["months"][1]["state"]) == (
            "failed",
            "before",
        )
        assert [one["remark"] for one in said["failures"]] == ["No contact is set."]
        assert "No run of it failed" not in words(client, f"/sources/{AWARDS}")
        put_run(archive, clock.now()[:7], state="failed", remark="no answer", day=1)
        with archive.catalogue.writing() as connection:
            connection.execute(sa.update(tables.run).values(ended_at=clock.now()))
        made(archive, last_ended_at=clock.now())
        assert [one["remark"] for one in source(client)["failures"]] == ["no answer"]


def test_what_came_by_month_adds_up_to_what_is_held(opened: Archive, client: FlaskClient) -> None:
    for one in client.get("/api/sources").get_json()["sources"]:
        months = source(client, one["name"])["source"]["months"]
        for name in ("captures", "versions", "documents", "refused"):
            assert sum(month[name] for month in months) == one["held"][name], (one["name"], name)
