"""What a person may mean who types a value after a field of the query language."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence

from archive.watchlist.agencies import find
from archive.watchlist.places import STATES
from archive.watchlist.technologies import technologies

_Known = Sequence[tuple[str, str, str]]

_KINDS = {"award": "Award", "notice": "Notice", "document": "Document"}

# Codes of award types (USAspending's), with the words people use for them; the first is shown.
_TYPES: Mapping[str, tuple[str, ...]] = {
    "A": ("BPA call",),
    "B": ("Purchase order",),
    "C": ("Delivery order", "Task order"),
    "D": ("Definitive contract",),
    "IDV_A": ("Governmentwide vehicle", "GWAC"),
    "IDV_B": ("Indefinite-delivery contract", "IDC", "IDIQ"),
    "IDV_B_A": ("Requirements contract",),
    "IDV_B_B": ("Indefinite-quantity contract", "IDIQ"),
    "IDV_B_C": ("Definite-quantity contract",),
    "IDV_C": ("Federal Supply Schedule", "FSS"),
    "IDV_D": ("Basic ordering agreement", "BOA"),
    "IDV_E": ("Blanket purchase agreement", "BPA"),
    "02": ("Block grant",),
    "03": ("Formula grant",),
    "04": ("Project grant",),
    "05": ("Cooperative agreement",),
}

# Types of documents, as the reader names them.
_PAPERS = ("contract", "email", "form", "invoice", "letter", "log", "order", "policy")

_SOURCES: Mapping[str, tuple[str, ...]] = {
    "usaspending_awards": ("USAspending",),
    "muckrock_requests": ("MuckRock",),
    "documentcloud_documents": ("DocumentCloud",),
    "usaspending_file": ("USAspending, files", "USAspending, file", "USAspending"),
    "usaspending_bulk": ("USAspending, downloads", "USAspending"),
    "sam_opportunities": ("SAM.gov", "SAM"),
    "added": ("Added by hand",),
}


def called(facet: str, value: str) -> str:
    """Give what readers are shown for an award's type or a source, '' for one not listed.

    It is the first of the words by which it is found.
    """
    names = {"type": _TYPES, "source": _SOURCES}[facet]
    return names[value][0] if value in names else ""


class WatchlistVocabulary:
    """Knows agencies, technologies, kinds, types, states and sources; nothing of other fields."""

    def values(self, field: str, typed: str) -> _Known:
        """Give the (facet, value, label) that may be meant; nothing when it is not known."""
        reader = _READERS.get(field)
        return reader(typed) if reader and _folded(typed) else ()


def _folded(typed: str) -> str:
    return " ".join(re.findall(r"[^\W_]+", typed.casefold()))


def _agency(typed: str) -> _Known:
    return [(one.facet, one.code, one.name) for one in find(typed)]


def _subagency(typed: str) -> _Known:
    return [known for known in _agency(typed) if known[0] == "subagency"]


def _technology(typed: str) -> _Known:
    """Find technologies by id, label or alias; else by words that all stand in the label."""
    wanted = _folded(typed)
    exact = [
        ("technology", one.id, one.label)
        for one in technologies().values()
        if wanted in map(_folded, (one.id, one.label, *one.aliases))
    ]
    words = {word.removesuffix("s") for word in wanted.split()}
    return exact or [
        ("technology", one.id, one.label)
        for one in technologies().values()
        if words <= {word.removesuffix("s") for word in _folded(one.label).split()}
    ]


def _kind(typed: str) -> _Known:
    kind = _folded(typed).removesuffix("s")
    return [("kind", kind, _KINDS[kind])] if kind in _KINDS else ()


def _state(typed: str) -> _Known:
    wanted = _folded(typed)
    return [
        ("state", code, name)
        for code, name in STATES.items()
        if wanted in (code.casefold(), name.casefold())
    ]


def _type(typed: str) -> _Known:
    wanted = _folded(typed)
    papers = [("type", one, one.capitalize()) for one in _PAPERS if wanted in (one, f"{one}s")]
    return papers or list(_named("type", _TYPES, wanted))


def _source(typed: str) -> _Known:
    return list(_named("source", _SOURCES, _folded(typed)))


def _named(
    facet: str, names: Mapping[str, tuple[str, ...]], wanted: str
) -> Iterator[tuple[str, str, str]]:
    for value, (label, *others) in names.items():
        if wanted in map(_folded, (value, label, *others)):
            yield facet, value, label


_READERS: Mapping[str, Callable[[str], _Known]] = {
    "agency": _agency,
    "subagency": _subagency,
    "technology": _technology,
    "kind": _kind,
    "state": _state,
    "type": _type,
    "source": _source,
}
