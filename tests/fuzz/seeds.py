"""What the fuzzer begins with: small drawn files, each as it is, laid open, and packed together."""

import io
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pikepdf

from tests.drawn import annotated, attached, broken, covered, hostile, redacted, sheets

_SIZE_MOST = 60_000
# Bombs eat the time that is better spent on others; they have tests of their own.
_BOMBS = {"too_many_pages", "too_many_objects"}


def seeds(folder: Path | None) -> list[bytes]:
    """Give all beginnings that are small enough; `folder` may hold more."""
    found: dict[bytes, None] = {}
    for body in (*_drawn(), *_given(folder)):
        for form in (body, *_forms(body)):
            if 0 < len(form) <= _SIZE_MOST:
                found[form] = None
    return list(found)


def _drawn() -> Iterator[bytes]:
    yield from (sheets.letter(), sheets.heading(), sheets.many_pages(3), sheets.turned(90))
    yield from (sheets.cropped(), sheets.personal_numbers(), hostile.password())
    yield from (hostile.redact_annotation("hidden"), hostile.forms_in_forms(4))
    yield from (draw() for draw in redacted.BADLY.values())
    yield from (covered.badly(name) for name in covered.BADLY)
    yield from (draw() for name, (draw, _) in hostile.HOSTILE.items() if name not in _BOMBS)
    yield from (annotated.annotated(kind) for kind in ("Watermark", "FileAttachment", "Sound"))
    yield from (draw() for draw in attached.DRAWN.values())
    yield from (draw() for draw, _ in broken.BROKEN.values())


def _given(folder: Path | None) -> Iterator[bytes]:
    for path in sorted(folder.rglob("*.pdf")) if folder else ():
        if path.stat().st_size <= _SIZE_MOST:
            yield path.read_bytes()


def _forms(body: bytes) -> Iterator[bytes]:
    """Write a file with its streams laid open, and with its objects packed into streams."""
    with suppress(pikepdf.PdfError, pikepdf.PasswordError):
        with pikepdf.open(io.BytesIO(body), suppress_warnings=True) as document:
            laid_open, packed = io.BytesIO(), io.BytesIO()
            document.save(
                laid_open,
                compress_streams=False,
                stream_decode_level=pikepdf.StreamDecodeLevel.generalized,
                deterministic_id=True,
            )
            document.save(
                packed,
                object_stream_mode=pikepdf.ObjectStreamMode.generate,
                deterministic_id=True,
            )
        yield from (laid_open.getvalue(), packed.getvalue())
