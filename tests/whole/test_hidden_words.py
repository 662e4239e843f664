"""Words beneath boxes, in every way to put them there: asked of all that the program writes.

Every table, index, reading and other file but the originals; what commands print and log; every
answer that a link leads to.
"""

import json
import os
import re
import subprocess
import sys
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask.testing import FlaskClient

from archive import indexing, settings
from archive.catalogue import tables
from archive.opening import Archive, open_archive
from archive.reading_client import Readers
from archive.readings import Reading
from archive.redactions import packed
from archive.search import language
from archive.search.engine import Question
from search_app.app import create_app
from tests.catalogues import home_settings
from tests.drawn.hidden import HIDING, NONSENSE
from tests.drawn.redacted import HIDDEN, HIDDEN_LONGER

pytestmark = [pytest.mark.slow, pytest.mark.ocr]

_NONSENSE = re.compile(NONSENSE.pattern.encode(), re.IGNORECASE)
_EVALUATED = ("black", "garbled", "marked on a scan")
# Those that hide nothing which can be had again: what is covered in the picture is gone.
_DONE_WELL = {name for name in HIDING if name.startswith("picture ")}
_STARTS = (
    "/", "/?q=officer", "/?q=officer&sort=newest", "/?q=exemption:b6", "/?q=redacted:>0",
    "/?q=read:unread", "/search.csv?q=officer", "/search.jsonl?q=officer", "/search.atom?q=officer",
    "/search.jsonl?q=redacted:>0", "/api/search?q=officer", "/api/search?q=exemption:b*",
    "/api/facets/exemption?q=officer", "/status", "/metrics", "/api/status", "/api/about",
)  # fmt: skip
_LINK = re.compile(r'href="((?:/api)?/documents/[^"#]*)')


@dataclass(frozen=True, slots=True, kw_only=True)
class Filled:
    """An archive with all those files; what commands said, and what they left in their folder."""

    archive: Archive
    client: FlaskClient
    said: dict[str, str]
    left_over: list[str]


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Filled]:
    whole = tmp_path_factory.mktemp("hidden")
    folder, home, temporary = whole / "released", whole / "home", whole / "temporary"
    folder.mkdir()
    temporary.mkdir()
    for name, draw in HIDING.items():
        (folder / f"{name}.pdf").write_bytes(draw())
    gold = whole / "gold.json"
    facts = {"bad_redaction": True, "hidden_text": [HIDDEN, HIDDEN_LONGER]} | {
        "phrases": [{"page": 1, "text": f"The officer named {HIDDEN}"}]
    }
    files = {f"{name}.pdf": {"pages": 1, "facts": facts} for name in _EVALUATED}
    gold.write_text(json.dumps({"files": files}))
    said = {
        "add": _run(home, temporary, "add", str(folder), "--agency", "7012"),
        # no archive: all is read and recognised once more
        "evaluate": _run(whole / "none", temporary, "evaluate", str(gold), str(folder)),
        "search": _run(home, temporary, "search", "officer", "--json"),
    }
    with open_archive(settings.load(home_settings(home))) as archive, Readers(1) as readers:
        client = create_app(archive, readers).test_client()
        left = [path.name for path in temporary.rglob("*") if path.is_file()]
        yield Filled(archive=archive, client=client, said=said, left_over=left)


def _run(home: Path, temporary: Path, *words: str) -> str:
    """Run a command to its end; gives all that it said."""
    environment = os.environ | home_settings(home) | {"TMPDIR": str(temporary)}
    done = subprocess.run(
        [sys.executable, "-m", "archive.program", *words],
        env=environment,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, (words, done.stderr)
    return done.stdout + done.stderr


def test_no_table_has_hidden_words(filled: Filled) -> None:
    with filled.archive.catalogue.reading() as connection:
        for table in tables.metadata.sorted_tables:
            for row in connection.execute(sa.select(table)):
                assert not NONSENSE.search(repr(row)), table.name


def test_no_file_but_the_originals_has_hidden_words(filled: Filled) -> None:
    archive = filled.archive
    with archive.catalogue.reading() as connection:
        rows = connection.execute(sa.select(tables.document)).all()
    originals = {row.sha256 for row in rows}
    # each file is a document, and so is each of the three that hang at one
    assert len(originals) == len(HIDING) + 3
    looked_at = 0
    for path in archive.settings.home.rglob("*"):
        if path.is_file() and path.name not in originals:
            assert not _NONSENSE.search(_inflated(path.read_bytes())), path
            looked_at += 1
    assert looked_at > len(originals)
    for row in rows:
        with Reading.open(archive.files.path(row.reading_sha256)) as reading:
            for page in reading.pages():
                assert not NONSENSE.search(page.text), (row.title, page.number)
                assert not _NONSENSE.search(packed(page.redactions))


def _inflated(body: bytes) -> bytes:
    """Give the bytes of a file, with all that is deflated in it."""
    parts = [body]
    for begin in re.finditer(rb"\x78[\x01\x5e\x9c\xda]", body):
        try:
            parts.append(zlib.decompressobj().decompress(body[begin.start() :]))
        except zlib.error:
            continue
    return b"\0".join(parts)


def test_no_search_finds_hidden_words(filled: Filled) -> None:
    with indexing.LiveEngine(filled.archive).get() as engine:

        def total(typed: str) -> int:
            return engine.search(Question(tree=language.read(typed).tree)).total

        assert total("officer") > 30
        for word in (HIDDEN, HIDDEN_LONGER, "blanentt", "tarvekudle", "krelisott"):
            assert [total(word), total(f"{word[:6]}*"), total(f"{word}~")] == [0, 0, 0]
            assert total(f"title:{word}") == total(f"page:({word})") == 0


def test_no_command_says_or_logs_hidden_words(filled: Filled) -> None:
    for words, said in filled.said.items():
        assert said
        assert not NONSENSE.search(said), words


def test_no_command_leaves_files_behind(filled: Filled) -> None:
    assert filled.left_over == []


def test_every_failed_redaction_holds_its_original(filled: Filled) -> None:
    wanted = sa.select(tables.document)
    with filled.archive.catalogue.reading() as connection:
        rows = connection.execute(wanted).all()
    held = [row for row in rows if row.state == "held"]
    # those that are done well are public, and so is the file that only holds a failed one
    assert len(rows) - len(held) == len(_DONE_WELL) + 1
    for row in held:
        assert filled.client.get(f"/documents/{row.sha256}/original").status_code != 200


def test_no_answer_has_hidden_words(filled: Filled) -> None:
    wanted = sa.select(tables.document.c.sha256, tables.document.c.page_count)
    with filled.archive.catalogue.reading() as connection:
        rows = connection.execute(wanted).all()
    waiting = [*_STARTS, *(f"/documents/{row.sha256}" for row in rows)]
    for row in rows:
        pages = range(1, row.page_count + 1)
        waiting += [f"/api/documents/{row.sha256}?q=officer"]
        waiting += [f"/api/documents/{row.sha256}/pages/{number}?q=b*" for number in pages]
    seen: set[str] = set()
    while waiting:
        address = waiting.pop().replace("&amp;", "&")
        if address in seen or "/original" in address or ".png" in address:
            continue
        seen.add(address)
        answer = filled.client.get(address)
        assert not NONSENSE.search(answer.text), address
        assert not NONSENSE.search(str(answer.headers)), address
        waiting += _LINK.findall(answer.text)
    assert len(seen) > 3 * len(rows)
