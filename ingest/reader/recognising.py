"""Recognises the words of a page that is a picture, as people see it.

The picture is the one that the page shows: boxes are closed, what is marked for redaction is
painted over. So what nobody can see, nobody recognises. A word that Tesseract makes out of less
contrast than people see, such as a name that shines through a box, goes as one of a scan's own text
layer would (`inks`).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image

from archive.masking import MASK
from archive.readings import Word, Words
from ingest.reader.geometry import IDENTITY, Box
from ingest.reader.inks import Inks, Look
from ingest.reader.lookalikes import mask_recognised
from ingest.reader.marks import as_array
from ingest.reader.pages import ReadPage
from ingest.reader.pictures import painted_page
from ingest.reader.rendering import Drawn, Sheet, Window, scale_within, sheet
from ingest.reader.tesseract import Grey, Seen, quarter_turns, words_in

# 200 dots an inch: 300 cost a fifth more and read no better (measured). Small sheets are drawn
# larger, for some scanners say that a page is a stamp; large ones smaller, whatever they say.
_SCALE = 200 / 72
_LEAST_PIXELS, _MOST_PIXELS = 3_700_000, 12_000_000
# What is read worse than this may lie on its side, and is looked at once more.
_POOR = 60
# What has neither letter nor digit is dirt, unless Tesseract is sure of it; so is what it is as
# good as sure not to be a word.
_SURE, _UNSURE = 80, 15


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    """A word with its box in points, its line, and how sure Tesseract is of it."""

    word: Word
    line: int
    height_pt: float
    confidence: float


def recognised(page: Any, number: int, models: Path) -> ReadPage:
    """Read a page whose words are in its picture.

    Words that the file itself has, such as a court's line across the head, stay as they are.

    Raises:
        Refused: a limit stops it.
    """
    size = sheet(page)
    wanted = max(_SCALE, (_LEAST_PIXELS / max(size.width * size.height, 1e-6)) ** 0.5)
    scale = scale_within(size, wanted, _MOST_PIXELS)
    picture, before = painted_page(page, number, scale)
    found = list(_found(np.asarray(picture.convert("L")), scale, models))
    found = _seen(picture, size, scale, found)
    return _merged(before, [one for one in found if not _is_there(one.word, before.reading.words)])


def _found(picture: Grey, scale: float, models: Path) -> Iterator[_Found]:
    """Walk what is found in a picture; one that lies on its side is turned, and its boxes back."""
    words, turns = words_in(picture, scale * 72, models), 0
    if _sureness(words) < _POOR and (turns := quarter_turns(picture, scale * 72, models)):
        again = words_in(np.ascontiguousarray(np.rot90(picture, turns)), scale * 72, models)
        if _weight(again) > _weight(words):
            words = again
        else:
            turns = 0
    height, width = picture.shape
    for one in words:
        text = "".join(letter for letter in one.text if letter.isprintable() and letter != MASK)
        text = "".join(text.split())
        if not text or _is_dirt(text, one.confidence):
            continue
        edges = [edge / scale for edge in _turned_back(one, turns, width, height)]
        yield _Found(
            word=Word(
                text=text, left_pt=edges[0], top_pt=edges[1], right_pt=edges[2], bottom_pt=edges[3]
            ),
            line=one.line,
            height_pt=one.line_height / scale,
            confidence=one.confidence,
        )


def _is_dirt(text: str, confidence: float) -> bool:
    has_letter = any(letter.isalnum() for letter in text)
    return confidence < (_UNSURE if has_letter else _SURE)


def _weight(words: Sequence[Seen]) -> float:
    return sum(len(one.text) * one.confidence for one in words)


def _sureness(words: Sequence[Seen]) -> float:
    letters = sum(len(one.text) for one in words)
    return _weight(words) / letters if letters else 0.0


def _turned_back(one: Seen, turns: int, width: int, height: int) -> tuple[int, int, int, int]:
    """Give the box of a word in the picture as it was before it was turned to the left."""
    box = (one.left, one.top, one.right, one.bottom)
    if turns == 1:
        return width - box[3], box[0], width - box[1], box[2]
    if turns == 2:
        return width - box[2], height - box[3], width - box[0], height - box[1]
    if turns == 3:
        return box[1], height - box[2], box[3], height - box[0]
    return box


def _seen(picture: Image.Image, size: Sheet, scale: float, found: Sequence[_Found]) -> list[_Found]:
    """Keep the words that people see in the picture, by the same look as that at a text layer."""
    if not found:
        return []
    small = scale_within(size, 1.0, _MOST_PIXELS)
    wide, high = max(1, round(size.width * small)), max(1, round(size.height * small))
    pixels = np.asarray(picture.resize((wide, high), Image.Resampling.BOX))[:, :, ::-1]
    upright = Sheet(Box(0.0, 0.0, size.width, size.height), IDENTITY, size.width, size.height)
    on = Drawn(np.ascontiguousarray(pixels), upright, small, Window(0, 0, wide, high))
    words = (one.word for one in found)
    boxes = [Box(word.left_pt, word.top_pt, word.right_pt, word.bottom_pt) for word in words]
    inks = Inks(on, as_array(boxes))
    looks = [inks.seen(place, is_short=len(one.word.text) < 3) for place, one in enumerate(found)]
    return [one for one, seen in zip(found, looks, strict=True) if seen.look is not Look.NOTHING]


def _is_there(word: Word, words: Sequence[Word]) -> bool:
    """Ask whether the file itself has a word in this place."""
    across, down = (word.left_pt + word.right_pt) / 2, (word.top_pt + word.bottom_pt) / 2
    return any(
        one.left_pt <= across <= one.right_pt and one.top_pt - 2 <= down <= one.bottom_pt + 2
        for one in words
    )


def _merged(before: ReadPage, found: Sequence[_Found]) -> ReadPage:
    """Put the words of the file and those of the picture together: a head first, a foot last."""
    reading = before.reading
    own = [line for line in reading.text.split("\n") if line.strip()]
    words = list(reading.words)
    is_head = bool(words) and (not found or words[0].top_pt <= found[0].word.top_pt)
    lines = _lines(found)
    text = "\n".join([*own, *lines] if is_head else [*lines, *own])
    placed = [one.word for one in found]
    text, masked = mask_recognised(text)
    heights = [one.height_pt for one in found]
    kept = list(before.line_heights) or [word.bottom_pt - word.top_pt for word in words]
    placed = [*words, *placed] if is_head else [*placed, *words]
    edges = Words.of(placed).edges
    return ReadPage(
        reading=replace(
            reading,
            text=text,
            words=Words(text.split(), edges),
            masked=reading.masked + masked,
            text_from="recognised",
            confidence=_confidence(found),
        ),
        line_heights=[*kept, *heights] if is_head else [*heights, *kept],
        to_paint=(),
    )


def _lines(found: Sequence[_Found]) -> list[str]:
    lines: dict[int, list[str]] = {}
    for one in found:
        lines.setdefault(one.line, []).append(one.word.text)
    return [" ".join(words) for words in lines.values()]


def _confidence(found: Sequence[_Found]) -> int | None:
    """Give how sure Tesseract is of the page, each word weighed by its letters."""
    letters = sum(len(one.word.text) for one in found)
    if not letters:
        return None
    return round(sum(len(one.word.text) * one.confidence for one in found) / letters)
