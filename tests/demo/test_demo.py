"""The demo as a person runs it: the real program against the stand-in, in a folder of its own."""

import json
import shlex
import signal
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest
from click.testing import CliRunner

from archive.errors import BadRequest, PortTaken, SourceUnavailable
from archive.opening import open_archive
from archive.settings import load
from crawlers.commands.demo import demo
from crawlers.demo_home import LIVE, SAMPLE, nothing_left_behind, prepare_home
from crawlers.demonstration import TO_TRY, Demonstration, free_port
from crawlers.sample.papers import RELEASES
from tests.archive.composed import captured
from tests.catalogues import home_settings

from .conftest import Shown, program, run, until_served

AGENCIES = {one.agency for one in RELEASES}


def held() -> dict[str, int]:
    status = json.loads(run("status", "--json").stdout)
    return {name: status[name] for name in ("awards", "modifications", "documents", "versions")}


def test_the_demo_counts_all_its_papers(shown: Shown) -> None:
    assert "adding 12 drawn papers" in shown.said
    assert "12 files: 12 new, 0 already known; 12 read (21 pages), 1 held." in shown.said


def test_the_demo_fills_an_archive_with_awards_and_documents(in_demo: Path) -> None:
    assert held()["awards"] == 38
    assert held()["documents"] == 12


def test_what_the_sources_gave_last_adds_up_to_what_is_held(in_demo: Path) -> None:
    status = json.loads(run("status", "--json").stdout)
    new = {one["source"]: one["counts"]["new"] for one in status["last_runs"]}
    papers = {name: count for name, count in new.items() if name.startswith("drawn_papers_of_")}
    assert sorted(papers) == [f"drawn_papers_of_{name}" for name in sorted(AGENCIES)]
    assert sum(papers.values()) == status["documents"] == 12


def test_the_failed_redaction_is_held_and_its_words_are_not_found(in_demo: Path) -> None:
    found = json.loads(run("search", "vellin quorst", "--json").stdout)
    assert found["total"] == 0
    assert json.loads(run("status", "--json").stdout)["documents_held"] == 1


@pytest.mark.parametrize("words", TO_TRY[SAMPLE])
def test_what_the_demo_says_to_try_next_finds_something(in_demo: Path, words: str) -> None:
    done = run(*shlex.split(words))
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip()


def test_an_archive_of_somebody_is_never_filled_with_composed_records(home: Path) -> None:
    home.mkdir()
    (home / "catalogue.sqlite").touch()
    with pytest.raises(BadRequest, match="does not mix"):
        prepare_home(SAMPLE)


@pytest.mark.slow
@pytest.mark.parametrize(
    "words",
    [
        ("import", "actions.csv"),
        ("add", str(Path(__file__).parent)),
        ("crawl", "usaspending_awards", "--agency", "ICE", "--since", "2024-01-01"),
        ("crawl", "usaspending_bulk", "--agency", "ICE", "--since", "2024-01-01"),
    ],
)
@pytest.mark.usefixtures("in_demo")
def test_what_is_real_does_not_go_among_composed_records(words: tuple[str, ...]) -> None:
    refused = run(*words)
    assert refused.returncode == BadRequest.exit_code
    assert "holds the composed records of `paperwatch demo`" in refused.stderr


def test_composed_and_live_records_have_folders_of_their_own(home: Path) -> None:
    prepare_home(LIVE)
    with pytest.raises(BadRequest, match="does not mix"):
        prepare_home(SAMPLE)


def test_without_a_folder_the_demo_goes_beside_the_usual_one(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("PAPERWATCH_HOME")
    monkeypatch.setenv("HOME", str(tmp_path))
    assert prepare_home(SAMPLE).path == tmp_path / "paperwatch-demo"
    assert prepare_home(LIVE).path == tmp_path / "paperwatch-demo-live"


def test_a_demo_does_not_mix_with_a_catalogue_on_a_server(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PAPERWATCH_CATALOGUE_URL", "postgresql://desk:hidden@127.0.0.1:9/archive")
    with pytest.raises(BadRequest, match="env -u PAPERWATCH_CATALOGUE_URL") as error:
        prepare_home(SAMPLE)
    assert "hidden" not in str(error.value)
    assert not home.exists()


def test_a_taken_port_gives_the_next_one_unless_it_was_asked_for() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        assert free_port(port) > port
        with pytest.raises(PortTaken, match=str(port)):
            free_port(port, only=True)


@pytest.mark.parametrize("port", ["99999", "-1"])
def test_a_port_that_cannot_be_is_refused_before_anything_is_collected(
    home: Path, port: str
) -> None:
    done = run("demo", "--port", port)
    assert done.returncode == 2
    assert port in done.stderr
    assert not home.exists()


def test_any_free_port_may_be_asked_for() -> None:
    assert free_port(0, only=True) > 0


def test_the_live_demo_asks_whom_to_name(home: Path) -> None:
    done = run("demo", "--live", "--no-serve")
    assert done.returncode == 5
    assert "PAPERWATCH_CONTACT is not set" in done.stderr
    assert not home.exists()


@pytest.mark.parametrize("is_there", [True, False])
def test_a_live_demo_that_finds_no_network_leaves_nothing_behind(
    home: Path, monkeypatch: pytest.MonkeyPatch, is_there: bool
) -> None:
    def refused(demonstration: Demonstration, *_words: str) -> str:
        with open_archive(load(home_settings(demonstration.home))):
            sys.exit(SourceUnavailable.exit_code)

    if is_there:
        home.mkdir()
    monkeypatch.setenv("PAPERWATCH_CONTACT", "desk@example.org")
    monkeypatch.setattr(Demonstration, "run", refused)
    assert CliRunner().invoke(demo, ["--live", "--no-serve"]).exit_code == 13
    assert home.exists() == is_there
    assert not is_there or list(home.iterdir()) == []


def test_a_demo_that_is_stopped_half_way_keeps_what_it_captured(home: Path) -> None:
    def capture_and_stop() -> None:
        with open_archive(load(home_settings(home))) as archive:
            captured(archive, "an answer")
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt), nothing_left_behind(prepare_home(LIVE)):
        capture_and_stop()
    assert (home / "DEMO.txt").exists()
    assert (home / "catalogue.sqlite").exists()


def test_what_was_there_before_a_demo_fails_is_kept(home: Path) -> None:
    prepare_home(LIVE)
    with pytest.raises(KeyboardInterrupt), nothing_left_behind(prepare_home(LIVE)):
        raise KeyboardInterrupt
    assert (home / "DEMO.txt").exists()


SERVED = """
import signal, sys
from pathlib import Path
from crawlers.demo_home import SAMPLE
from crawlers.demonstration import Demonstration, Page, end_like_an_interruption, free_port
if "ignored" in sys.argv:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
end_like_an_interruption()
demonstration = Demonstration(home=Path(sys.argv[1]), mark=SAMPLE, started_s=0.0)
with Page(demonstration, free_port(0, only=True)) as page:
    page.stay(is_opened=False)
demonstration.tell_end()
"""


@pytest.mark.slow
@pytest.mark.parametrize(
    ("number", "words"),
    [(signal.SIGINT, []), (signal.SIGTERM, []), (signal.SIGTERM, ["ignored"])],
    ids=["Ctrl-C", "kill", "kill, where Ctrl-C is ignored"],
)
def test_to_end_a_demo_that_serves_is_no_failure(
    home: Path, number: signal.Signals, words: list[str]
) -> None:
    command = [sys.executable, "-c", SERVED, str(home), *words]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as child:
        until_served(child)
        child.send_signal(number)
        assert child.wait(timeout=20) == 0
        assert child.stderr is not None
        said = child.stderr.read()
    assert "Ended." in said
    assert f"The archive stays in {home}. Again: PAPERWATCH_HOME={home} paperwatch serve" in said


@pytest.mark.slow
def test_a_second_demo_writes_nothing_twice_and_its_page_ends_with_it(in_demo: Path) -> None:
    first = held()
    port = free_port(8700)
    command = program("demo", "--port", str(port), "--no-open")
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as child:
        assert child.stderr is not None
        until_served(child)
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/") as page:
            assert b"38 awards" in page.read()
        child.terminate()
        assert child.wait(timeout=20) == 0
    assert free_port(port, only=True) == port
    assert held() == first
