"""The file of prime award summaries: a header is understood once, then each row by it.

One statement of the view usaspending.summary_file for each row.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from archive.identifiers import idv_key
from archive.model import Statement, Value
from crawlers.usaspending.award import check_key, known_type
from crawlers.usaspending.codes import CATEGORY_OF_TYPE, TYPE_LABELS
from crawlers.usaspending.summary_columns import KEPT, LEFT_OUT, READ
from crawlers.usaspending.values import (
    NotUnderstood,
    cents,
    day_in,
    description,
    repaired,
    stamp,
    whole_number,
)

VIEW = "usaspending.summary_file"
# Goes up when rows are understood otherwise, so that a file is read again.
PARSER_VERSION = 1
_KNOWN = frozenset(
    [*READ, *(column for column, _ in KEPT.values()), *" ".join(LEFT_OUT.values()).split()]
)


@lru_cache(maxsize=65536)  # agencies, codes and titles repeat from row to row
def _words(text: str, _: str) -> str | None:
    """Read a cell; "NAN" stands in 126 of 822 real rows where a program wrote an empty one."""
    text = text.strip()
    return None if text in ("", "NAN") else repaired(text)


def _flag(text: str, name: str) -> bool | None:
    match text.strip().lower():
        case "t" | "true":
            return True
        case "f" | "false":
            return False
        case "":
            return None
    raise NotUnderstood(f"{name} {text!r} is neither t nor f")


def _cents(text: str, name: str) -> int | None:
    return cents(text.strip(), name)


_READERS: Mapping[str, Callable[[str, str], Value]] = {
    "words": _words,
    "description": description,
    "cents": _cents,
    "day": day_in,
    "flag": _flag,
    "number": whole_number,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Column:
    place: int
    field: str
    name: str
    read: Callable[[str, str], Value]


class OtherLayout(ValueError):
    """The header is not that of prime award summaries; its text says what is missing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SummaryLayout:
    """A header that was understood; `not_understood` are its columns that nobody declared."""

    width: int
    places: Mapping[str, int]
    columns: tuple[_Column, ...]
    not_understood: tuple[str, ...]

    @classmethod
    def of(cls, header: Sequence[str]) -> "SummaryLayout":
        """Understand a header.

        Raises:
            OtherLayout: columns are missing, or one stands there twice.
        """
        names = [name.strip() for name in header]
        missing = [
            name for name in (*READ, *(one for one, _ in KEPT.values())) if name not in names
        ]
        if missing:
            raise OtherLayout(_missing_said(missing))
        if len(set(names)) < len(names):
            twice = sorted({name for name in names if names.count(name) > 1})
            raise OtherLayout(f"columns stand there twice: {', '.join(twice)}")
        places = {name: place for place, name in enumerate(names)}
        columns = tuple(
            _Column(place=places[name], field=field, name=name, read=_READERS[how])
            for field, (name, how) in KEPT.items()
        )
        unknown = tuple(name for name in names if name not in _KNOWN)
        return cls(width=len(names), places=places, columns=columns, not_understood=unknown)

    def statement(self, row: Sequence[str], place: int) -> Statement:
        """Read one row.

        Raises:
            NotUnderstood: a value has no meaning here, or the row has another width.
        """
        if len(row) != self.width:
            raise NotUnderstood(f"the row has {len(row)} cells, the header {self.width}")
        fields: dict[str, Value] = {
            one.field: one.read(row[one.place], one.name) for one in self.columns
        }
        key = self._cell(row, "contract_award_unique_key")
        if not key or not fields["piid"]:
            raise NotUnderstood("the row has no award key or no PIID")
        type_code = self._type(row)
        category = CATEGORY_OF_TYPE[type_code]
        parent = str(fields["parent_piid"] or "")
        check_key(key, str(fields["piid"]), parent if category == "contract" else "", category)
        fields |= {
            "category": category,
            "type_code": type_code,
            "type_label": TYPE_LABELS[type_code],
        }
        agency = self._cell(row, "parent_award_agency_id")
        if parent and agency:
            fields["parent_key"] = idv_key(piid=parent, agency=agency)
        if category == "idv":
            ordering = self._cell(row, "ordering_period_end_date")
            fields["potential_ends_on"] = day_in(ordering, "ordering_period_end_date")
        return Statement(
            kind="award",
            key=key,
            award_key=key,
            view=VIEW,
            fields=fields,
            modified_at=stamp(self._cell(row, "last_modified_date"), "last_modified_date"),
            place=place,
        )

    def subject(self, row: Sequence[str]) -> str:
        """Name a row that is refused: its award key, when it has one."""
        place = self.places["contract_award_unique_key"]
        return row[place].strip()[:120] if place < len(row) else ""

    def _cell(self, row: Sequence[str], name: str) -> str:
        return row[self.places[name]].strip()

    def _type(self, row: Sequence[str]) -> str:
        """Give the type code; of a vehicle it is put together from two columns."""
        flag = self._cell(row, "award_or_idv_flag")
        if flag == "AWARD":
            return known_type(self._cell(row, "award_type_code"))
        if flag != "IDV":
            raise NotUnderstood(f"award_or_idv_flag {flag!r} is neither AWARD nor IDV")
        kind, form = self._cell(row, "idv_type_code"), self._cell(row, "type_of_idc_code")
        return known_type(f"IDV_{kind}_{form}" if kind == "B" and form else f"IDV_{kind}")


def award_from_summary_row(row: Mapping[str, str], place: int = 1) -> Statement:
    """Read one row given by column name.

    Raises:
        OtherLayout: columns are missing.
        NotUnderstood: a value has no meaning here.
    """
    return SummaryLayout.of(list(row)).statement(list(row.values()), place)


def _missing_said(missing: Sequence[str]) -> str:
    shown = ", ".join(missing[:6])
    more = f" and {len(missing) - 6} more" if len(missing) > 6 else ""
    return f"these columns are missing: {shown}{more}"
