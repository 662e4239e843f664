"""Setting lines: paragraphs with gaps, over columns and pages, with boxes in the gaps."""

import random
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from tests.drawn.released.codes import Codes, codes_for
from tests.drawn.released.covers import Cover, covered, living
from tests.drawn.released.faces import FAMILIES, Family, width_pt
from tests.drawn.released.leaf import LETTER, Box, Leaf
from tests.drawn.released.marking import Marking
from tests.drawn.released.stamping import stamped, stamped_within

_GAP = re.compile(r"\{(\w+)(?::(\d+))?\}([.,;:]?)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Style:
    """How a document is set; sizes in points."""

    family: Family
    size: float
    leading: float
    margin: float
    top: float
    columns: int = 1
    page: tuple[float, float] = LETTER


def style(chance: random.Random, *, least: float = 8.5, columns: int | None = None) -> Style:
    """Choose how a document is set."""
    size = chance.uniform(least, 12.5)
    margin = chance.uniform(54, 96)
    columns = columns or (2 if size < 9.5 and chance.random() < 0.4 else 1)
    return Style(
        family=chance.choice(FAMILIES),
        size=size,
        leading=size * chance.uniform(1.18, 1.6),
        margin=margin,
        top=chance.uniform(60, 90),
        columns=columns,
        page=chance.choice((LETTER, LETTER, LETTER, LETTER, (595.3, 841.9), (612.0, 1008.0))),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Secret:
    """What is withheld in a line: the exemptions, and its width; what follows it at once."""

    codes: Codes
    width: float
    after: str = ""


@dataclass(slots=True, kw_only=True)
class Slot:
    """A withheld stretch of one line."""

    left: float
    right: float
    codes: Codes
    is_first: bool


@dataclass(slots=True, kw_only=True)
class Line:
    """A line being filled: words with their places, and what is withheld between them."""

    words: list[tuple[float, str]]
    slots: list[Slot]


class Writer:
    """Writes a document from top to bottom, and begins pages as it needs them.

    `failing` is the share of boxes with living words beneath them; `failing_cover` lies over those,
    `cover` over all others. `facts` are what its words are true to.
    """

    def __init__(
        self,
        chance: random.Random,
        setting: Style,
        marking: Marking,
        regime: str = "law",
        *,
        failing: float = 0.0,
        cover: Cover = "box",
        failing_cover: Cover = "box",
    ) -> None:
        self.chance = chance
        self.style = setting
        self.marking = marking
        self.regime = regime
        self.failing = failing
        # Another manner in the same release: of another office, or of who published it.
        self.second: Marking | None = None
        self.cover: Cover = cover
        self.failing_cover: Cover = failing_cover
        self.facts: dict[str, Any] = {}
        self.leaves: list[Leaf] = []
        self.column = 0
        self.base = 0.0
        self._stamped_down_to = 0.0
        self._tops: list[float] = []
        self.turn()

    @property
    def pages(self) -> list[Leaf]:
        """All pages, without a last one that nothing was written on."""
        return [leaf for leaf in self.leaves if leaf.under or leaf.over]

    @property
    def leaf(self) -> Leaf:
        return self.leaves[-1]

    @property
    def left(self) -> float:
        return self.style.margin + self.column * (self._column_width + 18)

    @property
    def right(self) -> float:
        return self.left + self._column_width

    @property
    def bottom(self) -> float:
        return self.style.page[1] - max(self.style.margin, 66)

    @property
    def _column_width(self) -> float:
        columns = self.style.columns
        return (self.style.page[0] - 2 * self.style.margin - 18 * (columns - 1)) / columns

    def turn(self) -> None:
        """Begin a page."""
        self.leaves.append(Leaf(size=self.style.page))
        self.column = 0
        self._begin_column()

    def _begin_column(self) -> None:
        self.base = self.style.top + self.style.size
        self._stamped_down_to = 0.0

    def down(self, height: float) -> None:
        """Go down, to the next column or page where there is no room for that and a line."""
        self.base += height
        if self.base <= self.bottom:
            return
        if self.column + 1 < self.style.columns:
            self.column += 1
            self._begin_column()
        else:
            self.turn()

    def room(self, height: float) -> None:
        """Begin a column or page, unless there is as much room here."""
        if self.base + height > self.bottom:
            self.base = self.bottom
            self.down(1)

    def heading(self, words: str, *, size: float | None = None, is_centred: bool = False) -> None:
        """Print a line in bold."""
        size = size or self.style.size + 2
        self.room(3 * size)
        left = self.left
        if is_centred:
            left = (self.left + self.right - width_pt(words, self.style.family.bold, size)) / 2
        self.leaf.write(left, self.base, words, self.style.family.bold, size)
        self.down(size * 1.6)

    def paragraph(self, text: str, *, indent: float = 0.0) -> None:
        """Set a paragraph with its gaps, and leave half a line."""
        if self.second and self.chance.random() < 0.3:
            self.marking, self.second = self.second, self.marking
        self.lines(text, left=self.left + indent, right=self.right)
        self.down(self.style.leading * 0.5)

    def lines(self, text: str, *, left: float, right: float) -> None:
        """Set words with gaps between two edges, as many lines as they need."""
        shift, width = left - self.left, right - left
        line, place = Line(words=[], slots=[]), left
        space = width_pt(" ", self.style.family.regular, self.style.size)
        for token in self._tokens(text):
            if isinstance(token, str):
                wide = width_pt(token, self.style.family.regular, self.style.size)
                if place + wide > left + width and place > left:
                    line, left = self._ended(line), self.left + shift
                    place = left
                line.words.append((place, token))
                place += wide + space
                continue
            rest, is_first = token.width, True
            while rest > 0:
                least = self._least(token.codes)
                beside = self._beside(token.codes)
                if left + width - place - beside < least and place > left:
                    line, left = self._ended(line), self.left + shift
                    place = left
                part = min(max(rest, least), left + width - place - beside)
                rest -= part
                line.slots.append(
                    Slot(left=place, right=place + part, codes=token.codes, is_first=is_first)
                )
                is_first = False
                place += part + beside + space
            if token.after:
                # Clear of the box, which is a little wider than the gap.
                place += 1.5 - space
                line.words.append((place, token.after))
                place += space + width_pt(token.after, self.style.family.regular, self.style.size)
        self._ended(line)

    def _tokens(self, text: str) -> list[str | Secret]:
        tokens: list[str | Secret] = []
        done = 0
        for found in _GAP.finditer(text):
            tokens.extend(text[done : found.start()].split())
            tokens.append(self._secret(found[1], int(found[2] or 10), found[3]))
            done = found.end()
        tokens.extend(text[done:].split())
        return tokens

    def _secret(self, kind: str, letters: int, after: str) -> Secret:
        codes = codes_for(self.chance, self.regime, kind)
        width = letters * self.style.size * self.chance.uniform(0.45, 0.6)
        return Secret(codes=codes, width=max(width, self._least(codes)), after=after)

    def _least(self, codes: Codes) -> float:
        """The least width of a box, so that its stamp fits into it."""
        if self.marking.place in ("left", "middle", "typed"):
            return self.marking.stamp_width(codes) + 8
        return 24.0

    def _beside(self, codes: Codes) -> float:
        """The room that a stamp beside its box takes, or a typed one without a box."""
        if self.marking.place == "beside":
            return self.marking.stamp_width(codes) + 5
        return 0.0

    def _ended(self, line: Line) -> Line:
        """Print a line, and begin the next one."""
        for run in _runs(line):
            self.leaf.write(run[0], self.base, run[1], self.style.family.regular, self.style.size)
        for slot in line.slots:
            self._redact(slot)
        if line.slots and self.marking.place == "margin":
            self._stamp_margin(line.slots)
        self.down(self.style.leading)
        return Line(words=[], slots=[])

    def _redact(self, slot: Slot) -> None:
        if self.marking.place == "typed":
            stamped(self.leaf, slot.left, self.base, self.marking, slot.codes)
            return
        height = max(self.style.leading * self.marking.tall, self.style.size)
        middle = self.base - 0.29 * self.style.size
        place = Box(
            left=slot.left - min(self.marking.pad, 1.0),
            top=middle - height / 2,
            right=slot.right + min(self.marking.pad, 1.0),
            bottom=middle + height / 2,
            look=self.marking.look,
        )
        self.box(place, slot.codes, base=self.base, is_stamped=self._is_stamped(slot))

    def _is_stamped(self, slot: Slot) -> bool:
        if not slot.is_first and not self.marking.is_each_stamped:
            return False
        return self.chance.random() >= self.marking.unstamped

    def box(self, place: Box, codes: Codes, *, base: float, is_stamped: bool = True) -> None:
        """Lay a box over one line, perhaps with living words, and its stamp where it belongs."""
        marking = self.marking
        stands = is_stamped and marking.place in ("left", "middle", "beside")
        cover = self.cover
        if self.chance.random() < self.failing:
            cover = self.failing_cover
            face = self.style.family.regular
            living(self.leaf, self.chance, place, base, face, self.style.size)
            # Words can be read on what is only marked, and no stamp through an annotation.
            stands &= cover not in ("annotation", "mark") or marking.place == "beside"
        covered(self.leaf, replace(place, codes=codes if stands else ()), marking, cover)
        if not stands:
            return
        if marking.place == "beside":
            stamped(self.leaf, place.right + 3, base, marking, codes)
        else:
            fitted = replace(marking, size=min(marking.size, (place.bottom - place.top) * 0.85))
            stamped_within(self.leaf, place, fitted, codes)

    def _stamp_margin(self, slots: Sequence[Slot]) -> None:
        """Print the exemptions of a line in the margin, unless the stamp above reaches down."""
        codes = tuple(dict.fromkeys(code for slot in slots for code in slot.codes))
        is_last = self.column + 1 == self.style.columns
        marking = self._fitted(codes, self.style.margin - 14)
        top = self.base - marking.size
        if top < self._stamped_down_to or self.chance.random() < marking.unstamped:
            return
        left = self.right + 6 if is_last else self.left - marking.stamp_width(codes) - 6
        stamped(self.leaf, left, self.base, marking, codes)
        lines = len(marking.stamp_lines(codes))
        self._stamped_down_to = self.base + lines * marking.size * 1.05
        count = len(slots)
        marked = [replace(box, codes=codes) for box in self.leaf.boxes[-count:]]
        self.leaf.boxes[-count:] = marked

    def _fitted(self, codes: Codes, room: float) -> Marking:
        """Set the stamp of a margin one code below the other, and smaller, where there is need."""
        marking = self.marking
        if marking.stamp_width(codes) > room:
            marking = replace(marking, form=replace(marking.form, is_stacked=True))
        if (wide := marking.stamp_width(codes)) > room:
            marking = replace(marking, size=marking.size * room / wide)
        return marking

    def block(self, lines: int, kind: str) -> None:
        """Withhold so many whole lines by one box."""
        height = lines * self.style.leading
        self.room(height + self.style.leading)
        codes = codes_for(self.chance, self.regime, kind)
        if self.marking.place == "typed":
            stamped(self.leaf, self.left, self.base, self.marking, codes)
            self.down(height)
            return
        top = self.base - self.style.size
        place = Box(
            left=self.left - 2,
            top=top,
            right=self.right - self._beside(codes) - self.chance.choice((0.0, 0.0, 60.0)),
            bottom=top + height,
            look=self.marking.look,
        )
        self.box(place, codes, base=self.base)
        if self.marking.place == "margin":
            self._stamp_margin([Slot(left=0, right=0, codes=codes, is_first=True)])
        self.down(height + self.style.leading * 0.5)

    def band(self, height: float, draw: Callable[["Writer", float], None]) -> None:
        """Let something else be drawn in the next so many points."""
        self.room(height)
        draw(self, self.base - self.style.size)
        self.down(height)


def _runs(line: Line) -> list[tuple[float, str]]:
    """Join words that no gap parts."""
    runs: list[tuple[float, str]] = []
    edges = sorted(slot.left for slot in line.slots)
    last = -1
    for place, word in line.words:
        before = sum(edge < place for edge in edges)
        if before == last:
            runs[-1] = (runs[-1][0], f"{runs[-1][1]} {word}")
        else:
            runs.append((place, word))
        last = before
    return runs
