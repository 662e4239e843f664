"""Pictures of pages, drawn by the readers and kept under a quota."""

import hashlib
import os
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from threading import Lock

from archive.errors import BadRequest
from archive.reading_client import Readers

WIDTHS = (600, 1200, 1800)
_QUOTA_BYTES = 256 * 1024 * 1024
_SWEEP_EVERY = 50  # pictures drawn between two looks at the quota


Places = Sequence[tuple[float, float, float, float]]


def picture_name(
    sha256: str, page: int, width: int, reader_version: str, paint: Places = ()
) -> str:
    """Name a picture by all that it depends on."""
    painted = f"-{hashlib.sha256(repr(paint).encode()).hexdigest()[:16]}" if paint else ""
    return f"{sha256}-{page}-{width}-{reader_version or 'unread'}{painted}"


class Pictures:
    """A cache of pictures in one folder; anything in it may be deleted at any time."""

    def __init__(self, folder: Path, readers: Readers, quota_bytes: int = _QUOTA_BYTES) -> None:
        self._folder = folder / "pictures"
        self._readers = readers
        self._quota_bytes = quota_bytes
        self._drawn = 0
        self._drawing: dict[str, Lock] = {}
        self._lock = Lock()

    def picture(
        self,
        document: Path,
        sha256: str,
        page: int,
        width: int,
        *,
        reader_version: str,
        paint: Places = (),
    ) -> bytes:
        """Give the picture of a page as PNG; `paint` are places to paint over, as readers ask.

        `reader_version` is that which read the document: what an older reader drew may show what a
        newer one knows to be hidden, and is not given any more.

        Raises:
            BadRequest: a width that is not offered.
            NotFound, NotReadable: there is no such page, or it cannot be drawn.
        """
        if width not in WIDTHS:
            raise BadRequest(f"Pictures are {', '.join(map(str, WIDTHS))} pixels wide.")
        name = f"{picture_name(sha256, page, width, reader_version, paint)}.png"
        with self._one_at_a_time(name):
            kept = self._kept(name)
            return kept if kept is not None else self._draw(document, name, page, width, paint)

    def _one_at_a_time(self, name: str) -> Lock:
        """Give the lock of one picture, so that two readers of it cause one drawing."""
        with self._lock:
            if len(self._drawing) > 1_000:
                self._drawing.clear()
            return self._drawing.setdefault(name, Lock())

    def _kept(self, name: str) -> bytes | None:
        path = self._folder / name
        try:
            body = path.read_bytes()
            os.utime(path)  # used now: swept last
        except OSError:
            return None
        return body

    def _draw(self, document: Path, name: str, page: int, width: int, paint: Places) -> bytes:
        body = self._readers.picture(document, page, width, paint)
        # A full disk must not stop anybody from seeing the page.
        with suppress(OSError):
            self._keep(name, body)
        return body

    def _keep(self, name: str, body: bytes) -> None:
        self._folder.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=self._folder, delete=False) as part:
            part.write(body)
        Path(part.name).replace(self._folder / name)
        self._drawn += 1
        if self._drawn % _SWEEP_EVERY == 1:
            self._sweep()

    def _sweep(self) -> None:
        """Remove what was used longest ago until the rest fits into the quota."""
        found = [(path.stat(), path) for path in self._folder.iterdir()]
        total = sum(stat.st_size for stat, _ in found)
        for stat, path in sorted(found, key=lambda one: one[0].st_mtime):
            if total <= self._quota_bytes:
                return
            path.unlink(missing_ok=True)
            total -= stat.st_size
