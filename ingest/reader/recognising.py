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
from typing import Any, NamedTuple, TypeVar

import numpy as np
from PIL import Image

from archive.masking import MASK
from archive.redactions import ExemptionStamp, RedactionBox, Redactions
from archive.words import Word, Words
from ingest.reader import verdicts
from ingest.reader.garbled import is_garbled, is_other_text
from ingest.reader.geometry import IDENTITY, Box
from ingest.reader.inks import Inks, Look
from ingest.reader.levels import Level, level
from ingest.reader.lookalikes import mask_recognised
from ingest.reader.marks import as_array
from ingest.reader.opened import opened_page
from ingest.reader.pages import ReadPage
from ingest.reader.pictures import painted_page
from ingest.reader.redacted.margins import with_margins
from ingest.reader.redacted.recognised import recognised_redactions
from ingest.reader.redacted.scanned import Marked, marked, without_boxes
from ingest.reader.rendering import Drawn, Sheet, Window, scale_within, sheet
from ingest.reader.tesseract import Reader, Seen
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


_Placed = TypeVar("_Placed", Word, RedactionBox, ExemptionStamp)


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


class _View(NamedTuple):
    """What was found in a picture that was turned and made level: boxes and words."""

    picture: _Picture
    level: Level
    boxes: list[Marked]
    words: list[Seen]


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
    reader = Reader(models)
    read = _upright(_drawn(document, number), reader)
    if scale := _larger(read):
        again = _look(_drawn(document, number, scale), reader, read.level.turns)
        read = again if _weight(again.words) > _weight(read.words) else read
    picture = read.picture
    before = picture.read
    if is_garbled(before.reading.text):
        if not is_other_text([one.text for one in read.words], before.reading.text):
            return _as_it_was(before)
        before = _without_words(before)
    own = before.reading.words
    found = _seen(read, list(_cleaned(read.words, picture.scale)))
    found = [one for one in _on_page(read, found) if not _is_there(one.word, own)]
    redactions = _redactions(read)
    before = replace(before, reading=replace(before.reading, redactions=redactions))
    return Recognised(_merged(before, found), _merged(before, _sure(found)))


def _as_it_was(before: ReadPage) -> Recognised:
    """Give a page whose text seemed to be none, and stands on it for all to see."""
    page = replace(before, reading=replace(before.reading, text_from="layer"))
    return Recognised(page, page)


def _without_words(before: ReadPage) -> ReadPage:
    """Give a page without the text that is none."""
    reading = replace(before.reading, text="", words=Words.of([]), masked=0)
    return replace(before, reading=reading, line_heights=())


def _redactions(read: _View) -> Redactions:
    """Tell what was withheld, with places on the page as it lies."""
    scale = read.picture.scale
    outside = [one for one in read.words if not any(box.holds(one) for box in read.boxes)]
    found = list(_cleaned(outside, scale))
    words = Words.of([one.word for one in found])
    known = recognised_redactions(
        read.boxes, "\n".join(_lines(found)), words, scale, _sheet(read.level, scale)
    )
    return replace(
        known,
        boxes=tuple(_put_back(one, read) for one in known.boxes),
        stamps=tuple(_put_back(one, read) for one in known.stamps),
    )


def _put_back(one: _Placed, read: _View) -> _Placed:
    """Put a word, box or stamp where it stands on the page as it lies."""
    scale = read.picture.scale
    edges = (one.left_pt, one.top_pt, one.right_pt, one.bottom_pt)
    left, top, right, bottom = (
        edge / scale for edge in read.level.back([edge * scale for edge in edges])
    )
    return replace(one, left_pt=left, top_pt=top, right_pt=right, bottom_pt=bottom)


def _sheet(at: Level, scale: float) -> Sheet:
    width, height = at.image.width / scale, at.image.height / scale
    return Sheet(Box(0.0, 0.0, width, height), IDENTITY, width, height)


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


def _larger(read: _View) -> float:
    """Give the scale at which small print is to be drawn once more; 0 when it is not small."""
    words, picture = read.words, read.picture
    if not words:
        return 0.0
    height = max(median(min(one.bottom - one.top, one.right - one.left) for one in words), 1)
    wanted = picture.scale * min(_LARGE / height, 2.0)
    larger = scale_within(picture.size, wanted, _MOST_PIXELS)
    return larger if height < _SMALL and larger > 1.2 * picture.scale else 0.0


def _upright(picture: _Picture, reader: Reader) -> _View:
    """Look at a picture, and once more, turned, where it lies on its side."""
    read = _look(picture, reader)
    is_sideways = _is_sideways(read.words)
    sureness = _sureness((one.text, one.confidence) for one in read.words)
    if not is_sideways and (sureness or 0.0) >= _POOR:
        return read
    turns = reader.quarter_turns(np.asarray(picture.image.convert("L")), 72 * picture.scale)
    ways = [turns] if turns % 4 else [1, 3] if is_sideways else []
    turned = [_look(picture, reader, way) for way in ways]
    if not turned:
        return read
    again = max(turned, key=lambda one: _weight(one.words))
    return again if is_sideways or _weight(again.words) > _weight(read.words) else read


def _is_sideways(words: Sequence[Seen]) -> bool:
    """Ask whether words run up or down: Tesseract reads those, but nothing in boxes beside them."""
    long = [one for one in words if len(one.text) >= _SHORT]
    upright = sum(one.bottom - one.top > one.right - one.left for one in long)
    return upright > len(long) / 2


def _look(picture: _Picture, reader: Reader, turns: int = 0) -> _View:
    """Find the boxes and the words of a picture that is turned to the left by some quarters."""
    at = level(picture.image, turns)
    boxes = marked(at.pixels, picture.scale, reader)
    plain = Image.fromarray(without_boxes(at.pixels, boxes, picture.scale))
    words = reader.words(np.asarray(plain.convert("L")), 72 * picture.scale)
    words = with_margins(words, np.asarray(plain), picture.scale, reader)
    return _View(picture, at, boxes, words)


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


def _seen(read: _View, found: Sequence[_Found]) -> list[_Found]:
    """Keep the words that people see in the picture, by the same look as that at a text layer."""
    if not found:
        return []
    image = read.level.image
    upright = _sheet(read.level, read.picture.scale)
    scale = scale_within(upright, 1.0, _MOST_PIXELS)
    wide, high = max(1, round(upright.width * scale)), max(1, round(upright.height * scale))
    small = np.asarray(image.resize((wide, high), Image.Resampling.BOX))
    on = Drawn(np.ascontiguousarray(small[:, :, ::-1]), upright, scale, Window(0, 0, wide, high))
    words = (one.word for one in found)
    boxes = [Box(word.left_pt, word.top_pt, word.right_pt, word.bottom_pt) for word in words]
    inks = Inks(on, as_array(boxes))
    looks = (
        inks.seen(place, is_short=len(one.word.text) < _SHORT) for place, one in enumerate(found)
    )
    return [one for one, seen in zip(found, looks, strict=True) if seen.look is not Look.NOTHING]


def _on_page(read: _View, found: Iterable[_Found]) -> Iterator[_Found]:
    """Put words where they stand on the page as it lies."""
    for one in found:
        yield one._replace(word=_put_back(one.word, read))


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
