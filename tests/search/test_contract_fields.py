"""What every engine holds to: words of a field, identifiers, and facets within a query."""

import pytest

from archive.search.engine import Engine, Question
from archive.search.tree import FieldValues

from .shelf import entry, fill, found


def test_words_can_be_kept_to_title_vendor_or_agency(engine: Engine) -> None:
    fill(
        engine,
        [
            entry(1, "Flock"),
            entry(2, vendors=("Flock",)),
            entry(3, agencies=("Flock",)),
            entry(4, text=("Flock",)),
        ],
    )

    assert found(engine, "title:flock") == {1}
    assert found(engine, "vendor:flock") == {2}
    assert found(engine, "agency:flock") == {3}
    assert found(engine, "flock") == {1, 2, 3, 4}


@pytest.mark.parametrize("typed", ["70CMSD-21-C-0001", "70cmsd21c0001", "70CMSD21-C-0001"])
def test_an_identifier_is_found_whatever_its_hyphens_and_case(engine: Engine, typed: str) -> None:
    fill(
        engine,
        [entry(1, identifiers=("70CMSD21C0001",)), entry(2, identifiers=("70CMSD21C00012",))],
    )

    assert found(engine, f"piid:{typed}") == {1}
    assert found(engine, f'id:"{typed}"') == {1}
    assert found(engine, typed) == {1}


def test_an_identifier_is_found_by_its_beginning(engine: Engine) -> None:
    fill(engine, [entry(1, "70CM", identifiers=("70CMSD-21",)), entry(2, "70CM and 70CMSD21")])

    assert found(engine, "piid:70CMS*") == {1}


def test_a_facet_in_the_query_finds_its_values(engine: Engine) -> None:
    fill(engine, [entry(1, facets={"psc": ("7030",)}), entry(2, facets={"psc": ("D302",)})])

    assert found(engine, "psc:7030") == {1}
    assert found(engine, "psc:d302") == {2}
    assert found(engine, "-psc:7030") == {2}


def test_a_facet_value_is_found_whole_and_not_by_its_words(engine: Engine) -> None:
    fill(engine, [entry(1, facets={"technology": ("face-recognition",)})])

    assert found(engine, "technology:face-recognition") == {1}
    assert found(engine, "technology:face") == set()
    assert found(engine, "face") == set()


def test_several_values_of_a_facet_are_alternatives(engine: Engine) -> None:
    fill(engine, [entry(n, facets={"state": (state,)}) for n, state in enumerate(["VA", "TX", "CA"])
                  if n] + [entry(7, facets={"state": ("VA",)})])  # fmt: skip
    tree = FieldValues(facet="state", values=("VA", "CA"))

    assert {hit.number for hit in engine.search(Question(tree=tree)).hits} == {2, 7}


def test_the_kind_is_a_facet_without_being_given(engine: Engine) -> None:
    fill(engine, [entry(1), entry(2, pages=("x",)), entry(3, kind="notice")])

    assert found(engine, "kind:document") == {2}


def test_an_identifier_of_letters_alone_is_no_word_with_an_ending(engine: Engine) -> None:
    # It was kept by its stem, and so not found by `id:`.
    fill(engine, [entry(1, identifiers=("ABCLMNKNITTING",)), entry(2)])

    assert found(engine, "id:abclmnknitting") == {1}
    assert found(engine, "id:abclmnknitti*") == {1}
