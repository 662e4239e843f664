"""Scanned pages: whether it is known which pages are pictures."""

from ingest.evaluating.gold import GoldFile
from ingest.evaluating.scores import Note, Score
from ingest.evaluating.seen import Seen

# With such a text layer, what people read is the picture, whatever text there is.
_NOT_THE_PAGE = ("header_only", "garbled")


def scanned(gold: GoldFile, seen: Seen) -> Score:
    """Hold the pages that are pictures against those that the gold tells of."""
    known = {
        number: is_scan
        for number in range(1, (gold.pages or 0) + 1)
        if (is_scan := _is_scan(gold, seen, number)) is not None
    }
    pictures = {page.number for page in seen.pages if page.is_scan}
    wanted = {number for number, is_scan in known.items() if is_scan}
    return Score(
        found=len(wanted & pictures),
        missing=[_note(number) for number in sorted(wanted - pictures)],
        wrong=[_note(number) for number in sorted((pictures & known.keys()) - wanted)],
        is_countable=True,
    )


def _note(number: int) -> Note:
    return Note(what="a scanned page", page=number)


def _is_scan(gold: GoldFile, seen: Seen, number: int) -> bool | None:
    """Ask the gold whether a page is a picture; None where it does not say."""
    if gold.scanned is not None:
        return number in gold.scanned
    if gold.text_layer is None:
        return None
    if gold.text_layer in _NOT_THE_PAGE:
        return number in (gold.without_text or {number})
    if number not in gold.without_text:
        return False
    return _of_few_letters(gold, number) if _letters(gold, number) else _is_seen(seen, number)


def _letters(gold: GoldFile, number: int) -> int:
    known = gold.characters or ()
    return known[number - 1] if number <= len(known) else 0


def _of_few_letters(gold: GoldFile, number: int) -> bool | None:
    """Tell by its phrases what a page is whose few letters count as no text in the gold.

    It may be a tiny typed page, or a scan with a stamp on it.
    """
    if any(one.page == number for one in gold.phrases_image):
        return True
    return False if any(one.page == number for one in gold.phrases) else None


def _is_seen(seen: Seen, number: int) -> bool | None:
    """Leave out a page without a letter that shows nothing: an empty one is no scan."""
    page = seen.page(number)
    return None if page is not None and page.is_blank else True
