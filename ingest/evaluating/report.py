"""Tells how documents came out: a table with every miss by name, or an object for programs."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from archive.shown.wording import counted, listed
from ingest.evaluating.kinds import KINDS
from ingest.evaluating.running import FileResult, Result
from ingest.evaluating.scores import Note, Score

NOT_ATTEMPTED = "not attempted"
# Of fewer values no rate is printed: one more or less would move it by more than two in a hundred.
LEAST = 50
_HEAD = f"{'kind':18}{'n':>8}{'found':>8}{'missed':>8}{'false':>8}"
_RATES = f"{'recall':>9}{'precision':>11}{'F1':>8}"


def as_json(result: Result) -> dict[str, Any]:
    """Give the figures of each kind, in all and by file."""
    return {
        "all": _counts(result.all()),
        "files": {one.name: _counts(one.scores) for one in result.files},
    }


def _counts(scores: Mapping[str, Score]) -> dict[str, Any]:
    return {name: scores[name].counts() if name in scores else NOT_ATTEMPTED for name in KINDS}


def lines(result: Result) -> Iterator[str]:
    """Give the table, and what was missed or said falsely, file by file."""
    yield _about(result)
    yield ""
    yield from table(result.all())
    yield from _listed("Words that were covered can be read", result, lambda one: one.grave)
    yield from _listed("Missed", result, lambda one: one.missing)
    yield from _listed("False", result, lambda one: one.wrong)
    unread = [one for one in result.files if one.reason]
    if unread:
        yield ""
        yield "Not readable:"
        yield from (f"  {one.name}: {one.reason}" for one in unread)


def _about(result: Result) -> str:
    kept = sum(one.is_kept for one in result.files)
    now = len(result.files) - kept
    return f"{counted(len(result.files), 'file')}: {kept:,} read by the archive, {now:,} read now."


def table(scores: Mapping[str, Score]) -> Iterator[str]:
    """Give a line for each kind; rates from `LEAST` values on."""
    yield (_HEAD + _RATES).rstrip()
    for name in KINDS:
        yield row(name, scores[name]) if name in scores else f"{name:18}  {NOT_ATTEMPTED}"


def row(name: str, score: Score) -> str:
    """Give the line of a kind; "-" where nothing that is false would be noticed."""
    false = f"{score.false:,}" if score.is_countable else "-"
    line = f"{name:18}{score.n:8,}{score.found:8,}{score.missed:8,}{false:>8}"
    if score.n < LEAST:
        return line
    if not score.is_countable:
        return f"{line}{score.recall:9.3f}"
    return f"{line}{score.recall:9.3f}{score.precision:11.3f}{score.f1:8.3f}"


def _listed(title: str, result: Result, notes: Callable[[Score], Sequence[Note]]) -> Iterator[str]:
    found = [
        f"  {kind}: {_said(one, note)}"
        for kind in KINDS
        for one in result.files
        if kind in one.scores
        for note in notes(one.scores[kind])
    ]
    if found:
        yield ""
        yield f"{title}:"
        yield from found


def _said(one: FileResult, note: Note) -> str:
    page = f", page {note.page}" if note.page else ""
    return f"{one.name}{page}: {note.what}"


def absent(names: Sequence[str], folder: object) -> str:
    """Say which files of the gold are not in the folder."""
    many = f"{len(names):,} files of the gold are" if len(names) > 1 else "1 file of the gold is"
    return f"{many} not in {folder}, and not counted: {listed(list(names))}"
