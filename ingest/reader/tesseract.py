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


class Reader:
    """Tesseract with its model of English, loaded once for all that is read of a page."""

    def __init__(self, models: Path) -> None:
        self._models = models
        self._api = _loaded(models, _LANGUAGE, tesserocr.PSM.AUTO)

    def words(self, picture: Grey, dpi: float) -> list[Seen]:
        """List the words in the picture of a page in reading order."""
        return self._read(picture, dpi, tesserocr.PSM.AUTO)

    def block(self, picture: Grey, dpi: float, *, is_line: bool) -> list[Seen]:
        """List the words in the picture of a line, or of some lines beneath each other."""
        mode = tesserocr.PSM.SINGLE_LINE if is_line else tesserocr.PSM.SINGLE_BLOCK
        return self._read(picture, dpi, mode)

    def _read(self, picture: Grey, dpi: float, mode: int) -> list[Seen]:
        self._api.SetPageSegMode(mode)
        _show(self._api, picture, dpi)
        self._api.Recognize()
        iterator = self._api.GetIterator()
        return list(_words(iterator)) if iterator else []

    def quarter_turns(self, picture: Grey, dpi: float) -> int:
        """Give by how many quarters a picture is to be turned to the left for letters to stand.

        0 where that cannot be told.
        """
        if not (self._models / "osd.traineddata").is_file():
            return 0
        api = _loaded(self._models, "osd", tesserocr.PSM.OSD_ONLY)
        _show(api, picture, dpi)
        found = api.DetectOrientationScript()
        return int(found["orient_deg"]) // 90 if found else 0


def _loaded(models: Path, language: str, mode: int) -> Any:
    return tesserocr.PyTessBaseAPI(path=str(models), lang=language, psm=mode)


def _show(api: Any, picture: Grey, dpi: float) -> None:
    height, width = picture.shape
    api.SetImageBytes(picture.tobytes(), width, height, 1, width)
    api.SetSourceResolution(round(min(max(dpi, _LEAST_DPI), _MOST_DPI)))


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
