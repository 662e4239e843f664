"""Send changes to the two indexes: two requests under way, and back-off where told to wait."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import chain

from elasticsearch.helpers import streaming_bulk

from archive.errors import BadRequest, IndexOutdated, PaperwatchError
from archive.search.elastic.connecting import BUSY, REBUILD, patient, refusal, translated
from archive.search.elastic.documents import changes, page_removal, removal
from archive.search.elastic.fields import Json
from archive.search.elastic.indexes import Indexes
from archive.search.elastic.queries import values
from archive.search.elastic.walking import walk
from archive.search.engine import Gone
from archive.search.entry import Entry

_AT_ONCE = 500  # changes in a request; more gain nothing
_BYTES_AT_ONCE = 20_000_000
_UNDER_WAY = 2  # requests; twice as fast as one, and more gain nothing on a small cluster
_TRIES = 8  # after being told to wait: half a second, one, two … some two minutes in all
_FIRST_WAIT_S, _LONGEST_WAIT_S = 0.5, 30.0
_PLACES: Json = {"_source": False, "stored_fields": "_none_", "docvalue_fields": ["key", "page"]}


class Writer:
    """Writes batches. One that was cut off is written again by whoever has it; nothing doubles.

    Pages are sent before entries: of an entry that readers see, no page is missing.
    """

    def __init__(self, indexes: Indexes) -> None:
        self._indexes = indexes
        self._client = patient(indexes.client)

    def write(self, entries: Iterable[Entry], gone: Gone) -> None:
        """Write a batch.

        All is looked at before anything is sent: an entry that is refused keeps back its batch.
        """
        held = {entry.key: entry for entry in entries}
        removed = dict(gone) if isinstance(gone, Mapping) else dict.fromkeys(gone)
        removed = {key: number for key, number in removed.items() if key not in held}
        made = {key: changes(entry) for key, entry in held.items()}
        pages = {page["_id"]: page for _, each in made.values() for page in each}
        touched = [key for key, entry in held.items() if entry.kind == "document" or entry.pages]
        numbers = {key: entry.changed_no for key, entry in held.items()} | removed
        left = self._left_over([*touched, *removed], pages, numbers)
        self._send("pages", [*pages.values(), *left])
        taken = (removal(key, number) for key, number in removed.items())
        late = self._send("entries", [*chain((entry for entry, _ in made.values()), taken)])
        # Of an entry that is there in a newer state, or gone since, our pages are too many. Those
        # of the newer state are newer themselves, and stay.
        ours = [(key, page) for key in late if key in made for page in made[key][1]]
        self._send("pages", [page_removal(page["_id"], key, numbers[key]) for key, page in ours])

    def _left_over(
        self, keys: Sequence[str], pages: Mapping[str, Json], numbers: Mapping[str, int | None]
    ) -> list[Json]:
        """Give the removals of pages that stand under some keys and are not written anew."""
        if not keys:
            return []
        index = self._indexes.of("pages")
        with translated():
            self._client.indices.refresh(index=index)
        sort = [{"key": "asc"}, {"page": "asc"}]
        found = [
            (one["fields"]["key"][0], int(one["fields"]["page"][0]))
            for one in walk(self._client, index, values("key", keys), sort, _PLACES)
        ]
        return [
            page_removal(f"{key}/{page}", key, numbers[key])
            for key, page in found
            if f"{key}/{page}" not in pages
        ]

    def _send(self, kind: str, wanted: Sequence[Json]) -> list[str]:
        """Send changes; gives the ids of those for which something newer is there."""
        chunks = [wanted[at : at + _AT_ONCE] for at in range(0, len(wanted), _AT_ONCE)]
        if len(chunks) < _UNDER_WAY:
            return [late for chunk in chunks for late in self._send_chunk(kind, chunk)]
        with ThreadPoolExecutor(_UNDER_WAY) as pool:
            sent = [pool.submit(self._send_chunk, kind, chunk) for chunk in chunks]
            return [late for one in sent for late in one.result()]

    def _send_chunk(self, kind: str, chunk: Sequence[Json]) -> list[str]:
        late = []
        with translated():
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
            chunk_size=_AT_ONCE,
            max_chunk_bytes=_BYTES_AT_ONCE,
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
    reason = error.get("reason", "") if isinstance(error, dict) else str(error)
    if status == 404:
        return IndexOutdated(f"search index is missing on Elasticsearch. {REBUILD}")
    if status in BUSY:
        return refusal(status, reason)
    return BadRequest(f"{told['_id']}: Elasticsearch does not take it ({reason}).")
