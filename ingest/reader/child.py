"""A forked child with limits for each job: a file can end it, and nothing else.

pdfium aborts the whole process when memory runs out, and no handler in Python sees it. Measured:
fork and wait 15 ms, a fresh interpreter 490 ms.
"""

import ctypes
import json
import os
import resource
import select
import signal
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, NoReturn

from archive.remarks import REPAIRED
from ingest.reader import READER_VERSION, memory, verdicts
from ingest.reader.jobs import picture, read, recognise, take_attachments
from ingest.reader.verdicts import Refused

Job = Mapping[str, Any]
Answer = dict[str, Any]
_SET_DEATH_SIGNAL = 1  # PR_SET_PDEATHSIG, linux/prctl.h
_SYSTEM = ctypes.CDLL(None)
_CHUNK = 1 << 16
# pdfium ends the process so when it gets no memory.
_OUT_OF_MEMORY = (signal.SIGABRT, signal.SIGTRAP, signal.SIGILL)


class ParentGone(Exception):
    """Nobody is left to answer."""


def run(job: Job, stdin: int) -> Answer:
    """Do a job in a child; give its answer, or the verdict that ended it.

    Raises:
        ParentGone: standard input was closed meanwhile; the child is ended.
    """
    begun = time.monotonic()
    from_child, to_parent = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(from_child)
        _be_child(job, to_parent)
    os.close(to_parent)
    try:
        lines, is_late = _listen(from_child, stdin, begun)
    except BaseException:
        _end(child)
        raise
    finally:
        os.close(from_child)
    used = _end(child) if is_late else os.wait4(child, 0)
    answer = _answer(lines, used[1], is_late=is_late)
    cpu_s = round(used[2].ru_utime + used[2].ru_stime, 3)
    return answer | {"cpu_s": cpu_s, "reader_version": READER_VERSION}


def _end(child: int) -> tuple[int, int, resource.struct_rusage]:
    os.kill(child, signal.SIGKILL)  # it is not waited for yet, so its number is still its own
    return os.wait4(child, 0)


def _listen(from_child: int, stdin: int, begun: float) -> tuple[list[Answer], bool]:
    """Collect the child's lines until it closes its end; tell whether it took too long."""
    waiting = select.poll()
    waiting.register(from_child, select.POLLIN | select.POLLHUP)
    waiting.register(stdin, select.POLLHUP)
    written, deadline = b"", begun + _wall_s(0)
    while True:
        left = deadline - time.monotonic()
        events = dict(waiting.poll(max(left, 0) * 1000))
        if not events:
            return _parsed(written), True
        if events.get(stdin, 0) & (select.POLLHUP | select.POLLERR):
            raise ParentGone
        if from_child in events:
            chunk = os.read(from_child, _CHUNK)
            if not chunk:
                return _parsed(written), False
            written += chunk
            for line in _parsed(written)[:1]:
                deadline = begun + _wall_s(int(line.get("page_count", 0)))


def _wall_s(pages: int) -> float:
    return verdicts.WALL_FACTOR * (verdicts.CPU_S + verdicts.CPU_S_A_PAGE * pages)


def _parsed(written: bytes) -> list[Answer]:
    return [json.loads(line) for line in written.split(b"\n")[:-1]]


def _answer(lines: list[Answer], status: int, *, is_late: bool) -> Answer:
    if lines and "verdict" in lines[-1]:
        return lines[-1]
    if is_late:
        return _said(verdicts.LIMIT_CPU, "reading it takes too long; it was stopped")
    number = os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0
    if number == signal.SIGXCPU:
        return _said(verdicts.LIMIT_CPU, "reading it takes too much computing time; it was stopped")
    if number in _OUT_OF_MEMORY:
        return _said(verdicts.LIMIT_MEMORY, _MEMORY)
    return _said(verdicts.CRASHED, f"reading it crashed the reader's child (signal {number})")


_MEMORY = f"reading it takes more than {verdicts.MEMORY_BYTES >> 30} GiB of memory"


def _said(verdict: str, reason: str) -> Answer:
    return {"verdict": verdict, "reason": reason}


def _be_child(job: Job, to_parent: int) -> NoReturn:
    """Do the job within limits, say how it went, and end without any clean-up."""
    try:
        memory.take_room()
        _limit(pages=0)
        _hush()

        def say_pages(count: int) -> None:
            _limit(pages=count)
            _say(to_parent, {"page_count": count})

        _say(to_parent, _outcome(job, say_pages))
    finally:
        os._exit(0)


def _say(to_parent: int, answer: Answer) -> None:
    left = memoryview(json.dumps(answer).encode() + b"\n")
    while left:
        left = left[os.write(to_parent, left) :]


def _outcome(job: Job, say_pages: Callable[[int], None]) -> Answer:
    try:
        path, output = Path(job["path"]), Path(job["output"])
        if job["job"] == "read":
            answer = read(path, output, say_pages)
        elif job["job"] == "attachments":
            answer = take_attachments(path, output)
        elif job["job"] == "recognise":
            answer = recognise(path, output, int(job["page"]), Path(job["models"]))
        else:
            paint = job.get("paint", ())
            answer = picture(path, output, int(job["page"]), int(job["width_px"]), paint)
        verdict = verdicts.REPAIRED if REPAIRED in answer.get("remarks", ()) else verdicts.OK
        return _said(verdict, "") | answer
    except Refused as refusal:
        return _said(refusal.verdict, refusal.reason)
    except MemoryError:
        return _said(verdicts.LIMIT_MEMORY, _MEMORY)
    except OSError as error:
        # Only the name of the error: its text may hold a path, and no text of the document.
        return _said(
            verdicts.CRASHED, f"its file cannot be opened, or its reading written: {error.strerror}"
        )
    except Exception as error:  # anything a file can provoke ends here, with its kind and no more
        return _said(verdicts.CRASHED, f"reading it failed with {type(error).__name__}")


def _limit(*, pages: int) -> None:
    """Set the limits; the time allowed grows with the pages found."""
    cpu_s = verdicts.CPU_S + verdicts.CPU_S_A_PAGE * pages
    hard_s = verdicts.CPU_S + verdicts.CPU_S_A_PAGE * verdicts.PAGES
    resource.setrlimit(resource.RLIMIT_CPU, (cpu_s, hard_s))
    resource.setrlimit(resource.RLIMIT_AS, (verdicts.MEMORY_BYTES, verdicts.MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_FSIZE, (verdicts.OUTPUT_BYTES, verdicts.OUTPUT_BYTES))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _hush() -> None:
    """Die with the reader, or before it; be deaf, and silent: a library may print text.

    (To write too large a file is an error, and does not end it: Python ignores SIGXFSZ.)
    """
    with suppress(OSError, AttributeError):
        _SYSTEM.prctl(_SET_DEATH_SIGNAL, signal.SIGKILL)
    # Where the whole machine runs out of memory, the kernel is to end this process and no other.
    # (By the bare calls: a text file of Python's costs a child 2 ms.)
    with suppress(OSError):
        score = os.open("/proc/self/oom_score_adj", os.O_WRONLY)
        os.write(score, b"1000")
        os.close(score)
    nothing = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(nothing, stream)
