"""Personal numbers that were recognised in a scan, kept covered while it is recognised anew.

A scan that is read anew is a picture again until its words are recognised, which may take days, or
never come to pass where Tesseract is gone. What was masked before must not be seen meanwhile.
"""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from archive.documents import masked_scan
from archive.errors import Damaged, NotFound
from archive.masking import MASK
from archive.opening import Archive
from archive.outcomes import PageSummary, ReadDocument
from archive.readings import PageReading, Reading, pack
from archive.words import Words


def with_known_masks(archive: Archive, sha256: str, path: Path, read: ReadDocument) -> ReadDocument:
    """Put what the former reading masked on pages that are pictures again into the new one.

    `path` is the new reading, and is rewritten. Where the former is missing, nothing is known.
    """
    pictures = {one.number for one in read.pages if one.text_from == "picture"}
    former = masked_scan(archive, sha256) if pictures else ""
    if not former:
        return read
    try:
        with archive.files.held(former) as kept, Reading.open(kept) as reading:
            numbers = sorted(pictures & set(range(1, reading.page_count + 1)))
            known = {one.number: one for one in map(reading.page, numbers) if one.masked_words}
    except (Damaged, NotFound):
        return read
    if known:
        _rewrite(path, known)
    return replace(read, pages=[_counted(one, known.get(one.number)) for one in read.pages])


def _counted(one: PageSummary, before: PageReading | None) -> PageSummary:
    if before is None:
        return one
    covers = len(before.masked_words)
    return replace(one, words=one.words + covers, masked=max(one.masked, before.masked))


def _rewrite(path: Path, known: Mapping[int, PageReading]) -> None:
    part = path.with_name(f"{path.name}.masked")
    try:
        with Reading.open(path) as reading, part.open("wb") as file:
            pages = ((one, known.get(one.number)) for one in reading.pages())
            pack((_covered(one, before) if before else one for one, before in pages), file)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def _covered(one: PageReading, before: PageReading) -> PageReading:
    """Put nothing but covers on it: what stood around them a newer reader may leave out."""
    covers = [replace(word, text=MASK) for word in before.masked_words]
    text = "\n".join(filter(None, [one.text, " ".join(MASK for _ in covers)]))
    return replace(
        one,
        text=text,
        words=Words.of([*one.words, *covers]),
        masked=max(one.masked, before.masked),
    )
