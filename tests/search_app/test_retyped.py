"""A query written back from its tree, for links to other ways of asking, means the same."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.search.language import read
from archive.search.tree import And, FieldValues, InPage, Node, Not, Or, any_of
from archive.shown.retyped import retyped
from archive.watchlist.vocabulary import WatchlistVocabulary

VOCABULARY = WatchlistVocabulary()

words = st.sampled_from(["drone", "cameras", "b7e", "café", "or", "x", "e-mail", "a/b.c", "ﬁne"])
phrases = st.lists(words, min_size=1, max_size=4).map(lambda chosen: f'"{" ".join(chosen)}"')
nears = st.builds("{}~{}".format, phrases, st.integers(1, 30))
starts = st.sampled_from(["surveil*", "b7*", "e-mai*"])
alikes = st.sampled_from(["clearveiw~", "recogniton~1", "face-serch~"])
texts = st.one_of(words, phrases, nears, starts, alikes)
named = st.builds(
    "{}:{}".format, st.sampled_from(["title", "vendor", "agency", "subagency"]), texts
)

amounts = st.one_of(
    st.integers(-(10**15) + 1, 10**15 - 1).map(str),
    st.decimals(-(10**9), 10**9, places=2).map(lambda one: f"{one:f}"),
    st.builds(
        "{}{}.{:04}{}".format,
        st.sampled_from(["", "-"]),
        st.integers(0, 10**15 - 1),
        st.integers(0, 9999),
        st.sampled_from(["k", "m", "b", "bn"]),
    ),
)
days = st.one_of(
    st.dates().map(str),
    st.dates().map(lambda day: str(day)[:7]),
    st.integers(1, 9999).map("{:04}".format),
)
years = st.integers(1, 9999).map("{:04}".format)


def spans(values: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Compose a value alone, after a sign, and as a range open on either side or on none."""
    return st.one_of(
        values,
        st.builds("{}{}".format, st.sampled_from(["<", "<=", ">", ">=", "="]), values),
        st.builds("{}..{}".format, values, values),
        values.map("{}..".format),
        values.map("..{}".format),
    )


ranges = st.one_of(
    st.builds("{}:{}".format, st.sampled_from(["amount", "ceiling"]), spans(amounts)),
    spans(days).map("date:{}".format),
    spans(years).map("year:{}".format),
)
VALUED = [
    "kind:documents", "agency:ICE", "agency:DOJ", "agency:VA", "agency:State", "subagency:ICE",
    "agency:9999", "subagency:070", "subagency:7012", 'agency:"Border Patrol"', "type:IDIQ",
    "type:letter", 'type:"BPA call"', 'type:"a (b)"', 'type:"IDIQ"~2', "type:A", "source:SAM",
    "source:USAspending", "source:usaspending_file", 'source:"x y"', "technology:drones",
    "technology:ALPR", "technology:none", "psc:7a21", "naics:54", "state:virginia", "state:tx",
    "piid:70-CMSD-21", "id:a*", 'id:"A 1"', 'id:"2024 (b)"', "uei:ABC", f"id:{'a1' * 50}",
]  # fmt: skip
odd = st.sampled_from(["foo:bar", "__:!!", "(b)(7)(E)", "http://x.example/a", "10:30", "--", "()"])
terms = st.one_of(texts, named, ranges, st.sampled_from(VALUED), odd)


def _joined(parts: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    several = st.lists(parts, min_size=1, max_size=3)
    on_page = st.lists(texts, min_size=1, max_size=3).map(" ".join)
    return st.one_of(
        several.map(" ".join),
        several.map(" OR ".join),
        several.map(" AND ".join),
        several.map(lambda one: f"({' '.join(one)})"),
        several.map(lambda one: f"({' OR '.join(one)})"),
        several.map(lambda one: f"title:({' OR '.join(one)})"),
        parts.map("-{}".format),
        parts.map("-({})".format),
        on_page.map("page:({})".format),
        on_page.map("page:(a OR -({}))".format),
    )


queries = st.recursive(terms, _joined, max_leaves=8)


def parted(tree: Node) -> Node:
    """Part values of one field, which are written as values joined by OR."""
    match tree:
        case FieldValues(facet=facet, values=values):
            return any_of(tuple(FieldValues(facet=facet, values=(one,)) for one in values))
        case And(parts=parts):
            return And(parts=tuple(map(parted, parts)))
        case Or(parts=parts):
            return Or(parts=tuple(map(parted, parts)))
        case Not(part=part):
            return Not(part=parted(part))
        case InPage(part=part):
            return InPage(part=parted(part))
        case _:
            return tree


def assert_same_written_back(typed: str) -> None:
    first = read(typed, VOCABULARY).tree
    again = read(retyped(first), VOCABULARY)
    assert parted(again.tree) == parted(first)
    assert again.ignored == ()


@settings(max_examples=1000, deadline=None, derandomize=True, database=None)
@given(typed=queries)
def test_what_is_written_back_is_read_as_the_same_tree(typed: str) -> None:
    assert_same_written_back(typed)


@pytest.mark.parametrize("typed", VALUED)
def test_a_value_written_back_is_read_as_the_same_value(typed: str) -> None:
    assert_same_written_back(typed)


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("amount:..1m", "amount:..1000000.00"),
        ("amount:1m", "amount:1000000.00..1000000.00"),
        ("amount:5", "amount:5.00..5.99"),
        ("amount:-5", "amount:-5.99..-5.00"),
        ("ceiling:<1", "ceiling:..0.99"),
        ("amount:>999999999999999bn", "amount:>999999999999999.0000bn"),
        ("date:<0001", "date:<0001-01-01"),
        ("date:>9999", "date:>9999-12-31"),
        ("-(-drone)", "-(-drone)"),
    ],
)
def test_a_bound_is_written_so_that_it_covers_no_more_than_before(typed: str, written: str) -> None:
    tree = read(typed).tree
    assert retyped(tree) == written
    assert read(written).tree == tree
