"""Words weigh alike on both engines: of the first twenty hits nearly all are the same."""

from collections.abc import Iterator
from random import Random

import pytest

from archive.search.engine import Engine, Sort
from archive.search.entry import Entry

from .conftest import ELASTIC, SHARDS, opened
from .conftest import elastic as elastic_index
from .shelf import ask, entry, fill

FIRST = 20
QUERIES = [
    "drone",
    "drone camera",
    "drone OR camera OR plate",
    '"plate reader"',
    "title:drone camera",
    "e-mail drone",
    "page:(drone camera)",
    "plate -drone",
]
WORDS = ["drone", "camera", "plate", "reader", "email", "e-mail", "lease", "search", "record"]


def text(random: Random, most: int) -> str:
    """Compose a text of few telling words among many that tell nothing."""
    common = [f"paper{int(random.paretovariate(0.6)) % 97}" for _ in range(random.randint(1, most))]
    telling = random.choices(WORDS, weights=range(len(WORDS), 0, -1), k=random.randint(0, 5))
    words = [*common, *telling]
    random.shuffle(words)
    if random.random() < 0.15:
        words.insert(random.randrange(len(words)), "plate reader")
    return " ".join(words)


def shelf() -> list[Entry]:
    """Compose entries of very different length, a third of them documents with pages."""
    random = Random(20251125)
    return [
        entry(
            number,
            text(random, 8),
            text=(text(random, 40),),
            pages=tuple(text(random, 120) for _ in range(random.randint(1, 5) * (number % 3 == 0))),
        )
        for number in range(1, 501)
    ]


@pytest.fixture(scope="module")
def embedded(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Engine]:
    with opened("embedded", request, tmp_path_factory.mktemp("relevance")) as engine:
        fill(engine, shelf())
        yield engine


@pytest.fixture(scope="module", params=ELASTIC)
def elastic(request: pytest.FixtureRequest, elasticsearch_url: str) -> Iterator[Engine]:
    """An index of its own: that of the contract is emptied between two of these tests."""
    with elastic_index(elasticsearch_url, shards=SHARDS[request.param]) as engine:
        fill(engine, shelf())
        yield engine


def shared(embedded: Engine, elastic: Engine, typed: str) -> int:
    """How many of the first hits both have; both count the same in all."""
    ours, theirs = (ask(one, typed, sort=Sort.RELEVANCE, size=FIRST) for one in (embedded, elastic))
    assert ours.total == theirs.total > FIRST
    return len({hit.key for hit in ours.hits} & {hit.key for hit in theirs.hits})


@pytest.mark.parametrize("typed", QUERIES)
def test_of_the_first_twenty_hits_nearly_all_are_the_same(
    embedded: Engine, elastic: Engine, typed: str
) -> None:
    assert shared(embedded, elastic, typed) >= 0.95 * FIRST


def test_of_the_first_twenty_hits_by_near_words_many_are_the_same(
    embedded: Engine, elastic: Engine
) -> None:
    # Lucene weighs the distance between the words as well, Tantivy does not.
    assert shared(embedded, elastic, '"camera drone"~4') >= 0.4 * FIRST
