"""Send changes to the two indexes: two requests under way, and back-off where told to wait."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import BoundedSemaphore, Lock

from elasticsearch.helpers import streaming_bulk

from archive.errors import BadRequest, IndexOutdated, PaperwatchError
from archive.search.elastic.batches import Batch, Place, Sending
from archive.search.elastic.connecting import BUSY, REBUILD, patient, refusal, translated
from archive.search.elastic.documents import refuse_unwritable
from archive.search.elastic.fields import Json
from archive.search.elastic.indexes import Indexes
from archive.search.elastic.queries import values
from archive.search.elastic.walking import walk
from archive.search.engine import Gone
from archive.search.entry import Entry
from archive.search.limits import NUMBER_MAX

_BYTES_MAX = 20_000_000  # of a request; a single change may be larger
_UNDER_WAY = 2  # requests of all threads; twice as fast as one, and more gain little
_TRIES = 8  # after being told to wait: half a second, one, two … some two minutes in all
_FIRST_WAIT_S, _LONGEST_WAIT_S = 0.5, 30.0
_NOT_TAKEN = 400  # the one answer that an entry itself is to blame for
_PLACES: Json = {"_source": False, "stored_fields": "_none_", "docvalue_fields": ["key", "page"]}


class Writer:
    """Writes batches. One that was cut off is written again by whoever has it; nothing doubles.

    Pages are sent before their entry: of an entry that readers see, no page is missing.
    `is_empty`: nothing stands in the indexes, and nobody else writes to them. Entries come by
    rising numbers mostly, and of one above all before nothing can be there: to look for it would
    make the cluster open what it wrote for searches, again and again.
    """

    def __init__(self, indexes: Indexes, *, is_empty: bool = False) -> None:
        self._indexes = indexes
        self._client = patient(indexes.client)
        self._slots = BoundedSemaphore(_UNDER_WAY)
        self._highest = 0 if is_empty else NUMBER_MAX
        self._numbering = Lock()

    def write(self, entries: Iterable[Entry], gone: Gone) -> None:
        """Write a batch.

        All is looked at before anything is sent: an entry that is refused keeps back its batch.
        """
        held = {entry.key: entry for entry in entries}
        removed = dict(gone) if isinstance(gone, Mapping) else dict.fromkeys(gone)
        removed = {key: number for key, number in removed.items() if key not in held}
        for entry in held.values():
            refuse_unwritable(entry)
        batch = Batch(held=held, removed=removed)
        standing = self._standing(batch.with_pages(self._passed(held.values())))
        with ThreadPoolExecutor(_UNDER_WAY) as pool:
            sending = Sending(pool, self._send_chunk)
            for change in batch.before_pages(standing):
                sending.add(*change)
            sending.wait()
            for change in batch.after_pages():
                sending.add(*change)
            late = sending.wait()
            for change in batch.too_many(late):
                sending.add(*change)
            sending.wait()

    def _passed(self, entries: Iterable[Entry]) -> int:
        """Give the number above which nothing was written before this batch."""
        with self._numbering:
            before = self._highest
            self._highest = max([before, *(entry.number for entry in entries)])
        return before

    def _standing(self, keys: Sequence[str]) -> list[Place]:
        """List the pages that stand under some keys, also those that a cut-off write left there."""
        if not keys:
            return []
        index = self._indexes.of("pages")
        with translated():
            self._client.indices.refresh(index=index)
        sort = [{"key": "asc"}, {"page": "asc"}]
        found = walk(self._client, index, values("key", keys), sort, _PLACES)
        return [(one["fields"]["key"][0], int(one["fields"]["page"][0])) for one in found]

    def _send_chunk(self, kind: str, chunk: Sequence[Json]) -> list[str]:
        """Send changes; gives the ids of those for which something newer is there."""
        late = []
        with self._slots, translated():
            for item in self._refused(kind, chunk):
                ((verb, told),) = item.items()
                if told["status"] == 409:
                    late.append(told["_id"])
                elif (error := _error(verb, told)) is not None:
                    raise error
        return late

    def _refused(self, kind: str, chunk: Sequence[Json]) -> Iterator[Json]:
        answers = streaming_bulk(
            self._client,
            chunk,
            index=self._indexes.door(kind),
            require_alias=True,
            chunk_size=len(chunk),
            max_chunk_bytes=_BYTES_MAX,
            max_retries=_TRIES,
            initial_backoff=_FIRST_WAIT_S,
            max_backoff=_LONGEST_WAIT_S,
            retry_on_status=BUSY,
            raise_on_error=False,
            yield_ok=False,
        )
        return (item for _, item in answers)


def _error(verb: str, told: Json) -> PaperwatchError | None:
    """Say what keeps a change from being written; None where nothing was there to be removed."""
    status, error = told["status"], told.get("error")
    if verb == "delete" and status == 404 and not error:
        return None
    told_of = error if isinstance(error, dict) else {"reason": error}
    reason, kind = str(told_of.get("reason", "")), str(told_of.get("type", ""))
    if status == 404:
        return IndexOutdated(f"search index is missing on Elasticsearch. {REBUILD}")
    if status == _NOT_TAKEN:
        return BadRequest(f"{told['_id']}: Elasticsearch does not take it ({reason}).")
    # Of no entry's making: an index that may not be written, a cluster in trouble.
    return refusal(status, reason, kind)
