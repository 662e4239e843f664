"""Copies every body that a row names, each hashed as it is read and as it is written."""

from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from threading import BoundedSemaphore
from typing import IO

from archive.copying.tables import Report
from archive.errors import Damaged, NotFound
from archive.files import Files
from archive.holdings import named_bodies
from archive.opening import Archive

_SMALL_AT_ONCE, _SMALL_BYTES = 500, 8 << 20
_FILES_AT_ONCE = 4
_HASH_BYTES = 32
_MEND = "Nothing of rows was copied yet. Mend the archive first: paperwatch verify"


class Wanted:
    """The bodies that rows of an archive name, in order: read once, and kept in a file meanwhile.

    Copying them takes hours, and no transaction should last as long.
    """

    def __init__(self, source: Archive, file: IO[bytes]) -> None:
        self._file = file
        self.count = 0
        with source.catalogue.reading() as connection:
            for sha256, _ in named_bodies(connection):
                file.write(bytes.fromhex(sha256))
                self.count += 1

    def __iter__(self) -> Iterator[str]:
        self._file.seek(0)
        while name := self._file.read(_HASH_BYTES):
            yield name.hex()


def copy_bodies(source: Files, target: Files, wanted: Wanted, report: Report) -> None:
    """Copy what the target lacks.

    Raises:
        Damaged: a body is missing or is not what its hash says.
    """
    with _Sender(source, target, report) as sender:
        for sha256, is_there in beside(wanted, target.names()):
            if is_there:
                report("files", 1)
            else:
                sender.send(sha256)


def missing(wanted: Wanted, target: Files) -> list[str]:
    """Name the bodies that the target lacks after all."""
    return [name for name, is_there in beside(wanted, target.names()) if not is_there]


def beside(wanted: Iterable[str], held: Iterator[str]) -> Iterator[tuple[str, bool]]:
    """Walk names, and whether each is among others; both in order."""
    other = next(held, "")
    for name in wanted:
        while other and other < name:
            other = next(held, "")
        yield name, name == other


class _Sender:
    """Sends small bodies many at a time, and files some at the same time; an error ends all."""

    def __init__(self, source: Files, target: Files, report: Report) -> None:
        self._source, self._target, self._report = source, target, report
        self._small: list[tuple[str, bytes]] = []
        self._small_bytes = 0
        self._pool = ThreadPoolExecutor(_FILES_AT_ONCE, thread_name_prefix="copy")
        self._room = BoundedSemaphore(2 * _FILES_AT_ONCE)
        self._sent: list[Future[None]] = []

    def __enter__(self) -> "_Sender":
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if kind is None:
            self._flush()
        self._pool.shutdown(cancel_futures=kind is not None)
        if kind is None:
            self._look()

    def send(self, sha256: str) -> None:
        """Send a body, now or soon."""
        if self._source.is_file(sha256):
            self._look()
            self._room.acquire()
            future = self._pool.submit(self._send_file, sha256)
            future.add_done_callback(lambda _: self._room.release())
            self._sent.append(future)
            return
        body = _read(self._source, sha256)
        self._small.append((sha256, body))
        self._small_bytes += len(body)
        if len(self._small) >= _SMALL_AT_ONCE or self._small_bytes >= _SMALL_BYTES:
            self._flush()

    def _look(self) -> None:
        """See what became of files that were sent."""
        for future in [one for one in self._sent if one.done()]:
            self._sent.remove(future)
            future.result()
            self._report("files", 1)

    def _flush(self) -> None:
        if self._small:
            self._target.put_small([body for _, body in self._small])
            self._report("files", len(self._small))
        self._small, self._small_bytes = [], 0

    def _send_file(self, sha256: str) -> None:
        try:
            with self._source.held(sha256) as path:
                stored = self._target.put_file(path)
        except NotFound as error:
            raise _missing(sha256) from error
        if stored.sha256 != sha256:
            self._target.remove(stored.sha256)
            raise Damaged(f"File {sha256} is damaged. {_MEND}")


def _read(source: Files, sha256: str) -> bytes:
    try:
        return source.read(sha256)
    except NotFound as error:
        raise _missing(sha256) from error
    except Damaged as error:
        raise Damaged(f"File {sha256} is damaged. {_MEND}") from error


def _missing(sha256: str) -> Damaged:
    return Damaged(f"File {sha256} is missing. {_MEND}")
