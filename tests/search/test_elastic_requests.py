"""How often a cluster is asked: each request takes as long as ten thousand lines of ours."""

import threading
from collections.abc import Iterator
from typing import Any

import pytest
from elastic_transport import Transport

from archive.errors import IndexUnavailable
from archive.search.elastic import ElasticEngine
from archive.search.elastic.counting import Counter
from archive.search.engine import Counts, Question
from archive.search.language import read

from .conftest import elastic
from .shelf import ask, entry, fill

pytestmark = pytest.mark.elastic
WAIT_S = 10.0


@pytest.fixture(scope="module")
def engine(elasticsearch_url: str) -> Iterator[ElasticEngine]:
    with elastic(elasticsearch_url) as engine:
        facets = {"vendor": ("A",)}
        pages = [("drone", "camera"), ("drone camera",), ("drone",), ("camera", "lease", "drone")]
        fill(engine, [entry(n, pages=one, facets=facets) for n, one in enumerate(pages, start=1)])
        yield engine


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many lines each request had."""
    perform, lines = Transport.perform_request, list[int]()

    def remember(self: Transport, *words: Any, **named: Any) -> Any:
        lines.append(len(named["body"]))
        return perform(self, *words, **named)

    monkeypatch.setattr(Transport, "perform_request", remember)
    return lines


def test_hits_do_not_wait_for_counts(
    engine: ElasticEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    may_end, count = threading.Event(), Counter.counts

    def slowly(self: Counter) -> Counts:
        assert may_end.wait(WAIT_S)
        return count(self)

    monkeypatch.setattr(Counter, "counts", slowly)

    answer = ask(engine, "drone", facets=("vendor",))

    assert (answer.total, len(answer.hits)) == (4, 4)
    may_end.set()
    assert answer.facets == {"vendor": (("A", 4),)}


def test_counts_that_fail_are_said_to_whoever_reads_them(
    engine: ElasticEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_self: Counter) -> Counts:
        raise IndexUnavailable("gone")

    monkeypatch.setattr(Counter, "counts", fail)

    answer = ask(engine, "drone", facets=("vendor",))

    assert answer.total == 4
    for _ in range(2):
        with pytest.raises(IndexUnavailable, match="gone"):
            answer.counts()


def test_counts_that_nobody_reads_are_not_asked_for(engine: ElasticEngine, sent: list[int]) -> None:
    answer = ask(engine, "drone")

    assert sent == [2]
    assert answer.years == answer.years == ()
    assert sent == [2, 2]


def test_a_page_is_two_requests_whatever_is_filtered_on(
    engine: ElasticEngine, sent: list[int]
) -> None:
    kept = {"vendor": ("A", "nobody"), "state": ("TX",)}

    ask(engine, "drone", facets=("vendor", "state"), facet_size=1, filters=kept).counts()

    assert sorted(sent) == [2, 6]


def test_many_totals_are_one_request(engine: ElasticEngine, sent: list[int]) -> None:
    typed = ("drone", "camera", "lease", "drone -lease")

    answers = engine.answers([Question(tree=read(one).tree, size=0) for one in typed])

    assert [one.total for one in answers] == [4, 3, 1, 3]
    assert sent == [8]


@pytest.mark.parametrize(
    ("typed", "lines"), [("drone", 2), ("drone OR lease", 2), ("drone camera", 4)]
)
def test_pages_of_documents_are_one_request(
    engine: ElasticEngine, sent: list[int], typed: str, lines: int
) -> None:
    pages = engine.pages(read(typed).tree, [f"documents/000{n}" for n in range(1, 5)])

    assert sent == [lines]
    assert (pages["documents/0002"].numbers, pages["documents/0002"].whole) == ((1,), True)
