"""Gives what was read of a file: by the archive, or else now, and then kept nowhere."""

import hashlib
import io
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image

from archive.documents import reading_of
from archive.errors import Damaged, NotFound, NotReadable
from archive.opening import Archive
from archive.reading_client import Readers
from archive.readings import PageReading, Reading
from ingest.evaluating.seen import Seen, SeenPage
from ingest.reader import READER_VERSION

_WIDTH_PX = 800
# Of 256 shades of grey: paper without print is of one.
_NEXT_TO_NOTHING = 24


@dataclass(frozen=True, slots=True, kw_only=True)
class Looker:
    """Looks at files one by one, from any thread.

    `models` is the folder of Tesseract's models; without it scanned pages stay pictures.
    """

    archive: Archive | None
    readers: Readers
    models: Path | None

    def look(self, path: Path) -> Seen:
        """Give what the archive read of a file, if this reader did and no page waits; else read."""
        pages = self._kept(path) if self.archive else None
        is_kept = pages is not None
        if pages is None:
            result = self.readers.read(path)
            if result.reading_path is None:
                return Seen(name=path.name, reason=result.reason)
            try:
                with Reading.open(result.reading_path) as reading:
                    pages = self._recognised(path, tuple(reading.pages()))
            finally:
                result.discard()
        return Seen(
            name=path.name,
            pages=[SeenPage.of(one, is_blank=self._is_blank(path, one)) for one in pages],
            is_kept=is_kept,
            waiting=sum(one.text_from == "picture" for one in pages),
        )

    def _kept(self, path: Path) -> Sequence[PageReading] | None:
        """Give the archive's reading of a file; None where it has none that is whole."""
        if self.archive is None:
            return None
        with path.open("rb") as file:
            sha256 = hashlib.file_digest(file, "sha256").hexdigest()
        files = self.archive.files
        try:
            row = reading_of(self.archive, sha256)
            if row.reader_version != READER_VERSION:
                return None
            files.checked_path(row.reading_sha256)
            with files.held(row.reading_sha256) as kept, Reading.open(kept) as reading:
                pages = tuple(reading.pages())
        except (Damaged, NotFound):
            return None
        return None if any(one.text_from == "picture" for one in pages) else pages

    def _recognised(self, path: Path, pages: Sequence[PageReading]) -> Sequence[PageReading]:
        """Recognise the pages that are pictures; where that fails, one stays what it is."""
        models = self.models
        if models is None or all(one.text_from != "picture" for one in pages):
            return pages

        def one(page: PageReading) -> PageReading:
            if page.text_from != "picture":
                return page
            return self.readers.recognise(path, page.number, models).page or page

        with ThreadPoolExecutor(self.readers.count) as pool:
            return list(pool.map(one, pages))

    def _is_blank(self, path: Path, page: PageReading) -> bool:
        if page.text_from != "none":
            return False
        try:
            drawn = self.readers.picture(path, page.number, _WIDTH_PX)
        except (NotFound, NotReadable):
            return True
        shades = np.asarray(Image.open(io.BytesIO(drawn)).convert("L"))
        return int(shades.max()) - int(shades.min()) < _NEXT_TO_NOTHING
