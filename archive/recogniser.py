"""Whether the words of scanned pages can be recognised here, and what is lacking if not."""

import sys
from importlib.util import find_spec
from pathlib import Path

from archive.settings import PREFIX, Settings

MODEL = "eng.traineddata"
# Where the packages of Python, of Debian and of others put Tesseract's models.
_PLACES = (
    Path(sys.prefix) / "share/tessdata",
    Path("/usr/share/tesseract-ocr/5/tessdata"),
    Path("/usr/share/tesseract-ocr/4.00/tessdata"),
    Path("/usr/share/tessdata"),
    Path("/usr/local/share/tessdata"),
    Path("/opt/homebrew/share/tessdata"),
)


def models(settings: Settings) -> Path | None:
    """Give the folder of Tesseract's models, where words can be recognised at all."""
    return None if lacking(settings) else _folder(settings)


def lacking(settings: Settings) -> str:
    """Say in a sentence why no scanned page can be recognised here, and what to do; '' if it can.

    Nothing of Tesseract is loaded for it.
    """
    if find_spec("tesserocr") is None:
        return (
            "Scanned pages are not recognised here, and no search finds their words: the package"
            " tesserocr is not installed. Install it by: pip install 'paperwatch[ocr]'"
            " (in a checkout: .venv/bin/uv pip install tesserocr)"
        )
    if _folder(settings) is None:
        named = settings["TESSDATA"]
        where = f" is not in {named}" if named else " was not found"
        return (
            "Scanned pages are not recognised here, and no search finds their words: Tesseract's"
            f" model {MODEL}{where}. Install it (on Debian: apt-get install tesseract-ocr-eng), or"
            f" name its folder: {PREFIX}TESSDATA=/path/to/tessdata"
        )
    return ""


def _folder(settings: Settings) -> Path | None:
    named = settings["TESSDATA"]
    places = (Path(named).expanduser(),) if named else _PLACES
    return next((place for place in places if (place / MODEL).is_file()), None)
