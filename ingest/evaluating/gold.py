"""Gold: what is known of documents, in the form of the corpus (docs/evaluation.md)."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from ingest.evaluating.parts import Part

FORMAT = 1
LAYERS = ("full", "partial", "none", "ocr", "header_only", "garbled")
_LONGER = re.compile(r"\d{4}(?:-\d\d)?")
_ISO = re.compile(r"\d{4}-\d\d-\d\d")


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrase:
    """Words that stand on a page."""

    page: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A box on a page as people see it, in points from the top left corner, and its look."""

    look: str
    left_pt: float
    top_pt: float
    right_pt: float
    bottom_pt: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Amount:
    """Money: what it is for, how much, and the page where that is known."""

    what: str
    cents: int
    page: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """A date: what happened then (the name of its fact, or its own words)."""

    what: str
    iso: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Determination:
    """What a letter decided: in words, how many records by what became of them, and their unit.

    `exemptions` are those that it cites; None where they are not recorded.
    """

    outcome: str
    counts: Mapping[str, int]
    unit: str
    exemptions: Sequence[str] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldFile:
    """What is known of one document; None and "" mean that it is not recorded, not "none".

    `characters` are those of each page's text layer. `places` are exact boxes, which documents
    that were drawn have; so have only they `scanned`.
    """

    name: str
    pages: int | None
    text_layer: str | None
    without_text: frozenset[int]
    characters: Sequence[int] | None
    phrases: Sequence[Phrase]
    phrases_image: Sequence[Phrase]
    boxes: Mapping[int, int] | None
    box_tolerance: int
    labels: Mapping[int, Mapping[str, int]] | None
    is_bad: bool | None
    hidden: Sequence[str]
    places: Mapping[int, Sequence[Place]] | None
    scanned: frozenset[int] | None
    numbers: Mapping[str, Sequence[str]]
    amounts: Sequence[Amount]
    dates: Sequence[Day]
    doc_type: str | None
    agency: str
    vendor: str
    determination: Determination | None


def read(path: Path) -> dict[str, GoldFile]:
    """Read a file of gold: documents by name.

    Raises:
        NotFound: there is no such file.
        BadRequest: it is not of the form; the sentence names the place.
    """
    whole = Part.whole(path)
    if (form := whole.field("format")) and form.value != FORMAT:
        raise form.refused(f"the format {FORMAT}")
    files = whole.needed("files")
    if not files.value:
        raise files.refused("a file at least")
    return {name: _file(name, part) for name, part in files.fields()}


def _file(name: str, part: Part) -> GoldFile:
    if not name or name != Path(name).name:
        raise part.refused(f"the bare name of a file, and not {name!r},")
    facts = part.field("facts") or Part(Path(), "", {})
    pages, layer = part.field("pages"), part.field("text_layer")
    without, drawn = part.field("pages_without_text"), part.field("drawn")
    bad, tolerance = facts.field("bad_redaction"), facts.field("box_tolerance")
    hidden, kind = facts.field("hidden_text"), facts.field("doc_type")
    return GoldFile(
        name=name,
        pages=pages.number(least=0) if pages else None,
        text_layer=layer.choice(LAYERS) if layer else None,
        without_text=frozenset(without.numbers(least=1) if without else ()),
        characters=_characters(part.field("chars_per_page")),
        phrases=_phrases(facts.field("phrases")),
        phrases_image=_phrases(facts.field("phrases_image")),
        boxes=_boxes(facts.field("redaction_boxes")),
        box_tolerance=tolerance.number(least=0) if tolerance else 0,
        labels=_labels(facts.field("exemption_label_counts")),
        is_bad=bad.truth() if bad else None,
        hidden=hidden.texts() if hidden else (),
        places=_places(drawn.needed("boxes")) if drawn else None,
        scanned=frozenset(drawn.needed("scanned_pages").numbers(least=1)) if drawn else None,
        numbers=_numbers(facts),
        amounts=[*_amounts(facts.field("amounts")), *_amounts(facts.field("fees"))],
        dates=_dates(facts),
        doc_type=kind.text() if kind else None,
        agency=_names(facts.field("agency")),
        vendor=_names(facts.field("vendor")),
        determination=_determination(facts),
    )


def _characters(part: Part | None) -> Sequence[int] | None:
    """Give the characters of each page; of a long document the gold may only sum them up."""
    return None if part is None or isinstance(part.value, dict) else part.numbers(least=0)


def _phrases(part: Part | None) -> Sequence[Phrase]:
    return [
        Phrase(page=one.needed("page").number(least=1), text=one.needed("text").text())
        for one in (part.each() if part else ())
    ]


def _boxes(part: Part | None) -> Mapping[int, int] | None:
    return {page: one.number(least=0) for page, one in part.by_page()} if part else None


def _labels(part: Part | None) -> Mapping[int, Mapping[str, int]] | None:
    if part is None:
        return None
    return {
        page: {code: one.number(least=0) for code, one in codes.fields()}
        for page, codes in part.by_page()
    }


def _places(part: Part) -> Mapping[int, Sequence[Place]]:
    return {page: [_place(one) for one in boxes.each()] for page, boxes in part.by_page()}


def _place(part: Part) -> Place:
    left, top, right, bottom = (
        part.needed(edge).points() for edge in ("left", "top", "right", "bottom")
    )
    look = part.needed("look").text()
    return Place(look=look, left_pt=left, top_pt=top, right_pt=right, bottom_pt=bottom)


# What names the document's own case, order or notice; by the fact's name in the gold.
NUMBERS = (
    "foia_case_numbers",
    "contract_numbers",
    "solicitation_numbers",
    "other_ids",
    "court_case",
)


def _numbers(facts: Part) -> Mapping[str, Sequence[str]]:
    found = {name: part for name in NUMBERS if (part := facts.field(name))}
    return {
        name: (part.text(),) if isinstance(part.value, str) else part.texts()
        for name, part in found.items()
    }


def _names(part: Part | None) -> str:
    """Give a name, or several in one text."""
    if part is None:
        return ""
    return " / ".join(part.texts()) if isinstance(part.value, list) else part.text()


def _amounts(part: Part | None) -> Iterator[Amount]:
    """Give what has a value; a price that was withheld has none."""
    for one in part.each() if part else ():
        what, page, value = one.field("what"), one.field("page"), one.field("value")
        if value:
            yield Amount(
                what=what.text() if what else "amount",
                cents=value.cents(),
                page=page.number(least=1) if page else None,
            )


def _dates(facts: Part) -> Sequence[Day]:
    """Give every fact that is a day ("filed", "letter_date" …), and those listed under `dates`."""
    single = [
        Day(what=name, iso=part.day())
        for name, part in facts.fields()
        if isinstance(part.value, str) and _ISO.fullmatch(part.value)
    ]
    listed = facts.field("dates")
    return [*single, *(_days(listed) if listed else ())]


def _days(listed: Part) -> Iterator[Day]:
    """Give the days of a list; a month or a year alone is none."""
    for one in listed.each():
        what, iso = one.field("what"), one.field("iso")
        if iso and not _LONGER.fullmatch(str(iso.value)):
            yield Day(what=what.text() if what else "date", iso=iso.day())


# Numbers of a letter that are judged; others in its determination are passed over.
COUNTS = (
    "reviewed",
    "released",
    "released_in_full",
    "released_in_part",
    "withheld_in_full",
    "pages_referred",
    "interim",
)


def _determination(facts: Part) -> Determination | None:
    part, cited = facts.field("determination"), facts.field("exemptions_cited")
    if part is None:
        return None
    if isinstance(part.value, str):  # the outcome alone
        return Determination(
            outcome=part.text(), counts={}, unit="", exemptions=cited.texts() if cited else None
        )
    unit, outcome = part.field("unit"), part.field("outcome")
    counts = {name: one.number(least=0) for name in COUNTS if (one := part.field(name))}
    return Determination(
        outcome=outcome.text() if outcome else "",
        counts=counts,
        unit=unit.text() if unit else "",
        exemptions=cited.texts() if cited else None,
    )
