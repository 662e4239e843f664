"""Small entries for tests: only what a test is about is given, the rest is made up."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from archive.search.engine import Answer, Engine, Question, Sort
from archive.search.entry import Entry
from archive.search.language import read


def entry(number: int, title: str = "", *, on: str = "", **given: Any) -> Entry:
    """An award, or a document when it has pages, dated `on`."""
    kind = str(given.pop("kind", "document" if given.get("pages") else "award"))
    day = given.pop("day", date.fromisoformat(on).toordinal() if on else None)
    version = str(given.pop("version", "1"))
    key = str(given.pop("key", f"{kind}s/{number:04}"))
    return Entry(key=key, number=number, version=version, kind=kind, title=title, day=day, **given)


def ask(engine: Engine, typed: str = "", **asked: Any) -> Answer:
    """Search for what a person types."""
    return engine.search(Question(tree=read(typed).tree, **asked))


def found(engine: Engine, typed: str = "", **asked: Any) -> set[int]:
    """The numbers of the entries found."""
    return {hit.number for hit in ask(engine, typed, **asked).hits}


def listed(engine: Engine, sort: Sort, **asked: Any) -> list[int]:
    """The numbers of all entries, or of a page of them, in an order."""
    return [hit.number for hit in ask(engine, sort=sort, **asked).hits]


def fill(engine: Engine, entries: Sequence[Entry]) -> None:
    """Write entries and look at them."""
    engine.write(entries)
    engine.refresh()


def vendors_and_states(engine: Engine) -> None:
    """Write five entries of three vendors in two states."""
    shelf = [("A", "VA"), ("A", "TX"), ("B", "VA"), ("B", "VA"), ("C", "TX")]
    fill(
        engine,
        [
            entry(n, "drone", facets={"vendor": (vendor,), "state": (state,)})
            for n, (vendor, state) in enumerate(shelf, start=1)
        ],
    )
