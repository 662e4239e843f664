import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from archive.reading_client import Readers
from tests.drawn import hostile, sheets
from tests.drawn.hostile import HOSTILE
from tests.ingest.conftest import Read

Reads = Callable[[bytes], Read]


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_ends_with_text_or_a_sentence(read: Reads, name: str) -> None:
    draw, expected = HOSTILE[name]
    result = read(draw()).result
    assert result.verdict in expected
    assert result.is_ok == (result.reason == "")


def test_the_next_file_is_read_after_a_hostile_one(read: Reads) -> None:
    read(hostile.page_tree_loop())
    assert read(sheets.letter()).result.is_ok


@pytest.mark.slow
def test_nested_forms_end_at_the_limit_of_time_or_memory(read: Reads) -> None:
    assert read(hostile.nested_forms()).result.verdict in {"limit-cpu", "limit-memory"}


def test_a_reader_that_was_killed_is_started_again(tmp_path: Path) -> None:
    path = tmp_path / "letter.pdf"
    path.write_bytes(sheets.letter())
    with Readers(1) as readers:
        assert readers.read(path).is_ok
        for reader in _children(os.getpid(), "ingest.reader"):
            os.kill(reader, signal.SIGKILL)
        assert readers.read(path).is_ok


def test_readers_end_with_the_process_that_asks(tmp_path: Path) -> None:
    path = tmp_path / "letter.pdf"
    path.write_bytes(sheets.letter())
    asking = subprocess.Popen(
        [
            sys.executable,
            "-c",
            "import sys, pathlib, time; from archive.reading_client import Readers\n"
            "readers = Readers(1); readers.read(pathlib.Path(sys.argv[1]))\n"
            "print('read', flush=True); time.sleep(60)",
            str(path),
        ],
        stdout=subprocess.PIPE,
    )
    with asking:
        assert asking.stdout is not None
        assert asking.stdout.readline() == b"read\n"
        started = _children(asking.pid, "ingest.reader")
        asking.kill()
    until = time.monotonic() + 5
    while any(_is_running(one) for one in started) and time.monotonic() < until:
        time.sleep(0.05)
    assert started
    assert not any(_is_running(one) for one in started)


def _children(parent: int, words: str) -> list[int]:
    found = []
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            status = (entry / "stat").read_text().rpartition(")")[2].split()
            command = (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode()
        except OSError:
            continue
        if int(status[1]) == parent and words in command:
            found.append(int(entry.name))
    return found


def _is_running(number: int) -> bool:
    try:
        return Path(f"/proc/{number}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False
