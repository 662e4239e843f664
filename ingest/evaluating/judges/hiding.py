"""Failed redactions: whether a document with living words beneath a box is known as one."""

from ingest.evaluating.folding import folded
from ingest.evaluating.gold import GoldFile
from ingest.evaluating.scores import Note, Score
from ingest.evaluating.seen import Seen

# The words themselves are for nobody's eyes, also here.
_LEAK = "words that were covered stand in the text"
_FAILED = "a failed redaction"


def failed(gold: GoldFile, seen: Seen) -> Score:
    """Judge a document as a whole; one whose covered words can be read is missed, and grave."""
    hidden = [folded(one) for one in gold.hidden]
    grave = [
        Note(what=_LEAK, page=page.number, count=count)
        for page in seen.pages
        if (count := sum(words in page.folded for words in hidden))
    ]
    pages = [page.number for page in seen.pages if page.characters_beneath_boxes]
    if gold.is_bad is False:
        wrong = [Note(what=_FAILED, page=pages[0])] if pages else ()
        return Score(wrong=wrong, grave=grave, is_countable=True)
    if not (gold.is_bad or hidden):
        return Score()
    is_found = bool(pages) and not grave
    missing = () if is_found else [Note(what=_FAILED)]
    return Score(found=int(is_found), missing=missing, grave=grave, is_countable=True)
