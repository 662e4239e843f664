"""What only the embedded engine does: directories, locks, crashes, and bounds of its own."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tantivy import Query

from archive.errors import BadRequest, Busy, IndexOutdated, PaperwatchError
from archive.search import open_embedded
from archive.search.analysis import ANALYSER_VERSION
from archive.search.embedded import files, paging, runs, view
from archive.search.embedded.engine import EmbeddedEngine, open_engine
from archive.search.embedded.files import translated
from archive.search.engine import Question
from archive.search.entry import Entry
from archive.search.tree import All, InPage, Word

from .shelf import ask, entry, fill, found


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "deep" / "index"


@pytest.fixture
def engine(path: Path) -> Iterator[EmbeddedEngine]:
    with open_engine(path, writable=True, create=True) as opened:
        yield opened


def test_a_reader_sees_what_another_engine_wrote_once_it_refreshes(
    engine: EmbeddedEngine, path: Path
) -> None:
    reader = open_embedded(path)
    engine.write([entry(1, "drone", pages=("drone",))])
    before = found(reader, "drone")
    reader.refresh()

    assert (before, found(reader, "drone")) == (set(), {1})
    assert reader.pages(Word(word="drone"), ["documents/0001"])["documents/0001"].total == 1


def test_a_refresh_without_news_keeps_what_was_counted(engine: EmbeddedEngine) -> None:
    engine.write([entry(1, "drone")])
    kept = engine._view
    engine.refresh()

    assert engine._view is kept


def test_counts_are_forgotten_with_a_write(engine: EmbeddedEngine) -> None:
    engine.write([entry(1, facets={"psc": ("1",)})])
    before = ask(engine, facets=("psc",)).facets["psc"]
    engine.write([entry(2, facets={"psc": ("1",)})])

    assert (before, ask(engine, facets=("psc",)).facets["psc"]) == ((("1", 1),), (("1", 2),))


def test_a_closed_index_opens_again_with_everything(path: Path) -> None:
    with open_embedded(path, writable=True, create=True) as first:
        first.write([entry(1, "drone"), entry(2, pages=("camera",))])
    with open_embedded(path, writable=True) as second:
        second.write([entry(3, "drone")])

    assert found(open_embedded(path), "drone") == {1, 3}


def test_a_second_writer_is_told_to_wait(engine: EmbeddedEngine, path: Path) -> None:
    with pytest.raises(Busy, match="another process"):
        open_embedded(path, writable=True)


def test_a_reader_does_not_write(engine: EmbeddedEngine, path: Path) -> None:
    with pytest.raises(Busy, match="reading only"):
        open_embedded(path).write([entry(1)])


def test_a_missing_index_says_how_to_build_it(path: Path) -> None:
    with pytest.raises(IndexOutdated, match=r"missing .*\. Run: paperwatch rebuild-index"):
        open_embedded(path)


def test_an_index_that_was_taken_away_says_how_to_build_it(path: Path) -> None:
    reader = open_embedded(path, create=True)
    path.rename(path.with_name("elsewhere"))

    with pytest.raises(IndexOutdated, match="missing"):
        reader.refresh()


def test_an_index_without_a_newer_field_says_which(engine: EmbeddedEngine, path: Path) -> None:
    label = json.loads((path / "fields.json").read_text())
    label["entries"].remove("naics:facet")
    (path / "fields.json").write_text(json.dumps(label))

    with pytest.raises(IndexOutdated) as refused:
        open_embedded(path)

    assert str(refused.value) == (
        "search index is older than its fields (built without 'naics'). "
        "Run: paperwatch rebuild-index"
    )


def test_an_index_of_another_analyser_is_refused(
    engine: EmbeddedEngine, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "ANALYSER_VERSION", 99)

    with pytest.raises(IndexOutdated, match=f"built by analyser {ANALYSER_VERSION}, now 99"):
        open_embedded(path, create=True)


def test_a_half_made_index_is_made_again(path: Path) -> None:
    open_embedded(path, create=True).close()
    (path / "fields.json").unlink()

    with open_embedded(path, writable=True, create=True) as engine:
        fill(engine, [entry(1, "drone")])
        assert found(engine, "drone") == {1}


def test_a_crash_between_the_two_commits_is_mended_by_writing_again(
    engine: EmbeddedEngine, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine.write([entry(1, "old", pages=("old", "older"))])
    batch = [entry(1, "new", pages=("new",)), entry(2, "new", pages=("new",))]

    def crash() -> None:
        raise KeyboardInterrupt

    assert engine._writer is not None
    with monkeypatch.context() as patched:
        patched.setattr(engine._writer._entries, "commit", crash)
        with pytest.raises(KeyboardInterrupt):
            engine.write(batch)
    engine.refresh()
    torn = found(engine, "old"), found(engine, "new")
    engine.write(batch)

    assert torn == ({1}, set())
    assert (found(engine, "old"), found(engine, "page:(new)"), ask(engine).total) == (
        set(),
        {1, 2},
        2,
    )


def test_of_a_batch_with_an_impossible_entry_nothing_is_written(engine: EmbeddedEngine) -> None:
    with pytest.raises(BadRequest):
        engine.write([entry(1, "drone", pages=("drone",)), entry(0, "drone")])
    engine.write([entry(2, "drone")])

    assert found(engine, "drone") == {2}
    assert found(engine, "page:(drone)") == set()


@pytest.mark.parametrize(
    "impossible",
    [
        {"number": 0},
        {"number": 2**31},
        {"number": 1, "cents": 2**50},
        {"number": 1, "day": 0},
        {"number": 1, "ceiling_cents": -(2**50)},
        {"number": 1, "facets": {"colour": ("red",)}},
    ],
)
def test_what_cannot_be_sorted_or_counted_is_refused(
    engine: EmbeddedEngine, impossible: dict[str, Any]
) -> None:
    with pytest.raises(BadRequest):
        engine.write([entry(**impossible)])


def test_the_greatest_possible_values_are_sorted(engine: EmbeddedEngine) -> None:
    most: dict[str, Any] = {"number": 2**31 - 1, "on": "9999-12-31", "cents": 2**50 - 1}
    engine.write([entry(**most), entry(1, on="0001-01-01", cents=1 - 2**50), entry(2)])

    for sort in ("newest", "amount"):
        assert [hit.number for hit in ask(engine, sort=sort).hits] == [2**31 - 1, 1, 2]


def test_a_panic_of_the_engine_is_an_error_that_says_what_to_do(engine: EmbeddedEngine) -> None:
    searcher = engine._view._entries

    with pytest.raises(PaperwatchError, match="Run: paperwatch rebuild-index"), translated():
        searcher.search(Query.all_query(), 0)


def test_page_says_when_it_did_not_look_at_all_documents(
    engine: EmbeddedEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine.write([entry(n, pages=("drone", "drone")) for n in range(1, 5)])
    monkeypatch.setattr(view, "IN_PAGE_MAX", 3)

    answer = engine.search(Question(tree=InPage(part=Word(word="drone"))))

    assert answer.total == 3
    assert len(answer.notes) == 1
    assert "looked at" in answer.notes[0]


def test_pages_are_counted_and_shown_beyond_those_fetched_at_once(
    engine: EmbeddedEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine.write([entry(1, pages=("drone",) * 5), entry(2, pages=("drone",) * 4)])
    monkeypatch.setattr(paging, "_FETCHED", 3)

    shown = engine.pages(Word(word="drone"), ["documents/0001", "documents/0002"], limit=3)

    assert {key: (pages.numbers, pages.total) for key, pages in shown.items()} == {
        "documents/0001": ((1, 2, 3), 5),
        "documents/0002": ((1, 2, 3), 4),
    }


def test_versions_beyond_one_run_are_merged_in_order(
    engine: EmbeddedEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(runs, "_RUN", 3)
    monkeypatch.setattr(view, "_STEP", 2)
    engine.write([entry(n, key=f"k\n{n * 7 % 10}") for n in range(1, 10)])

    assert [key for key, _ in engine.versions()] == sorted(f"k\n{n * 7 % 10}" for n in range(1, 10))
    assert len(list(engine.walk(Question(tree=All())))) == 9


def test_a_walk_goes_on_over_what_it_began_with(
    engine: EmbeddedEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(view, "_STEP", 1)
    engine.write([entry(1), entry(2)])
    walk = engine.walk(Question(tree=All()))
    first = next(walk)
    engine.write([entry(3)], gone=["awards/0002"])

    assert [first, *walk] == ["awards/0001", "awards/0002"]


def test_more_values_than_the_engine_can_list_are_refused(engine: EmbeddedEngine) -> None:
    with pytest.raises(BadRequest, match="60,000"):
        ask(engine, facets=("vendor",), facet_size=60_001)


def test_an_error_of_the_one_who_gives_the_entries_stays_its_own(engine: EmbeddedEngine) -> None:
    def failing() -> Iterator[Entry]:
        yield entry(1, "drone")
        raise ValueError("no such row")

    with pytest.raises(ValueError, match="no such row"):
        engine.write(failing())

    assert ask(engine).total == 0


def test_closing_twice_is_no_harm(path: Path) -> None:
    engine = open_embedded(path, writable=True, create=True)
    engine.close()
    engine.close()
