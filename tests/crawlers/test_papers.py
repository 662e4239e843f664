"""Document files that spiders bring: what is believed, kept, refused, changed and gone."""

import hashlib
from collections.abc import Iterator

import pytest

from archive.catalogue import tables
from archive.errors import SourceUnavailable
from archive.opening import Archive
from archive.release_statements import Released
from crawlers import inside
from crawlers.asking import SentAway
from crawlers.papers.looking import what_is_wrong
from crawlers.papers.paper import Wanted
from crawlers.standin.shelf import ShelfStandIn
from tests.crawlers.shelved import all_rows, brought, releases, some

FIRST, SECOND = b"%PDF-1.7 the first", b"%PDF-1.7 the second, which is longer"
CHALLENGE = b"<html><title>Just a moment...</title></html>"


@pytest.fixture
def shelf() -> Iterator[ShelfStandIn]:
    with ShelfStandIn({"/a.pdf": FIRST, "/b.pdf": FIRST}) as running:
        yield running


def wanted(shelf: ShelfStandIn, path: str = "/a.pdf", title: str = "", **more: object) -> Wanted:
    released = Released(agency_code="7012", title=title)
    return Wanted(address=f"{shelf.address}{path}", released=released, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("first", "said"),
    [
        (b"%PDF-1.4\n", ""),
        (b"\x00" * 900 + b"%PDF-1.4", ""),
        (b"", "the file is empty"),
        (b"\n <!DOCTYPE html><title>Not found</title>", "a page of HTML"),
        (b"PK\x03\x04....", "a ZIP archive"),
        (b"\x00\x00\x00\x18ftypmp42", "a film"),
        (b"From: someone", "no %PDF- in its first 1,024 bytes"),
    ],
)
def test_a_file_is_what_its_first_bytes_say(first: bytes, said: str) -> None:
    found = what_is_wrong(first, len(first))
    assert said in found
    assert bool(said) is bool(found)


def test_the_same_bytes_at_two_addresses_are_one_document_with_two_releases(
    archive: Archive, shelf: ShelfStandIn
) -> None:
    written = brought(archive, wanted(shelf), wanted(shelf, "/b.pdf"))
    assert some(written) == {"new": 1, "again": 1}
    assert len(all_rows(archive, tables.document)) == 1
    assert [one.address[-6:] for one in releases(archive)] == ["/a.pdf", "/b.pdf"]
    assert all(one.seen_at and one.gone_at is None for one in releases(archive))


def test_what_did_not_change_is_not_fetched_again_and_nothing_is_written(
    archive: Archive, shelf: ShelfStandIn
) -> None:
    brought(archive, wanted(shelf))
    before = len(all_rows(archive, tables.capture))
    assert some(brought(archive, wanted(shelf))) == {"unchanged": 1}
    assert shelf.asked[-1].headers["if-none-match"]
    assert len(all_rows(archive, tables.capture)) == before


def test_a_service_that_names_no_version_is_asked_for_the_whole_again(
    archive: Archive, shelf: ShelfStandIn
) -> None:
    shelf.shelf.without_marks.add("/a.pdf")
    brought(archive, wanted(shelf))
    assert some(brought(archive, wanted(shelf))) == {"unchanged": 1}
    assert len(all_rows(archive, tables.capture)) == 1


def test_a_changed_file_at_one_address_is_a_new_version_and_the_former_is_gone_since(
    archive: Archive, shelf: ShelfStandIn
) -> None:
    brought(archive, wanted(shelf))
    shelf.shelf.files["/a.pdf"] = SECOND
    assert some(brought(archive, wanted(shelf))) == {"changed": 1}
    assert [bool(one.gone_at) for one in releases(archive)] == [True, False]
    shelf.shelf.files["/a.pdf"] = FIRST
    assert some(brought(archive, wanted(shelf), later_s=60)) == {"changed": 1}
    assert [bool(one.gone_at) for one in releases(archive)] == [False, True]


def test_a_file_that_is_gone_gets_its_day_and_loses_it_when_it_comes_back(
    archive: Archive, shelf: ShelfStandIn
) -> None:
    brought(archive, wanted(shelf))
    del shelf.shelf.files["/a.pdf"]
    written = brought(archive, wanted(shelf))
    assert (some(written), written.refusals) == ({"vanished": 1}, [])
    assert releases(archive)[0].gone_at
    assert some(brought(archive, wanted(shelf))) == {}
    shelf.shelf.files["/a.pdf"] = FIRST
    assert some(brought(archive, wanted(shelf), later_s=60)) == {"vanished": 1, "again": 1}
    assert releases(archive)[0].gone_at is None


def test_what_its_source_no_longer_names_is_gone(archive: Archive, shelf: ShelfStandIn) -> None:
    brought(archive, wanted(shelf), wanted(shelf, "/b.pdf"))
    written = brought(archive, wanted(shelf), gone=(f"{shelf.address}/b.pdf",))
    assert some(written) == {"unchanged": 1, "vanished": 1}
    assert [bool(one.gone_at) for one in releases(archive)] == [False, True]


def test_a_page_of_html_with_status_200_is_kept_and_refused(
    archive: Archive, shelf: ShelfStandIn
) -> None:
    shelf.shelf.files["/a.pdf"] = b"<html><h1>We have moved</h1></html>"
    written = brought(archive, wanted(shelf))
    assert some(written) == {"no_pdf": 1}
    (said,) = written.refusals
    assert said["reason"].startswith("not a PDF: a page of HTML")
    assert archive.files.read(said["capture"]).startswith(b"<html>")
    assert not all_rows(archive, tables.document)


def test_a_page_of_html_in_the_place_of_a_document_takes_nothing_away(
    archive: Archive, shelf: ShelfStandIn
) -> None:
    brought(archive, wanted(shelf))
    shelf.shelf.files["/a.pdf"] = b"<html><h1>Maintenance</h1></html>"
    assert some(brought(archive, wanted(shelf))) == {"no_pdf": 1}
    assert [one.gone_at for one in releases(archive)] == [None]


def test_a_page_that_wants_to_see_a_person_stops_the_crawl(
    archive: Archive, shelf: ShelfStandIn
) -> None:
    shelf.shelf.files["/a.pdf"] = CHALLENGE
    with pytest.raises(SentAway, match=r"sends us away\. It is not bypassed"):
        brought(archive, wanted(shelf))


def test_a_link_that_leads_to_nothing_is_said(archive: Archive, shelf: ShelfStandIn) -> None:
    written = brought(archive, wanted(shelf, "/none.pdf"))
    assert some(written) == {"not_given": 1}
    assert written.refusals[0]["reason"] == "status 404"


def test_a_file_that_is_not_given_to_us_is_said_and_five_in_a_row_stop_the_crawl(
    archive: Archive, shelf: ShelfStandIn
) -> None:
    names = [f"/kept-{number}.pdf" for number in range(5)]
    shelf.shelf.kept.update(names)
    assert some(brought(archive, *(wanted(shelf, name) for name in names[:4]))) == {"not_given": 4}
    with pytest.raises(SentAway, match="turned us away 5 times in a row"):
        brought(archive, *(wanted(shelf, name) for name in names))


def test_a_file_that_comes_to_no_end_does_not_keep_the_others_from_coming(
    archive: Archive, shelf: ShelfStandIn
) -> None:
    papers = wanted(shelf, "/cut.pdf"), wanted(shelf)
    written = brought(archive, *papers, endless="/cut")
    assert some(written) == {"unanswered": 1, "new": 1}
    with pytest.raises(SourceUnavailable, match="gives no more"):
        brought(archive, *[wanted(shelf, "/cut.pdf")] * 3, endless="/cut")


def test_a_name_with_spaces_and_other_letters_is_asked_for_as_addresses_are_written(
    archive: Archive, shelf: ShelfStandIn
) -> None:
    shelf.shelf.files["/a%20b%20%C3%A4.pdf"] = FIRST
    assert some(brought(archive, wanted(shelf, "/a b%20ä.pdf"))) == {"new": 1}


def test_a_file_beyond_the_limit_is_not_taken_and_leaves_nothing(
    archive: Archive, shelf: ShelfStandIn
) -> None:
    shelf.shelf.files["/a.pdf"] = FIRST * 1000
    written = brought(archive, wanted(shelf))
    assert some(written) == {"too_large": 1}
    assert "more than the 10,000 bytes" in written.refusals[0]["reason"]
    assert not list((archive.settings.home / "fetching").glob("*"))


def test_what_robots_rules_forbid_is_left_alone_and_counted(
    archive: Archive, shelf: ShelfStandIn
) -> None:
    assert some(brought(archive, wanted(shelf), forbidden=shelf.address)) == {"left_alone": 1}
    assert not shelf.asked


def test_a_file_that_moved_is_followed_and_its_signature_is_not_kept(
    archive: Archive, shelf: ShelfStandIn
) -> None:
    shelf.shelf.moved["/old.pdf"] = f"{shelf.address}/a.pdf?X-Amz-Signature=secret"
    assert some(brought(archive, wanted(shelf, "/old.pdf"))) == {"new": 1}
    (capture,) = all_rows(archive, tables.capture)
    assert capture.address.endswith("/old.pdf")
    assert f"{shelf.address}/a.pdf" in capture.headers
    assert "secret" not in str(tuple(capture))


def test_a_file_that_moves_without_end_has_no_answer_and_three_in_a_row_stop_the_crawl(
    archive: Archive, shelf: ShelfStandIn
) -> None:
    shelf.shelf.moved["/old.pdf"] = "/old.pdf"
    circle = wanted(shelf, "/old.pdf")
    assert some(brought(archive, circle, wanted(shelf), circle)) == {"unanswered": 2, "new": 1}
    with pytest.raises(SourceUnavailable, match="leads on and on"):
        brought(archive, circle, circle, circle)


def test_a_file_that_moves_to_within_this_network_is_not_asked_for(
    archive: Archive, shelf: ShelfStandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    outside = shelf.address.removeprefix("http://")
    monkeypatch.setattr(inside, "is_inside", lambda address: outside not in address)
    with ShelfStandIn({"/secret.pdf": SECOND}) as within:
        shelf.shelf.moved["/old.pdf"] = f"{within.address.replace('127.0.0.1', 'localhost')}/s.pdf"
        written = brought(archive, wanted(shelf, "/old.pdf"))
        assert not within.asked
    assert some(written) == {"not_given": 1}
    assert "within this network" in written.refusals[0]["reason"]


def test_bytes_that_are_not_those_which_the_source_names_are_refused(
    archive: Archive, shelf: ShelfStandIn
) -> None:
    right = hashlib.sha1(FIRST, usedforsecurity=False).hexdigest()
    assert some(brought(archive, wanted(shelf, sha1=right))) == {"new": 1}
    written = brought(archive, wanted(shelf, "/b.pdf", sha1="0" * 40))
    assert some(written) == {"no_pdf": 1}
    assert "not those that the source names" in written.refusals[0]["reason"]


def test_a_lasting_file_is_not_asked_for_again_be_it_a_document_or_not(
    archive: Archive, shelf: ShelfStandIn
) -> None:
    shelf.shelf.files["/b.pdf"] = b"PK\x03\x04"
    both = [wanted(shelf, path, is_lasting=True) for path in ("/a.pdf", "/b.pdf")]
    assert some(brought(archive, *both)) == {"new": 1, "no_pdf": 1}
    shelf.asked.clear()
    assert some(brought(archive, *both)) == {"unchanged": 2}
    assert not shelf.asked


@pytest.mark.parametrize("came", [b"<html><h1>We are busy</h1></html>", b""])
def test_a_lasting_file_in_whose_place_a_page_came_is_asked_for_again(
    archive: Archive, shelf: ShelfStandIn, came: bytes
) -> None:
    one = wanted(shelf, is_lasting=True)
    shelf.shelf.files["/a.pdf"] = came
    assert some(brought(archive, one)) == {"no_pdf": 1}
    shelf.shelf.files["/a.pdf"] = FIRST
    assert some(brought(archive, one)) == {"new": 1}


def test_a_lasting_file_that_was_gone_is_there_again(archive: Archive, shelf: ShelfStandIn) -> None:
    one = wanted(shelf, is_lasting=True)
    brought(archive, one, gone=())
    assert some(brought(archive, gone=(one.place,))) == {"vanished": 1}
    brought(archive, one)
    assert [row.gone_at for row in releases(archive)] == [None]


def test_a_lasting_file_whose_deposit_was_cut_off_is_deposited_by_the_next_crawl(
    archive: Archive, shelf: ShelfStandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = wanted(shelf, is_lasting=True)

    def killed(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr("archive.documents.first_statement", killed)
        with pytest.raises(KeyboardInterrupt):
            brought(archive, one)
    assert not releases(archive)
    assert some(brought(archive, one)) == {"new": 1}


def test_what_is_told_anew_of_a_release_is_shown_and_the_former_kept(
    archive: Archive, shelf: ShelfStandIn
) -> None:
    brought(archive, wanted(shelf, title="Some letter"))
    assert some(brought(archive, wanted(shelf, title="A letter"))) == {
        "unchanged": 1,
        "told_anew": 1,
    }
    assert releases(archive)[0].title == "A letter"
    said = [one.title for one in all_rows(archive, tables.release_statement)]
    assert said == ["Some letter", "A letter"]


def test_a_release_has_its_own_address_where_readers_find_it(
    archive: Archive, shelf: ShelfStandIn
) -> None:
    page = "https://documents.example/1-letter"
    brought(archive, wanted(shelf, name=page))
    brought(archive, wanted(shelf, "/b.pdf", name=page))
    assert [one.address for one in releases(archive)] == [page]
