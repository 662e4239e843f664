"""Recognises the words of a page that is a picture, as people see it.

The picture is the one that the page shows: boxes are closed, what is marked for redaction is
painted over. So what nobody can see, nobody recognises. A word that Tesseract makes out of less
contrast than people see, such as a name that shines through a box, goes as one of a scan's own text
layer would (`inks`).
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from statistics import median
from typing import Any, NamedTuple

import numpy as np
from PIL import Image

from archive.masking import MASK
from archive.words import Word, Words
from ingest.reader import verdicts
from ingest.reader.geometry import IDENTITY, Box
from ingest.reader.inks import Inks, Look
from ingest.reader.lookalikes import mask_recognised
from ingest.reader.marks import as_array
from ingest.reader.opened import opened_page
from ingest.reader.pages import ReadPage
from ingest.reader.pictures import painted_page
from ingest.reader.rendering import Drawn, Sheet, Window, scale_within, sheet
from ingest.reader.tesseract import Seen, quarter_turns, words_in
from ingest.reader.verdicts import Refused

# 200 dots an inch: on print of the usual size 300 cost a fifth more and read no better (measured).
# Small sheets are drawn larger, for some scanners say that a page is a stamp; large ones smaller,
# whatever they say.
_SCALE = 200 / 72
_LEAST_PIXELS, _MOST_PIXELS = 3_700_000, 16_000_000
# Words lower than this, in pixels, are drawn once more, so high: a log of requests printed small
# was read with a confidence of 63, and with 90 at twice the size.
_SMALL, _LARGE = 14, 22
# What is read worse than this may lie on its side, and is looked at once more.
_POOR = 60
# What has neither letter nor digit is dirt, unless Tesseract is sure of it; so is what it is as
# good as sure not to be a word.
_SURE, _UNSURE = 80, 15
_SHORT = 3


class Recognised(NamedTuple):
    """A page with the words in its picture, and the same with only the lines that are sure."""

    page: ReadPage
    sure: ReadPage


class _Picture(NamedTuple):
    """The picture of a page, so many pixels a point, and what the file itself has of words."""

    image: Image.Image
    size: Sheet
    scale: float
    read: ReadPage


class _Found(NamedTuple):
    """A word with its line, how high that is in points, and how sure Tesseract is of the word."""

    word: Word
    line: int
    height_pt: float
    confidence: float


def recognised(document: Any, number: int, models: Path) -> Recognised:
    """Read a page, counted from 1, whose words are in its picture.

    Words that the file itself has, such as a court's line across the head, stay as they are.

    Raises:
        Refused: the page cannot be opened, or a limit stops it.
    """
    picture = _drawn(document, number)
    words = _upright(picture, models)
    if scale := _larger(picture, words):
        twice = _drawn(document, number, scale)
        again = _upright(twice, models)
        picture, words = (twice, again) if _weight(again) > _weight(words) else (picture, words)
    own = picture.read.reading.words
    found = [one for one in _cleaned(words, picture.scale) if not _is_there(one.word, own)]
    found = _seen(picture, found)
    return Recognised(_merged(picture.read, found), _merged(picture.read, _sure(found)))


def _drawn(document: Any, number: int, scale: float = 0.0) -> _Picture:
    """Draw a page, opened anew: to read it may have changed what it looks like."""
    with opened_page(document, number) as page:
        if page is None:
            raise Refused(verdicts.DAMAGED, f"damaged: page {number} cannot be opened")
        size = sheet(page)
        area = max(size.width * size.height, 1e-6)
        wanted = scale or max(_SCALE, (_LEAST_PIXELS / area) ** 0.5)
        scale = scale_within(size, wanted, _MOST_PIXELS)
        image, read = painted_page(page, number, scale)
        return _Picture(image, size, scale, read)


def _larger(picture: _Picture, words: Sequence[Seen]) -> float:
    """Give the scale at which small print is to be drawn once more; 0 when it is not small."""
    if not words:
        return 0.0
    height = max(median(min(one.bottom - one.top, one.right - one.left) for one in words), 1)
    wanted = picture.scale * min(_LARGE / height, 2.0)
    larger = scale_within(picture.size, wanted, _MOST_PIXELS)
    return larger if height < _SMALL and larger > 1.2 * picture.scale else 0.0


def _upright(picture: _Picture, models: Path) -> list[Seen]:
    """List the words in a picture; one that lies on its side is turned, and their boxes back."""
    grey, dpi = np.asarray(picture.image.convert("L")), 72 * picture.scale
    words = words_in(grey, dpi, models)
    if (_sureness((one.text, one.confidence) for one in words) or 0.0) >= _POOR:
        return words
    turns = quarter_turns(grey, dpi, models)
    if not turns:
        return words
    again = words_in(np.ascontiguousarray(np.rot90(grey, turns)), dpi, models)
    height, width = grey.shape
    again = [_turned_back(one, turns, width, height) for one in again]
    return again if _weight(again) > _weight(words) else words


def _cleaned(words: Sequence[Seen], scale: float) -> Iterator[_Found]:
    for one in words:
        letters = (letter for letter in one.text if letter.isprintable() and letter != MASK)
        text = "".join("".join(letters).split())
        if not text or _is_dirt(text, one.confidence):
            continue
        edges = (one.left / scale, one.top / scale, one.right / scale, one.bottom / scale)
        yield _Found(
            Word(
                text=text, left_pt=edges[0], top_pt=edges[1], right_pt=edges[2], bottom_pt=edges[3]
            ),
            one.line,
            one.line_height / scale,
            one.confidence,
        )


def _is_dirt(text: str, confidence: float) -> bool:
    has_letter = any(letter.isalnum() for letter in text)
    return confidence < (_UNSURE if has_letter else _SURE)


def _weight(words: Sequence[Seen]) -> float:
    return sum(len(one.text) * one.confidence for one in words)


def _sureness(words: Iterable[tuple[str, float]]) -> float | None:
    """Give how sure Tesseract is of words, each weighed by its letters; None without any."""
    weighed = [(len(text), confidence) for text, confidence in words]
    letters = sum(count for count, _ in weighed)
    return sum(count * one for count, one in weighed) / letters if letters else None


def _turned_back(one: Seen, turns: int, width: int, height: int) -> Seen:
    """Put a word where it is in a picture of this size that was not turned to the left."""
    left, top, right, bottom = one.left, one.top, one.right, one.bottom
    places = {
        1: (width - bottom, left, width - top, right),
        2: (width - right, height - bottom, width - left, height - top),
        3: (top, height - right, bottom, height - left),
    }
    left, top, right, bottom = places[turns]
    return replace(one, left=left, top=top, right=right, bottom=bottom)


def _seen(picture: _Picture, found: Sequence[_Found]) -> list[_Found]:
    """Keep the words that people see in the picture, by the same look as that at a text layer."""
    if not found:
        return []
    size = picture.size
    scale = scale_within(size, 1.0, _MOST_PIXELS)
    wide, high = max(1, round(size.width * scale)), max(1, round(size.height * scale))
    small = np.asarray(picture.image.resize((wide, high), Image.Resampling.BOX))
    upright = Sheet(Box(0.0, 0.0, size.width, size.height), IDENTITY, size.width, size.height)
    on = Drawn(np.ascontiguousarray(small[:, :, ::-1]), upright, scale, Window(0, 0, wide, high))
    words = (one.word for one in found)
    boxes = [Box(word.left_pt, word.top_pt, word.right_pt, word.bottom_pt) for word in words]
    inks = Inks(on, as_array(boxes))
    looks = (
        inks.seen(place, is_short=len(one.word.text) < _SHORT) for place, one in enumerate(found)
    )
    return [one for one, seen in zip(found, looks, strict=True) if seen.look is not Look.NOTHING]


def _sure(found: Sequence[_Found]) -> list[_Found]:
    """Keep the lines all of whose words are sure: no title is made of guesses."""
    unsure = {one.line for one in found if one.confidence < _SURE}
    return [one for one in found if one.line not in unsure]


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
    sureness = _sureness((one.word.text, one.confidence) for one in found)
    return ReadPage(
        reading=replace(
            reading,
            text=text,
            words=Words(text.split(), edges),
            masked=reading.masked + masked,
            text_from="recognised",
            confidence=None if sureness is None else round(sureness),
        ),
        line_heights=[*kept, *heights] if is_head else [*heights, *kept],
        to_paint=(),
    )


def _lines(found: Sequence[_Found]) -> list[str]:
    lines: dict[int, list[str]] = {}
    for one in found:
        lines.setdefault(one.line, []).append(one.word.text)
    return [" ".join(words) for words in lines.values()]
