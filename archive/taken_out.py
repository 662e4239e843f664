"""Files that a reader took out of a document they were attached to, on their way to the archive."""

import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from archive.kinds import PDF


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenOut:
    """One attachment: its name without folders, and the page it hangs at (0: the whole document).

    `path` is the file, None when it stayed in the document; `reason` says then why, or why it is
    not read. `kind` is what it is by its first bytes.
    """

    name: str
    page: int
    size_bytes: int
    kind: str
    path: Path | None
    reason: str

    @property
    def is_pdf(self) -> bool:
        """Whether it can be read as a document of its own."""
        return self.path is not None and self.kind == PDF


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachments:
    """How taking them out went: a verdict and a reason as of reading, and what there is.

    `more` were not listed. The files are the caller's: keep them, then `discard` them.
    """

    verdict: str
    reason: str
    found: tuple[TakenOut, ...]
    more: int
    folder: Path

    def discard(self) -> None:
        """Remove the files, when they were kept elsewhere or are not wanted."""
        shutil.rmtree(self.folder, ignore_errors=True)


def from_answer(answer: Mapping[str, Any], folder: Path) -> Attachments:
    """Make them out of a reader's answer; `folder` is where it wrote the files."""
    is_ok = answer["verdict"] == "ok"
    listed = answer.get("attachments", ()) if is_ok else ()
    return Attachments(
        verdict=answer["verdict"],
        reason=answer["reason"],
        found=tuple(_one(row, folder) for row in listed),
        more=answer.get("more", 0) if is_ok else 0,
        folder=folder,
    )


def _one(row: Mapping[str, Any], folder: Path) -> TakenOut:
    return TakenOut(
        name=row["name"],
        page=row["page"],
        size_bytes=row["size_bytes"],
        kind=row["kind"],
        path=folder / row["file"] if row["file"] else None,
        reason=row["reason"],
    )
