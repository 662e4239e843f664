"""Deposits what came of files that spiders wanted, and counts it."""

from collections.abc import Iterable, MutableMapping
from dataclasses import dataclass

from archive import deposit
from archive.at_source import is_known, settle_address, settle_gone, there_at
from archive.documents import deposit_document, describe_release
from archive.model import Answer, Refused, Stored, Tally
from archive.opening import Archive
from crawlers.papers.paper import Outcome, Paper

# Documents not known before; known ones at a new address; other bytes at a known address; what is
# as before; releases of which something was told anew; files that are gone, or there again; what
# is no PDF; what robots rules keep from us; what is larger than is taken; what its service has not,
# or does not give; what got no answer, and is worth asking again.
COUNTED = (
    *("new", "again", "changed", "unchanged", "told_anew", "vanished"),
    *("no_pdf", "left_alone", "too_large", "not_given", "unanswered"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Left:
    """A file that is no document, with its reason, and the capture that was kept ('' = none)."""

    refused: Refused
    capture: str


class Papers:
    """Deposits the files of one run of a source; `counts` and `tally` are added to."""

    def __init__(
        self, archive: Archive, run_id: int, counts: MutableMapping[str, int], tally: Tally
    ) -> None:
        self._archive, self._run_id = archive, run_id
        self._counts, self._tally = counts, tally

    def deposit(self, source: str, paper: Paper) -> Left | None:
        """Deposit what came of a file; gives what is no document, with its reason."""
        match paper:
            case Paper(outcome=Outcome.CAME, answer=Answer() as answer):
                self._deposit(source, paper, answer)
            case Paper(outcome=Outcome.SAME):
                self._confirm(source, paper)
            case Paper(outcome=Outcome.GONE, answer=Answer() as answer):
                if is_known(self._archive, source, paper.wanted.place):
                    deposit.keep(self._archive, answer)
                    self.settle_gone(source, [paper.wanted.place])
                else:
                    return self._refuse(paper)
            case Paper(outcome=Outcome.LEFT_ALONE):
                self._count("left_alone")
            case _:
                return self._refuse(paper)
        return None

    def settle_gone(self, source: str, addresses: Iterable[str]) -> None:
        """Note addresses that their source has no longer."""
        self._count("vanished", settle_gone(self._archive, source, addresses))

    def _count(self, name: str, number: int = 1) -> None:
        self._counts[name] = self._counts.get(name, 0) + number

    def _deposit(self, source: str, paper: Paper, answer: Answer) -> None:
        place, released = paper.wanted.place, paper.wanted.released
        before = there_at(self._archive, source, place)
        made = deposit_document(self._archive, answer, released, place)
        if before is not None and before.sha256 == made.sha256:
            self._confirm(source, paper)
            return
        if not made.is_new:  # it may have been at this address before
            self._describe(source, made.sha256, paper)
        settled = settle_address(self._archive, source, place, made.sha256)
        if before is not None:
            self._count("changed")
            self._tally.changed += 1
            return
        self._count("vanished", settled)
        self._count("new" if made.is_new else "again")
        self._tally.new += 1

    def _confirm(self, source: str, paper: Paper) -> None:
        """Note that a file is there still, and what was told anew of its release."""
        sha256 = paper.sha256
        if isinstance(paper.answer, Answer) and isinstance(paper.answer.body, Stored):
            sha256 = paper.answer.body.sha256
        if sha256:
            self._describe(source, sha256, paper)
            settle_address(self._archive, source, paper.wanted.place, sha256)
        self._count("unchanged")
        self._tally.unchanged += 1

    def _describe(self, source: str, sha256: str, paper: Paper) -> None:
        place, released = paper.wanted.place, paper.wanted.released
        told = describe_release(self._archive, sha256, source, place, released)
        self._count("told_anew", int(told))

    def _refuse(self, paper: Paper) -> Left:
        """Keep what is no document, and say why; of a file too large there is nothing to keep."""
        refused, capture = Refused(place=0, subject=paper.wanted.place, reason=paper.reason), ""
        if paper.answer is not None:
            kept = deposit.keep(self._archive, paper.answer)
            deposit.refuse(self._archive, self._run_id, kept, [refused])
            capture = kept.sha256
        is_gone = paper.outcome is Outcome.GONE
        self._count((Outcome.NOT_GIVEN if is_gone else paper.outcome).value)
        self._tally.refused += 1
        return Left(refused=refused, capture=capture)
