"""Files are taken out of a PDF by a reading child, whatever they are called and however packed."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from archive.naming import clean_name
from archive.reading_client import Readers
from archive.taken_out import Attachments
from tests.drawn import attached, broken, hostile, sheets

Take = Callable[[bytes], Attachments]


@pytest.fixture
def take(readers: Readers, tmp_path: Path) -> Iterator[Take]:
    taken = []

    def take(body: bytes) -> Attachments:
        path = tmp_path / "holding.pdf"
        path.write_bytes(body)
        assert readers.read(path).has_attachments
        taken.append(readers.take_attachments(path))
        return taken[-1]

    yield take
    for one in taken:
        one.discard()
    assert not [path for path in readers.folder.iterdir() if path.is_dir()]


def test_a_portfolio_is_taken_apart_byte_by_byte(take: Take) -> None:
    found = take(attached.portfolio()).found
    assert [(one.name, one.kind, one.is_pdf) for one in found] == [
        ("Exhibit A.pdf", "PDF", True),
        ("Letter.pdf", "PDF", True),
        ("Notes.docx", "Word document", False),
    ]
    bodies = [one.path.read_bytes() for one in found if one.path]
    assert bodies == [attached.exhibit(), sheets.letter(), attached.word_document()]
    assert found[2].reason == "not read: it is a Word document"


def test_a_file_pinned_to_a_page_says_at_which(take: Take) -> None:
    [one] = take(attached.pinned()).found
    assert (one.name, one.page) == ("Exhibit B.pdf", 1)


def test_names_lose_their_folders_their_unseen_signs_and_personal_numbers(take: Take) -> None:
    taken = take(attached.badly_named())
    assert [one.name for one in taken.found] == ["x.pdf", "SSN_███-██-████.pdf", "fdp.exe", ""]
    assert {one.path.parent for one in taken.found if one.path} == {taken.folder}


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("a/b\\c.pdf", "c.pdf"),
        ("..", ""),
        ("one\0two\n.pdf", "one two .pdf"),
        ("x" * 500, "x" * 160),
        (" Exhibit  A.pdf ", "Exhibit A.pdf"),
    ],
)
def test_a_name_is_cleaned(given: str, shown: str) -> None:
    assert clean_name(given) == shown


def test_bombs_lies_and_rests_stay_where_they_are_and_the_good_one_is_taken(take: Take) -> None:
    found = take(attached.bomb()).found
    assert [one.reason.removeprefix("not taken out: ") for one in found] == [
        "it is packed to less than a 200th, as bombs are",
        "its bytes are damaged",
        "its bytes are cut short",
        "",
    ]
    assert [one.path is not None for one in found] == [False, False, False, True]


def test_a_tree_of_names_that_holds_itself_is_walked_once(take: Take) -> None:
    assert [one.name for one in take(attached.knotted_names()).found] == ["Exhibit.pdf"]


def test_of_very_many_the_first_are_taken_out_and_the_others_counted(take: Take) -> None:
    taken = take(attached.many(1_003))
    assert (len(taken.found), taken.more) == (1_000, 3)
    assert sum(one.path is not None for one in taken.found) == 500
    assert taken.found[500].reason == "not taken out: there are more than 500 attachments"


@pytest.mark.parametrize(
    ("draw", "verdict"),
    [
        (hostile.password, "password"),
        (lambda: b"", "empty"),
        (lambda: b"%PDF-1.7\n", "damaged"),
        (hostile.page_tree_loop, "ok"),
        (broken.object_loops, "ok"),
        (broken.deep_tree, "ok"),
    ],
    ids=["password", "empty", "head", "loop", "loops", "deep"],
)
def test_a_file_that_holds_nothing_or_does_not_open_ends_with_a_verdict(
    readers: Readers, tmp_path: Path, draw: Callable[[], bytes], verdict: str
) -> None:
    path = tmp_path / "holding.pdf"
    path.write_bytes(draw())
    taken = readers.take_attachments(path)
    taken.discard()
    assert (taken.verdict, taken.found) == (verdict, ())


def test_a_file_without_attachments_is_not_asked_for_any(readers: Readers, tmp_path: Path) -> None:
    path = tmp_path / "letter.pdf"
    path.write_bytes(sheets.letter())
    result = readers.read(path)
    result.discard()
    assert not result.has_attachments
