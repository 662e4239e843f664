"""What only the engine of a cluster does: labels, shards, points in time, and bounds of its own."""

from collections.abc import Generator, Iterator, Sequence
from typing import Any

import pytest
from elasticsearch import BadRequestError, Elasticsearch

from archive.errors import BadRequest, IndexOutdated
from archive.search.analysis import ANALYSER_VERSION
from archive.search.elastic import ElasticEngine, Indexes, fields
from archive.search.elastic import engine as engine_module
from archive.search.elastic.fields import Json
from archive.search.engine import TORN, Question, Sort
from archive.search.tree import All, InPage, Word

from .conftest import elastic
from .reference import ReferenceEngine
from .shelf import ask, entry, fill, found, listed

pytestmark = pytest.mark.elastic
STEP = "archive.search.elastic.walking.STEP"


@pytest.fixture(scope="module")
def shared(elasticsearch_url: str) -> Iterator[ElasticEngine]:
    with elastic(elasticsearch_url, shards=3) as engine:
        yield engine


@pytest.fixture
def engine(shared: ElasticEngine) -> ElasticEngine:
    """An empty engine on three shards."""
    shared.write((), [key for key, _ in shared.versions()])
    return shared


@pytest.fixture
def own(elasticsearch_url: str) -> Iterator[ElasticEngine]:
    """An engine that the test may spoil."""
    with elastic(elasticsearch_url) as engine:
        yield engine


def indexes_of(engine: ElasticEngine) -> Indexes:
    return engine._indexes


def test_another_engine_sees_what_was_written_once_it_settles(engine: ElasticEngine) -> None:
    engine.write([entry(1, "drone", pages=("drone",))])
    engine.settle()

    assert found(ElasticEngine(indexes_of(engine)), "page:(drone)") == {1}


def test_an_index_of_another_analyser_is_refused(
    engine: ElasticEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fields, "ANALYSER_VERSION", 99)

    with pytest.raises(IndexOutdated, match=f"built by analyser {ANALYSER_VERSION}, now 99"):
        ElasticEngine(indexes_of(engine))


def test_an_index_without_a_newer_field_says_which(
    engine: ElasticEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(fields._ENTRY, "colour", {"type": "keyword"})

    with pytest.raises(IndexOutdated) as refused:
        ElasticEngine(indexes_of(engine))

    assert str(refused.value) == (
        "search index is older than its fields (built without 'colour'). "
        "Run: paperwatch rebuild-index"
    )


def test_a_field_that_is_not_declared_is_refused(engine: ElasticEngine) -> None:
    indexes = indexes_of(engine)

    with pytest.raises(BadRequestError, match="strict_dynamic_mapping_exception"):
        indexes.client.index(index=indexes.door("entries"), document={"colour": "red"})


def test_an_index_that_was_removed_is_said_and_a_write_does_not_make_it_again(
    own: ElasticEngine,
) -> None:
    own.write([entry(1, pages=("drone",))])
    indexes = indexes_of(own)
    indexes.remove()

    for asked in (lambda: own.write([entry(2)]), lambda: ask(own)):
        with pytest.raises(IndexOutdated, match="missing on Elasticsearch"):
            asked()
    assert not indexes.client.indices.exists(index=f"{indexes.name}*", allow_no_indices=False)


def test_facets_on_shards_with_more_values_than_first_asked_for_are_exact(
    engine: ElasticEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("archive.search.elastic.counting._OF_A_SHARD", 1)
    shelf = [entry(n, facets={"vendor": (f"{n * 7 % 31:02}",)}) for n in range(1, 91)]
    naive = ReferenceEngine()
    for one in (engine, naive):
        fill(one, shelf)
    asked: dict[str, Any] = {"facets": ("vendor",), "facet_size": 2, "filters": {"vendor": ("30",)}}

    assert ask(engine, **asked).facets == ask(naive, **asked).facets


@pytest.mark.parametrize("sort", [Sort.NEWEST, Sort.OLDEST, Sort.AMOUNT, Sort.ARRIVED])
def test_pages_deeper_than_can_be_jumped_to_are_walked_to(
    engine: ElasticEngine, monkeypatch: pytest.MonkeyPatch, sort: Sort
) -> None:
    monkeypatch.setattr("archive.search.elastic.hits._WINDOW", 4)
    monkeypatch.setattr(STEP, 2)
    days = ["2024-01-01", "", "2024-01-02"]
    fill(engine, [entry(n, on=days[n % 3], cents=n % 4 or None) for n in range(1, 12)])
    at_once = listed(engine, sort, size=11)

    pages = [listed(engine, sort, size=3, page=page) for page in range(1, 6)]

    assert len(set(at_once)) == 11
    assert [number for page in pages for number in page] == at_once


def test_page_says_when_it_did_not_look_at_all_documents(
    engine: ElasticEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine.write([entry(n, pages=("drone", "drone")) for n in range(1, 5)])
    monkeypatch.setattr(engine_module, "IN_PAGE_MAX", 3)

    answer = engine.search(Question(tree=InPage(part=Word(word="drone"))))

    assert answer.total == 3
    assert "looked at" in " ".join(answer.notes)


def test_of_a_batch_with_an_impossible_entry_nothing_is_written(engine: ElasticEngine) -> None:
    with pytest.raises(BadRequest):
        engine.write([entry(1, "drone", pages=("drone",)), entry(0, "drone")])

    assert found(engine, "drone") == set()


def test_a_batch_of_many_requests_is_written_whole(
    engine: ElasticEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("archive.search.elastic.batches._AT_ONCE", 3)
    fill(engine, [entry(n, "drone", pages=("drone",) * 2) for n in range(1, 30)])
    engine.write((), gone=[f"documents/{n:04}" for n in range(1, 20)])

    assert found(engine, "page:(drone)") == set(range(20, 30))


def test_a_request_is_bounded_in_bytes_and_all_is_written(
    engine: ElasticEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    def counted(kind: str, chunk: Sequence[Json]) -> list[str]:
        sizes.append(len(chunk))
        return sent(kind, chunk)

    sizes: list[int] = []
    sent = engine._writer._send_chunk
    monkeypatch.setattr(engine._writer, "_send_chunk", counted)
    monkeypatch.setattr("archive.search.elastic.batches._BYTES_AT_ONCE", 500)
    fill(engine, [entry(n, "drone", pages=("drone " * 40,) * 2) for n in range(1, 10)])

    assert max(sizes) <= 2
    assert found(engine, "page:(drone)") == set(range(1, 10))


def test_pages_that_a_cut_off_write_left_behind_go_with_the_next_one(engine: ElasticEngine) -> None:
    def cut_off(kind: str, chunk: Sequence[dict[str, Any]]) -> list[str]:
        if kind == "entries":
            raise KeyboardInterrupt
        return sent(kind, chunk)

    sent = engine._writer._send_chunk
    engine._writer._send_chunk = cut_off  # type: ignore[method-assign]
    with pytest.raises(KeyboardInterrupt):
        engine.write([entry(1, pages=("drone",) * 9)])
    engine._writer._send_chunk = sent  # type: ignore[method-assign]
    engine.write([entry(1, pages=("drone",))])

    assert dict(engine.versions()) == {"documents/0001": "1"}
    assert engine.pages(Word(word="drone"), ["documents/0001"])["documents/0001"].total == 1


def test_in_new_indexes_only_what_was_written_before_is_looked_for(
    own: ElasticEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked_for: list[Sequence[str]] = []
    with ElasticEngine(indexes_of(own), is_empty=True) as new:
        look = new._writer._standing

        def noted(keys: Sequence[str]) -> list[tuple[str, int]]:
            looked_for.append(keys)
            return look(keys)

        monkeypatch.setattr(new._writer, "_standing", noted)
        new.write(
            [
                entry(5, "drone", pages=("drone", "camera"), changed_no=1),
                entry(7, "drone", pages=("a",)),
            ]
        )
        new.write([entry(9, "drone", pages=("b",))])
        new.write([entry(5, "drone", pages=("drone",), changed_no=2), entry(10, "x", pages=("x",))])

        assert [len(keys) for keys in looked_for] == [0, 0, 1]
        assert found(new, "page:(camera)") == set()
        assert {version for _, version in new.versions()} != {TORN}


def test_a_document_whose_pages_are_not_all_there_is_torn(
    engine: ElasticEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(STEP, 2)
    engine.write([entry(n, pages=("drone",) * 3) for n in range(1, 6)])
    engine.settle()
    indexes = indexes_of(engine)
    for key, page in (("documents/0002", 1), ("documents/0005", 3)):
        indexes.client.delete(index=indexes.of("pages"), id=f"{key}/{page}", routing=key)
    engine.settle()

    torn = [key for key, version in engine.versions() if version == TORN]

    assert torn == ["documents/0002", "documents/0005"]


def test_a_walk_goes_on_over_what_it_began_with(
    engine: ElasticEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(STEP, 1)
    fill(engine, [entry(1), entry(2)])
    walk = engine.walk(Question(tree=All()))
    first = next(walk)
    fill(engine, [entry(3)])
    engine.write((), gone=["awards/0002"])
    engine.settle()

    assert [first, *walk] == ["awards/0001", "awards/0002"]


def test_a_walk_whose_point_in_time_was_let_go_goes_on_behind_its_last_hit(
    engine: ElasticEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(STEP, 2)
    fill(engine, [entry(n) for n in range(1, 10)])
    points: list[str] = []
    opened = Elasticsearch.open_point_in_time

    def noted(client: Elasticsearch, **asked: Any) -> Any:
        answer = opened(client, **asked)
        points.append(answer["id"])
        return answer

    monkeypatch.setattr(Elasticsearch, "open_point_in_time", noted)
    walk = engine.walk(Question(tree=All()))
    seen = [next(walk)]
    indexes_of(engine).client.close_point_in_time(id=points[0])

    assert [*seen, *walk] == [f"awards/{n:04}" for n in range(1, 10)]
    assert len(points) == 2


def test_points_in_time_are_let_go_even_where_a_walk_is_left(
    engine: ElasticEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(STEP, 1)
    fill(engine, [entry(1), entry(2)])
    walk = engine.walk(Question(tree=All()))
    next(walk)
    within = open_contexts(engine)
    assert isinstance(walk, Generator)
    walk.close()

    assert (within, open_contexts(engine)) == (3, 0)


def open_contexts(engine: ElasticEngine) -> int:
    """Count what is kept for readings of the index of entries, one for each shard."""
    indexes = indexes_of(engine)
    stats = indexes.client.indices.stats(index=indexes.of("entries"), metric="search")
    return int(stats["_all"]["total"]["search"]["open_contexts"])
