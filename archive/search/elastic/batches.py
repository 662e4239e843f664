"""What a batch of entries sends, in the order in which it may be sent, and how many at a time."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor

from archive.search.elastic.documents import changes, page_removal, removal
from archive.search.elastic.fields import Json
from archive.search.entry import Entry

_AT_ONCE = 500  # changes in a request; more gain nothing
# A shard takes a request in one thread: a large one, of long documents, keeps the others idle.
_BYTES_AT_ONCE = 4_000_000

Place = tuple[str, int]  # key and number of a page
Change = tuple[str, Json]  # of which index, and what is sent


class Batch:
    """What is written of some entries, in the order in which it may be sent.

    Entries are analysed one by one while others are under way.
    """

    def __init__(self, *, held: Mapping[str, Entry], removed: Mapping[str, int | None]) -> None:
        self._held = held
        self._removed = removed
        self._numbers = {key: entry.changed_no for key, entry in held.items()} | dict(removed)
        self._waiting: list[Json] = []
        self._written: dict[str, frozenset[str]] = {}

    def with_pages(self, highest: int) -> list[str]:
        """List the keys under which pages may stand, where none does above an entry's number."""
        documents = [
            key
            for key, entry in self._held.items()
            if entry.number <= highest and (entry.kind == "document" or entry.pages)
        ]
        return [*documents, *self._removed]

    def before_pages(self, standing: Sequence[Place]) -> Iterator[Change]:
        """Walk pages, entries that have none, and the removals of pages that are no longer there.

        Entries with pages wait.
        """
        for key, entry in self._held.items():
            change, pages = changes(entry)
            if not pages and entry.kind != "document":
                yield "entries", change
                continue
            self._waiting.append(change)
            self._written[key] = frozenset(page["_id"] for page in pages)
            yield from (("pages", page) for page in pages)
        for key, page in standing:
            identity = f"{key}/{page}"
            if identity not in self._written.get(key, ()):
                yield "pages", page_removal(identity, key, self._numbers[key])

    def after_pages(self) -> Iterator[Change]:
        """Walk the entries that waited, and the removals of entries."""
        yield from (("entries", change) for change in self._waiting)
        yield from (("entries", removal(key, no)) for key, no in self._removed.items())

    def too_many(self, late: Iterable[str]) -> Iterator[Change]:
        """Walk the removals of our pages of entries that are there in a newer state, or gone since.

        Pages of the newer state are newer themselves, and stay.
        """
        for key in late:
            for identity in self._written.get(key, ()):
                yield "pages", page_removal(identity, key, self._numbers[key])


class Sending:
    """Sends changes in requests of some hundred, two under way at a time."""

    def __init__(
        self, pool: ThreadPoolExecutor, send: Callable[[str, Sequence[Json]], list[str]]
    ) -> None:
        self._pool = pool
        self._send = send
        self._chunks: dict[str, list[Json]] = defaultdict(list)
        self._bytes: dict[str, int] = defaultdict(int)
        self._under_way: list[Future[list[str]]] = []

    def add(self, kind: str, change: Json) -> None:
        """Take a change, and send what came together."""
        self._chunks[kind].append(change)
        self._bytes[kind] += len(change.get("_source", b""))
        if len(self._chunks[kind]) >= _AT_ONCE or self._bytes[kind] >= _BYTES_AT_ONCE:
            self._start(kind)

    def wait(self) -> list[str]:
        """Send the rest and wait for all; gives the ids for which something newer is there."""
        for kind in list(self._chunks):
            self._start(kind)
        sent, self._under_way = self._under_way, []
        return [late for one in sent for late in one.result()]

    def _start(self, kind: str) -> None:
        chunk = self._chunks.pop(kind)
        del self._bytes[kind]
        self._under_way.append(self._pool.submit(self._send, kind, chunk))
