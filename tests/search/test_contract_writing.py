"""What every engine holds to: what is written, replaced and taken away."""

from archive.search.engine import Engine, Question
from archive.search.tree import All, And, InPage, Near, Not, Nothing, Or, Phrase, Prefix, Word

from .shelf import ask, entry, fill, found


def test_an_entry_written_again_replaces_the_old_one(engine: Engine) -> None:
    fill(engine, [entry(1, "drone", facets={"psc": ("1",)}, on="2024-01-01")])
    fill(engine, [entry(1, "camera", facets={"psc": ("2",)}, version="2")])

    answer = ask(engine, facets=("psc",))

    assert (found(engine, "drone"), found(engine, "camera")) == (set(), {1})
    assert (answer.total, answer.years, answer.facets["psc"]) == (1, (), (("2", 1),))


def test_of_an_entry_twice_in_one_batch_the_last_stays(engine: Engine) -> None:
    fill(engine, [entry(1, "drone", pages=("a1", "b2")), entry(1, "camera", pages=("c3",))])

    assert (ask(engine).total, found(engine, "camera c3"), found(engine, "b2")) == (1, {1}, set())
    assert found(engine, "page:(b2)") == set()


def test_writing_the_same_batch_again_changes_nothing(engine: Engine) -> None:
    batch = [entry(1, "drone", pages=("drone",)), entry(2, "camera")]
    fill(engine, batch)
    fill(engine, batch)

    assert ask(engine).total == 2
    assert engine.pages(Word(word="drone"), ["documents/0001"])["documents/0001"].total == 1


def test_a_replaced_document_has_only_its_new_pages(engine: Engine) -> None:
    fill(engine, [entry(1, pages=("drone", "camera", "drone"))])
    fill(engine, [entry(1, pages=("camera",))])

    assert found(engine, "page:(drone)") == set()
    assert engine.pages(Word(word="camera"), ["documents/0001"])["documents/0001"].numbers == (1,)


def test_an_entry_that_is_gone_is_found_no_more(engine: Engine) -> None:
    fill(engine, [entry(1, "drone", pages=("drone",)), entry(2, "drone")])
    engine.write([], gone=["documents/0001", "documents/never"])
    engine.refresh()

    assert found(engine, "drone") == {2}
    assert found(engine, "page:(drone)") == set()
    assert list(engine.versions()) == [("awards/0002", "1")]


def test_nothing_written_is_no_harm(engine: Engine) -> None:
    engine.write([])
    engine.refresh()

    assert ask(engine).total == 0


def test_versions_come_in_the_order_of_their_keys(engine: Engine) -> None:
    keys = ["documents/b", "awards/ü", "awards/z", "awards/B", "awards/a", "documents/a"]
    fill(engine, [entry(n, key=key, version=f"v{n}") for n, key in enumerate(keys, start=1)])

    assert list(engine.versions()) == sorted((key, f"v{n}") for n, key in enumerate(keys, start=1))


def test_settling_changes_no_answer(engine: Engine) -> None:
    for n in range(1, 6):
        fill(engine, [entry(n, "drone", pages=("drone",), on=f"2024-01-0{n}")])
    before = ask(engine, "drone", facets=("kind",))
    engine.settle()

    after = ask(engine, "drone", facets=("kind",))

    assert (before.total, before.years, before.facets) == (after.total, after.years, after.facets)
    assert (
        [hit.number for hit in before.hits] == [hit.number for hit in after.hits] == [5, 4, 3, 2, 1]
    )


def test_a_tree_of_every_node_is_answered(engine: Engine) -> None:
    fill(engine, [entry(1, "drone camera", pages=("drone camera",))])
    tree = And(
        parts=(
            Or(parts=(Word(word="drone"), Nothing())),
            Not(part=Phrase(words=("camera", "drone"))),
            Or(parts=(Not(part=All()), Prefix(start="cam"))),
            InPage(part=Near(words=("camera", "drone"), within=1)),
            And(parts=()),
        )
    )

    assert engine.search(Question(tree=tree)).total == 1
