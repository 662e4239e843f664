"""Build an archive of composed awards and documents by the real ways in.

Awards go through `paperwatch import`; documents through the door, with readings packed as the
reader packs them, but without PDFs: what is measured afterwards never opens one.
"""

import io
import json
import tempfile
import time
from collections import deque
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import cache
from itertools import islice
from multiprocessing import get_context
from pathlib import Path

from archive import clock, indexing
from archive.documents import deposit_document
from archive.model import Answer
from archive.opening import Archive, open_archive
from archive.outcomes import PageSummary, ReadDocument, store_reading
from archive.readings import PageReading, pack
from archive.release_statements import Released
from archive.settings import load
from archive.words import Word
from bench.composed import Document, World, documents
from bench.importing import run_import, write_file

AWARDS, DOCUMENTS = 100_000, 20_000
_MADE = "composed.json"
_AT_ONCE = 200  # documents that a process composes and packs before it hands them on
_WORDS_ON_LINE, _WORD_PT, _LINE_PT = 12, 38.0, 12.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Packed:
    """A document without its text: its own facts, and the bytes of its reading."""

    document: Document
    words: tuple[int, ...]
    reading: bytes


def build(home: Path, world: World, awards: int, papers: int) -> None:
    """Build the archive in a folder, or find that it is there already."""
    wanted = {"seed": world.seed, "awards": awards, "documents": papers}
    made = home / _MADE
    if made.exists():
        if (there := json.loads(made.read_text(encoding="utf-8"))) != wanted:
            raise SystemExit(
                f"{home} holds another archive, {there}: name another folder or --scale."
            )
        print(f"using the archive in {home}")
        return
    home.mkdir(parents=True, exist_ok=True)
    _import_awards(home, world, awards)
    with open_archive(load({"PAPERWATCH_HOME": str(home)})) as archive:
        _deposit_documents(archive, world, papers)
        began_s = time.monotonic()
        entries = indexing.drain(archive)
        took_s = time.monotonic() - began_s
        print(f"documents indexed: {entries:,} in {took_s:.0f} s, {entries / took_s:.0f}/s")
    made.write_text(json.dumps(wanted), encoding="utf-8")


def _import_awards(home: Path, world: World, awards: int) -> None:
    with tempfile.TemporaryDirectory(prefix="paperwatch-bench-") as folder:
        path = Path(folder) / "awards.csv"
        write_file(path, awards, world)
        done = run_import(home, path)
    print(f"awards imported and indexed: {done.rows:,} in {done.total_s:.0f} s")


def _deposit_documents(archive: Archive, world: World, papers: int) -> None:
    began_s = time.monotonic()
    pages = 0
    with tempfile.TemporaryDirectory(prefix="paperwatch-bench-") as folder:
        path = Path(folder) / "reading"
        for one in _all_packed(world.seed, papers):
            path.write_bytes(one.reading)
            _deposit(archive, one, path)
            pages += len(one.words)
    took_s = time.monotonic() - began_s
    print(f"documents deposited: {papers:,} of {pages:,} pages in {took_s:.0f} s")


def _all_packed(seed: int, papers: int) -> Iterator[Packed]:
    """Compose and pack in another process while this one deposits, two portions ahead."""
    starts = iter(range(0, papers, _AT_ONCE))
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        ahead = deque(pool.submit(_packed, seed, n, papers) for n in islice(starts, 2))
        while ahead:
            ready = ahead.popleft().result()
            ahead.extend(pool.submit(_packed, seed, n, papers) for n in islice(starts, 1))
            yield from ready


@cache
def _world(seed: int) -> World:
    return World(seed)


def _packed(seed: int, first: int, papers: int) -> list[Packed]:
    last = min(papers, first + _AT_ONCE)
    return [_pack(one) for one in documents(_world(seed), first, last)]


def _pack(document: Document) -> Packed:
    file = io.BytesIO()
    readings = [_reading(number, text) for number, text in enumerate(document.pages, 1)]
    pack(readings, file)
    words = tuple(len(one.words) for one in readings)
    return Packed(document=document.without_pages(), words=words, reading=file.getvalue())


def _reading(number: int, text: str) -> PageReading:
    return PageReading(
        number=number,
        width_pt=612.0,
        height_pt=792.0,
        text=text,
        words=[_word(place, word) for place, word in enumerate(text.split())],
        characters_beneath_boxes=0,
        masked=0,
        text_from="layer",
    )


def _word(place: int, text: str) -> Word:
    line, column = divmod(place, _WORDS_ON_LINE)
    left, top = 72.0 + column * _WORD_PT, 72.0 + line * _LINE_PT
    return Word(
        text=text, left_pt=left, top_pt=top, right_pt=left + 5.5 * len(text), bottom_pt=top + 10.0
    )


def _deposit(archive: Archive, one: Packed, path: Path) -> None:
    document = one.document
    answer = Answer(
        source="added",
        method="FILE",
        address=f"{document.title}.pdf".lower().replace(" ", "-"),
        body=document.bytes,
        fetched_at=clock.now(),
    )
    deposit_document(
        archive,
        answer,
        Released(agency_code=document.agency.code, released_on=document.released_on.isoformat()),
    )
    read = ReadDocument(
        reader_version="composed",
        title=document.title,
        dated_on=document.released_on.isoformat(),
        type=document.type,
        pages=[
            PageSummary(
                number=number,
                words=words,
                text_from="layer",
                characters_beneath_boxes=0,
                masked=0,
            )
            for number, words in enumerate(one.words, 1)
        ],
    )
    store_reading(archive, document.sha256, path, read)
