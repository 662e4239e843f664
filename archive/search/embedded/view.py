"""One commit of the index as readers see it: it answers questions and never changes."""

from collections.abc import Callable, Hashable, Iterator, Sequence
from functools import cache, partial

from tantivy import DocAddress, Document, FieldType, Index, Order, Query

from archive.search.embedded.counting import Counter, Filtered, counted
from archive.search.embedded.files import translated
from archive.search.embedded.paging import PageFinder, documents_with_page
from archive.search.embedded.queries import Compiler, entry_compiler, every, page_compiler, unscored
from archive.search.embedded.runs import in_order
from archive.search.embedded.sorting import relevant_hits, sorted_hits
from archive.search.engine import TORN, Answer, Counts, Hit, PageHits, Question, Sort
from archive.search.limits import (
    DEPTH_NOTE,
    IN_PAGE_MAX,
    IN_PAGE_NOTE,
    effective_sort,
    is_beyond_relevance,
    refuse_impossible,
)
from archive.search.tree import Node, any_of, page_part, wanted_of_page

_CACHED = 256  # counts of so many questions are kept until the next commit
_PARTS_CACHED = 32  # of page:( … ), each at most 10,000 numbers
_STEP = 5_000  # entries fetched at a time when walking


class _Asked:
    """A question, compiled for one commit."""

    def __init__(self, view: "View", question: Question) -> None:
        self.notes: list[str] = []
        self._view = view
        self.compiler: Compiler = entry_compiler(view.entry_schema, self._in_page)
        self._tree = question.tree
        self._text = self.compiler.query(question.tree)
        self._ranges = [
            self.compiler.between(column, span.low, span.high)
            for column, span in (("day", question.days), ("cents", question.cents))
            if span.low is not None or span.high is not None
        ]
        kept = {name: values for name, values in question.filters.items() if values}
        filters = {name: self.compiler.values(name, values) for name, values in kept.items()}
        self.filtered = Filtered(base=every([self._text, *self._ranges]), filters=filters)

    def ranked(self) -> Query:
        ranked = self.compiler.ranked(self._text, self._tree)
        return every([ranked, *self._ranges, *self.filtered.filters.values()])

    def _in_page(self, part: Node) -> Query:
        numbers, complete = self._view.documents_with_page(part)
        if not complete and IN_PAGE_NOTE not in self.notes:
            self.notes.append(IN_PAGE_NOTE)
        return unscored(Query.term_set_query(self._view.entry_schema, "number", numbers))


class View:
    """Searchers of one commit, and the counts that were asked of it."""

    def __init__(self, entries: Index, pages: Index) -> None:
        self._entries, self._pages = entries.searcher(), pages.searcher()
        self.entry_schema = entries.schema
        self._page_schema = pages.schema
        self._on_pages = page_compiler(pages.schema)
        self._counted: dict[Hashable, Counts] = {}
        self._with_page: dict[Node, tuple[list[int], bool]] = {}

    def search(self, question: Question) -> Answer:
        """Answer a question with hits and exact counts."""
        refuse_impossible(question)
        asked = _Asked(self, question)
        hits, total, notes = self._hits(question, asked)
        counts = self._counts(question, asked)
        return Answer(total=total, hits=hits, counts=counts, notes=(*asked.notes, *notes))

    def _counts(self, question: Question, asked: _Asked) -> Callable[[], Counts]:
        """Count; without facets when the years are read, which mostly nobody does."""
        count = partial(self._count, question, asked)
        if not question.facets:
            return cache(translated()(count))
        counts = count()
        return lambda: counts

    def _hits(
        self, question: Question, asked: _Asked
    ) -> tuple[tuple[Hit, ...], int, tuple[str, ...]]:
        start, size = (question.page - 1) * question.size, question.size
        sort = effective_sort(question)
        if size == 0:
            query = unscored(asked.filtered.query())
            return (), counted(self._entries, query), ()
        if sort is not Sort.RELEVANCE:
            query = unscored(asked.filtered.query())
            return *sorted_hits(self._entries, query, sort, start, size), ()
        hits, total = relevant_hits(self._entries, asked.ranked(), start, size)
        return hits, total, (DEPTH_NOTE,) if is_beyond_relevance(question, total) else ()

    def _count(self, question: Question, asked: _Asked) -> Counts:
        kept = {name: values for name, values in question.filters.items() if values}
        asked_before = (
            question.tree,
            tuple(sorted(kept.items())),
            question.days,
            question.cents,
            question.facets,
            question.facet_size,
        )
        counted = self._counted.get(asked_before)
        if counted is None:
            counter = Counter(self._entries, asked.compiler, asked.filtered)
            facets, years = counter.counts(question.facets, kept, question.facet_size)
            counted = Counts(facets=facets, years=years)
            if len(self._counted) >= _CACHED:
                self._counted.clear()
            self._counted[asked_before] = counted
        return counted

    def documents_with_page(self, part: Node) -> tuple[list[int], bool]:
        """Give the numbers of documents with such a page, and whether these are all."""
        found = self._with_page.get(part)
        if found is None:
            query = unscored(self._on_pages.query(part))
            numbers = documents_with_page(self._pages, query, IN_PAGE_MAX + 1)
            found = numbers[:IN_PAGE_MAX], len(numbers) <= IN_PAGE_MAX
            if len(self._with_page) >= _PARTS_CACHED:
                self._with_page.clear()
            self._with_page[part] = found
        return found

    def pages(self, tree: Node, keys: Sequence[str], limit: int) -> dict[str, PageHits]:
        """Find the pages to show under each document: those that satisfy, else the best."""
        part = page_part(tree)
        if part is None or not keys:
            return {}
        wanted = self._numbers(keys)
        found = self._page_finder(part).of(wanted, limit, whole=True)
        left = {number: key for number, key in wanted.items() if key not in found}
        best = any_of(tuple(wanted_of_page(part)))
        return found | self._page_finder(best).of(left, limit, whole=False)

    def _page_finder(self, part: Node) -> PageFinder:
        return PageFinder(self._pages, self._on_pages, self._on_pages.query(part))

    def _numbers(self, keys: Sequence[str]) -> dict[int, str]:
        compiler = entry_compiler(self.entry_schema, lambda _: Query.empty_query())
        found = self._entries.search(compiler.values("key", keys), len(keys), count=False)
        addresses = [address for _, address in found.hits]
        numbers = self._entries.fast_field_values("number", addresses)
        return {
            int(number or 0): self._stored(address, "key")
            for number, address in zip(numbers, addresses, strict=True)
        }

    def _stored(self, address: DocAddress, name: str) -> str:
        return str(self._entries.doc(address).get_first(name))

    def walk(self, question: Question) -> Iterator[str]:
        """Walk the keys of all entries that match, by rising number."""
        refuse_impossible(question)
        with translated():
            query = unscored(_Asked(self, question).filtered.query())
        return (self._stored(address, "key") for address in self._addresses(query))

    def versions(self) -> Iterator[tuple[str, str]]:
        """Walk (entry key, version) of all entries in the order of their keys."""
        found = (self._entries.doc(address) for address in self._addresses(Query.all_query()))
        return in_order(self._version(doc) for doc in found)

    def _version(self, doc: Document) -> tuple[str, str]:
        """Give an entry's key and version; `TORN` where pages that it was written with are lost."""
        key, pages = str(doc.get_first("key")), int(doc.get_first("page_count") or 0)
        if pages and pages != self._pages_of(key):
            return key, TORN
        return key, str(doc.get_first("version"))

    def _pages_of(self, key: str) -> int:
        query = Query.term_query(self._page_schema, "key", key)
        return counted(self._pages, unscored(query))

    def _addresses(self, query: Query) -> Iterator[DocAddress]:
        last = 0
        while True:
            with translated():
                later = Query.range_query(
                    self.entry_schema, "number", FieldType.Unsigned, last, None, False
                )
                found = self._entries.search(
                    every([query, later]),
                    _STEP,
                    count=False,
                    order_by_field="number",
                    order=Order.Asc,
                ).hits
            yield from (address for _, address in found)
            if len(found) < _STEP:
                return
            last = found[-1][0]
