"""Fetching one file over HTTP: whole, after a cut, of another version, refused."""

import os
import tracemalloc
from collections.abc import Iterator
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

from crawlers.fetching import CutOff, Part, fetch
from crawlers.standin.files import part_of

PLACE = "/generated_downloads/a.zip"


class Service:
    """A server with one file; it cuts the connection, or takes no ranges, when told to."""

    def __init__(self, content: bytes) -> None:
        self.content = content
        self.cuts = 0
        self.takes_ranges = True
        self.ranges: list[str | None] = []
        self.status = 200
        service = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                service.answer(self)

            def log_message(self, *_: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self.server.server_address[1]}{PLACE}"
        Thread(target=self.server.serve_forever, args=(0.01,), daemon=True).start()

    def answer(self, handler: BaseHTTPRequestHandler) -> None:
        self.ranges.append(handler.headers.get("Range"))
        asked = {name.lower(): value for name, value in handler.headers.items()}
        reply = part_of(self.content, asked if self.takes_ranges else {})
        status = reply.status if self.status == 200 else self.status
        handler.send_response(status)
        for name, value in reply.headers.items():
            handler.send_header(name, value)
        if status in (301, 302):
            handler.send_header("Location", "http://127.0.0.1:1/elsewhere")
        body = reply.content()
        handler.send_header("Content-Length", str(len(body)))
        handler.end_headers()
        if self.cuts:
            self.cuts -= 1
            body = body[: len(body) // 2]
        handler.wfile.write(body)


@pytest.fixture
def service() -> Iterator[Service]:
    running = Service(os.urandom(300_000))
    yield running
    running.server.shutdown()
    running.server.server_close()


def part(service: Service, tmp_path: Path) -> Part:
    return Part(folder=tmp_path / "f", address=service.address, tell=lambda done, share: None)


def test_a_file_comes_whole_and_its_answer_without_its_bytes(
    service: Service, tmp_path: Path
) -> None:
    one = part(service, tmp_path)
    answer = fetch(one, {}, 5)
    assert (answer.status, answer.body) == (200, b"")
    assert one.path.read_bytes() == service.content
    assert one.version.encode() == answer.headers["ETag"]


def test_after_a_cut_only_the_rest_is_asked_for(service: Service, tmp_path: Path) -> None:
    service.cuts = 1
    one = part(service, tmp_path)
    with pytest.raises(CutOff, match="150000 of 300000"):
        fetch(one, {}, 5)
    assert fetch(part(service, tmp_path), {}, 5).status == 200
    assert service.ranges == [None, "bytes=150000-"]
    assert one.path.read_bytes() == service.content


def test_a_service_without_ranges_gives_it_anew(service: Service, tmp_path: Path) -> None:
    service.cuts, service.takes_ranges = 1, False
    one = part(service, tmp_path)
    with pytest.raises(CutOff):
        fetch(one, {}, 5)
    fetch(one, {}, 5)
    assert one.path.read_bytes() == service.content


def test_another_version_under_the_same_address_is_not_patched_onto_the_first(
    service: Service, tmp_path: Path
) -> None:
    service.cuts = 1
    one = part(service, tmp_path)
    with pytest.raises(CutOff):
        fetch(one, {}, 5)
    service.content = os.urandom(200_000)
    fetch(one, {}, 5)
    assert one.path.read_bytes() == service.content


def test_one_that_was_whole_when_the_program_was_killed_needs_nothing_more(
    service: Service, tmp_path: Path
) -> None:
    one = part(service, tmp_path)
    fetch(one, {}, 5)
    assert fetch(one, {}, 5).status == 200
    assert service.ranges == [None, "bytes=300000-"]
    assert one.path.read_bytes() == service.content


def test_one_longer_than_its_file_is_begun_anew(service: Service, tmp_path: Path) -> None:
    one = part(service, tmp_path)
    fetch(one, {}, 5)
    with one.path.open("ab") as more:
        more.write(b"x")
    with pytest.raises(CutOff, match="not of this file"):
        fetch(one, {}, 5)
    fetch(one, {}, 5)
    assert one.path.read_bytes() == service.content


@pytest.mark.parametrize("status", [302, 403, 429, 503])
def test_an_answer_that_is_not_the_file_is_given_as_it_is(
    service: Service, tmp_path: Path, status: int
) -> None:
    service.status = status
    one = part(service, tmp_path)
    assert fetch(one, {}, 5).status == status
    assert one.size_bytes == 0


def test_memory_does_not_grow_with_the_file(tmp_path: Path) -> None:
    large = Service(b"0123456789abcdef" * (4 << 20))  # 64 MiB, held by the server itself
    one = part(large, tmp_path)
    tracemalloc.start()
    fetch(one, {}, 30)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    large.server.shutdown()
    large.server.server_close()
    assert one.size_bytes == 64 << 20
    assert most < 8 << 20


def test_a_file_into_which_somebody_else_wrote_is_not_believed(
    service: Service, tmp_path: Path
) -> None:
    def write_as_well(_done: int, _share: float | None) -> None:
        with other.path.open("ab") as target:
            target.write(b"more")

    other = part(service, tmp_path)
    disturbed = replace(other, tell=write_as_well)
    with pytest.raises(CutOff, match="somebody else wrote"):
        fetch(disturbed, {}, 5)
    assert not disturbed.path.exists()


def test_two_who_fetch_the_same_file_have_a_part_each(service: Service, tmp_path: Path) -> None:
    one = part(service, tmp_path)
    assert replace(one, taken_by="ReadingRoom some_room ").path != one.path
