"""A JSON file taken apart strictly: each value knows its place, for the sentence it may need."""

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from archive.errors import BadRequest, NotFound

_SHOWN = 60
# What stands there lay beneath a box, and is for nobody's eyes.
_COVERED = ".hidden_text"


class Part:
    """A value of a JSON file, and where it stands: "files.letter.pdf.facts.phrases[0]"."""

    def __init__(self, path: Path, place: str, value: Any) -> None:
        self._path = path
        self.place = place
        self.value = value

    @classmethod
    def whole(cls, path: Path) -> "Part":
        """Read a file.

        Raises:
            NotFound: there is no such file, or it cannot be read.
            BadRequest: it is not JSON.
        """
        try:
            return cls(path, "", json.loads(path.read_text(encoding="utf-8")))
        except FileNotFoundError as error:
            raise NotFound(f"{path} is not there. Name a file of gold.") from error
        except OSError as error:
            reason = f"{path} cannot be read: {error.strerror}. Name a file of gold."
            raise NotFound(reason) from error
        except UnicodeDecodeError as error:
            raise BadRequest(
                f"{path} is no text, so it is not JSON. Name a file of gold."
            ) from error
        except (ValueError, RecursionError) as error:
            raise BadRequest(f"{path} is not JSON: {error}. Mend that place.") from error

    def refused(self, expected: str) -> BadRequest:
        """Say what was expected here, and what stands here instead, unless that was covered."""
        said = "not that" if _COVERED in self.place else json.dumps(self.value, ensure_ascii=False)
        shown = said if len(said) <= _SHOWN else f"{said[:_SHOWN]}…"
        where = self.place or "the whole file"
        return BadRequest(f"{self._path}: {where} is {shown}; {expected} was expected.")

    def fields(self) -> Iterator[tuple[str, "Part"]]:
        """Walk the fields of an object."""
        if not isinstance(self.value, dict):
            raise self.refused("an object {…}")
        before = f"{self.place}." if self.place else ""
        for name, value in self.value.items():
            yield name, Part(self._path, before + name, value)

    def field(self, name: str) -> "Part | None":
        """Give a field of an object; None where it is not there, or null."""
        found = dict(self.fields()).get(name)
        return None if found is None or found.value is None else found

    def needed(self, name: str) -> "Part":
        """Give a field that must be there."""
        found = self.field(name)
        if found is None:
            raise self.refused(f"an object with {name!r}")
        return found

    def each(self) -> list["Part"]:
        """Give the values of a list."""
        if not isinstance(self.value, list):
            raise self.refused("a list […]")
        return [
            Part(self._path, f"{self.place}[{number}]", value)
            for number, value in enumerate(self.value)
        ]

    def by_page(self) -> Iterator[tuple[int, "Part"]]:
        """Walk an object whose names are numbers of pages."""
        for name, part in self.fields():
            if not (name.isascii() and name.isdecimal() and int(name) >= 1):
                raise self.refused(f'pages as names, counted from "1", and not {name!r},')
            yield int(name), part

    def text(self) -> str:
        """Give a text that is not empty."""
        if not isinstance(self.value, str) or not self.value.strip():
            raise self.refused("a text")
        return self.value

    def texts(self) -> tuple[str, ...]:
        """Give a list of texts."""
        return tuple(one.text() for one in self.each())

    def number(self, *, least: int) -> int:
        """Give a whole number."""
        if isinstance(self.value, bool) or not isinstance(self.value, int) or self.value < least:
            raise self.refused(f"a whole number from {least} on")
        return self.value

    def numbers(self, *, least: int) -> tuple[int, ...]:
        """Give a list of whole numbers."""
        return tuple(one.number(least=least) for one in self.each())

    def cents(self) -> int:
        """Give an amount of money, which stands there in whole units and hundredths."""
        if isinstance(self.value, bool) or not isinstance(self.value, int | float):
            raise self.refused("an amount such as 1234.5")
        return round(self.value * 100)

    def points(self) -> float:
        """Give a place on a page, in points."""
        if isinstance(self.value, bool) or not isinstance(self.value, int | float):
            raise self.refused("a number of points")
        return float(self.value)

    def truth(self) -> bool:
        """Give yes or no."""
        if not isinstance(self.value, bool):
            raise self.refused("true or false")
        return self.value

    def day(self) -> str:
        """Give a day in ISO form."""
        try:
            return date.fromisoformat(self.text()).isoformat()
        except ValueError as error:
            raise self.refused("a day such as 2025-09-30") from error

    def choice(self, choices: tuple[str, ...]) -> str:
        """Give one of some words."""
        if self.value not in choices:
            raise self.refused(f"one of {', '.join(choices)}")
        return str(self.value)
