"""The engine of a cluster behind the interface of `archive.search.engine`."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from functools import cache
from types import TracebackType
from typing import Self

from archive.search.elastic.asking import asked
from archive.search.elastic.counting import Counter, Filtered, filters_of, total_of
from archive.search.elastic.fields import Json
from archive.search.elastic.hits import KEYS, deep_hits, hits_of, is_deep, page_search
from archive.search.elastic.indexes import Indexes
from archive.search.elastic.pages import PageFinder, documents_with_page
from archive.search.elastic.queries import between, entry_compiler, every, unscored, values
from archive.search.elastic.walking import buckets, walk
from archive.search.elastic.writing import Writer
from archive.search.engine import TORN, Answer, Counts, Gone, PageHits, Question, Sort
from archive.search.entry import Entry
from archive.search.limits import (
    DEPTH_NOTE,
    IN_PAGE_MAX,
    IN_PAGE_NOTE,
    effective_sort,
    is_beyond_relevance,
    refuse_impossible,
)
from archive.search.tree import Node

_VERSIONS: Json = KEYS | {"docvalue_fields": ["key", "version", "page_count"]}
# Counts under way for readers: one request each, and a page has one.
_COUNTING = 8


class _Parts:
    """What parts of page:( … ) mean: the documents with such a page, asked for once each."""

    def __init__(self, engine: "ElasticEngine") -> None:
        self._engine = engine
        self._found: dict[Node, tuple[Json, bool]] = {}

    def of(self, part: Node) -> tuple[Json, bool]:
        """Give the query for these documents, and whether they are all."""
        if part not in self._found:
            numbers, complete = self._engine.documents_with_page(part)
            self._found[part] = values("number", numbers), complete
        return self._found[part]


class _Asked:
    """A question, compiled."""

    def __init__(self, question: Question, parts: _Parts) -> None:
        self.question = question
        self.notes: list[str] = []
        self._parts = parts
        self._compiler = entry_compiler(self._in_page)
        self._ranges = [
            between(column, span.low, span.high)
            for column, span in (("day", question.days), ("cents", question.cents))
            if span.low is not None or span.high is not None
        ]
        filters = {name: values(name, held) for name, held in filters_of(question).items()}
        self.filtered = Filtered(
            base=[self._compiler.query(question.tree), *self._ranges], filters=filters
        )
        self.is_ranked = question.size > 0 and effective_sort(question) is Sort.RELEVANCE
        self.query = self._ranked() if self.is_ranked else unscored(self.filtered.query())

    def _ranked(self) -> Json:
        """Give the query that weighs its words."""
        filters = [*self._ranges, *self.filtered.kept()]
        return {"bool": {"must": [self._compiler.ranked(self.question.tree)], "filter": filters}}

    def _in_page(self, part: Node) -> Json:
        query, complete = self._parts.of(part)
        if not complete and IN_PAGE_NOTE not in self.notes:
            self.notes.append(IN_PAGE_NOTE)
        return query


class ElasticEngine:
    """One generation of the index on a cluster. Any thread may ask and write.

    What another process writes is seen when that one settles, within a second otherwise.
    `is_empty`: the indexes were made just now, and until this is closed nobody else writes to them.
    """

    # The last requests of a portion leave the cluster room for the first of the next.
    writes_at_once = 2

    def __init__(self, indexes: Indexes, *, is_empty: bool = False) -> None:
        self._indexes = indexes
        self._client = indexes.client
        self._entries = indexes.of("entries")
        self._writer = Writer(indexes, is_empty=is_empty)
        self._is_unseen = False
        self._pool = ThreadPoolExecutor(_COUNTING, thread_name_prefix="counting")
        indexes.refuse_outdated()

    def write(self, entries: Iterable[Entry], gone: Gone = ()) -> None:
        """Add or replace entries with their pages, remove those gone; durable on return."""
        # Set before: of a batch that fails half-way, something may be there.
        self._is_unseen = True
        self._writer.write(entries, gone)

    def search(self, question: Question) -> Answer:
        """Answer a question with hits and exact counts."""
        return self.answers([question])[0]

    def answers(self, questions: Sequence[Question]) -> list[Answer]:
        """Answer several questions at one go; what they count is asked for beside."""
        for question in questions:
            refuse_impossible(question)
        self.refresh()
        parts = _Parts(self)
        compiled = [_Asked(question, parts) for question in questions]
        counts = [self._counting(one) for one in compiled]
        pages = [page_search(self._entries, one.question, one.query) for one in compiled]
        found = asked(self._client, pages) if pages else []
        return [self._answer(*one) for one in zip(compiled, found, counts, strict=True)]

    def _counting(self, one: _Asked) -> Callable[[], Counts]:
        """Begin to count beside the search for hits, which are shown while it is still under way.

        Where no facet is asked for, mostly nobody reads the years: they are counted when read.
        """
        counter = Counter(self._client, self._entries, one.question, one.filtered)
        if not one.question.facets:
            return cache(counter.counts)
        return self._pool.submit(copy_context().run, counter.counts).result

    def _answer(self, one: _Asked, found: Json, counts: Callable[[], Counts]) -> Answer:
        total, hits = total_of(found), hits_of(found)
        is_cut = one.is_ranked and is_beyond_relevance(one.question, total)
        if is_deep(one.question):
            hits = deep_hits(self._client, self._entries, one.question, one.query, total)
        notes = (*one.notes, *((DEPTH_NOTE,) if is_cut else ()))
        return Answer(total=total, hits=hits, counts=counts, notes=notes)

    def documents_with_page(self, part: Node) -> tuple[list[int], bool]:
        """Give the numbers of documents with such a page, and whether these are all."""
        return documents_with_page(self._client, self._indexes.of("pages"), part, IN_PAGE_MAX)

    def pages(self, tree: Node, keys: Sequence[str], limit: int = 5) -> Mapping[str, PageHits]:
        """Find the pages to show under each document; a document without any is left out."""
        self.refresh()
        return PageFinder(self._client, self._indexes.of("pages")).pages(tree, keys, limit)

    def versions(self) -> Iterator[tuple[str, str]]:
        """Walk (entry key, version) of all entries in the order of their keys (code points)."""
        self.refresh()
        entries = walk(self._client, self._entries, every([]), [{"key": "asc"}], _VERSIONS)
        pages = buckets(self._client, self._indexes.of("pages"), "key")
        key, count = next(pages, ("", 0))
        for one in (found["fields"] for found in entries):
            while key and key < one["key"][0]:
                key, count = next(pages, ("", 0))
            held = count if key == one["key"][0] else 0
            is_torn = held != one["page_count"][0]
            yield one["key"][0], TORN if is_torn else one["version"][0]

    def walk(self, question: Question) -> Iterator[str]:
        """Walk the keys of all entries that match, by rising number, flat in memory."""
        refuse_impossible(question)
        self.refresh()
        query = unscored(_Asked(question, _Parts(self)).filtered.query())
        hits = walk(self._client, self._entries, query, [{"number": "asc"}], KEYS)
        return (one["fields"]["key"][0] for one in hits)

    def refresh(self) -> None:
        """See what was written here."""
        if self._is_unseen:
            self._indexes.refresh()
            self._is_unseen = False

    def settle(self) -> None:
        """Let everybody see what was written."""
        self._indexes.refresh()
        self._is_unseen = False

    def close(self) -> None:
        """Begin no more counts. The client belongs to the process."""
        self._pool.shutdown(wait=False)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()
