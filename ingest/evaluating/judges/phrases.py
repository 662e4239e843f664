"""Phrases: whether words stand on their page."""

from collections.abc import Callable, Sequence

from ingest.evaluating.folding import folded, nearly_in
from ingest.evaluating.gold import GoldFile, Phrase
from ingest.evaluating.scores import Note, Score
from ingest.evaluating.seen import Seen

# Covered words are for nobody's eyes, also where the gold repeats them in a phrase.
_COVERED = "a phrase that holds words that were covered: rightly not there"


def typed(gold: GoldFile, seen: Seen) -> Score:
    """Look for the phrases of the text layer, each as it is."""
    return _found(gold, seen, gold.phrases, lambda phrase, text: phrase in text)


def pictured(gold: GoldFile, seen: Seen) -> Score:
    """Look for the phrases that only the picture shows; one wrong character in twenty passes."""
    return _found(gold, seen, gold.phrases_image, nearly_in)


def _found(
    gold: GoldFile, seen: Seen, wanted: Sequence[Phrase], is_in: Callable[[str, str], bool]
) -> Score:
    hidden = [folded(one) for one in gold.hidden]
    missing = []
    for one in wanted:
        page, phrase = seen.page(one.page), folded(one.text)
        if page is None or not is_in(phrase, page.folded):
            is_covered = any(words in phrase for words in hidden)
            what = _COVERED if is_covered else f"“{one.text}”"
            missing.append(Note(what=what, page=one.page))
    return Score(found=len(wanted) - len(missing), missing=missing)
