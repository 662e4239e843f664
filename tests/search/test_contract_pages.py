"""What every engine holds to: page:( … ), and the pages shown under a document."""

from archive.search.engine import Engine, Question
from archive.search.tree import All, And, FieldValues, InPage, Node, Not, Word

from .shelf import entry, fill, found


def test_page_asks_for_everything_on_one_page(engine: Engine) -> None:
    fill(
        engine,
        [entry(1, pages=("drone camera", "x")), entry(2, pages=("drone", "camera"))],
    )

    assert found(engine, "page:(drone camera)") == {1}


def test_page_looks_at_pages_only(engine: Engine) -> None:
    fill(engine, [entry(1, "drone camera", text=("drone camera",), pages=("drone",))])

    assert found(engine, "page:(drone camera)") == set()


def test_page_can_be_combined_with_the_rest_of_the_query(engine: Engine) -> None:
    fill(
        engine,
        [
            entry(1, "letter", pages=("drone camera",)),
            entry(2, "memo", pages=("drone camera",)),
            entry(3, "letter", pages=("drone", "camera")),
        ],
    )

    assert found(engine, "page:(drone camera) title:letter") == {1}
    assert found(engine, "letter -page:(drone camera)") == {3}
    assert found(engine, "memo OR page:(drone camera)") == {1, 2}


def test_page_can_exclude_on_the_same_page(engine: Engine) -> None:
    fill(engine, [entry(1, pages=("drone", "drone camera")), entry(2, pages=("drone camera",))])

    assert found(engine, "page:(drone -camera)") == {1}


def test_page_takes_phrases_prefixes_and_fuzzy_words(engine: Engine) -> None:
    fill(engine, [entry(1, pages=("facial recognition", "clearview")), entry(2, pages=("facial",))])

    assert found(engine, 'page:("facial recognition")') == {1}
    assert found(engine, "page:(clearvi*)") == {1}
    assert found(engine, "page:(claerview~)") == {1}


def test_a_page_has_no_fields(engine: Engine) -> None:
    fill(engine, [entry(1, "drone", pages=("drone",), facets={"psc": ("7030",)})])
    within: list[Node] = [
        FieldValues(facet="psc", values=("7030",)),
        Word(word="drone", field="title"),
    ]

    assert [engine.search(Question(tree=InPage(part=part))).total for part in within] == [0, 0]


def test_the_pages_shown_are_those_that_satisfy_the_query(engine: Engine) -> None:
    fill(engine, [entry(1, pages=("x", "drone camera", "drone", "camera drone"))])
    tree = And(parts=(Word(word="drone"), Word(word="camera")))

    shown = engine.pages(tree, ["documents/0001"])["documents/0001"]

    assert (sorted(shown.numbers), shown.total, shown.whole) == ([2, 4], 2, True)


def test_words_on_different_pages_are_shown_as_such(engine: Engine) -> None:
    fill(engine, [entry(1, pages=("x", "drone", "camera"))])
    tree = And(parts=(Word(word="drone"), Word(word="camera")))

    shown = engine.pages(tree, ["documents/0001"])["documents/0001"]

    assert (sorted(shown.numbers), shown.total, shown.whole) == ([2, 3], 2, False)


def test_pages_beyond_the_limit_are_counted(engine: Engine) -> None:
    fill(engine, [entry(1, pages=("drone",) * 9), entry(2, pages=("drone",))])

    shown = engine.pages(Word(word="drone"), ["documents/0001", "documents/0002"], limit=2)

    assert [(len(pages.numbers), pages.total) for _, pages in sorted(shown.items())] == [
        (2, 9),
        (1, 1),
    ]


def test_pages_that_are_alike_are_shown_in_their_order(engine: Engine) -> None:
    fill(engine, [entry(1, pages=("drone",) * 4)])

    assert engine.pages(Word(word="drone"), ["documents/0001"])["documents/0001"].numbers == (
        1,
        2,
        3,
        4,
    )


def test_a_document_without_a_page_to_show_is_left_out(engine: Engine) -> None:
    fill(engine, [entry(1, "drone", pages=("x",)), entry(2, "drone")])
    keys = ["documents/0001", "awards/0002", "documents/9999"]

    assert engine.pages(Word(word="drone"), keys) == {}


def test_facets_and_exclusions_show_no_pages(engine: Engine) -> None:
    fill(engine, [entry(1, pages=("drone",), facets={"psc": ("7030",)})])
    keys = ["documents/0001"]

    assert engine.pages(FieldValues(facet="psc", values=("7030",)), keys) == {}
    assert engine.pages(Not(part=Word(word="camera")), keys) == {}
    assert engine.pages(All(), keys) == {}


def test_facets_do_not_stand_in_the_way_of_pages(engine: Engine) -> None:
    fill(engine, [entry(1, pages=("x", "drone"), facets={"psc": ("7030",)})])
    tree = And(parts=(Word(word="drone"), FieldValues(facet="psc", values=("7030",))))

    shown = engine.pages(tree, ["documents/0001"])["documents/0001"]

    assert (shown.numbers, shown.whole) == ((2,), True)


def test_page_numbers_count_empty_pages(engine: Engine) -> None:
    fill(engine, [entry(1, pages=("", " — ", "drone"))])

    assert engine.pages(Word(word="drone"), ["documents/0001"])["documents/0001"].numbers == (3,)
