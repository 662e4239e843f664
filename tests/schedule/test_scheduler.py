"""The scheduler with real child processes: begun once, listened to, ended, taken back."""

import os
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from archive.crawling import alone
from archive.opening import Archive
from archive.schedule import rows
from archive.schedule.children import last_words, program_command
from archive.schedule.scheduler import Scheduler
from archive.schedule.starting import Command, source_lock
from archive.settings import load
from tests.archive.composed import archive_in
from tests.schedule.composed import AWARDS, LONG_AGO, made, python, scheduled

_LONGEST_S = 30
SLEEPS = "import time; print('awake', flush=True); time.sleep(600)"
# Says its process id in a file, and lets nothing but a signal end it.
WAITS = "import os, time; open('{}', 'w').write(str(os.getpid())); time.sleep(600)"


@contextmanager
def keeping(archive: Archive, command: Command) -> Iterator[Scheduler]:
    """A scheduler that is closed, whatever happens."""
    scheduler = Scheduler(archive, command)
    try:
        yield scheduler
    finally:
        scheduler.close()


def until(scheduler: Scheduler, is_so: Callable[[], object]) -> None:
    """Look again and again until something is so."""
    deadline = time.monotonic() + _LONGEST_S
    while not is_so():
        assert time.monotonic() < deadline, "it never came"
        scheduler.look()
        time.sleep(0.02)


def ended(archive: Archive, name: str = "ice") -> Callable[[], bool]:
    return lambda: rows.named(archive, name).state not in ("", "going")


@pytest.mark.parametrize(
    ("code", "state", "exit_code"),
    [
        ("print('38 awards read')", "done", 0),
        ("import sys; sys.exit('usaspending.example cannot be reached.')", "failed", 1),
        ("import sys; sys.exit(16)", "failed", 16),
    ],
)
def test_how_a_run_ended_stands_in_its_row(
    tmp_path: Path, code: str, state: str, exit_code: int
) -> None:
    with archive_in(tmp_path) as archive, keeping(archive, python(code)) as scheduler:
        scheduled(archive)
        until(scheduler, ended(archive))
        row = rows.named(archive, "ice")
        assert (row.state, row.last_exit_code) == (state, exit_code)
        assert row.last_started_at <= row.last_ended_at < row.next_at


def test_the_last_words_of_both_streams_are_kept_in_their_order(tmp_path: Path) -> None:
    code = (
        "import sys\nfor n in range(20): print('line', n, file=(sys.stdout, sys.stderr)[n % 2])\n"
        "print('Next:  paperwatch serve')"
    )
    with archive_in(tmp_path) as archive, keeping(archive, python(code)) as scheduler:
        scheduled(archive)
        until(scheduler, ended(archive))
        said = rows.named(archive, "ice").last_words
        assert said == "\n".join(f"line {number}" for number in range(14, 20))


def test_the_last_words_hold_no_secret_no_private_path_and_no_escape(tmp_path: Path) -> None:
    url = "postgresql://desk:hunter2@db.example/papers"
    settings = load({"PAPERWATCH_HOME": str(tmp_path), "PAPERWATCH_CATALOGUE_URL": url})
    lines = [f"\x1b[31mcannot open {url}\x1b[0m", f"see {tmp_path}/index", f"{Path.home()}/x"]
    assert last_words(lines, settings).splitlines() == [
        "cannot open (not shown)",
        "see PAPERWATCH_HOME/index",
        "~/x",
    ]
    assert len(last_words(["x" * 9_000], settings)) == 1_000


def test_the_child_is_this_program_with_the_words_of_the_row(home: Path) -> None:
    with archive_in(home) as archive, keeping(archive, program_command) as scheduler:
        scheduled(archive, source="nowhere")
        until(scheduler, ended(archive))
        row = rows.named(archive, "ice")
        assert (row.state, row.last_exit_code) == ("failed", 2)
        assert row.last_words.startswith("'nowhere' is not a source")


def test_of_two_servers_one_runs_what_is_due(tmp_path: Path) -> None:
    log = tmp_path / "begun"
    command = python(f"open({str(log)!r}, 'a').write('begun ')")
    with (
        archive_in(tmp_path) as archive,
        keeping(archive, command) as one,
        keeping(archive, command) as other,
    ):
        scheduled(archive)

        def both_looked() -> bool:
            other.look()
            return ended(archive)()

        until(one, both_looked)
        other.look()
        one.look()
        assert log.read_text() == "begun "


def test_crawls_of_one_source_come_one_after_the_other(tmp_path: Path) -> None:
    with archive_in(tmp_path) as archive, keeping(archive, python(SLEEPS)) as scheduler:
        for name in ("cbp", "ice"):
            scheduled(archive, name)
        scheduled(archive, "notices", source="sam_opportunities")
        for _ in range(3):
            scheduler.look()
        states = [row.state for row in rows.listed(archive)]
        assert sorted(states) == ["", "going", "going"]
        assert rows.named(archive, "notices").state == "going"


def test_a_run_waits_for_a_crawl_of_its_source_by_hand(tmp_path: Path) -> None:
    with archive_in(tmp_path) as archive, keeping(archive, python("")) as scheduler:
        scheduled(archive)
        with alone(archive, AWARDS):
            scheduler.look()
            assert rows.named(archive, "ice").state == ""
        until(scheduler, ended(archive))
        assert rows.named(archive, "ice").state == "done"


def test_a_child_that_was_killed_is_made_up(tmp_path: Path) -> None:
    file = tmp_path / "pid"
    with (
        archive_in(tmp_path) as archive,
        keeping(archive, python(WAITS.format(file))) as scheduler,
    ):
        scheduled(archive, cadence="every 6 hours")
        until(scheduler, lambda: file.is_file() and file.read_text())
        os.kill(int(file.read_text()), signal.SIGKILL)
        file.unlink()
        until(scheduler, lambda: file.is_file() and file.read_text())
        row = rows.named(archive, "ice")
        assert (row.state, row.attempts) == ("going", 2)
        assert row.last_words == "It was killed (signal 9)."


def test_a_server_that_ends_ends_its_children_and_the_next_one_goes_on(tmp_path: Path) -> None:
    with archive_in(tmp_path) as archive:
        scheduled(archive)
        with keeping(archive, python(SLEEPS)) as scheduler:
            until(scheduler, lambda: rows.named(archive, "ice").state == "going")
        assert rows.named(archive, "ice").state == "stopped"
        with keeping(archive, python("")) as scheduler:
            until(scheduler, ended(archive))
            until(scheduler, lambda: rows.named(archive, "ice").state == "done")


def test_a_run_of_a_killed_server_is_made_up_when_its_child_has_ended(tmp_path: Path) -> None:
    with archive_in(tmp_path) as archive, keeping(archive, python("")) as scheduler:
        rows.claim(archive, scheduled(archive), "a server that was killed")
        made(archive, lease_until=LONG_AGO)
        orphan = source_lock(archive, AWARDS)  # as its child holds it, which goes on crawling
        assert orphan is not None
        scheduler.look()
        assert rows.named(archive, "ice").state == "going"
        orphan.close()
        until(scheduler, lambda: rows.named(archive, "ice").state == "done")


def test_a_machine_that_slept_longer_than_the_lease_goes_on_with_its_child(tmp_path: Path) -> None:
    with (
        archive_in(tmp_path) as archive,
        keeping(archive, python(SLEEPS)) as asleep,
        keeping(archive, python("")) as other,
    ):
        scheduled(archive)
        until(asleep, lambda: rows.named(archive, "ice").state == "going")
        made(archive, lease_until=LONG_AGO)
        other.look()
        asleep.look()
        row = rows.named(archive, "ice")
        assert (row.state, row.attempts) == ("going", 1)


def test_a_lock_of_a_source_is_free_when_its_child_is_gone(tmp_path: Path) -> None:
    with archive_in(tmp_path) as archive, keeping(archive, python("")) as scheduler:
        scheduled(archive)
        until(scheduler, ended(archive))
        lock = source_lock(archive, AWARDS)
        assert lock is not None
        lock.close()
