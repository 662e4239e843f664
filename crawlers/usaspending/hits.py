"""A page of the award search: which awards it names, and where to go on."""

from dataclasses import dataclass

from crawlers.usaspending.values import Members, NotUnderstood, whole_number, words


@dataclass(frozen=True, slots=True, kw_only=True)
class Hits:
    """The award keys of a page, whether more follow, and the last record to go on from."""

    keys: tuple[str, ...]
    has_next: bool
    last: tuple[int, str] | None


def hits_of(answer: object) -> Hits:
    """Read a page of `search/spending_by_award/`.

    Raises:
        NotUnderstood: the answer is not such a page.
    """
    members = Members(answer, "")
    rows, paging = members.take("results"), members.inside("page_metadata")
    if not isinstance(rows, list) or paging is None:
        raise NotUnderstood("the answer is not a page of results")
    has_next = paging.take("hasNext")
    if not isinstance(has_next, bool):
        raise NotUnderstood(f"page_metadata.hasNext {has_next!r} is neither true nor false")
    number = paging.take("last_record_unique_id")
    value = paging.take("last_record_sort_value")
    # On the last page the cursor is null and the text "None".
    last = (int(number), str(value)) if number is not None else None
    return Hits(keys=tuple(_key(row) for row in rows), has_next=has_next, last=last)


def counts_of(answer: object) -> dict[str, int]:
    """Read how many awards of each group match, from `search/spending_by_award_count/`.

    Raises:
        NotUnderstood: the answer is not such a count.
    """
    results = Members(answer, "").take("results")
    if not isinstance(results, dict):
        raise NotUnderstood("results is not an object")
    return {group: whole_number(count, group) or 0 for group, count in results.items()}


def _key(row: object) -> str:
    key = words(Members(row, "").take("generated_internal_id"), "generated_internal_id")
    if key is None:
        raise NotUnderstood("generated_internal_id is empty")
    return key
