"""Asks the reader processes: read this document, draw that page, recognise the words on it.

The readers are a program of their own, started by its name and asked over pipes; nothing of them
is loaded here, and no PDF is ever opened in the process that asks.
"""

import fcntl
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
import uuid
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from queue import LifoQueue
from types import TracebackType
from typing import Any, Self

from archive.errors import NotFound, NotReadable
from archive.outcomes import PageSummary, ReadDocument
from archive.readings import PageReading, Reading
from archive.taken_out import Attachments, from_answer

_READER = "ingest.reader"
_PREFIX = "paperwatch-readings-"
_LEFT_S = 24 * 3600
_READ = ("ok", "repaired")
_NEVER_BEGAN = "the reader process does not start. Run: paperwatch test"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadResult:
    """How reading a document went.

    `verdict` is ok, repaired (read as well), password, damaged, not a PDF, empty, limit-cpu,
    limit-memory, limit-pages, too-complex, crashed, or ended (the readers were, before it was
    read); `reason` is a sentence for all but the first two. `document` says what was found, as far
    as it was. `reading_path` is the packed reading, a file of the caller's: keep it, then `discard`
    it.
    """

    verdict: str
    reason: str
    document: ReadDocument
    reading_path: Path | None
    cpu_s: float
    has_attachments: bool = False

    @property
    def is_ok(self) -> bool:
        """Whether the document was read."""
        return self.verdict in _READ

    @property
    def is_unexamined(self) -> bool:
        """Whether it could be opened, and a page was too complex to look for hidden text."""
        return self.verdict == "too-complex"

    def discard(self) -> None:
        """Remove the packed reading, when it was kept elsewhere or is not wanted."""
        if self.reading_path is not None:
            self.reading_path.unlink(missing_ok=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class RecognisedPage:
    """How recognising a page went: a verdict and a reason as in `ReadResult`, and the page.

    `title`, `dated_on` and `type` are those of the document, where it is the first page.
    """

    number: int
    verdict: str
    reason: str
    page: PageReading | None
    title: str = ""
    dated_on: str = ""
    type: str = ""


class _Reader:
    """One reader process, started at its first job and again after it died."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._is_ended = False

    def ask(self, job: Mapping[str, Any]) -> dict[str, Any]:
        """Ask once more when the process had died since its last job, or dies of this one."""
        for _ in range(2):
            answer = None if self._is_ended else self._asked(json.dumps(job).encode() + b"\n")
            if answer is not None:
                return answer
            if self._is_ended:
                return {"verdict": "ended", "reason": "the readers were ended before it was read"}
        return {"verdict": "crashed", "reason": "the reader process ended while reading it"}

    def _asked(self, line: bytes) -> dict[str, Any] | None:
        process = self._running()
        if process.stdin is None or process.stdout is None:
            raise NotReadable(_NEVER_BEGAN)
        try:
            if self._is_ended:
                raise BrokenPipeError
            process.stdin.write(line)
            process.stdin.flush()
            answer: dict[str, Any] = json.loads(process.stdout.readline())
        except (OSError, ValueError):  # a closed pipe, or no JSON
            self.stop()
            return None
        except BaseException:
            self.stop()  # interrupted between question and answer: the next answer would be stale
            raise
        return answer

    def _running(self) -> subprocess.Popen[bytes]:
        if self._process is None or self._process.poll() is not None:
            self.stop()
            # In a session of its own: an interrupt at the keyboard is for the program that asks.
            self._process = subprocess.Popen(
                [sys.executable, "-m", _READER],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                start_new_session=True,
            )
        return self._process

    @property
    def process_id(self) -> int:
        """The process, 0 while there is none."""
        return self._process.pid if self._process is not None else 0

    def end(self) -> None:
        """End the process from another thread than that which asks, and start no other."""
        self._is_ended = True
        process = self._process
        if process is not None and process.stdin is not None:
            with suppress(OSError):
                process.stdin.close()

    def stop(self) -> None:
        """End the process; it notices that its standard input is closed, and ends its child."""
        process, self._process = self._process, None
        if process is None:
            return
        for stream in (process.stdin, process.stdout):
            if stream is not None:
                with suppress(OSError):
                    stream.close()
        try:
            process.wait(timeout=5)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


class Readers:
    """So many reader processes, asked from any thread; use it in a `with` statement.

    Who asks while all are busy waits. Processes are started when they are first needed.
    """

    def __init__(self, count: int) -> None:
        self.count = count
        self._idle: LifoQueue[_Reader] = LifoQueue()
        self._readers = [_Reader() for _ in range(count)]
        for reader in self._readers:
            self._idle.put(reader)
        _remove_leftovers()
        self._folder = tempfile.TemporaryDirectory(prefix=_PREFIX)
        # Whoever clears old folders away, we or systemd, leaves one that is locked.
        self._lock = os.open(self._folder.name, os.O_RDONLY | os.O_CLOEXEC)
        fcntl.flock(self._lock, fcntl.LOCK_SH)

    def read(self, path: Path) -> ReadResult:
        """Read a document. What is wrong with it is said in the result, never raised."""
        output = self._output()
        answer = self._ask({"job": "read", "path": str(path), "output": str(output)})
        result = _result(answer, output)
        if not result.is_ok:
            output.unlink(missing_ok=True)
        return result

    def take_attachments(self, path: Path) -> Attachments:
        """Take out the files that are attached to a document; what goes wrong is said in it."""
        folder = self._output()
        answer = self._ask({"job": "attachments", "path": str(path), "output": str(folder)})
        attachments = from_answer(answer, folder)
        if attachments.verdict != "ok":
            attachments.discard()
        return attachments

    def recognise(self, path: Path, page: int, models: Path) -> RecognisedPage:
        """Recognise the words in the picture of a page, counted from 1.

        `models` is the folder of Tesseract's models. What goes wrong is said in the result.
        """
        output = self._output()
        job = {"job": "recognise", "path": str(path), "output": str(output), "page": page}
        answer = self._ask(job | {"models": str(models)})
        try:
            return _recognised(answer, output, page)
        finally:
            output.unlink(missing_ok=True)

    def picture(
        self, path: Path, page: int, width_px: int, paint: Sequence[Sequence[float]] = ()
    ) -> bytes:
        """Draw a page, counted from 1, as a PNG of flat pixels.

        `paint` are places to paint over: left, top, right, bottom, in points of the upright page.

        Raises:
            NotFound: the document has no such page.
            NotReadable: it cannot be drawn.
        """
        output = self._output()
        job = {"job": "picture", "path": str(path), "output": str(output)}
        places = [list(place) for place in paint]
        answer = self._ask(job | {"page": page, "width_px": width_px, "paint": places})
        try:
            if answer["verdict"] == "no such page":
                raise NotFound(f"No such page: {answer['reason']}.")
            if answer["verdict"] != "ok":
                raise NotReadable(f"Page {page} cannot be drawn: {answer['reason']}.")
            return output.read_bytes()
        finally:
            output.unlink(missing_ok=True)

    @property
    def folder(self) -> Path:
        """Where the readers write; all in it is somebody's who asked."""
        return Path(self._folder.name)

    def process_ids(self) -> list[int]:
        """Give the processes that run."""
        return [one.process_id for one in self._readers if one.process_id]

    def end(self) -> None:
        """End what is in reading, from any thread; who asked gets the verdict "ended"."""
        for reader in self._readers:
            reader.end()

    def close(self) -> None:
        """End the processes, and what they have in hand; remove readings nobody kept."""
        for reader in self._readers:
            reader.stop()
        self._folder.cleanup()
        if self._lock >= 0:
            os.close(self._lock)
            self._lock = -1

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def _output(self) -> Path:
        return self.folder / uuid.uuid4().hex

    def _ask(self, job: Mapping[str, Any]) -> dict[str, Any]:
        reader = self._idle.get()
        try:
            return reader.ask(job)
        finally:
            self._idle.put(reader)


def _remove_leftovers() -> None:
    """Remove what killed processes left in the folder for temporary files, a day later."""
    long_ago = time.time() - _LEFT_S
    for folder in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*"):
        with suppress(OSError):
            if folder.stat().st_mtime < long_ago and folder.stat().st_uid == os.getuid():
                _remove_unheld(folder)


def _remove_unheld(folder: Path) -> None:
    """Remove a folder, unless a process that read nothing for a day still has it."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_CLOEXEC)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        shutil.rmtree(folder)
    finally:
        os.close(descriptor)


def _result(answer: Mapping[str, Any], output: Path) -> ReadResult:
    is_ok = answer["verdict"] in _READ
    return ReadResult(
        verdict=answer["verdict"],
        reason=answer["reason"],
        document=ReadDocument(
            reader_version=answer.get("reader_version", ""),
            title=answer.get("title", ""),
            dated_on=answer.get("dated_on", ""),
            type=answer.get("type", ""),
            remarks=tuple(answer.get("remarks", ())),
            pages=[
                _summary(page, number)
                for number, page in enumerate(answer.get("pages", ()), start=1)
            ],
        ),
        reading_path=output if is_ok else None,
        cpu_s=answer.get("cpu_s", 0.0),
        has_attachments=bool(answer.get("has_attachments")),
    )


def _recognised(answer: Mapping[str, Any], output: Path, number: int) -> RecognisedPage:
    page = None
    if answer["verdict"] == "ok":
        with Reading.open(output) as reading:
            page = replace(reading.page(1), number=number)
    return RecognisedPage(
        number=number,
        verdict=answer["verdict"],
        reason=answer["reason"],
        page=page,
        title=answer.get("title", ""),
        dated_on=answer.get("dated_on", ""),
        type=answer.get("type", ""),
    )


def _summary(page: Mapping[str, Any], number: int) -> PageSummary:
    return PageSummary(
        number=number,
        words=page["words"],
        text_from=page["text_from"],
        confidence=page["confidence"],
        characters_beneath_boxes=page["characters_beneath_boxes"],
        masked=page["masked"],
        boxes=page["boxes"],
        covered_percent=page["covered_percent"],
        exemptions=tuple(page["exemptions"]),
        is_withheld=page["is_withheld"],
        content_key=page["content_key"],
    )
