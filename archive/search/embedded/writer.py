"""Write entries into the two indexes, one durable step a batch."""

from collections.abc import Iterable

from tantivy import Document, Index

from archive.search.embedded.documents import documents
from archive.search.embedded.files import translated
from archive.search.engine import Gone
from archive.search.entry import Entry

_HEAP_BYTES = 50_000_000


class Writer:
    """Holds the locks of both indexes. A batch either becomes visible as a whole, or is repeated.

    Pages are committed before entries. After a crash between the two, pages stand there that no
    entry speaks of yet; whoever wrote the batch writes it again, and the same keys replace them.
    """

    def __init__(self, entries: Index, pages: Index) -> None:
        self._entries, self._pages = _Half(entries), _Half(pages)

    def write(self, entries: Iterable[Entry], gone: Gone = ()) -> None:
        """Write a batch; on any error nothing of it remains."""
        try:
            for key in gone:
                self._remove(key)
            for entry in entries:
                self._add(entry)
            self._pages.commit()
            self._entries.commit()
        except BaseException:
            self._pages.rollback()
            self._entries.rollback()
            raise

    @translated()
    def _remove(self, key: str) -> None:
        self._entries.remove(key)
        self._pages.remove(key)

    def _add(self, entry: Entry) -> None:
        document, pages = documents(entry)
        with translated():
            self._entries.remove(entry.key)
            self._pages.remove(entry.key)
            self._entries.add(entry.key, document)
            for page in pages:
                self._pages.add(entry.key, page)

    def settle(self) -> None:
        """Wait for merges to end."""
        self._pages.settle()
        self._entries.settle()

    def close(self) -> None:
        """Drop what was not committed and free the locks."""
        self._pages.close()
        self._entries.close()


class _Half:
    """One of the two indexes while it is written."""

    def __init__(self, index: Index) -> None:
        self._index = index
        self._open()

    @translated()
    def _open(self) -> None:
        # One thread, so that the pages of a document stay together and in their order: pages that
        # score alike come out by number.
        self._writer = self._index.writer(_HEAP_BYTES, 1)
        self._forget()

    def _forget(self) -> None:
        self._index.reload()
        self._committed = self._index.searcher()
        self._added: set[str] = set()
        self._changed = False

    def remove(self, key: str) -> None:
        """Remove what stands under a key; nothing is asked of the index when nothing does."""
        if key in self._added or self._committed.doc_freq("key", key):
            self._writer.delete_documents_by_term("key", key)
            self._changed = True

    def add(self, key: str, document: Document) -> None:
        """Add a document that stands under a key."""
        self._writer.add_document(document)
        self._added.add(key)
        self._changed = True

    @translated()
    def commit(self) -> None:
        """Make the changes durable; without any, do nothing."""
        if self._changed:
            self._writer.commit()
            self._forget()

    @translated()
    def rollback(self) -> None:
        """Forget the changes since the last commit."""
        try:
            self._writer.rollback()
            self._forget()
        except ValueError:
            # A writer whose threads have died, as on a full disk, is of no more use.
            del self._writer
            self._open()

    @translated()
    def settle(self) -> None:
        """Wait for merges to end, which uses up Tantivy's writer, and open another."""
        self._writer.wait_merging_threads()
        self._open()

    @translated()
    def close(self) -> None:
        """Drop the changes, let merges end (small segments pile up otherwise), free the lock."""
        self._writer.rollback()
        self._writer.wait_merging_threads()
