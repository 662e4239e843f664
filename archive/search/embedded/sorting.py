"""Put hits in order and cut out a page, so that the same page is the same again."""

from tantivy import DocAddress, Order, Query, Searcher

from archive.search.embedded.counting import count_of, counted
from archive.search.engine import Hit, Sort
from archive.search.limits import RELEVANCE_DEPTH

# Each field is unique in the archive, for it ends in the entry's number.
_ORDERS = {
    Sort.NEWEST: ("newest_key", Order.Desc),
    Sort.OLDEST: ("oldest_key", Order.Asc),
    Sort.AMOUNT: ("amount_key", Order.Desc),
    Sort.ARRIVED: ("number", Order.Desc),
}
_SLACK = 32


def sorted_hits(
    searcher: Searcher, query: Query, sort: Sort, start: int, size: int
) -> tuple[tuple[Hit, ...], int]:
    """Give the hits from `start` on in an order of its own field, and how many match in all."""
    if start or size > RELEVANCE_DEPTH:
        # Tantivy makes room for all hits up to the page, however far beyond the last it lies.
        total = counted(searcher, query)
        if start >= total:
            return (), total
        size = min(size, total - start)
    field, order = _ORDERS[sort]
    found = searcher.search(
        query, size, count=True, order_by_field=field, offset=start, order=order
    )
    addresses = [address for _, address in found.hits]
    return _hits(searcher, addresses, [None] * len(addresses)), count_of(found)


def relevant_hits(
    searcher: Searcher, query: Query, start: int, size: int
) -> tuple[tuple[Hit, ...], int]:
    """Give the hits from `start` on by falling score, then number, and how many match in all.

    Tantivy leaves equal scores in the order of its segments, which a merge changes. So as many
    more are fetched as score alike, and put in order here.
    """
    end = min(start + size, RELEVANCE_DEPTH)
    if start >= end:
        return (), counted(searcher, query)
    depth = end + _SLACK
    while True:
        depth = min(depth, RELEVANCE_DEPTH)
        found = searcher.search(query, depth, count=True)
        scores = [score for score, _ in found.hits]
        if len(scores) < depth or depth == RELEVANCE_DEPTH or scores[-1] < scores[end - 1]:
            break
        depth *= 4
    addresses = [address for _, address in found.hits]
    numbers = searcher.fast_field_values("number", addresses)
    ranked = sorted(
        zip(scores, numbers, addresses, strict=True), key=lambda hit: (-hit[0], -(hit[1] or 0))
    )[start:end]
    hits = _hits(searcher, [hit[2] for hit in ranked], [hit[0] for hit in ranked])
    return hits, count_of(found)


def _hits(
    searcher: Searcher, addresses: list[DocAddress], scores: list[float | None]
) -> tuple[Hit, ...]:
    if not addresses:
        return ()
    numbers = searcher.fast_field_values("number", addresses)
    return tuple(
        Hit(key=str(searcher.doc(address).get_first("key")), number=int(number or 0), score=score)
        for address, number, score in zip(addresses, numbers, scores, strict=True)
    )
