"""Log lines: their two forms, the ids they bear, and what never stands in one."""

import json
import logging
import subprocess
import sys
import threading
import warnings
from collections.abc import Iterator
from pathlib import Path

import pytest

from archive import logs
from archive.errors import SettingError
from archive.logs import Log
from archive.settings import Settings, load

pytestmark = pytest.mark.slow

PASSWORD = 'hunter"2/ä'


@pytest.fixture(autouse=True)
def _logging_as_before() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level = root.handlers, root.level
    yield
    root.handlers, root.level = handlers, level
    logs._everywhere.clear()
    logging.captureWarnings(False)
    for name in (*logs._SAID_ANYWAY, *logs._ROOMS, "waitress.queue"):
        logging.getLogger(name).setLevel(logging.NOTSET)


def in_force(**more: str) -> Settings:
    return load({"PAPERWATCH_HOME": "/nowhere"} | {f"PAPERWATCH_{k}": v for k, v in more.items()})


def lines(capsys: pytest.CaptureFixture[str]) -> list[dict[str, object]]:
    return [json.loads(line) for line in capsys.readouterr().err.splitlines()]


def test_a_line_in_json_holds_the_event_and_each_field_by_itself(
    capsys: pytest.CaptureFixture[str],
) -> None:
    logs.begin(in_force(LOG="json"))
    Log("archive.composed").info("run ended", source="ice", new=214, reason="two\nlines")
    [line] = lines(capsys)
    assert line.pop("timestamp", "").endswith("Z")  # type: ignore[attr-defined]
    assert line == {
        "level": "info",
        "logger": "archive.composed",
        "event": "run ended",
        "source": "ice",
        "new": 214,
        "reason": "two\nlines",
    }


def test_a_line_for_people_is_the_event_and_its_fields(capsys: pytest.CaptureFixture[str]) -> None:
    logs.begin(in_force())
    Log("archive.composed").info("not told")
    Log("archive.composed").warning("run ended", source="ice", reason="no room left")
    said = capsys.readouterr().err
    assert said == "WARNING archive.composed  run ended source=ice reason='no room left'\n"


def test_what_a_library_logs_has_the_same_form(capsys: pytest.CaptureFixture[str]) -> None:
    logs.begin(in_force(LOG="json"))
    with logs.task("task-of-mine-1"):
        logging.getLogger("library").warning("slow by %d s", 3)
    [line] = lines(capsys)
    assert (line["event"], line["task_id"]) == ("slow by 3 s", "task-of-mine-1")


def test_an_error_is_logged_with_where_it_arose(capsys: pytest.CaptureFixture[str]) -> None:
    logs.begin(in_force(LOG="json"))
    try:
        raise RuntimeError("composed")
    except RuntimeError:
        Log("archive.composed").exception("not done")
    [line] = lines(capsys)
    assert line["level"] == "error"
    assert "test_logs.py" in str(line["exception"])


@pytest.mark.parametrize("form", ["json", "text"])
def test_a_secret_stands_in_no_line(form: str, capsys: pytest.CaptureFixture[str]) -> None:
    settings = in_force(
        LOG=form,
        CATALOGUE_URL="postgresql://desk@db.example/paperwatch",
        CATALOGUE_PASSWORD=PASSWORD,
        METRICS_TOKEN="a-token-of-the-desk",
    )
    logs.begin(settings)
    log = Log("archive.composed")
    log.error("not connected", reason=f"refused {settings['CATALOGUE_URL']}")
    log.error(f"with {PASSWORD} and a-token-of-the-desk")
    said = capsys.readouterr().err
    assert "hunter" not in said
    assert "a-token" not in said
    assert said.count("(not shown)") == 3


def test_a_process_that_is_one_task_logs_under_one_id_in_every_thread(
    capsys: pytest.CaptureFixture[str],
) -> None:
    logs.begin(in_force(LOG="json"), is_task=True)
    log = Log("archive.composed")
    log.info("here")
    thread = threading.Thread(target=lambda: log.info("there"))
    thread.start()
    thread.join()
    with logs.task():
        log.info("within")
    found = {line["task_id"] for line in lines(capsys)}
    assert len(found) == 1
    assert len(str(found.pop())) == 32


def test_a_task_has_an_id_of_its_own_and_one_within_it_the_same() -> None:
    with logs.task() as first:
        assert logs.ids() == {"task_id": first}
        with logs.task() as inner:
            assert inner == first
    with logs.task() as second:
        assert second != first
    assert logs.ids() == {}


@pytest.mark.parametrize(
    "odd", ["", "short", "a b c d e f g h", "x" * 65, "line\nof its own", "-abcdefgh"]
)
def test_an_id_that_is_no_id_gives_way_to_a_new_one(odd: str) -> None:
    assert len(logs.new_id(odd)) == 32
    assert logs.new_id("4bf92f35-77b3") == "4bf92f35-77b3"


def test_a_form_that_is_none_is_refused_in_words() -> None:
    with pytest.raises(SettingError, match="PAPERWATCH_LOG is 'xml'; it must be text or json"):
        logs.begin(in_force(LOG="xml"))


def test_an_add_logs_its_run_under_the_id_that_its_parent_gave(home: Path, tmp_path: Path) -> None:
    odd = tmp_path / "odd.csv"
    odd.write_text("a,b\n1,2\n")
    command = [sys.executable, "-m", "archive.program", "add", str(odd)]
    more = {"PAPERWATCH_LOG": "json", "PAPERWATCH_TASK_ID": "given-by-a-parent"}
    ran = subprocess.run(
        command, env={"PAPERWATCH_HOME": str(home), **more}, capture_output=True, text=True
    )
    logged = [json.loads(one) for one in ran.stderr.splitlines() if one.startswith("{")]
    assert [one["event"] for one in logged] == ["run began", "run ended"]
    assert {one["task_id"] for one in logged} == {"given-by-a-parent"}
    assert logged[0]["source"] == "added"


def test_a_warning_of_python_is_a_line_of_a_service_s_log(
    capsys: pytest.CaptureFixture[str],
) -> None:
    logs.begin(in_force(LOG="json"))
    with warnings.catch_warnings():
        warnings.simplefilter("always")
        logging.captureWarnings(False)
        logging.captureWarnings(True)
        warnings.warn("an odd group", stacklevel=1)
    [line] = lines(capsys)
    assert (line["level"], line["logger"]) == ("warning", "py.warnings")
    assert "an odd group" in str(line["event"])
