"""Fetches files from addresses that somebody gave, each by itself, whatever others come to."""

from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from archive.addresses import identity
from archive.errors import SourceUnavailable
from archive.release_statements import Released
from crawlers.asking import AskingSpider, SentAway
from crawlers.fetching import Tell
from crawlers.papers.bringing import bring
from crawlers.papers.paper import Outcome, Paper, Wanted
from crawlers.rooms.naming import named_by_answer
from crawlers.writing import Batch

# What a host says once it says of all that is asked of it.
_FAILURES_IN_A_ROW = 3


class GivenAddresses(AskingSpider):
    """Brings one file after the other; `came` says what became of each, by its address."""

    name = "added"
    wanted: Mapping[str, Released]  # by address
    done: list[str]  # addresses of which the run wrote down what came
    came: dict[str, Paper]
    folder: Path
    most_bytes: int
    tell_bytes: Tell
    tell: Callable[[int, float | None], None]

    def cursor(self) -> dict[str, Any]:
        """Give where the crawl is."""
        return {"done": self.done}

    def budget_for(self, _address: str) -> None:
        """Give no budget: hosts of all kinds are asked, each slowly."""

    async def steps(self) -> AsyncIterator[Batch]:
        """Bring what was not brought by an earlier process of this run."""
        away: dict[str, str] = {}
        failures: dict[str, int] = {}
        for number, (address, released) in enumerate(self.wanted.items(), start=1):
            if address not in self.done:
                self.came[address] = await self._brought(address, released, away, failures)
                self.done.append(address)
                yield Batch(captured=(), cursor=self.cursor(), papers=(self.came[address],))
            self.tell(number, number / len(self.wanted))

    async def _brought(
        self, address: str, released: Released, away: dict[str, str], failures: dict[str, int]
    ) -> Paper:
        """Bring a file, unless its host sent us away, or does not answer, as was seen before."""
        host = urlsplit(address).netloc
        wanted = Wanted(address=address, name=identity(address), released=released)
        if host in away:
            return Paper(wanted=wanted, outcome=Outcome.UNANSWERED, reason=away[host])
        try:
            paper = await bring(self, wanted)
        except SentAway as error:
            away[host] = str(error)
            return Paper(
                wanted=wanted, outcome=Outcome.UNANSWERED, answer=error.answer, reason=str(error)
            )
        except SourceUnavailable as error:
            failures[host] = failures.get(host, 0) + 1
            if error.__cause__ is not None or failures[host] >= _FAILURES_IN_A_ROW:
                away[host] = str(error)
            return Paper(wanted=wanted, outcome=Outcome.UNANSWERED, reason=str(error))
        failures.pop(host, None)
        return _named(paper)


def _named(paper: Paper) -> Paper:
    """Give a file whose address says nothing of it the name in its answer as title."""
    if paper.answer is None:
        return paper
    released = named_by_answer(paper.wanted.released, paper.answer.headers)
    return replace(paper, wanted=replace(paper.wanted, released=released))
