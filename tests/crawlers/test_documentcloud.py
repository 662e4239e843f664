"""DocumentCloud: what is taken of a search, what decides about fetching again, what is refused."""

import hashlib
import json
from typing import Any

import pytest

from archive.errors import BadRequest, SettingError, SourceChanged
from archive.opening import Archive
from crawlers.documentcloud.answers import document_of, hits_of, number_in
from crawlers.releasing.question import DocumentcloudQuestion
from crawlers.standin.documentcloud import DocumentcloudStandIn
from crawlers.standin.faults import Fault
from crawlers.usaspending.values import NotUnderstood
from tests.crawlers.releasing import counted, released, walked_documentcloud

# As recorded of a search: what is empty is left out, and the number is a text.
ROW = {
    "id": "4779528",
    "access": "public",
    "status": "success",
    "title": "Plea Agreement",
    "slug": "Plea-Agreement",
    "asset_url": "https://s3.documentcloud.org/",
    "canonical_url": "https://www.documentcloud.org/documents/4779528-Plea-Agreement",
}
LETTERS = DocumentcloudQuestion(query="letter")
ICE = "Immigration and Customs Enforcement"


def document(number: int, **more: Any) -> dict[str, Any]:
    pdf = f"%PDF-1.7 letter {number}".encode()
    return {"id": number, "title": f"Letter {number}", "source": ICE, "pdf": pdf, **more}


def fetched(service: DocumentcloudStandIn) -> list[str]:
    return [path for path in service.paths() if path.endswith(".pdf")]


def test_each_document_of_a_search_is_a_release_described_by_its_source_and_title(
    archive: Archive,
) -> None:
    more = document(2, source="City of Eugene"), document(3, source="")
    with DocumentcloudStandIn([document(1), *more]) as service:
        walked = walked_documentcloud(archive, service, LETTERS)
    assert (walked.stopped_by, walked.papers) == (None, {"new": 3})
    assert walked.place.expected == walked.place.found == {"documents": 3}
    found = released(archive)
    assert found["1-letter-1"].address == "https://www.documentcloud.org/documents/1-letter-1"
    told = {name: (one.agency_code, one.body, one.title) for name, one in found.items()}
    assert told == {
        "3-letter-3": ("", "", "Letter 3"),
        "2-letter-2": ("", "City of Eugene", "Letter 2"),
        "1-letter-1": ("7012", "", "Letter 1"),
    }


def test_the_next_page_is_followed_as_it_is_given_until_one_has_no_rows(archive: Archive) -> None:
    with DocumentcloudStandIn([document(number) for number in range(1, 6)]) as service:
        service.rows_max = 2
        walked = walked_documentcloud(archive, service, LETTERS)
    assert (walked.papers, walked.place.found) == ({"new": 5}, {"documents": 5})
    cursors = [one.body.get("cursor") for one in service.asked if one.path.endswith("search/")]
    assert len(cursors) == 4
    assert len(set(cursors)) == 4


def page(following: str) -> Fault:
    """Answer every search with one row that nobody may have, and a next page."""
    hits = {"count": 1, "next": following, "results": [{**ROW, "access": "private"}]}
    body = json.dumps({**hits, "previous": None, "escaped": False})
    return Fault(kind="status", on="/search/", status=200, body=body, times=0)


def test_a_page_that_leads_to_itself_stops_the_crawl(archive: Archive) -> None:
    with DocumentcloudStandIn([]) as service:
        service.commit([page(f"{service.address}/api/documents/search/?cursor=cm93IDA%3D")])
        walked = walked_documentcloud(archive, service, LETTERS)
    assert isinstance(walked.stopped_by, SourceChanged)
    assert "cursor=cm93IDA%3D is that page again" in str(walked.stopped_by)


def test_a_next_page_of_another_host_is_not_followed(archive: Archive) -> None:
    with DocumentcloudStandIn([], faults=[page("http://elsewhere.example/search/")]) as service:
        walked = walked_documentcloud(archive, service, LETTERS)
    assert isinstance(walked.stopped_by, SourceChanged)
    assert "http://elsewhere.example/search/ is not of http://127.0.0.1" in str(walked.stopped_by)


def test_a_next_page_that_is_a_file_of_ours_is_not_opened(archive: Archive) -> None:
    with DocumentcloudStandIn([]) as service:
        ours = service.address.replace("http://", "file://")
        service.commit([page(f"{ours}/etc/passwd")])
        walked = walked_documentcloud(archive, service, LETTERS)
    assert isinstance(walked.stopped_by, SourceChanged)


def test_a_question_that_the_service_escapes_is_not_crawled(archive: Archive) -> None:
    question = DocumentcloudQuestion(query='letter "from')
    with DocumentcloudStandIn([document(1)]) as service:
        walked = walked_documentcloud(archive, service, question)
        assert not fetched(service)
    assert isinstance(walked.stopped_by, BadRequest)
    assert "searched for its letters instead" in str(walked.stopped_by)
    assert counted(archive, "capture", "document") == [1, 0]


def test_the_same_sha1_is_not_fetched_again_and_nothing_is_written(archive: Archive) -> None:
    with DocumentcloudStandIn([document(1), document(2)]) as service:
        walked_documentcloud(archive, service, LETTERS)
        rows = counted(archive, "capture", "release", "release_statement", "document")
        service.asked.clear()
        walked = walked_documentcloud(archive, service, LETTERS)
        assert not fetched(service)
    assert walked.papers == {"unchanged": 2}
    assert counted(archive, "capture", "release", "release_statement", "document") == rows


def test_without_a_sha1_the_service_is_asked_whether_it_changed(archive: Archive) -> None:
    with DocumentcloudStandIn([document(1)]) as service:
        service.tell_hashes = False
        walked_documentcloud(archive, service, LETTERS)
        walked = walked_documentcloud(archive, service, LETTERS)
        last = service.asked[-2 if service.asked[-1].path.endswith("search/") else -1]
    assert last.headers["if-none-match"]
    assert walked.papers == {"unchanged": 1}


def test_a_replaced_pdf_is_a_new_version_and_the_former_is_gone_since(archive: Archive) -> None:
    with DocumentcloudStandIn([document(1)]) as service:
        walked_documentcloud(archive, service, LETTERS)
        service.put(document(1, pdf=b"%PDF-1.7 redacted"))
        walked = walked_documentcloud(archive, service, LETTERS)
    assert walked.papers == {"changed": 1}
    assert counted(archive, "document", "release") == [2, 2]


def test_another_title_is_told_anew_and_makes_no_second_release(archive: Archive) -> None:
    with DocumentcloudStandIn([document(1)]) as service:
        walked_documentcloud(archive, service, LETTERS)
        service.put(document(1, title="Determination letter"))
        walked = walked_documentcloud(archive, service, LETTERS)
    assert walked.papers == {"unchanged": 1, "told_anew": 1}
    (one,) = released(archive).values()
    assert (one.title, one.address[-10:]) == ("Determination letter", "1-letter-1")


def test_bytes_that_do_not_have_the_sha1_told_are_kept_and_refused(archive: Archive) -> None:
    with DocumentcloudStandIn([document(1, file_hash="0" * 40)]) as service:
        walked = walked_documentcloud(archive, service, LETTERS)
    assert walked.papers == {"no_pdf": 1}
    assert "not those that the source names" in walked.written.refusals[0]["reason"]
    assert counted(archive, "document") == [0]


def test_only_what_is_for_everybody_ready_and_listed_is_taken(archive: Archive) -> None:
    documents = [
        document(1, access="private"),
        document(2, noindex=True),
        document(3, status="error"),
        document(4, status="pending"),
        document(5),
    ]
    with DocumentcloudStandIn(documents) as service:
        walked = walked_documentcloud(archive, service, LETTERS)
        assert fetched(service) == ["/documents/5/letter-5.pdf"]
    assert (walked.papers, walked.place.left) == ({"new": 1}, 2)
    assert walked.place.waiting == [4]


def test_what_was_under_way_is_looked_at_the_next_time(archive: Archive) -> None:
    with DocumentcloudStandIn([document(4, updated_at="2020-01-01T00:00:00Z")]) as service:
        walked = walked_documentcloud(archive, service, LETTERS, since="2026-01-01", under_way=(4,))
    assert walked.papers == {"new": 1}


def test_five_failures_among_documents_that_answer_do_not_stop_a_look_again(
    archive: Archive,
) -> None:
    numbers = range(1, 11)
    with DocumentcloudStandIn([document(number) for number in numbers]) as service:
        walked_documentcloud(archive, service, LETTERS)
        bad = [Fault(kind="status", on=f"/documents/{one}/", times=0) for one in numbers[::2]]
        service.commit(bad)
        later: dict[str, Any] = {"due_before": "2999-01-01", "since": "2026-01-01"}
        walked = walked_documentcloud(archive, service, LETTERS, **later)
    assert (walked.stopped_by, walked.place.unread) == (None, 5)


def test_a_document_that_is_no_longer_for_everybody_is_found_out_later(archive: Archive) -> None:
    with DocumentcloudStandIn([document(1), document(2)]) as service:
        walked_documentcloud(archive, service, LETTERS)
        service.put(document(1, access="private"))
        service.put(document(2, noindex=True))
        later: dict[str, Any] = {"due_before": "2999-01-01", "since": "2026-01-01"}
        walked = walked_documentcloud(archive, service, LETTERS, **later)
    assert (walked.papers, walked.place.again) == ({"vanished": 2}, 2)
    assert all(one.gone_at for one in released(archive).values())


def test_only_what_was_updated_since_is_asked_for(archive: Archive) -> None:
    documents = [document(1), document(2, updated_at="2026-02-01T00:00:00Z")]
    with DocumentcloudStandIn(documents) as service:
        walked = walked_documentcloud(archive, service, LETTERS, since="2026-01-01")
    assert walked.papers == {"new": 1}
    asked = service.asked[0].body["q"]
    assert asked == "(letter) AND updated_at:[2026-01-01T00:00:00Z TO *]"


def test_an_expired_token_is_told_from_a_page_that_sends_us_away(archive: Archive) -> None:
    with DocumentcloudStandIn([document(1)]) as service:
        walked = walked_documentcloud(archive, service, LETTERS, token="an.old.token")
    assert isinstance(walked.stopped_by, SettingError)
    assert "does not accept PAPERWATCH_DOCUMENTCLOUD_TOKEN (status 403)" in str(walked.stopped_by)
    assert "an.old.token" not in str(walked.stopped_by)


def test_a_walk_that_was_killed_goes_on_with_the_page_it_was_on(archive: Archive) -> None:
    with DocumentcloudStandIn([document(number) for number in range(1, 6)]) as service:
        service.rows_max = 2
        first = walked_documentcloud(archive, service, LETTERS, most=5)
        service.asked.clear()
        walked = walked_documentcloud(archive, service, LETTERS, place=first.place)
        assert service.asked[0].body["cursor"]
    assert walked.place.found == {"documents": 5}
    assert counted(archive, "document") == [5]


def test_a_renamed_member_stops_the_crawl_names_it_and_keeps_the_page(archive: Archive) -> None:
    faults = [Fault(kind="without", on="/search/", body="asset_url")]
    with DocumentcloudStandIn([document(1)], faults=faults) as service:
        walked = walked_documentcloud(archive, service, LETTERS)
    assert isinstance(walked.stopped_by, SourceChanged)
    assert "asset_url is missing" in str(walked.stopped_by)
    assert counted(archive, "capture", "refusal") == [1, 1]


def test_a_row_of_a_search_is_read_without_what_it_leaves_out() -> None:
    found = document_of(ROW)
    assert found.file == "https://s3.documentcloud.org/documents/4779528/Plea-Agreement.pdf"
    assert (found.number, found.sha1, found.source) == (4779528, "", "")


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"status": "frozen"}, "status 'frozen' is not known"),
        ({"access": "friends"}, "access 'friends' is not known"),
        ({"file_hash": "abc"}, "file_hash 'abc' is no SHA-1"),
        ({"asset_url": "/files/"}, "asset_url '/files/' is not a web address"),
        ({"id": None}, "id, slug or asset_url is empty"),
    ],
)
def test_a_value_that_is_not_understood_is_refused(wrong: dict[str, Any], said: str) -> None:
    with pytest.raises(NotUnderstood, match=said):
        document_of({**ROW, **wrong})


def test_a_page_may_lack_a_count_and_an_escape() -> None:
    hits = hits_of({"next": None, "previous": None, "results": [ROW]})
    assert (hits.count, hits.is_escaped, hits.following) == (None, False, "")


@pytest.mark.parametrize(
    ("page", "number"),
    [
        ("https://www.documentcloud.org/documents/2622-agreement", 2622),
        ("https://www.documentcloud.org/documents/2622-agreement/", 2622),
        ("https://www.documentcloud.org/documents/2622-agreement.html", 2622),
        ("https://www.documentcloud.org/documents/2622", 2622),
        ("https://www.documentcloud.org/about", 0),
    ],
)
def test_a_document_is_known_by_the_number_in_its_address(page: str, number: int) -> None:
    assert number_in(page) == number


def test_the_sha1_of_the_stand_in_is_that_of_its_bytes() -> None:
    pdf = document(1)["pdf"]
    service = DocumentcloudStandIn([document(1)])
    service.close()
    told = service._shaped(service.documents[1])["file_hash"]
    assert told == hashlib.sha1(pdf, usedforsecurity=False).hexdigest()
