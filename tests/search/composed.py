"""Archives and queries that Hypothesis composes, out of few words so that many match."""

from datetime import date

from hypothesis import strategies as st

from archive.search.entry import Entry, PageFacts
from archive.search.tree import (
    All,
    And,
    FieldValues,
    Fuzzy,
    Identified,
    InPage,
    Near,
    Node,
    Not,
    Nothing,
    Or,
    Phrase,
    Prefix,
    Range,
    Word,
)

WORDS = ["drone", "drones", "droen", "camera", "facial", "recognition", "face", "b7e", "café", "x"]
FOLDED = ["drone", "drones", "camera", "facial", "recognition", "face", "b7e", "cafe", "x"]
FACET_VALUES = {
    "vendor": ["1", "2", "3"],
    "technology": ["drones", "cameras", "plates"],
    "state": ["VA", "TX"],
    "exemption": ["(b)(6)", "(b)(7)(C)", "(b)(7)(E)", "ORS 192.345(22)(c)"],
    "read": ["poorly", "unread"],
}
FIRST_DAY = date(2023, 9, 28).toordinal()

texts = st.lists(st.sampled_from(WORDS), max_size=6).map(" ".join)
few_texts = st.lists(texts, max_size=3).map(tuple)
days = st.none() | st.integers(FIRST_DAY, FIRST_DAY + 400)
amounts = st.none() | st.integers(-3, 3)


@st.composite
def facets(draw: st.DrawFn) -> dict[str, tuple[str, ...]]:
    return {
        name: tuple(draw(st.lists(st.sampled_from(values), max_size=2)))
        for name, values in FACET_VALUES.items()
    }


page_facts = st.builds(
    PageFacts,
    exemptions=st.lists(st.sampled_from(FACET_VALUES["exemption"]), max_size=2).map(tuple),
    redacted=st.none() | st.integers(0, 3),
    read=st.sampled_from(["", "", *FACET_VALUES["read"]]),
)


@st.composite
def entries(draw: st.DrawFn, number: int) -> Entry:
    kind = draw(st.sampled_from(["award", "notice", "document"]))
    pages = draw(few_texts) if kind == "document" else ()
    facts = st.lists(page_facts, min_size=len(pages), max_size=len(pages)).map(tuple)
    return Entry(
        key=f"{kind[0]}/{number}",
        number=number,
        version=str(draw(st.integers(1, 3))),
        kind=kind,
        title=draw(texts),
        text=draw(few_texts),
        vendors=draw(few_texts),
        agencies=draw(few_texts),
        identifiers=tuple(draw(st.lists(st.sampled_from(["A-1", "A2", "b7e"]), max_size=2))),
        facets=draw(facets()),
        day=draw(days),
        cents=draw(amounts),
        ceiling_cents=draw(amounts),
        pages=pages,
        page_facts=draw(st.just(()) | facts),
        redacted=draw(amounts),
    )


@st.composite
def shelves(draw: st.DrawFn) -> list[Entry]:
    numbers = draw(st.lists(st.integers(1, 2**31 - 1), max_size=12, unique=True))
    return [draw(entries(number)) for number in numbers]


folded = st.sampled_from(FOLDED)
fields = st.sampled_from([None, None, None, "title", "vendor", "agency"])
bounds = st.none() | st.integers(-3, 3)


@st.composite
def ranges(draw: st.DrawFn) -> Range:
    column = draw(st.sampled_from(["day", "cents", "ceiling_cents", "redacted"]))
    shift = FIRST_DAY + 200 if column == "day" else 0
    low, high = draw(bounds), draw(bounds)
    return Range(
        column=column,
        low=None if low is None else low + shift,
        high=None if high is None else high + shift,
    )


@st.composite
def values(draw: st.DrawFn) -> FieldValues:
    facet = draw(st.sampled_from(sorted(FACET_VALUES)))
    chosen = draw(st.lists(st.sampled_from([*FACET_VALUES[facet], "none"]), min_size=1, max_size=2))
    return FieldValues(facet=facet, values=tuple(chosen))


phrases = st.lists(folded, min_size=1, max_size=3).map(tuple)
leaves: st.SearchStrategy[Node] = st.one_of(
    st.builds(Word, word=folded, field=fields),
    st.builds(Word, word=folded),
    st.builds(Phrase, words=phrases, field=fields, joined=st.booleans()),
    st.builds(Near, words=phrases, within=st.integers(1, 30), field=fields),
    st.builds(Prefix, start=folded.map(lambda word: word[:3]), field=fields),
    st.builds(Fuzzy, word=folded, field=fields),
    st.builds(Prefix, start=st.sampled_from(["a", "a1", "b"]), field=st.just("identifier")),
    st.builds(Identified, value=st.sampled_from(["a1", "a2", "c3"])),
    st.builds(Prefix, start=st.sampled_from(["b7", "ors"]), field=st.just("exemption")),
    st.builds(
        Identified, value=st.sampled_from(["b7e", "b6", "19234522c"]), field=st.just("exemption")
    ),
    values(),
    ranges(),
    st.just(All()),
    st.just(Nothing()),
)


def _joined(parts: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    several = st.lists(parts, max_size=3).map(tuple)
    return st.one_of(
        st.builds(And, parts=several),
        st.builds(Or, parts=several),
        st.builds(Not, part=parts),
        st.builds(InPage, part=parts),
    )


trees: st.SearchStrategy[Node] = st.recursive(leaves, _joined, max_leaves=6)

_typed_terms = st.sampled_from(
    [
        "drone",
        "-camera",
        "NOT face",
        '"facial recognition"',
        '"drone camera"~2',
        "dro*",
        "drnoe~",
        "e-mail",
        "title:drone",
        'vendor:"facial recognition"',
        "agency:cam*",
        "vendor:2",
        "state:VA",
        "technology:drones",
        "id:a-1",
        "amount:>0",
        "amount:..0",
        "ceiling:0.01..0.02",
        "exemption:b7e",
        "exemption:(b)(7)*",
        "redacted:>0",
        "read:poorly",
        "date:2024",
        "date:<2024-03",
        "year:2024",
        "kind:document",
        "page:(drone camera)",
        "page:(face -drone)",
        "page:(",
        "(",
        ")",
        "OR",
        "AND",
        "OR",
        "-(",
    ]
)
typed_queries = st.lists(_typed_terms, max_size=7).map(" ".join)
