"""Files given by hand, on their way into the archive: bytes first, then what they are."""

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa

from archive import clock, runs
from archive.captures import keep, refuse
from archive.catalogue import tables
from archive.documents import deposit_document, describe_release
from archive.errors import Damaged, NotFound
from archive.kinds import KIND_BYTES, why_no_pdf
from archive.model import Answer, Refused
from archive.opening import Archive
from archive.release_statements import Released
from ingest.again import put_down
from ingest.describing import Given, is_sidecar


@dataclass(frozen=True, slots=True, kw_only=True)
class Collected:
    """A file that was looked at; `refusal` is why it is no document, else ''.

    `is_described`: it was known, and its agency, day or state was told anew.
    """

    name: str
    sha256: str
    is_new: bool
    refusal: str
    is_described: bool = False


def files_in(paths: Iterable[Path]) -> Iterator[Given]:
    """Walk files and folders in sorted order; hidden files in folders and sidecars are left out.

    So are files to which a link leads out of its folder: `leading_out` gives those links.
    """
    for path in paths:
        inside = _shown_in(path) if path.is_dir() else [path]
        folder = path if path.is_dir() else None
        for one in inside:
            if not is_sidecar(one) and (folder is None or not _leads_out(one, folder)):
                yield Given(path=one, named=folder)


def leading_out(paths: Iterable[Path]) -> Iterator[Path]:
    """Walk the links in folders that lead out of them: nobody gave what is there."""
    for path in paths:
        if path.is_dir():
            yield from (one for one in _shown_in(path) if _leads_out(one, path))


def not_followed(link: Path) -> Collected:
    """Say of a link that it was left alone."""
    reason = "is a link that leads out of its folder, and was not followed; name the file itself"
    return Collected(name=link.name, sha256="", is_new=False, refusal=reason)


def _shown_in(folder: Path) -> list[Path]:
    inside = (one for one in folder.rglob("*") if one.is_file())
    return sorted(one for one in inside if not _is_hidden(one.relative_to(folder)))


def _leads_out(path: Path, folder: Path) -> bool:
    return not path.resolve().is_relative_to(folder.resolve())


def _is_hidden(path: Path) -> bool:
    return any(part.startswith(".") for part in path.parts)


class Collector:
    """Takes files into the archive, each once; what is known already writes nothing."""

    def __init__(self, archive: Archive, source: str, paths: Iterable[Path]) -> None:
        self._archive = archive
        self._source = source
        self._question = {"paths": [str(path) for path in paths]}
        self._run_id: int | None = None

    def collect(self, path: Path, released: Released) -> Collected:
        """Take one file in, with what is said of it. What is wrong with it is in the result.

        Raises:
            DiskFull, HomeError: the archive cannot be written.
        """
        if not path.is_file():
            reason = "is no file" if path.exists() else "is not there"
            return Collected(name=path.name, sha256="", is_new=False, refusal=reason)
        try:
            sha256, refusal = _looked_at(path)
        except OSError as error:
            return Collected(
                name=path.name,
                sha256="",
                is_new=False,
                refusal=f"cannot be read: {error.strerror}",
            )
        is_described = False
        if refusal:
            is_new = not self._is_refused(sha256, path.name)
            if is_new:
                self._refuse(path, refusal)
        else:
            is_known = self._is_released(sha256, path.name)
            is_new = not is_known and self._deposit(path, released)
            if is_known:
                self._mend(path, sha256)
                is_described = describe_release(
                    self._archive, sha256, self._source, path.name, released
                )
        return Collected(
            name=path.name,
            sha256=sha256,
            is_new=is_new,
            refusal=refusal,
            is_described=is_described,
        )

    def _mend(self, path: Path, sha256: str) -> None:
        """Put a known document back whose bytes the file store lost or has damaged."""
        try:
            self._archive.files.checked_path(sha256)
        except (NotFound, Damaged):
            self._archive.files.put_file(path)
            put_down(self._archive, [sha256])

    def finish(self, counts: dict[str, int]) -> None:
        """End the run, if anything new was taken in, now or by the one that was killed."""
        if self._run_id is not None or self._was_killed():
            runs.finish(self._archive, self._begin(), counts)

    def _was_killed(self) -> bool:
        wanted = sa.select(tables.run.c.id).where(
            tables.run.c.source == self._source,
            tables.run.c.question
            == json.dumps(
                self._question, ensure_ascii=False, sort_keys=True, separators=(",", ":")
            ),
            tables.run.c.state == "going",
        )
        return self._has(wanted)

    def _deposit(self, path: Path, released: Released) -> bool:
        self._begin()
        return deposit_document(self._archive, self._answer(path), released).is_new

    def _refuse(self, path: Path, reason: str) -> None:
        kept = keep(self._archive, self._answer(path))
        one = Refused(place=0, subject=path.name, reason=reason)
        refuse(self._archive, self._begin(), kept, [one])

    def _answer(self, path: Path) -> Answer:
        return Answer(
            source=self._source,
            method="FILE",
            address=path.name,
            body=self._archive.files.put_file(path),
            fetched_at=clock.now(),
        )

    def _begin(self) -> int:
        if self._run_id is None:
            self._run_id = runs.begin(self._archive, self._source, self._question).id
        return self._run_id

    def _is_released(self, sha256: str, name: str) -> bool:
        wanted = (
            sa.select(tables.release.c.id)
            .join(tables.document)
            .where(
                tables.document.c.sha256 == sha256,
                tables.release.c.source == self._source,
                tables.release.c.address == name,
            )
        )
        return self._has(wanted)

    def _is_refused(self, sha256: str, name: str) -> bool:
        wanted = (
            sa.select(tables.refusal.c.id)
            .join(tables.capture)
            .where(
                tables.capture.c.sha256 == sha256,
                tables.capture.c.source == self._source,
                tables.capture.c.address == name,
            )
        )
        return self._has(wanted)

    def _has(self, wanted: sa.Select[tuple[int]]) -> bool:
        with self._archive.catalogue.reading() as connection:
            return connection.execute(wanted.limit(1)).first() is not None


def _looked_at(path: Path) -> tuple[str, str]:
    """Give a file's hash, and why it is not a PDF ('' when it is)."""
    with path.open("rb") as file:
        first = file.read(KIND_BYTES)
        file.seek(0)
        sha256 = hashlib.file_digest(file, "sha256").hexdigest()
    return sha256, why_no_pdf(first)
