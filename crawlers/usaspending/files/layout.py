"""What the layouts of files share: a header is understood once, then each row by it."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import ClassVar, Self

from archive.model import Deletion, Statement, Value
from crawlers.usaspending.files.days import Order, Orders
from crawlers.usaspending.values import (
    NotUnderstood,
    cents,
    day_in,
    description,
    repaired,
    stamp,
    whole_number,
)


class OtherLayout(ValueError):
    """A header of another kind of file; its text says what is missing."""


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


def _proprietor(text: str, _: str) -> bool | None:
    """Read from a list of business types that it is a sole proprietorship; else it says nothing."""
    kinds = {kind.strip() for kind in text.upper().replace("-", " ").split(",")}
    return "SOLE PROPRIETORSHIP" in kinds or None


def _cents(text: str, name: str) -> int | None:
    return cents(text.strip(), name)


def _agency(text: str, name: str) -> str | None:
    """Read a toptier code of three places; spreadsheet programs drop the zero of "070"."""
    code = _words(text, name)
    return code.zfill(3) if code and code.isdecimal() else code


def subagency_code(text: str, name: str) -> str | None:
    """Read a subtier code of four places, with the zeros that were dropped."""
    code = _words(text, name)
    return code.zfill(4) if code and code.isdecimal() else code


Reader = Callable[[str, str], Value]
_READERS: Mapping[str, Reader] = {
    "words": _words,
    "agency": _agency,
    "subagency": subagency_code,
    "description": description,
    "cents": _cents,
    "flag": _flag,
    "proprietor": _proprietor,
    "number": whole_number,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """What is declared of a file: columns read for what they say of the row as a whole, our field
    → (column, how it is read), and the columns left out by their reason.
    """

    read: tuple[str, ...]
    kept: Mapping[str, tuple[str, str]]
    left_out: Mapping[str, str]

    @property
    def needed(self) -> tuple[str, ...]:
        """The columns without which a file is another one."""
        return tuple(dict.fromkeys([*self.read, *(column for column, _ in self.kept.values())]))

    @property
    def known(self) -> frozenset[str]:
        """All columns that somebody declared."""
        return frozenset([*self.needed, *" ".join(self.left_out.values()).split()])


@dataclass(frozen=True, slots=True, kw_only=True)
class _Column:
    place: int
    field: str
    name: str
    read: Reader


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """A header that was understood."""

    width: int
    places: Mapping[str, int]
    columns: tuple[_Column, ...]
    not_understood: tuple[str, ...]
    orders: Orders

    @classmethod
    def of(cls, header: Sequence[str], columns: Columns, orders: Orders) -> Self:
        """Understand a header.

        Raises:
            OtherLayout: columns are missing, or one stands there twice.
        """
        names = [name.strip() for name in header]
        missing = [name for name in columns.needed if name not in names]
        if missing:
            raise OtherLayout(_missing_said(missing))
        if len(set(names)) < len(names):
            twice = sorted({name for name in names if names.count(name) > 1})
            raise OtherLayout(f"columns stand there twice: {', '.join(twice)}")
        places = {name: place for place, name in enumerate(names)}
        known = columns.known
        return cls(
            width=len(names),
            places=places,
            columns=tuple(
                _Column(place=places[name], field=field, name=name, read=_reader(how, name, orders))
                for field, (name, how) in columns.kept.items()
            ),
            not_understood=tuple(name for name in names if name not in known),
            orders=orders,
        )

    def fields(self, row: Sequence[str]) -> dict[str, Value]:
        """Read the fields that are kept.

        Raises:
            NotUnderstood: a value has no meaning here, or the row has another width.
        """
        self.check_width(row)
        return {one.field: one.read(row[one.place], one.name) for one in self.columns}

    def check_width(self, row: Sequence[str]) -> None:
        """See that a row is as wide as the header.

        Raises:
            NotUnderstood: it is not.
        """
        if len(row) != self.width:
            raise NotUnderstood(f"the row has {len(row)} cells, the header {self.width}")

    def cell(self, row: Sequence[str], name: str) -> str:
        """Give a cell as it is printed, trimmed."""
        return row[self.places[name]].strip()

    def day(self, row: Sequence[str], name: str) -> str | None:
        """Read the day in a cell.

        Raises:
            NotUnderstood: it is none.
        """
        return day_in(self.cell(row, name), name, _order(self.orders, name))

    def stamp(self, row: Sequence[str], name: str) -> str:
        """Read the moment or day in a cell; '' when it is empty.

        Raises:
            NotUnderstood: it is none.
        """
        return stamp(self.cell(row, name), name, _order(self.orders, name))

    def subject(self, row: Sequence[str], name: str) -> str:
        """Give a cell of a row that may be too short, to name it by."""
        place = self.places[name]
        return row[place].strip()[:120] if place < len(row) else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout(ABC):
    """A header of one kind of file, understood; `columns` is what is declared of that kind."""

    columns: ClassVar[Columns]
    header: Header

    @classmethod
    def of(cls, header: Sequence[str], orders: Orders) -> Self:
        """Understand a header; `orders` says how its columns write days.

        Raises:
            OtherLayout: columns are missing, or one stands there twice.
        """
        return cls(header=Header.of(header, cls.columns, orders))

    @property
    def not_understood(self) -> tuple[str, ...]:
        """Columns that nobody declared."""
        return self.header.not_understood

    @abstractmethod
    def statements(self, row: Sequence[str], place: int) -> tuple[Statement, ...]:
        """Read one row; the first statement is of the record that the row stands for.

        Raises:
            NotUnderstood: a value has no meaning here, or the row has another width.
        """

    def deletion(self, row: Sequence[str]) -> Deletion | None:
        """Read a row that says something was deleted; None of another row.

        Raises:
            NotUnderstood: what or when is not said.
        """
        return None

    @abstractmethod
    def subject(self, row: Sequence[str]) -> str:
        """Name a row that is refused: its award key, when it has one."""


def _reader(how: str, name: str, orders: Orders) -> Reader:
    if how == "day":
        return partial(_day, order=_order(orders, name))
    return _READERS[how]


def _order(orders: Orders, name: str) -> Order:
    return orders.get(name, Order.MONTH_FIRST)


def _day(text: str, name: str, *, order: Order) -> str | None:
    return day_in(text, name, order)


def _missing_said(missing: Sequence[str]) -> str:
    shown = ", ".join(missing[:6])
    more = f" and {len(missing) - 6} more" if len(missing) > 6 else ""
    return f"these columns are missing: {shown}{more}"
