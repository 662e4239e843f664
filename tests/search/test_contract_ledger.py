"""What every engine holds to: exemptions, shares redacted and poorly read pages."""

import pytest

from archive.search.engine import Engine, Question
from archive.search.entry import Entry, PageFacts
from archive.search.language import read
from archive.search.tree import FieldValues, InPage, Node, Range, Word

from .shelf import ask, entry, fill, found

B6, B7C, B7E = "(b)(6)", "(b)(7)(C)", "(b)(7)(E)"
OREGON = "ORS 192.345(22)(c)"
LETTER, LOG, SCAN = "documents/0001", "documents/0002", "documents/0003"


def facts(*exemptions: str, redacted: int | None = 0, read: str = "") -> PageFacts:
    return PageFacts(exemptions=exemptions, redacted=redacted, read=read)


@pytest.fixture
def shelf(engine: Engine) -> Engine:
    """A letter, a log that is mostly redacted, a scan of which nothing is known, and an award."""
    letter = [facts(B6, redacted=10), facts(redacted=0)]
    log = [facts(B7E, redacted=60), facts(B6, B7C, redacted=100), facts(OREGON, redacted=20)]
    scan = [facts(redacted=None, read="poorly"), facts(redacted=None, read="unread")]
    fill(
        engine,
        [
            _document(1, ("drone", "camera"), letter, redacted=5),
            _document(2, ("drone", "", "camera"), log, redacted=60),
            _document(3, ("drone", ""), scan, redacted=None),
            entry(4, "drone"),
        ],
    )
    return engine


def _document(
    number: int, pages: tuple[str, ...], known: list[PageFacts], redacted: int | None
) -> Entry:
    codes = {code for one in known for code in one.exemptions}
    reads = {one.read for one in known if one.read}
    facets = {"exemption": tuple(sorted(codes)), "read": tuple(sorted(reads))}
    return entry(number, pages=pages, page_facts=tuple(known), facets=facets, redacted=redacted)


@pytest.mark.parametrize(
    "typed", ["b7e", "(b)(7)(E)", "B(7)(e)", "7(E)", '"(b) (7) (E)"', '"Exemption 7(E)"']
)
def test_an_exemption_is_found_however_it_is_written(shelf: Engine, typed: str) -> None:
    assert found(shelf, f"exemption:{typed}") == {2}


@pytest.mark.parametrize(
    "typed", ["192.345(22)(c)", '"ORS 192.345(22)(c)"', '"ors 192.345 (22) (c)"', "192.345*", "ORS"]
)
def test_a_citation_of_a_state_is_found_with_its_law_and_without(shelf: Engine, typed: str) -> None:
    assert found(shelf, f"exemption:{typed}") == {2}


def test_an_exemption_is_found_by_its_beginning_and_excluded(shelf: Engine) -> None:
    assert found(shelf, "exemption:b7*") == found(shelf, "exemption:(b)(7)*") == {2}
    assert found(shelf, "exemption:b*") == {1, 2}
    assert found(shelf, "exemption:b7") == set()
    assert found(shelf, "drone -exemption:b7e") == {1, 3, 4}
    assert found(shelf, "exemption:(b6 OR b7e)") == {1, 2}


def test_an_exemption_on_a_page_is_that_of_the_same_page(shelf: Engine) -> None:
    assert found(shelf, "page:(drone exemption:b6)") == {1}
    assert found(shelf, "page:(exemption:b6 exemption:b7c)") == {2}
    assert found(shelf, "page:(exemption:b6 exemption:b7e)") == set()
    assert found(shelf, "page:(exemption:b7*)") == {2}
    assert found(shelf, "page:exemption:b7e") == {2}
    assert found(shelf, "exemption:b6 exemption:b7e") == {2}


def test_the_share_redacted_is_that_of_the_document_and_on_a_page_that_of_the_page(
    shelf: Engine,
) -> None:
    assert found(shelf, "redacted:>50") == {2}
    assert found(shelf, "redacted:5") == found(shelf, "redacted:1..20%") == {1}
    assert found(shelf, "redacted:<100") == {1, 2}
    assert found(shelf, "page:(redacted:100)") == {2}
    assert found(shelf, "page:(redacted:>0 drone)") == {1, 2}
    assert found(shelf, "page:(redacted:>60 drone)") == set()


def test_what_is_not_known_is_in_no_share(shelf: Engine) -> None:
    assert found(shelf, "kind:document -redacted:>=0") == {3}


def test_pages_read_poorly_and_not_at_all_are_found(shelf: Engine) -> None:
    assert found(shelf, "read:poorly") == found(shelf, "READ:Poorly drone") == {3}
    assert found(shelf, "page:(read:poorly drone)") == {3}
    assert found(shelf, "page:(read:unread drone)") == set()


def test_exemptions_are_a_facet_that_passes_over_its_own_filter(shelf: Engine) -> None:
    answer = ask(shelf, "drone", filters={"exemption": (B7E,)}, facets=("exemption", "read"))

    assert answer.total == 1
    assert answer.facets["exemption"] == ((B6, 2), (B7C, 1), (B7E, 1), (OREGON, 1))
    assert answer.facets["read"] == ()


def test_the_pages_shown_for_an_exemption_are_those_that_have_it(shelf: Engine) -> None:
    shown = shelf.pages(read("exemption:b6").tree, [LETTER, LOG, SCAN])

    assert {key: (one.numbers, one.whole) for key, one in shown.items()} == {
        LETTER: ((1,), True),
        LOG: ((2,), True),
    }


def test_words_and_exemptions_that_meet_on_no_page_show_the_pages_of_either(shelf: Engine) -> None:
    shown = shelf.pages(read("drone exemption:b7c").tree, [LOG])[LOG]

    assert (sorted(shown.numbers), shown.whole) == ([1, 2], False)


def test_a_share_of_the_document_keeps_no_page_away(shelf: Engine) -> None:
    shown = shelf.pages(read("camera redacted:>50").tree, [LOG])[LOG]
    on_page = shelf.pages(read("page:(redacted:<30)").tree, [LOG])[LOG]

    assert (shown.numbers, on_page.numbers) == ((3,), (3,))


def test_what_a_page_has_of_other_facets_and_numbers_finds_nothing(shelf: Engine) -> None:
    within: list[Node] = [
        FieldValues(facet="kind", values=("document",)),
        Range(column="cents", low=0),
        Word(word="drone", field="title"),
    ]

    assert [shelf.search(Question(tree=InPage(part=one))).total for one in within] == [0, 0, 0]
