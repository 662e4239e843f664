"""The embedded engine behind the interface of `archive.search.engine`."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from threading import Lock
from types import TracebackType
from typing import Self

from archive.errors import Busy
from archive.search.embedded.files import open_indexes, translated, written_state
from archive.search.embedded.view import View
from archive.search.embedded.writer import Writer
from archive.search.engine import Answer, Gone, PageHits, Question
from archive.search.entry import Entry
from archive.search.tree import Node


def open_engine(path: Path, *, writable: bool = False, create: bool = False) -> "EmbeddedEngine":
    """Open the index in a directory; one writable engine at a time, any number of readers.

    Raises:
        IndexOutdated: built with other fields, by another analyser, or missing (see `create`).
        Busy: `writable`, and another process has it open so.
    """
    return EmbeddedEngine(path, writable=writable, create=create)


class EmbeddedEngine:
    """One generation of the index in a directory. Any thread may ask; one at a time may write."""

    writes_at_once = 1

    def __init__(self, path: Path, *, writable: bool, create: bool) -> None:
        self._path = path
        self._entries, self._pages = open_indexes(path, create=create)
        self._writer = Writer(self._entries, self._pages) if writable else None
        self._refreshing = Lock()
        self._seen = written_state(path)
        self._view = self._look()

    def _look(self) -> View:
        with translated():
            self._entries.reload()
            self._pages.reload()
            return View(self._entries, self._pages)

    def refresh(self) -> None:
        """See what was written since: two file times are looked at, and mostly nothing else."""
        if written_state(self._path) == self._seen:
            return
        with self._refreshing:
            # Taken before looking: a commit in between is seen again at the next call, never lost.
            seen = written_state(self._path)
            if seen != self._seen:
                self._view, self._seen = self._look(), seen

    def write(self, entries: Iterable[Entry], gone: Gone = ()) -> None:
        """Add or replace entries with their pages, remove those gone; durable on return."""
        self._writing().write(entries, gone)
        self.refresh()

    def settle(self) -> None:
        """Finish merging after much writing."""
        self._writing().settle()
        self.refresh()

    def _writing(self) -> Writer:
        if self._writer is None:
            raise Busy("search index was opened for reading only. Open it writable to write.")
        return self._writer

    def search(self, question: Question) -> Answer:
        """Answer a question with hits and exact counts."""
        with translated():
            return self._view.search(question)

    def answers(self, questions: Sequence[Question]) -> list[Answer]:
        """Answer several questions, all of the same state of the index."""
        view = self._view
        with translated():
            return [view.search(one) for one in questions]

    def pages(self, tree: Node, keys: Sequence[str], limit: int = 5) -> Mapping[str, PageHits]:
        """Find the pages to show under each document; a document without any is left out."""
        with translated():
            return self._view.pages(tree, keys, limit)

    def versions(self) -> Iterator[tuple[str, str]]:
        """Walk (entry key, version) of all entries in the order of their keys (code points)."""
        return self._view.versions()

    def walk(self, question: Question) -> Iterator[str]:
        """Walk the keys of all entries that match, by rising number, flat in memory."""
        return self._view.walk(question)

    def close(self) -> None:
        """Let go of files and locks."""
        if self._writer is not None:
            self._writer.close()
            self._writer = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()
