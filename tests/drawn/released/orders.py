"""Contract papers: the order form, the amendment, the reasons for one source."""

from dataclasses import dataclass, replace
from datetime import date

from tests.drawn.released import decoys, words
from tests.drawn.released.cells import labelled_cell, withheld_cell
from tests.drawn.released.leaf import Box
from tests.drawn.released.writer import Writer

_GOODS = ("License plate reader", "Software support", "Installation", "Training", "Spare parts")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Order:
    number: str
    firm: str
    on: date
    total: int


def _order(writer: Writer) -> _Order:
    """Make up an order, and put it among the facts."""
    chance = writer.chance
    office = chance.choice(("70CMSD", "70B03C", "70RDAD", "15F067", "70US09"))
    kind = chance.choice("CDFP")
    on = words.day(chance, 2016, 2025)
    year = (on.year + (on.month >= 10)) % 100
    order = _Order(
        number=f"{office}{year}{kind}{chance.randrange(1, 9999):08}",
        firm=words.firm(chance),
        on=on,
        total=chance.randrange(1200, 9_000_000),
    )
    writer.facts["contract_numbers"] = [order.number]
    writer.facts["vendor"] = order.firm
    writer.facts["dates"] = [{"what": "order", "iso": order.on.isoformat()}]
    return order


def _grid(writer: Writer, rows: list[list[tuple[str, str, str]]], high: float) -> None:
    """Rule rows of cells: label, value, and the kind of what is withheld instead of it."""
    writer.room(high * len(rows))
    top, wide = writer.base - writer.style.size, writer.right - writer.left
    for number, row in enumerate(rows):
        for place, (label, value, kind) in enumerate(row):
            cell = Box(
                left=writer.left + wide * place / len(row),
                top=top + number * high,
                right=writer.left + wide * (place + 1) / len(row),
                bottom=top + (number + 1) * high,
            )
            labelled_cell(writer, cell, label, value, kind=kind)
    writer.down(high * len(rows) + writer.style.leading)


def order_form(writer: Writer) -> None:
    """The form of an order for commercial items, with prices and names withheld."""
    chance, order = writer.chance, _order(writer)
    on = f"{order.on:%m/%d/%Y}"
    writer.heading("SOLICITATION/CONTRACT/ORDER FOR COMMERCIAL ITEMS", size=9.5)
    is_total_open = chance.random() < 0.7
    if is_total_open:
        writer.facts["amounts"] = [{"what": "total award", "value": float(order.total)}]
    rows = [
        [("2. CONTRACT NO.", order.number, ""), ("3. AWARD/EFFECTIVE DATE", on, "")],
        [
            ("9. ISSUED BY", "Office of Acquisition", ""),
            ("7. a. NAME OF OFFICIAL", "", "person"),
            ("b. TELEPHONE", "", "phone"),
        ],
        [("17a. CONTRACTOR/OFFEROR", order.firm, ""), ("15. DELIVER TO", words.town(chance), "")],
        [
            ("25. ACCOUNTING DATA", "SEE SCHEDULE", ""),
            (
                "26. TOTAL AWARD AMOUNT",
                f"${order.total:,}.00" if is_total_open else "",
                "" if is_total_open else "price",
            ),
        ],
        [("30a. SIGNATURE OF OFFEROR", "", "person"), ("31b. NAME OF OFFICER", "", "person")],
    ]
    _grid(writer, rows, chance.uniform(25, 33))
    _prices(writer)
    _clauses(writer)


def amendment(writer: Writer) -> None:
    """The form that amends an order."""
    chance, order = writer.chance, _order(writer)
    writer.heading("AMENDMENT OF SOLICITATION/MODIFICATION OF CONTRACT", size=9.5)
    number = f"P{chance.randrange(1, 40):05}"
    rows = [
        [
            ("2. AMENDMENT/MODIFICATION NO.", number, ""),
            ("3. EFFECTIVE DATE", f"{order.on:%m/%d/%Y}", ""),
        ],
        [
            ("8. NAME AND ADDRESS OF CONTRACTOR", order.firm, ""),
            ("10A. MODIFICATION OF CONTRACT NO.", order.number, ""),
        ],
        [("15A. NAME AND TITLE OF SIGNER", "", "person"), ("16A. OFFICER", "", "person")],
    ]
    _grid(writer, rows, chance.uniform(25, 33))
    writer.paragraph(
        f"14. The purpose of this modification is to add funds of ${order.total:,}.00 for"
        f" {words.subject(chance).lower()}."
    )
    writer.facts["amounts"] = [{"what": "added funds", "value": float(order.total)}]
    _clauses(writer)


def one_source(writer: Writer) -> None:
    """The reasons for asking one vendor only."""
    chance, order = writer.chance, _order(writer)
    writer.heading("JUSTIFICATION FOR OTHER THAN FULL AND OPEN COMPETITION", size=10.5)
    writer.paragraph(
        f"1. Order {order.number} was placed with {order.firm} on {words.long_date(order.on)}."
    )
    for number in range(2, chance.randrange(4, 9)):
        text = " ".join(words.sentences(chance, chance.randrange(1, 4)))
        writer.paragraph(f"{number}. {text}")
        if chance.random() < 0.25:
            writer.block(chance.randrange(2, 7), "price")
    writer.paragraph("Contracting officer: {person:18} Telephone: {phone:12}")
    if chance.random() < 0.5:
        decoys.signature(writer)


def _prices(writer: Writer) -> None:
    """Lines of goods with ruled columns and covered prices."""
    chance, size = writer.chance, min(writer.style.size, 10.0)
    edges, family = (0.0, 0.1, 0.55, 0.7, 1.0), writer.style.family
    wide, high = writer.right - writer.left, size * chance.uniform(1.7, 2.3)
    rows = chance.randrange(2, 8)
    writer.room(high * (rows + 2))
    top, left = writer.base - size, writer.left
    for row in range(rows + 1):
        base = top + row * high + high * 0.65
        texts = ["19. ITEM", "20. SUPPLIES/SERVICES", "21. QTY", "23. UNIT PRICE"]
        if row:
            goods = _GOODS[(row + rows) % len(_GOODS)]
            texts = [f"{row:04}", goods, str(chance.randrange(1, 90)), ""]
        for column, text in enumerate(texts):
            cell = Box(
                left=left + edges[column] * wide,
                top=top + row * high,
                right=left + edges[column + 1] * wide,
                bottom=top + (row + 1) * high,
            )
            writer.leaf.frame(cell, 0.5)
            face = family.regular if row else family.bold
            if text:
                writer.leaf.write(cell.left + 3, base, text, face, size * (0.9 if row else 0.7))
            else:
                withheld_cell(writer, cell, base, "price")
    writer.down(high * (rows + 1) + writer.style.leading)


def _clauses(writer: Writer) -> None:
    chance = writer.chance
    for text in words.sentences(chance, chance.randrange(2, 9)):
        writer.paragraph(text)
    if chance.random() < 0.4:
        decoys.decoy(writer)
    if chance.random() < 0.6:
        writer.paragraph(
            "The offeror shall complete only paragraph (b) of this provision at 52.212-3(b)(6) if"
            " it has completed the annual representations electronically."
        )


def contract(writer: Writer) -> None:
    """One of these papers, in one column."""
    writer.style = replace(writer.style, columns=1)
    writer.chance.choice((order_form, order_form, amendment, one_source))(writer)
