"""How a release looks: its boxes, its stamps, and where the stamps stand."""

import random
from dataclasses import dataclass, replace
from typing import Literal, TypeAlias

from archive.redactions import BoxLook
from tests.drawn.released.codes import FORMS, STACKED_FORMS, STATE_FORMS, Codes, Form
from tests.drawn.released.faces import width_pt
from tests.drawn.released.leaf import BLACK, RED, WHITE, Colour

# typed: no box at all, the exemption stands in place of the value.
StampPlace: TypeAlias = Literal["left", "middle", "beside", "margin", "none", "typed"]

_STAMP_FACES = ("Helvetica", "Helvetica-Bold", "Times-Roman", "Courier", "Vera")
_BLUE: Colour = (0.1, 0.15, 0.6)


@dataclass(frozen=True, slots=True, kw_only=True)
class Marking:
    """One manner of redaction; sizes are in points."""

    look: BoxLook
    fill: Colour
    rim: float
    rim_colour: Colour
    hatch: float
    is_crossed: bool
    place: StampPlace
    form: Form
    face: str
    size: float
    colour: Colour
    pad: float
    tall: float
    is_each_stamped: bool
    unstamped: float

    def stamp_lines(self, codes: Codes) -> list[str]:
        return self.form.lines(codes)

    def stamp_width(self, codes: Codes) -> float:
        """Measure the widest line of a stamp."""
        return max(width_pt(line, self.face, self.size) for line in self.stamp_lines(codes))


def _grey(value: float) -> Colour:
    return (value, value, value)


def _filled(chance: random.Random, look: BoxLook) -> tuple[Colour, float, Colour, float]:
    """Choose fill, rim, colour of the rim and distance of the hatching."""
    if look == "black":
        return _grey(chance.choice((0.0, 0.0, 0.0, 0.05, 0.1))), 0.0, BLACK, 0.0
    if look == "grey":
        rim = chance.choice((0.0, 0.0, 0.5, 0.8))
        return _grey(chance.uniform(0.45, 0.85)), rim, _grey(chance.choice((0.0, 0.3))), 0.0
    if look == "outlined":
        rim_colour = chance.choice((BLACK, BLACK, _grey(0.35), RED))
        return WHITE, chance.choice((0.4, 0.6, 0.8, 1.0, 1.5)), rim_colour, 0.0
    if look == "hatched":
        ground = _grey(chance.choice((1.0, 0.92)))
        return ground, chance.choice((0.4, 0.7)), BLACK, chance.uniform(2.5, 4.5)
    return chance.choice(((0.1, 0.2, 0.6), (0.6, 0.1, 0.1), (0.0, 0.35, 0.3))), 0.0, BLACK, 0.0


def _stamp_colour(chance: random.Random, look: BoxLook, place: StampPlace, fill: Colour) -> Colour:
    """Choose a colour that is read on the ground it stands on."""
    if place in ("beside", "margin", "typed"):
        return chance.choice((BLACK, RED, RED))
    if look == "black":
        return chance.choice((WHITE, WHITE, (1.0, 0.2, 0.2)))
    if look == "coloured":
        return WHITE
    if look == "grey":
        return chance.choice((BLACK, BLACK, RED if fill[0] > 0.6 else BLACK))
    return chance.choice((BLACK, RED, RED, _BLUE))


def _stamp_place(chance: random.Random, look: BoxLook) -> StampPlace:
    places: tuple[StampPlace, ...] = ("left", "left", "middle", "beside", "margin", "none")
    if look in ("outlined", "hatched"):
        places = ("left", "middle", "middle", "margin")
    return chance.choice(places)


def _form(chance: random.Random, regime: str, place: StampPlace) -> Form:
    if regime == "oregon":
        return chance.choice(STATE_FORMS)
    if place == "margin" and chance.random() < 0.7:
        return chance.choice(STACKED_FORMS)
    return chance.choice(FORMS)


LOOKS: tuple[BoxLook, ...] = (
    "black",
    "black",
    "outlined",
    "outlined",
    "grey",
    "hatched",
    "coloured",
)


def marking(
    chance: random.Random,
    regime: str,
    *,
    look: BoxLook | None = None,
    place: StampPlace | None = None,
    is_scanned: bool = False,
) -> Marking:
    """Choose how a release is redacted."""
    shown: BoxLook = chance.choice(LOOKS) if look is None else look
    at: StampPlace = place or _stamp_place(chance, shown)
    fill, rim, rim_colour, hatch = _filled(chance, shown)
    colour = _stamp_colour(chance, shown, at, fill)
    # Red on black is not to be read in grey.
    is_dull = is_scanned and shown == "black" and at in ("left", "middle")
    # In some releases the boxes of neighbouring lines touch.
    tall = chance.uniform(0.97, 1.0) if chance.random() < 0.08 else chance.uniform(0.7, 0.88)
    return Marking(
        look=shown,
        fill=fill,
        rim=rim,
        rim_colour=rim_colour,
        hatch=hatch,
        is_crossed=chance.random() < 0.3,
        place=at,
        form=_form(chance, regime, at),
        face=chance.choice(_STAMP_FACES),
        size=chance.uniform(7.5, 10.5) if is_scanned else chance.uniform(5.5, 10.0),
        colour=WHITE if is_dull else colour,
        pad=chance.uniform(0.5, 2.0),
        tall=tall,
        is_each_stamped=shown in ("outlined", "hatched") or chance.random() < 0.5,
        unstamped=chance.choice((0.0, 0.0, 0.15)) if shown in ("black", "grey") else 0.0,
    )


def in_white(one: Marking) -> Marking:
    """Give the same in white without a rim, as it hides words in a careless release."""
    colour = BLACK if one.colour == WHITE else one.colour
    return replace(one, look="outlined", fill=WHITE, rim=0.0, hatch=0.0, colour=colour)
