"""Logs: tables as a database gives them, with columns of covered names and systems."""

from dataclasses import dataclass, replace

from tests.drawn.released import words
from tests.drawn.released.cells import withheld_cell
from tests.drawn.released.leaf import Box
from tests.drawn.released.writer import Writer

_PURPOSES = (
    *("Stolen vehicle", "Missing person", "Welfare check", "Hit and run", "Training"),
    *("Auto theft", "Fugitive search", "Burglary series", "System test", "Amber alert"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Columns:
    """Titles, what is withheld in each (or nothing), and the edges as shares of the width."""

    heads: tuple[str, ...]
    kinds: tuple[str, ...]
    edges: tuple[float, ...]


_SHAPES = (
    _Columns(
        heads=("Date", "Officer", "Purpose of the search", "System"),
        kinds=("date", "person", "purpose", "system"),
        edges=(0.0, 0.17, 0.44, 0.74, 1.0),
    ),
    _Columns(
        heads=("Date", "Purpose", "Name", "Node"),
        kinds=("date", "purpose", "person", "node"),
        edges=(0.0, 0.17, 0.47, 0.84, 1.0),
    ),
    _Columns(
        heads=("Item", "Node", "Place", "Unit price", "Date"),
        kinds=("purpose", "node", "place", "price", "date"),
        edges=(0.0, 0.27, 0.4, 0.62, 0.84, 1.0),
    ),
)


def log(writer: Writer) -> None:
    """One table, ruled or not, shaded by turns or not; and what was said about it."""
    chance = writer.chance
    size = min(writer.style.size, chance.uniform(7.5, 9.5))
    setting, writer.style = writer.style, replace(writer.style, size=size, columns=1)
    columns, high = chance.choice(_SHAPES), size * chance.uniform(1.7, 2.4)
    is_ruled, is_shaded = chance.random() < 0.7, chance.random() < 0.4
    writer.heading(words.subject(chance))
    for row in range(chance.randrange(5, 34)):
        writer.room(high * 1.5)
        top = writer.base - size
        for column in range(len(columns.heads)):
            left, right = (
                writer.left + columns.edges[column + part] * (writer.right - writer.left)
                for part in (0, 1)
            )
            cell = Box(left=left, top=top, right=right, bottom=top + high)
            if is_shaded and row % 2:
                writer.leaf.fill(cell, (0.9, 0.9, 0.9))
            if is_ruled:
                writer.leaf.frame(cell, 0.5)
            _value(writer, columns, row, column, cell)
        writer.down(high)
    writer.style = setting
    writer.down(writer.style.leading)
    for text in words.sentences(chance, 2):
        writer.paragraph(text)


def _value(writer: Writer, columns: _Columns, row: int, column: int, cell: Box) -> None:
    chance, family, size = writer.chance, writer.style.family, writer.style.size
    base = cell.top + (cell.bottom - cell.top) * 0.65
    kind = columns.kinds[column]
    if row == 0:
        writer.leaf.write(cell.left + 3, base, columns.heads[column], family.bold, size)
    elif kind not in ("date", "purpose", "node"):
        withheld_cell(writer, cell, base, kind)
    else:
        text = {
            "date": f"{words.day(chance):%m/%d/%Y}",
            "purpose": chance.choice(_PURPOSES),
            "node": f"Node {chance.randrange(10, 99)}",
        }[kind]
        writer.leaf.write(cell.left + 3, base, text, family.regular, size)
