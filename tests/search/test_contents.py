"""What every engine holds of an entry: its fields at once, its pages while they are walked."""

from archive.search.contents import contents
from archive.search.entry import Entry

LETTER = Entry(
    key="documents/aa",
    number=1,
    version="1",
    kind="document",
    title="Letters",
    pages=("Camera towers", " — ", "Camera readers"),
)


def test_pages_without_words_are_left_out_and_the_others_keep_their_numbers() -> None:
    assert [page.number for page in contents(LETTER).pages()] == [1, 3]


def test_the_whole_has_the_title_and_every_page_that_was_walked() -> None:
    held = contents(LETTER)
    before = list(held.whole.stems)
    walked = list(held.pages())

    assert before == ["letter"]
    assert held.whole.stems == ["letter", "camera tower", "camera reader"]
    assert set(held.whole.words) == {"letters", "camera", "towers", "readers"}
    assert held.page_count == len(walked) == 2
