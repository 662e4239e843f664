"""What every engine refuses, and how far it reaches; said to the reader in the same words."""

from datetime import date

from archive.errors import BadRequest
from archive.model import CENTS_MAX
from archive.search.engine import Question, Sort
from archive.search.entry import FACETS, PAGE_COLUMNS, PAGE_FACETS, Entry
from archive.search.tree import FieldValues, Identified, Range, is_scored

RELEVANCE_DEPTH = 1_000
DEPTH_NOTE = (
    "Only the first 1,000 results are ordered by relevance. Choose another order to see the rest."
)
# Documents that page:( … ) may bring together.
IN_PAGE_MAX = 10_000
IN_PAGE_NOTE = (
    "More than 10,000 documents have such a page. Only 10,000 of them were looked at: "
    "add a word inside page:( … )."
)
NUMBER_MAX = 2**31 - 1
TITLE_WEIGHT = 1.5  # a word of the title says more of an entry than one among its pages
_FARTHEST = 2**62
_VALUES_MAX = 60_000  # both engines give up at 65,000


def effective_sort(question: Question) -> Sort:
    """Give the order of a question; relevance says nothing where no word is scored."""
    if question.sort is Sort.RELEVANCE and not is_scored(question.tree):
        return Sort.NEWEST
    return question.sort


def is_of_pages(fact: FieldValues | Identified | Range) -> bool:
    """Tell whether single pages have such a fact as well."""
    match fact:
        case FieldValues(facet=facet):
            return facet in PAGE_FACETS
        case Identified(field=field):
            return field == "exemption"
        case Range(column=column):
            return column in PAGE_COLUMNS


def in_reach(bound: int | None) -> int | None:
    """Keep a bound within 64 bits; no value in the index lies beyond."""
    return None if bound is None else max(-_FARTHEST, min(bound, _FARTHEST))


def is_beyond_relevance(question: Question, total: int) -> bool:
    """Tell whether a page of hits by relevance lacks some for lying too deep."""
    start, end = (question.page - 1) * question.size, question.page * question.size
    return min(total, end) > RELEVANCE_DEPTH or (start >= RELEVANCE_DEPTH < total)


def refuse_impossible(question: Question) -> None:
    """Refuse pages below 1, sizes below 0 and facets that do not exist."""
    if question.page < 1 or question.size < 0 or question.facet_size < 0:
        raise BadRequest(f"page {question.page} of size {question.size}: pages count from 1.")
    if question.facet_size * len(question.facets) > _VALUES_MAX:
        raise BadRequest(f"at most {_VALUES_MAX:,} values of facets can be asked for at once.")
    for name in (*question.filters, *question.facets):
        if name not in FACETS:
            raise BadRequest(f"unknown facet {name!r} (known: {' '.join(FACETS)}).")


def refuse_unsortable(entry: Entry) -> None:
    """Refuse what would wrap round in a packed sort key."""
    if not 0 < entry.number <= NUMBER_MAX:
        raise BadRequest(f"{entry.key}: number {entry.number} is not between 1 and {NUMBER_MAX}.")
    if entry.day is not None and not 0 < entry.day <= date.max.toordinal():
        raise BadRequest(f"{entry.key}: day {entry.day} is not the ordinal of a date.")
    for cents in (entry.cents, entry.ceiling_cents):
        if cents is not None and abs(cents) >= CENTS_MAX:
            raise BadRequest(
                f"{entry.key}: an amount of {cents} cents is beyond 11 trillion dollars."
            )
