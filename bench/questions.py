"""Compose what readers ask: ten kinds of queries, with filters and orders going round.

The words are those of the composed archive, so most queries find something.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import cycle
from random import Random

from bench.composed import SUBJECTS, World

EACH = 20
Pair = tuple[str, str]

_SORTS: tuple[Sequence[Pair], ...] = ((), (("sort", "newest"),), (("sort", "amount"),))
_AMOUNT: Sequence[Pair] = (("min", "10000"), ("max", "5000000"))
_DATES: Sequence[Pair] = (("from", "2016-01-01"), ("to", "2023-12-31"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One page asked for: its kind of query, and the pairs of its address."""

    kind: str
    pairs: Sequence[Pair]


def _rare(world: World, random: Random) -> str:
    return random.choice(world.words[5_000:40_000])


def _frequent(world: World, random: Random) -> str:
    """Give a word that many pages have, no stop word."""
    return random.choice(world.words[60:1_000])


def _two(world: World, random: Random) -> str:
    return f"{_frequent(world, random)} {_frequent(world, random)}"


def _either(world: World, random: Random) -> str:
    return " OR ".join(_frequent(world, random) for _ in range(3))


def _phrase(_world: World, random: Random) -> str:
    """Ask for a phrase; every other time its words may stand apart (near)."""
    words = random.choice(SUBJECTS).split()
    phrase = " ".join(words[: random.randint(2, len(words))])
    if random.random() < 0.5:
        return f'"{phrase}"'
    return f'"{" ".join(reversed(phrase.split()))}"~{random.randint(2, 5)}'


def _prefix(world: World, random: Random) -> str:
    return f"{_rare(world, random)[: random.randint(4, 6)]}*"


def _fuzzy(world: World, random: Random) -> str:
    word = random.choice([one for one in world.words[60:5_000] if len(one) >= 5])
    place = random.randrange(1, len(word) - 1)
    return f"{word[:place]}{word[place + 1 :]}~"


def _without(world: World, random: Random) -> str:
    return f"{_two(world, random)} -{_frequent(world, random)}"


def _title(_world: World, random: Random) -> str:
    return f"title:{random.choice(random.choice(SUBJECTS).split())}"


def _browse(_world: World, _random: Random) -> str:
    return ""


def _page(world: World, random: Random) -> str:
    return f"page:({random.choice(SUBJECTS).split()[0]} {_frequent(world, random)})"


_COMPOSERS: Mapping[str, Callable[[World, Random], str]] = {
    "rare word": _rare,
    "two words": _two,
    "OR": _either,
    "phrase, near": _phrase,
    "prefix": _prefix,
    "fuzzy": _fuzzy,
    "NOT": _without,
    "title": _title,
    "browse": _browse,
    "page": _page,
}
KINDS = tuple(_COMPOSERS)


def questions(world: World, seed: int) -> list[Asked]:
    """Compose 200 queries, 20 of each kind, in no order; another seed gives others."""
    random = Random(f"questions {seed}")
    agencies: Sequence[Pair] = [("subagency", one.code) for one in world.agencies]
    asked = []
    for kind, compose in _COMPOSERS.items():
        orders = cycle(_SORTS)
        for number in range(EACH):
            pairs = [("q", query)] if (query := compose(world, random)) else []
            agency = agencies[world.agency_draw.one(random)]
            filters = ([], [agency], _AMOUNT, _DATES, [agency, *_AMOUNT, *_DATES])[number % 5]
            asked.append(Asked(kind=kind, pairs=[*pairs, *filters, *next(orders)]))
    random.shuffle(asked)
    return asked
