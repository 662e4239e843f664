"""What was withheld from a page: opaque boxes, stamps of exemptions, pages withheld in full.

What stood beneath a box is nowhere here. Places are in points from the top left corner of the
upright page, as people see it.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Literal, TypeAlias, get_args

# How a box looks. outlined: white, or the colour of the paper, with a line around it. hatched:
# filled with a pattern. coloured: in one colour that is neither black nor grey.
BoxLook: TypeAlias = Literal["black", "grey", "outlined", "hatched", "coloured"]
_LOOKS: frozenset[str] = frozenset(get_args(BoxLook))


@dataclass(frozen=True, slots=True, kw_only=True)
class RedactionBox:
    """A box that something was withheld by.

    `codes` are the exemptions stamped in it or beside it, in their normal form, as printed order.
    """

    left_pt: float
    top_pt: float
    right_pt: float
    bottom_pt: float
    look: BoxLook
    codes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ExemptionStamp:
    """An exemption that is stamped on a page, or printed in place of what was withheld.

    `code` is its normal form: "(b)(7)(E)", "(k)(2)", "ORS 192.345(22)(c)"; one stamp each for
    "(b)(6), (b)(7)(C)". An exemption that a letter only speaks of is none.
    """

    code: str
    left_pt: float
    top_pt: float
    right_pt: float
    bottom_pt: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Redactions:
    """All that was withheld from a page.

    `covered_percent` is the share of the page that boxes cover, from 0 to 100, each place counted
    once. `is_withheld`: nothing of the page was released: it is black, or a slip sheet stands for
    it.
    """

    boxes: Sequence[RedactionBox] = ()
    stamps: Sequence[ExemptionStamp] = ()
    covered_percent: int = 0
    is_withheld: bool = False

    @property
    def codes(self) -> tuple[str, ...]:
        """The exemptions stamped on the page, each once, sorted."""
        return tuple(sorted({stamp.code for stamp in self.stamps}))


NOTHING_REDACTED = Redactions()


def packed(redactions: Redactions) -> bytes:
    """Put redactions into JSON; b"" where there are none. Places are kept to a tenth of a point."""
    if redactions == NOTHING_REDACTED:
        return b""
    said: dict[str, Any] = {
        "boxes": [_rounded(asdict(one)) for one in redactions.boxes],
        "stamps": [_rounded(asdict(one)) for one in redactions.stamps],
        "covered_percent": redactions.covered_percent,
        "is_withheld": redactions.is_withheld,
    }
    return json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode()


def _rounded(said: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name: round(value, 1) if isinstance(value, float) else value for name, value in said.items()
    }


def unpacked(written: bytes) -> Redactions:
    """Read what `packed` wrote.

    Raises:
        ValueError: it is something else.
    """
    said = json.loads(written)
    try:
        return Redactions(
            boxes=tuple(_box(one) for one in said["boxes"]),
            stamps=tuple(ExemptionStamp(**one) for one in said["stamps"]),
            covered_percent=int(said["covered_percent"]),
            is_withheld=bool(said["is_withheld"]),
        )
    except (KeyError, TypeError) as error:
        raise ValueError("its redactions are not what was written") from error


def _box(said: Mapping[str, Any]) -> RedactionBox:
    box = RedactionBox(**{**said, "codes": tuple(said["codes"])})
    if box.look not in _LOOKS:
        raise ValueError(f"no box looks {box.look!r}")
    return box
