"""Awards of USAspending by file: asks for files, waits until they are made, and fetches them.

What is in them is read when the walk is over. Source: https://api.usaspending.gov/docs/endpoints
(API contracts, version of May 2026).
"""

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import quote

from archive import clock
from archive.errors import SourceChanged, SourceUnavailable
from archive.model import Refused
from archive.progress import lasting
from crawlers.asking import AskingSpider, Reply, Unusable
from crawlers.bulk.answers import State, agency_numbers, job_of, monthly_files_of, state_of
from crawlers.bulk.ledger import ReadFile
from crawlers.bulk.place import CHANGES, Piece, Place, piece_of_month, piece_of_window
from crawlers.bulk.question import (
    ROWS_MAX,
    BulkQuestion,
    Window,
    awards_body,
    fiscal_years,
    monthly_body,
    windows,
)
from crawlers.fetching import Part
from crawlers.writing import Batch, Captured

API = "/api/v2/bulk_download/"
STATUS = "/api/v2/download/status/"
_NOT_THERE = frozenset({403, 404})  # a file before it is made, and after it was removed


class UsaspendingBulk(AskingSpider):
    """Brings one file after the other; a file is left when its bytes are in the archive."""

    name = source = "usaspending_bulk"
    question: BulkQuestion
    place: Place
    known: Mapping[str, ReadFile]  # by name: files that are not brought again
    folder: Path
    pause_s: float
    patience_s: float
    tell: Callable[[int, float | None], None]
    say: Callable[[str], None]

    def cursor(self) -> dict[str, Any]:
        """Give where the crawl is."""
        return self.place.as_dict()

    async def steps(self) -> AsyncIterator[Batch]:
        """Find out which files there are to bring, and bring them."""
        period = self.place.period
        if not self.place.pieces and self.question.monthly:
            yield await self._list(fiscal_years(period["since"], period["until"]))
        elif not self.place.pieces:
            cut = windows(period["since"], period["until"])
            self.place.pieces = [piece_of_window(window) for window in cut]
            yield self._step()
        while (piece := self._next()) is not None:
            async for batch in self._bring(piece):
                yield batch

    def _next(self) -> Piece | None:
        return next((one for one in self.place.pieces if not one.is_brought), None)

    def _step(self, *captured: Captured) -> Batch:
        return Batch(captured=captured, cursor=self.place.as_dict())

    async def _list(self, years: range) -> Batch:
        """Ask which monthly files there are; of one year before, too, to know what is missing."""
        reply = await self.ask("POST", f"{API}list_agencies/", {"type": "award_agencies"})
        numbers, captured = self.expect(reply, agency_numbers), [Captured(answer=reply.answer)]
        for department in self.question.departments:
            if department not in numbers:
                said = f"{self.name}: the list of agencies names no {department}."
                raise Unusable(SourceChanged(said), reply)
            listed = self.place.listed.setdefault(department, {})
            for year in (years[0] - 1, *years):
                body = monthly_body(numbers[department], year)
                reply = await self.ask("POST", f"{API}list_monthly_files/", body)
                captured.append(Captured(answer=reply.answer))
                self._note(reply, department, year, listed)
        self.place.pieces.sort(key=lambda one: (one.is_changes, one.department, one.year))
        return self._step(*captured)

    def _note(self, reply: Reply, department: str, year: int, listed: dict[str, str]) -> None:
        """Note the newest file of a year, and that of changes when they are wanted."""
        found = self.expect(
            reply, lambda content: monthly_files_of(content, department, self.address)
        )
        is_asked = str(year) not in listed and year >= self._first_year
        for one in sorted(found, key=lambda one: one.made_on, reverse=True):
            if one.year == year and str(year) not in listed:
                listed[str(year)] = one.made_on
                if is_asked:
                    self.place.pieces.append(piece_of_month(one))
            if not one.year and self.question.changes and CHANGES not in listed:
                listed[CHANGES] = one.made_on
                self.place.pieces.append(piece_of_month(one))
        listed.setdefault(str(year), "")

    @property
    def _first_year(self) -> int:
        return fiscal_years(self.place.period["since"], self.place.period["until"])[0]

    async def _bring(self, piece: Piece) -> AsyncIterator[Batch]:
        """Take one file as far as it goes; a step is written down before the next is taken."""
        if not piece.is_monthly and piece.asked_on != clock.today():
            piece.forget_job()  # files do not stay there for long
            yield await self._ask_for(piece)
        if (held := self.known.get(piece.file)) is not None:
            piece.sha256, piece.size_bytes = held.sha256, held.size_bytes
            piece.counts, piece.is_read, piece.was_held = {"rows": held.rows}, True, True
            yield self._step()
            return
        if not piece.is_monthly and piece.rows_said is None:
            yield await self._wait_for(piece)
        if piece.file and not piece.problem and piece in self.place.pieces:
            yield await self._fetch(piece)

    async def _ask_for(self, piece: Piece) -> Batch:
        body = awards_body(self.question, _window(piece), self.place.period["kind"])
        reply = await self.ask("POST", f"{API}awards/", body)
        job = self.expect(reply, lambda content: job_of(content, self.address))
        piece.file, piece.address, piece.asked_on = job.file, job.address, clock.today()
        self.say(f"Asked for the actions of {piece.subject}; waits until their file is made.")
        return self._step(Captured(answer=reply.answer))

    async def _wait_for(self, piece: Piece) -> Batch:
        """Ask again and again how far a file is, until it is made, or cannot be.

        Raises:
            SourceUnavailable: it takes too long.
        """
        until_s = time.monotonic() + self.patience_s
        while True:
            reply = await self.ask("GET", f"{STATUS}?file_name={quote(piece.file)}")
            if reply.answer.status == 404:
                return self._lost(piece, reply)
            state = self.expect(reply, state_of)
            if not state.is_going:
                return self._ended(piece, state, reply)
            if time.monotonic() >= until_s:
                raise SourceUnavailable(
                    f"{self.name}: the file of {piece.subject} is still not made after"
                    f" {lasting(self.patience_s)} ({state.status}). Run the same command later: it"
                    " asks for the same file."
                )
            await asyncio.sleep(self.pause_s)

    def _ended(self, piece: Piece, state: State, reply: Reply) -> Batch:
        """Note how the making of a file ended; one that is full is asked for in two halves."""
        if state.status == "failed":
            said = state.message or "it gives no reason"
            piece.problem = f"The service could not make the file of {piece.subject}: {said}"
            return self._step(_with_reason(reply, piece))
        piece.rows_said = state.rows or 0
        halves = _window(piece).halves()
        if piece.rows_said >= ROWS_MAX and len(halves) > 1:
            self.say(f"The file of {piece.subject} would be cut off; asks for it in two halves.")
            at = self.place.pieces.index(piece)
            self.place.pieces[at : at + 1] = [piece_of_window(half) for half in halves]
        return self._step(Captured(answer=reply.answer))

    async def _fetch(self, piece: Piece) -> Batch:
        """Fetch a file into the archive.

        Raises:
            SourceUnavailable: no connection, or the file is not given.
        """
        self.say(f"Fetches {piece.file}.")
        part = Part(folder=self.folder, address=piece.address, tell=self.tell)
        reply = await self.fetch(part)
        if reply.answer.status in _NOT_THERE and piece.is_monthly:
            piece.problem = f"{piece.file} is listed, and not there ({reply.problem})"
            return self._step(_with_reason(reply, piece))
        if reply.problem:
            return self._lost(piece, reply)
        stored = await self.writer.take(part)
        piece.sha256, piece.size_bytes = stored.sha256, stored.size_bytes
        return self._step(Captured(answer=replace(reply.answer, body=stored)))

    def _lost(self, piece: Piece, reply: Reply) -> Batch:
        """Ask once more for a file that is no longer there.

        Raises:
            Unusable: it was asked for once more already, or something else is wrong.
        """
        if reply.answer.status not in _NOT_THERE or piece.was_made_anew:
            sentence = (
                f"{self.name}: the file of {piece.subject} is not given ({reply.problem}). Run the"
                " same command later: it goes on where this one was."
            )
            raise Unusable(SourceUnavailable(sentence), reply)
        piece.was_made_anew = True
        piece.forget_job()
        return self._step()


def _window(piece: Piece) -> Window:
    return Window(since=piece.since, until=piece.until)


def _with_reason(reply: Reply, piece: Piece) -> Captured:
    refused = Refused(place=0, subject=piece.subject, reason=piece.problem)
    return Captured(answer=reply.answer, refused=(refused,))
