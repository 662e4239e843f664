"""What is true of a drawn document, in the form of the hand-read gold."""

import random
from collections.abc import Mapping, Sequence
from typing import Any

from tests.drawn.released.leaf import Box, Leaf

_MOST_PHRASES = 5


def gold(
    leaves: Sequence[Leaf], facts: Mapping[str, Any], drawn: Mapping[str, Any], seed: int
) -> dict[str, Any]:
    """Say what is true of a document."""
    chance = random.Random(f"phrases {seed}")
    hidden = [words for leaf in leaves for words in leaf.hidden]
    return {
        "pages": len(leaves),
        "encrypted": False,
        "text_layer": _text_layer(leaves),
        "pages_without_text": _pages(leaves, lambda leaf: not _has_text(leaf)),
        "rotated_pages": {
            str(number): leaf.rotation for number, leaf in _numbered(leaves) if leaf.rotation
        },
        "facts": {
            **facts,
            "phrases": _phrases(chance, leaves, is_picture=False),
            "phrases_image": _phrases(chance, leaves, is_picture=True),
            "redaction_boxes": {
                str(number): len(leaf.boxes) for number, leaf in _numbered(leaves) if leaf.boxes
            },
            "exemption_label_counts": {
                str(number): dict(sorted(leaf.labels.items()))
                for number, leaf in _numbered(leaves)
                if leaf.labels
            },
            "solid_black_pages": _pages(leaves, lambda leaf: leaf.is_black),
            "bad_redaction": bool(hidden),
            "hidden_text": hidden,
        },
        "drawn": {
            **drawn,
            "seed": seed,
            "boxes": {
                str(number): [_box(box) for box in leaf.boxes]
                for number, leaf in _numbered(leaves)
                if leaf.boxes
            },
            "scanned_pages": _pages(leaves, lambda leaf: leaf.is_picture),
            "withheld_pages": _pages(leaves, lambda leaf: leaf.is_withheld),
            "skew": {
                str(number): round(leaf.skew, 2) for number, leaf in _numbered(leaves) if leaf.skew
            },
        },
        "checked": "drawn by program",
    }


def _numbered(leaves: Sequence[Leaf]) -> list[tuple[int, Leaf]]:
    return list(enumerate(leaves, start=1))


def _pages(leaves: Sequence[Leaf], holds: Any) -> list[int]:
    return [number for number, leaf in _numbered(leaves) if holds(leaf)]


def _has_text(leaf: Leaf) -> bool:
    return not leaf.is_picture or leaf.has_typed_over


def _text_layer(leaves: Sequence[Leaf]) -> str:
    if not any(leaf.is_picture for leaf in leaves):
        return "full"
    if not all(leaf.is_picture for leaf in leaves):
        return "partial"
    return "header_only" if any(map(_has_text, leaves)) else "none"


def _phrases(
    chance: random.Random, leaves: Sequence[Leaf], *, is_picture: bool
) -> list[dict[str, Any]]:
    """Pick words that stand side by side, some from each page."""
    found = []
    for number, leaf in _numbered(leaves):
        runs = leaf.pictured if is_picture else [*leaf.runs, *leaf.over_runs]
        long = [run for run in dict.fromkeys(runs) if len(run) >= 14 and len(run.split()) >= 3]
        for run in chance.sample(long, min(len(long), _MOST_PHRASES)):
            found.append({"page": number, "text": _part(chance, run)})
    return found


def _part(chance: random.Random, run: str) -> str:
    """Take at most eight words of a line."""
    split = run.split()
    start = chance.randrange(max(1, len(split) - 7))
    return " ".join(split[start : start + 8])


def _box(box: Box) -> dict[str, Any]:
    return {
        "left": round(box.left, 1),
        "top": round(box.top, 1),
        "right": round(box.right, 1),
        "bottom": round(box.bottom, 1),
        "look": box.look,
        "codes": list(box.codes),
    }
