"""`paperwatch search`, `show` and `serve`."""

import json
import signal
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from archive.commands.search import search
from archive.commands.show import show
from archive.errors import BadRequest, NotFound, PortTaken
from search_app.commands import serve
from tests.catalogues import set_home
from tests.search_app.composed import HIDDEN_WORD, ORDER, Composed


@pytest.fixture
def _home_of_composed(
    composed: Composed, composed_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_home(monkeypatch, composed_home)


pytestmark = pytest.mark.usefixtures("_home_of_composed")


def _ran(result: Result) -> str:
    if result.exception:
        raise result.exception
    return result.output


def _json(*words: str, command: object = search) -> dict[str, object]:
    found: dict[str, object] = json.loads(
        _ran(CliRunner().invoke(command, [*words, "--json"]))  # type: ignore[arg-type]
    )
    return found


def test_search_gives_one_json_object_with_hits_and_facets() -> None:
    found = _json('"facial recognition"', "--filter", "kind=award")
    assert found["total"] == 1
    assert found["hits"][0]["key"] == ORDER  # type: ignore[index]
    assert found["facets"]["kind"][0]["count"] == 1  # type: ignore[index]


def test_search_names_the_pages_of_a_document(composed: Composed) -> None:
    found = _json('"facial recognition" kind:document')
    assert found["hits"][0]["key"] == composed.work  # type: ignore[index]
    assert found["hits"][0]["pages"] == [1, 3]  # type: ignore[index]


def test_search_says_its_results_in_words() -> None:
    said = _ran(CliRunner().invoke(search, ['"facial recognition"']))
    assert "ICE pays HALDEN BIOMETRICS LLC: $3,750,000 obligated of $9,225,000" in said
    assert "Page 1: " in said


def test_a_filter_that_is_no_facet_is_refused_in_words() -> None:
    result = CliRunner().invoke(search, ["camera", "--filter", "color=red"])
    assert isinstance(result.exception, BadRequest)
    assert "FACET=VALUE" in str(result.exception)


def test_show_gives_every_page_of_a_document_with_words(composed: Composed) -> None:
    record = _json(composed.work, command=show)
    assert record["sha256"] == composed.work
    assert record["state"] == "public"
    assert [page["number"] for page in record["pages"]] == [1, 2, 3]  # type: ignore[attr-defined]
    first = record["pages"][0]  # type: ignore[index]
    assert {"number", "text", "words", "characters_beneath_boxes", "has_text_layer"} <= first.keys()


@pytest.mark.parametrize("form", ["{}", "documents/{}", "/documents/{}"])
def test_show_takes_a_key_or_an_address(composed: Composed, form: str) -> None:
    assert _json(form.format(composed.work), command=show)["sha256"] == composed.work
    award = form.replace("documents", "awards").format(ORDER)
    assert _json(award, command=show)["key"] == ORDER


def test_show_lists_who_was_paid_below_the_vendor(composed: Composed) -> None:
    said = _ran(CliRunner().invoke(show, [ORDER]))
    assert "2 sub-award reports, as reported, may repeat:" in said
    reports = [line.split() for line in said.splitlines() if "$412,000" in line]
    payee = _json(ORDER, command=show)["subawards"][0]["vendor"]  # type: ignore[index]
    assert len(reports) == 2
    assert all(" ".join(line).endswith(payee) for line in reports)


def test_show_counts_what_lies_beneath_boxes_and_does_not_say_it(composed: Composed) -> None:
    record = _json(composed.beneath, command=show)
    assert record["state"] == "held"
    assert record["pages"][0]["characters_beneath_boxes"] > 0  # type: ignore[index]
    assert HIDDEN_WORD not in json.dumps(record)


@pytest.mark.parametrize("state", ["held", "withdrawn"])
def test_show_gives_no_page_of_a_document_that_is_not_for_readers(
    composed: Composed, state: str
) -> None:
    record = _json(getattr(composed, state), command=show)
    assert record["state"] == state
    assert record["pages"] == []
    assert "title" not in record


@pytest.mark.parametrize(
    "typed",
    [
        "0" * 64,
        "A" * 64,
        "cont_awd_70zzzz99f0_7012_-none-_-none-",
        "nosuch",
        "Cont_Idv_70zz99_7012",
    ],
)
def test_show_of_what_is_not_held_says_so_of_what_was_typed(typed: str) -> None:
    result = CliRunner().invoke(show, [typed])
    assert isinstance(result.exception, NotFound)
    assert typed in str(result.exception)


def test_a_taken_port_is_said_with_its_exit_code() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        result = CliRunner().invoke(serve, ["--port", str(port)])
    assert isinstance(result.exception, PortTaken)
    assert result.exception.exit_code == 15
    assert f"Port {port} " in str(result.exception)
    assert "--port 0" in str(result.exception)


def test_serve_says_its_address_answers_there_and_ends_well_when_told_to() -> None:
    words = [sys.executable, "-m", "archive.program", "serve", "--port", "0"]
    with subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as one:
        assert one.stdout is not None
        address = one.stdout.readline().split()[3]
        with urllib.request.urlopen(f"{address}healthz", timeout=10) as answer:  # noqa: S310
            assert json.load(answer)["ok"] is True
        one.send_signal(signal.SIGTERM)
        assert one.wait(timeout=15) == 0


def test_where_nothing_is_found_other_ways_to_ask_are_named() -> None:
    said = _ran(CliRunner().invoke(search, ["facil recognition"]))
    assert "0 records: none" in said
    assert "  facil alone: 0 records" in said
    [way] = [line for line in said.splitlines() if "facil~" in line]
    words = way.partition("search ")[2].strip("'")
    count = int(way.split()[0])
    assert _json(words)["total"] == count > 0
    filtered = _ran(CliRunner().invoke(search, ["camera", "--filter", "year=1999"]))
    assert "Without filters: " in filtered


def test_a_word_that_is_ruled_out_needs_no_quotes() -> None:
    with_all = _json("camera")["total"]
    assert _json("camera", "-maintenance")["total"] == 0
    assert with_all == 25


@pytest.mark.parametrize("words", [("--from", "yesterday"), ("--max", "1e9")])
def test_a_value_that_is_not_understood_is_refused_and_nothing_printed(
    words: tuple[str, str],
) -> None:
    result = CliRunner().invoke(search, ["camera", *words, "--export", "csv"])
    assert isinstance(result.exception, BadRequest)
    assert str(result.exception).startswith(f"Not understood: `{words[0][2:]}={words[1]}`. ")
    assert result.stdout == ""
