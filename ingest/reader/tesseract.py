"""Tesseract, asked for the words in a picture: the only module that knows it."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import tesserocr

Grey = npt.NDArray[np.uint8]

_LANGUAGE = "eng"
# What Tesseract makes of a picture's dots per inch is only a first guess at the size of letters.
_LEAST_DPI, _MOST_DPI = 70, 2400


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """A word that Tesseract sees: its line from 0, its box in pixels, how sure it is (0 to 100).

    `line_height` is that of its line's letters, in pixels.
    """

    text: str
    line: int
    left: int
    top: int
    right: int
    bottom: int
    confidence: float
    line_height: float


def words_in(picture: Grey, dpi: float, models: Path) -> list[Seen]:
    """List the words in a picture in reading order."""
    with _asked(picture, dpi, models, _LANGUAGE, tesserocr.PSM.AUTO) as api:
        api.Recognize()
        iterator = api.GetIterator()
        return list(_words(iterator)) if iterator else []


def quarter_turns(picture: Grey, dpi: float, models: Path) -> int:
    """Give by how many quarters a picture must be turned to the left for its letters to stand.

    0 where that cannot be told.
    """
    if not (models / "osd.traineddata").is_file():
        return 0
    with _asked(picture, dpi, models, "osd", tesserocr.PSM.OSD_ONLY) as api:
        found = api.DetectOrientationScript()
    return int(found["orient_deg"]) // 90 if found else 0


def _asked(picture: Grey, dpi: float, models: Path, language: str, mode: int) -> Any:
    height, width = picture.shape
    api = tesserocr.PyTessBaseAPI(path=str(models), lang=language, psm=mode)
    api.SetImageBytes(picture.tobytes(), width, height, 1, width)
    api.SetSourceResolution(round(min(max(dpi, _LEAST_DPI), _MOST_DPI)))
    return api


def _words(iterator: Any) -> Iterator[Seen]:
    level, line, height = tesserocr.RIL.WORD, -1, 0.0
    for one in tesserocr.iterate_level(iterator, level):
        if one.IsAtBeginningOf(tesserocr.RIL.TEXTLINE):
            line, height = line + 1, float(one.RowAttributes()["row_height"])
        if one.Empty(level):
            continue
        left, top, right, bottom = one.BoundingBox(level)
        yield Seen(
            text=one.GetUTF8Text(level),
            line=max(line, 0),
            left=left,
            top=top,
            right=right,
            bottom=bottom,
            confidence=float(one.Confidence(level)),
            line_height=height,
        )
