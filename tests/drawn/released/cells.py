"""Cells of tables and forms: a label, a value, or a box in place of the value."""

from dataclasses import replace

from tests.drawn.released.codes import FORMS, codes_for
from tests.drawn.released.leaf import BLACK, WHITE, Box
from tests.drawn.released.marking import Marking
from tests.drawn.released.stamping import stamped
from tests.drawn.released.writer import Writer

_LEAST_STAMP = 5.5


def _in_cells(marking: Marking) -> Marking:
    """Give the marking of a release as it is in cells, which have no margin beside them."""
    if marking.place != "margin":
        return marking
    form = FORMS[0] if marking.form.is_stacked else marking.form
    is_dark = marking.look in ("black", "coloured")
    size = min(marking.size, 7.5)
    colour = WHITE if is_dark else BLACK
    return replace(marking, place="middle", form=form, size=size, colour=colour)


def withheld_cell(writer: Writer, cell: Box, base: float, kind: str) -> None:
    """Withhold the value of a cell."""
    codes = codes_for(writer.chance, writer.regime, kind)
    whole, marking = writer.marking, _in_cells(writer.marking)
    room, fits = cell.right - cell.left - 7, marking.stamp_width(codes)
    if marking.place == "beside":
        room -= fits + 5
        if room < 20:
            marking = _in_cells(replace(marking, place="margin"))
            room, fits = cell.right - cell.left - 7, marking.stamp_width(codes)
    if fits > room - 2 and marking.place in ("left", "middle", "typed"):
        smaller = max(_LEAST_STAMP, marking.size * (room - 2) / fits)
        marking = replace(marking, size=min(marking.size, smaller))
    if marking.place == "typed":
        stamped(writer.leaf, cell.left + 3, base, marking, codes)
        return
    middle = base - 0.3 * writer.style.size
    half = min((cell.bottom - cell.top) * 0.42, writer.style.size * 0.8)
    writer.marking = marking
    writer.box(
        Box(
            left=cell.left + 3,
            top=max(middle - half, cell.top + 1),
            right=cell.left + 3 + room,
            bottom=min(middle + half, cell.bottom - 1),
            look=marking.look,
        ),
        codes,
        base=base,
    )
    writer.marking = whole


def labelled_cell(writer: Writer, cell: Box, label: str, value: str, *, kind: str = "") -> None:
    """Rule a cell with a small label at its top left, and its value below, or a box."""
    leaf, size = writer.leaf, min(writer.style.size, 10.0)
    leaf.frame(cell, 0.6)
    leaf.write(cell.left + 2.5, cell.top + 7, label, "Helvetica", 5.8, is_seen=False)
    base = cell.bottom - 5
    if kind:
        below = replace(cell, top=cell.top + 9)
        whole, writer.style = writer.style, replace(writer.style, size=size)
        withheld_cell(writer, below, base, kind)
        writer.style = whole
    elif value:
        leaf.write(cell.left + 5, base, value, writer.style.family.regular, size)
