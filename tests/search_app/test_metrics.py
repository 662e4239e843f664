"""`/metrics`: what it says, to whom, and that its page in the documentation names all of it."""

import re
import threading
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from prometheus_client.parser import text_string_to_metric_families

from archive import deposit
from archive.errors import Busy
from archive.opening import Archive, open_archive
from archive.reading_client import Readers
from archive.settings import Settings
from search_app.app import create_app
from search_app.serving import Server, served
from tests.archive.composed import award, captured

PAGE = Path(__file__).parents[2] / "docs" / "operating.md"
SECRET = "unmentionablequery"
Samples = dict[tuple[str, tuple[tuple[str, str], ...]], float]


def samples(text: str) -> Samples:
    return {
        (sample.name, tuple(sorted(sample.labels.items()))): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


@contextmanager
def client_of(archive: Archive) -> Iterator[FlaskClient]:
    with Readers(1) as readers:
        yield create_app(archive, readers).test_client()


@pytest.fixture
def opened(settings: Settings) -> Iterator[Archive]:
    """An archive of two awards, of which the index has not heard yet."""
    with open_archive(settings) as archive:
        deposit.deposit(archive, captured(archive, "two"), [award(n) for n in (1, 2)])
        yield archive


def test_it_says_how_the_archive_stands(opened: Archive) -> None:
    with client_of(opened) as client:
        found = samples(client.get("/metrics").text)
    assert found["paperwatch_catalogue_up", ()] == 1
    assert found["paperwatch_index_up", ()] == 1
    assert found["paperwatch_index_expected", ()] == 2
    assert found["paperwatch_index_held", ()] == 0
    assert found["paperwatch_index_missing", ()] == 0
    assert found["paperwatch_outbox_entries", (("index", "live"),)] == 2
    assert found["paperwatch_work", (("queue", "read"), ("state", "waiting"))] == 0
    assert found["paperwatch_holdings", (("kind", "award"),)] == 2
    assert found["paperwatch_free_bytes", ()] > 0


def test_answers_are_counted_by_route_and_status_and_never_by_what_was_asked(
    opened: Archive,
) -> None:
    with client_of(opened) as client:
        for _ in range(3):
            client.get(f"/?q={SECRET}")
        client.get(f"/{SECRET}")
        client.post(f"/?q={SECRET}")
        client.open(f"/?q={SECRET}", method=SECRET.upper())
        text = client.get("/metrics").text
    assert SECRET not in text.lower()
    found = samples(text)

    def count(route: str, method: str, status: str) -> float:
        labels = (("method", method), ("route", route), ("status", status))
        return found["paperwatch_http_requests_total", labels]

    assert count("/", "GET", "200") == 3
    assert count("-", "GET", "404") == 1
    assert count("-", "other", "405") == 2
    assert found["paperwatch_http_request_seconds_count", (("route", "/"),)] == 3


def test_requests_of_many_threads_are_all_counted(opened: Archive) -> None:
    with client_of(opened) as client:
        app = client.application
        threads = [
            threading.Thread(target=lambda: [app.test_client().get("/healthz") for _ in range(20)])
            for _ in range(4)
        ]
        for one in threads:
            one.start()
        for one in threads:
            one.join()
        found = samples(client.get("/metrics").text)
    labels = (("method", "GET"), ("route", "/healthz"), ("status", "200"))
    assert found["paperwatch_http_requests_total", labels] == 80


def test_a_catalogue_that_cannot_be_asked_is_down_and_the_rest_is_told(
    opened: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    def busy(*_: object) -> None:
        raise Busy("The catalogue is in use.")

    monkeypatch.setattr("search_app.services.standing", busy)
    with client_of(opened) as client:
        response = client.get("/metrics")
    assert response.status_code == 200
    found = samples(response.text)
    assert found["paperwatch_catalogue_up", ()] == 0
    assert any(name.startswith("process_") for name, _ in found)


def asked(address: str, **headers: str) -> int:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    request = urllib.request.Request(f"{address}metrics", headers=named)  # noqa: S310
    try:
        with urllib.request.urlopen(request, timeout=10) as answer:  # noqa: S310
            return int(answer.status)
    except urllib.error.HTTPError as error:
        return error.code


@contextmanager
def really_served(archive: Archive) -> Iterator[str]:
    with served(archive, "127.0.0.1", 0, is_scheduled=False) as (server, address):
        threading.Thread(target=lambda: _run(server), daemon=True).start()
        yield address


def _run(server: Server) -> None:
    with suppress(OSError):  # it is closed while it waits
        server.run()


def test_it_is_read_on_this_machine_and_not_through_a_proxy(opened: Archive) -> None:
    with really_served(opened) as address:
        assert asked(address) == 200
        for name in ("X_Forwarded_For", "Forwarded", "Via", "X_Real_IP"):
            assert asked(address, **{name: "203.0.113.9"}) == 404, name
        assert asked(address, Authorization="Bearer anything") == 200


@pytest.mark.parametrize(("peer", "code"), [("127.0.0.1", 200), ("::1", 200), ("10.0.0.7", 404)])
def test_another_machine_is_refused(opened: Archive, peer: str, code: int) -> None:
    with client_of(opened) as client:
        response = client.get("/metrics", environ_overrides={"REMOTE_ADDR": peer})
        assert response.status_code == code


def test_with_a_token_who_sends_it_reads_from_anywhere_and_nobody_else(opened: Archive) -> None:
    values = {**opened.settings.values, "METRICS_TOKEN": "of-the-desk"}
    with_token = replace(opened, settings=replace(opened.settings, values=values))
    with client_of(with_token) as client:
        far = {"REMOTE_ADDR": "10.0.0.7"}
        assert client.get("/metrics").status_code == 404
        for sent, code in (("of-the-desk", 200), ("of-the-desks", 404), ("", 404)):
            headers = {"Authorization": f"Bearer {sent}", "X-Forwarded-For": "203.0.113.9"}
            response = client.get("/metrics", headers=headers, environ_overrides=far)
            assert response.status_code == code


def test_every_figure_is_documented_and_no_other(opened: Archive) -> None:
    with client_of(opened) as client:
        client.get("/")
        text = client.get("/metrics").text
    told = set(re.findall(r"^# TYPE (paperwatch_\S+)", text, re.MULTILINE))
    documented = set(re.findall(r"^\| `(paperwatch_\w+)", PAGE.read_text("utf-8"), re.MULTILINE))
    assert documented == told | {"paperwatch_source_last_success_timestamp_seconds"}
