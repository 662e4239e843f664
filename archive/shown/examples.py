"""Searches to try: of each kind the first that finds something in this very archive."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from archive.identifiers import parse_award_key
from archive.search.engine import Question, Sort
from archive.search.language import read
from archive.search.tree import All
from archive.shown.asking import Asked
from archive.shown.desk import Desk
from archive.shown.search import Searched, count_all

# For the first page: each line is one example, the first of its ways to ask that finds something.
_FRONT: Sequence[Sequence[str]] = (
    (
        '"facial recognition" agency:ICE',
        '"face recognition" agency:ICE',
        '"license plate" agency:ICE',
        "surveillance agency:ICE",
        "surveillance",
    ),
    (
        "technology:alpr amount:>1m",
        "technology:face-recognition amount:>1m",
        "technology:alpr amount:>100k",
        "technology:alpr",
        "amount:>1m",
    ),
    (
        '"no responsive records"',
        '"no responsive"',
        "kind:document type:letter",
        "kind:document",
    ),
)
# What the page about searching teaches, with what it finds.
_TAUGHT: Sequence[tuple[str, Sequence[str]]] = (
    (
        "records with all these words, in any inflection, anywhere in them",
        ("license plate readers", "detention services", "software license"),
    ),
    (
        "the words one after the other",
        ('"facial recognition"', '"face recognition"', '"license plate"', '"law enforcement"'),
    ),
    (
        "the words at most three places apart",
        ('"flock safety"~3', '"plate camera"~3', '"recognition face"~3', '"enforcement law"~3'),
    ),
    ("words that begin so", ("surveil*", "licens*")),
    (
        "words that differ in one letter",
        ("clearveiw~", "recogniton~", "survelliance~", "lisence~", "softwere~"),
    ),
    ("records without the second word", ("drone -camera", "camera -drone", "software -license")),
    (
        "either of two words, and a third",
        (
            "(drone OR camera) lease",
            "(drone OR camera) license",
            "(drone OR camera) thermal",
            "(camera OR software) license",
        ),
    ),
    (
        "documents with one page that has all three words",
        (
            "page:(facial recognition drone)",
            "page:(face recognition gallery)",
            "page:(license plate camera)",
            "page:(public records request)",
        ),
    ),
    (
        "documents with a redaction that is stamped so",
        ("exemption:b7e", "exemption:b6", "exemption:b5"),
    ),
    (
        "documents of which more per cent than that is redacted",
        ("redacted:>50", "redacted:>10", "redacted:>0"),
    ),
    (
        "by agency; vendor: and title: likewise",
        ("agency:ICE", "agency:CBP", "agency:FBI", "agency:DHS"),
    ),
    ("by technology", ("technology:face-recognition", "technology:alpr", "technology:drones")),
    (
        "an award by its number, with hyphens or without",
        ("piid:70CMSD-21-C-0001", "piid:{piid}"),
    ),
    (
        "more dollars obligated than that; ceiling: asks for the potential value",
        ("amount:>1m", "amount:>100k", "amount:>1"),
    ),
    (
        "dated so: a year, a month (2024-05), a day (2024-05-31), or a range with two dots",
        ("date:2024-05", "date:2024", "date:{year}", "date:2000..2099"),
    ),
    (
        "in a federal fiscal year, October to September",
        ("year:2025", "year:{year}"),
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A query as typed, what it is for, and how many records it finds (0 only where taught)."""

    typed: str
    finds: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Examples:
    """Searches for the first page, all of which find something; and those that teach."""

    front: tuple[Example, ...]
    taught: tuple[Example, ...]


def examples(desk: Desk) -> Examples:
    """Choose the examples of an archive as it is now; all are counted at one go."""
    known = _known(desk)
    lines = [("", ways) for ways in _FRONT] + list(_TAUGHT)
    typed = [[way.format_map(known) for way in ways] for _, ways in lines]
    counts = iter(count_all(desk, [_searched(desk, one) for ways in typed for one in ways]))
    chosen = [
        _first(ways, list(islice(counts, len(ways))), finds)
        for ways, (finds, _) in zip(typed, lines, strict=True)
    ]
    return Examples(
        front=tuple(one for one in chosen[: len(_FRONT)] if one.count),
        taught=tuple(chosen[len(_FRONT) :]),
    )


def _searched(desk: Desk, typed: str) -> Searched:
    return Asked(query=typed), read(typed, desk.vocabulary).tree


def _first(ways: Sequence[str], counts: Sequence[int], finds: str) -> Example:
    """Give the first way to ask that finds something, else the first of all."""
    found = ((way, count) for way, count in zip(ways, counts, strict=True) if count)
    typed, count = next(found, (ways[0], 0))
    return Example(typed=typed, finds=finds, count=count)


def _known(desk: Desk) -> Mapping[str, str]:
    """Give the PIID of the newest award and the fiscal year with most records, if there are any."""
    newest = Question(tree=All(), filters={"kind": ("award",)}, sort=Sort.ARRIVED, size=1)
    answer = desk.engine().search(newest)
    keys = [hit.key.removeprefix("awards/") for hit in answer.hits]
    year = max(answer.years, key=lambda one: one[1], default=(2025, 0))[0]
    return {"piid": parse_award_key(keys[0]).piid if keys else "0", "year": str(year)}
