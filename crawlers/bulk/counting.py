"""What a crawl by file wrote so far: goes into the run's counts, and is what the command says."""

from typing import Any

from archive.model import Tally
from crawlers.bulk.ledger import written_down
from crawlers.bulk.place import Piece, Place
from crawlers.writing import Written

_REMEMBERED = 100


def counts_of(place: Place, written: Written) -> dict[str, Any]:
    """Sum up all files; `written` is what the walk itself refused."""
    total, said = Tally(), [_tally(piece) for piece in place.pieces]
    for one in (written.tally, *said):
        total.add(one)
    refusals = written.refusals + [one for piece in place.pieces for one in _refusals(piece)]
    names = (name for piece in place.pieces for name in piece.counts.get("not_understood", ()))
    return {
        **total.as_dict(),
        "rows": sum(piece.rows for piece in place.pieces if not piece.was_held),
        "vanished": sum(piece.counts.get("vanished", 0) for piece in place.pieces),
        "refusals": refusals[:_REMEMBERED],
        "not_understood": list(dict.fromkeys(names)),
        "files": written_down(place.pieces),
        **_announced(place),
    }


def _tally(piece: Piece) -> Tally:
    names = Tally().as_dict()
    return Tally(**{name: piece.counts.get(name, 0) for name in names})


def _refusals(piece: Piece) -> list[dict[str, str]]:
    return [
        {"subject": subject or f"row {row}", "reason": reason, "capture": piece.sha256}
        for row, subject, reason in piece.counts.get("refusals", ())
    ]


def _announced(place: Place) -> dict[str, dict[str, int]]:
    """Give how many rows the service announced, and how many of those came."""
    announced = [piece for piece in place.pieces if piece.rows_said is not None]
    return {
        "expected": {piece.subject: piece.rows_said or 0 for piece in announced},
        "found": {piece.subject: piece.rows for piece in announced},
    }
