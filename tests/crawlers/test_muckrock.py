"""MuckRock: what is read of requests in both versions, what is described, changed and withdrawn."""

from typing import Any

import pytest

from archive.errors import SettingError, SourceChanged, SourceUnavailable
from archive.opening import Archive
from archive.settings import load
from crawlers.accounts import Account, account_of
from crawlers.muckrock import answers
from crawlers.muckrock.times import day_of, moment
from crawlers.papers import bringing
from crawlers.papers.paper import Paper, Wanted
from crawlers.releasing.question import MuckrockQuestion
from crawlers.spiders.muckrock_requests import V2
from crawlers.standin.documentcloud import DocumentcloudStandIn
from crawlers.standin.faults import Fault
from crawlers.standin.muckrock import MuckrockStandIn
from crawlers.usaspending.values import NotUnderstood
from tests.crawlers.releasing import counted, released, walked_muckrock

TOKEN = "a.token.here"
READERS = MuckrockQuestion(words="plate readers")
USA = {"id": 10, "name": "United States of America", "slug": "united-states-of-america"}
USA |= {"abbrev": "USA", "level": "f", "parent": None}
STATE = {"id": 52, "name": "California", "slug": "california", "abbrev": "CA", "level": "s"}
STATE |= {"parent": 10}
CITY = {"id": 191, "name": "Glendora", "slug": "glendora", "abbrev": "", "level": "l", "parent": 52}
ICE = {"id": 1, "name": "Immigration and Customs Enforcement", "jurisdiction": 10}
POLICE = {"id": 2, "name": "Glendora Police Department", "jurisdiction": 191}
V = pytest.mark.parametrize("token", ["", TOKEN], ids=["v1", "v2"])


def file(number: int, **more: Any) -> dict[str, Any]:
    return {"id": number, "path": f"/media/{number}.pdf", "title": f"Answer {number}", **more}


def request(number: int, *files: dict[str, Any], **more: Any) -> dict[str, Any]:
    told = {"id": number * 10, "datetime": "2022-11-23T23:30:00", "response": True}
    asked = {"id": number * 10 + 1, "datetime": "2022-10-01T09:00:00", "response": False}
    return {
        "id": number,
        "title": f"License plate readers {number}",
        "agency": 2,
        "tracking_id": f"PR22-{number}",
        "submitted": f"2022-10-{number:02d}T09:00:00",
        "updated": f"2022-11-{number:02d}T09:00:00",
        "communications": [
            {**asked, "files": [file(number * 1000, path="/media/asked.pdf")]},
            {**told, "files": list(files)},
        ],
        **more,
    }


def pdf(name: object) -> bytes:
    return f"%PDF-1.7 {name}".encode()


def service_of(*requests: dict[str, Any], **more: Any) -> MuckrockStandIn:
    files = {f"/media/{number}.pdf": pdf(number) for number in range(1, 9)}
    return MuckrockStandIn(
        requests,
        agencies=(ICE, POLICE),
        jurisdictions=(USA, STATE, CITY),
        files=files,
        token=TOKEN,
        **more,
    )


@V
def test_what_the_agency_sent_is_a_release_described_by_agency_day_and_title(
    archive: Archive, token: str
) -> None:
    with service_of(request(3, file(1), file(2)), request(4, file(3), agency=1)) as service:
        walked = walked_muckrock(archive, service, READERS, token=token)
    assert (walked.stopped_by, walked.papers) == (None, {"new": 3})
    assert walked.place.expected == walked.place.found == {"requests": 2}
    found = released(archive)
    assert list(found) == ["#file-1", "#file-2", "#file-3"]
    page = f"{service.address}/foi/glendora-191/license-plate-readers-3-3/"
    assert found["#file-1"].address == f"{page}#file-1"
    by = [(one.agency_code, one.body, one.state) for one in found.values()]
    assert by == [*[("", "Glendora Police Department", "CA")] * 2, ("7012", "", "")]
    # Half past eleven in Boston is another day already by UTC.
    assert {one.released_on for one in found.values()} == {"2022-11-23"}
    assert found["#file-1"].title == "License plate readers 3: Answer 1"
    assert [one.case_number for one in found.values()] == ["PR22-3", "PR22-3", "PR22-4"]


def test_both_versions_tell_of_the_same_releases(archive: Archive) -> None:
    with service_of(request(3, file(1), file(2))) as service:
        walked_muckrock(archive, service, READERS)
        walked = walked_muckrock(archive, service, READERS, token=TOKEN)
    assert walked.papers == {"unchanged": 2}
    assert counted(archive, "release", "document", "release_statement") == [2, 2, 2]


def test_early_answers_are_understood_without_numbers_and_with_two_embargo_flags(
    archive: Archive,
) -> None:
    with service_of(request(3, file(1), is_old=True)) as service:
        assert walked_muckrock(archive, service, READERS).papers == {"new": 1}
        service.without_numbers = True
        assert walked_muckrock(archive, service, READERS, token=TOKEN).papers == {"unchanged": 1}
        assert "/api_v2/files/1/" in service.paths()


@V
def test_a_second_crawl_asks_for_no_file_and_writes_nothing(archive: Archive, token: str) -> None:
    with service_of(request(3, file(1)), request(4, file(2))) as service:
        walked_muckrock(archive, service, READERS, token=token)
        rows = counted(archive, "capture", "release", "release_statement", "document")
        service.asked.clear()
        walked = walked_muckrock(archive, service, READERS, token=token)
        assert not [path for path in service.paths() if path.endswith(".pdf")]
    assert walked.papers == {"unchanged": 2}
    assert counted(archive, "capture", "release", "release_statement", "document") == rows


@V
def test_what_is_not_for_everybody_is_never_asked_for(archive: Archive, token: str) -> None:
    requests = request(3, file(1)), request(4, file(2), embargo_status="embargo")
    with service_of(*requests) as service:
        walked = walked_muckrock(archive, service, READERS, token=token)
    assert (walked.papers, walked.place.expected) == ({"new": 1}, {"requests": 1})


def test_an_embargoed_request_in_an_answer_is_left_out(archive: Archive) -> None:
    assert not answers.is_public({"embargo_status": "permanent"})
    assert not answers.is_public({"embargo": False, "permanent_embargo": True})
    with pytest.raises(NotUnderstood, match="embargo is missing"):
        answers.is_public({"id": 1})


@V
def test_a_withdrawn_request_is_found_out_later_and_its_files_get_their_day(
    archive: Archive, token: str
) -> None:
    with service_of(request(3, file(1)), request(4, file(2))) as service:
        walked_muckrock(archive, service, READERS, token=token)
        service.requests[3]["embargo_status"] = "permanent"
        later: dict[str, Any] = {"due_before": "2999-01-01", "since": "2026-01-01"}
        walked = walked_muckrock(archive, service, READERS, token=token, **later)
    assert (walked.papers, walked.place.again) == ({"vanished": 1, "unchanged": 1}, 2)
    assert [bool(one.gone_at) for one in released(archive).values()] == [True, False]


def test_a_request_looked_at_again_keeps_its_place_when_its_name_changed(archive: Archive) -> None:
    with service_of(request(3, file(1))) as service:
        walked_muckrock(archive, service, READERS)
        service.requests[3]["title"] = "Cameras"
        later: dict[str, Any] = {"due_before": "2999-01-01", "since": "2026-01-01"}
        walked = walked_muckrock(archive, service, READERS, **later)
    assert walked.papers == {"unchanged": 1, "told_anew": 1}
    (one,) = released(archive).values()
    assert one.title == "Cameras: Answer 1"
    assert "license-plate-readers-3-3" in one.address


def test_a_file_that_a_request_names_no_longer_is_gone(archive: Archive) -> None:
    with service_of(request(3, file(1), file(2))) as service:
        walked_muckrock(archive, service, READERS)
        service.requests[3]["communications"][1]["files"].pop()
        walked = walked_muckrock(archive, service, READERS)
    assert walked.papers == {"vanished": 1, "unchanged": 1}
    assert [bool(one.gone_at) for one in released(archive).values()] == [False, True]


def test_only_what_changed_is_walked_and_the_newest_first(archive: Archive) -> None:
    with service_of(request(3, file(1)), request(4, file(2)), request(5, file(3))) as service:
        walked = walked_muckrock(archive, service, READERS, since="2022-11-04")
    assert walked.papers == {"new": 2}
    assert walked.place.expected == {}
    assert list(released(archive)) == ["#file-3", "#file-2"]


def test_a_full_walk_keeps_to_an_order_that_stays(archive: Archive) -> None:
    with service_of(request(3, file(1))) as service:
        walked_muckrock(archive, service, READERS)
    asked = next(one.body for one in service.asked if one.path == "/api_v1/foia/")
    assert asked == {
        "search": "plate readers",
        "embargo_status": "public",
        "ordering": "datetime_submitted",
        "page_size": "100",
        "page": "1",
    }


def test_a_copy_at_documentcloud_is_taken_before_the_file_itself(archive: Archive) -> None:
    copied = file(1, doc_id="77-answer-1", path="/foia_files/1.doc")
    copies = DocumentcloudStandIn([{"id": 77, "title": "Answer 1", "pdf": pdf("copy")}])
    with service_of(request(3, copied)) as service, copies:
        walked = walked_muckrock(archive, service, READERS, copies=copies)
    assert walked.papers == {"new": 1}
    assert "/documents/77/answer-1.pdf" in copies.paths()
    assert not [path for path in service.paths() if "foia_files" in path]


def test_files_that_robots_rules_keep_from_us_are_left_alone_and_counted(archive: Archive) -> None:
    kept = file(1, path="/foia_files/1.pdf", doc_id="77-private")
    copies = DocumentcloudStandIn([{"id": 77, "title": "X", "pdf": b"", "access": "private"}])
    robots = "User-agent: *\nDisallow: /foia_files\n"
    with service_of(request(3, kept, file(2)), robots=robots) as service, copies:
        walked = walked_muckrock(archive, service, READERS, copies=copies)
    assert walked.papers == {"new": 1, "left_alone": 1}
    assert not [path for path in service.paths() if "foia_files" in path]


def test_a_file_whose_host_is_not_there_keeps_no_other_waiting_and_is_said(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    really = bringing.bring

    async def bring(spider: Any, wanted: Wanted) -> Paper:
        if wanted.address.endswith("/1.pdf"):
            raise SourceUnavailable("files.example cannot be reached.")
        return await really(spider, wanted)

    monkeypatch.setattr("crawlers.spiders.releasing.bring", bring)
    with service_of(request(3, file(1), file(2)), request(4, file(3))) as service:
        walked = walked_muckrock(archive, service, READERS)
    assert (walked.stopped_by, walked.papers) == (None, {"new": 2, "unanswered": 1})


def test_a_file_within_this_network_is_not_asked_for(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bringing, "leads_inside", lambda address, _asked: "/1.pdf" in address)
    with service_of(request(3, file(1), file(2))) as service:
        walked = walked_muckrock(archive, service, READERS)
    assert walked.papers == {"new": 1, "not_given": 1}
    assert "/media/1.pdf" not in service.paths()


def test_what_is_no_pdf_is_kept_and_said_once(archive: Archive) -> None:
    with service_of(request(3, file(1), file(2))) as service:
        service.shelf.files["/media/1.pdf"] = b"PK\x03\x04 a workbook"
        walked = walked_muckrock(archive, service, READERS)
        assert walked.papers == {"new": 1, "no_pdf": 1}
        assert "a ZIP archive" in walked.written.refusals[0]["reason"]
        assert walked_muckrock(archive, service, READERS).papers == {"unchanged": 2}


def test_a_walk_that_was_killed_goes_on_where_it_was(archive: Archive) -> None:
    requests = [request(number, file(number)) for number in (3, 4, 5)]
    with service_of(*requests) as service:
        first = walked_muckrock(archive, service, READERS, most=6)
        done = set(first.place.done)
        service.asked.clear()
        walked = walked_muckrock(archive, service, READERS, place=first.place)
    assert done
    assert walked.place.found == {"requests": 3}
    assert len([path for path in service.paths() if path.endswith(".pdf")]) <= 3 - len(done)
    assert counted(archive, "document") == [3]


@pytest.mark.parametrize(
    ("member", "said"),
    [
        ("datetime_updated", "datetime_updated is missing"),
        ("title", "title is missing"),
        ("agency", "agency is missing"),
    ],
)
def test_a_renamed_member_stops_the_crawl_names_it_and_keeps_the_page(
    archive: Archive, member: str, said: str
) -> None:
    faults = [Fault(kind="without", on="/foia/", body=member)]
    with service_of(request(3, file(1)), faults=faults) as service:
        walked = walked_muckrock(archive, service, READERS)
    assert isinstance(walked.stopped_by, SourceChanged)
    assert said in str(walked.stopped_by)
    assert counted(archive, "capture", "refusal") == [1, 1]


def test_a_page_without_an_envelope_stops_the_crawl(archive: Archive) -> None:
    faults = [Fault(kind="status", on="/foia/", status=200, body='{"requests": []}')]
    with service_of(request(3, file(1)), faults=faults) as service:
        walked = walked_muckrock(archive, service, READERS)
    assert isinstance(walked.stopped_by, SourceChanged)
    assert "results is missing" in str(walked.stopped_by)


def test_a_page_that_is_empty_though_more_follow_stops_the_crawl() -> None:
    page = {"count": 7, "next": "https://service.example/?page=2", "results": []}
    with pytest.raises(NotUnderstood, match="no rows, though 7 are counted"):
        answers.page_of(page)


def test_a_request_whose_files_cannot_be_read_is_unread_and_nothing_of_it_is_called_gone(
    archive: Archive,
) -> None:
    with service_of(request(3, file(1)), request(4, file(2))) as service:
        walked_muckrock(archive, service, READERS, token=TOKEN)
        service.commit([Fault(kind="status", on="/files/", status=500, body="{}")])
        walked = walked_muckrock(archive, service, READERS, token=TOKEN)
    assert (walked.place.unread, walked.papers) == (1, {"unchanged": 1})
    assert not [one for one in released(archive).values() if one.gone_at]


def test_five_questions_in_a_row_without_an_answer_stop_the_crawl(archive: Archive) -> None:
    requests = [request(number, file(number)) for number in range(1, 8)]
    faults = [Fault(kind="status", on="/communications/", times=0, status=500, body="{}")]
    with service_of(*requests, faults=faults) as service:
        walked = walked_muckrock(archive, service, READERS, token=TOKEN)
    assert isinstance(walked.stopped_by, SourceUnavailable)
    assert "5 questions in a row" in str(walked.stopped_by)


def test_version_2_without_a_valid_token_says_which_setting_and_never_shows_it(
    archive: Archive,
) -> None:
    with service_of(request(3, file(1))) as service:
        walked = walked_muckrock(archive, service, READERS, token="an.old.token")
    assert isinstance(walked.stopped_by, SettingError)
    assert "does not accept PAPERWATCH_MUCKROCK_TOKEN (status 401)" in str(walked.stopped_by)
    assert "an.old.token" not in str(walked.stopped_by)


def test_a_token_is_shown_to_its_service_alone(archive: Archive) -> None:
    copied = file(1, doc_id="77-answer-1")
    copies = DocumentcloudStandIn([{"id": 77, "title": "Answer 1", "pdf": pdf("copy")}])
    with service_of(request(3, copied, file(2))) as service, copies:
        walked_muckrock(archive, service, READERS, token=TOKEN, copies=copies)
    assert not [one for one in copies.asked if "authorization" in one.headers]
    asked = {one.path: "authorization" in one.headers for one in service.asked}
    assert asked.pop("/media/2.pdf") is False
    assert all(asked.values())


def account(service: MuckrockStandIn, password: str) -> Account:
    return Account(address=service.address, user="desk", password=password)


def test_an_account_gives_tokens_as_they_end_and_neither_is_kept(archive: Archive) -> None:
    with service_of(request(3, file(1)), request(4, file(2))) as service:
        service.password = "pass-word-here"
        let_in: dict[str, Any] = {"account": account(service, "pass-word-here"), "version": V2}
        walked = walked_muckrock(archive, service, READERS, **let_in)
        assert service.paths().count("/api/token/") == 1
        service.lasts_s = 1.0
        again = walked_muckrock(archive, service, READERS, **let_in)
        assert service.paths().count("/api/token/") > 5
    assert (walked.papers, again.papers) == ({"new": 2}, {"unchanged": 2})
    home = archive.settings.home
    kept = b"".join(path.read_bytes() for path in home.rglob("*") if path.is_file())
    assert b"pass-word-here" not in kept
    assert service.token.encode() not in kept


def test_an_account_that_is_not_let_in_is_said_without_its_password(archive: Archive) -> None:
    with service_of(request(3, file(1))) as service:
        service.password = "right"
        let_in = account(service, "wrong-word")
        walked = walked_muckrock(archive, service, READERS, account=let_in, version=V2)
    assert isinstance(walked.stopped_by, SettingError)
    assert "PAPERWATCH_MUCKROCK_PASSWORD (status 401)" in str(walked.stopped_by)
    assert counted(archive, "capture") == [0]


def test_a_user_without_a_password_is_refused() -> None:
    with pytest.raises(SettingError, match="go together"):
        account_of(load({"PAPERWATCH_MUCKROCK_USER": "desk"}))
    assert account_of(load({})) is None


def test_no_name_of_a_requester_is_kept_as_a_field(archive: Archive) -> None:
    with service_of(request(3, file(1))) as service:
        walked_muckrock(archive, service, READERS)
    assert all("somebody" not in str(tuple(one)) for one in released(archive).values())


@pytest.mark.parametrize(
    ("printed", "day"),
    [
        ("2022-11-23T20:05:14.215958", "2022-11-23"),
        ("2022-11-23T20:05:14-05:00", "2022-11-23"),
        ("2022-11-24T01:05:14Z", "2022-11-23"),
        ("2024-07-24T00:18:20-04:00", "2024-07-24"),
    ],
)
def test_a_day_is_the_one_in_boston_whichever_zone_was_printed(printed: str, day: str) -> None:
    assert day_of(moment(printed, "datetime")) == day


@pytest.mark.parametrize("printed", ["yesterday", "2022-11-23", 7])
def test_a_time_that_is_none_is_refused(printed: object) -> None:
    with pytest.raises(NotUnderstood, match="is not a time"):
        moment(printed, "datetime")


def test_a_title_with_a_personal_number_is_masked() -> None:
    row = {"id": 1, "ffile": "", "title": "Letter to SSN 123-45-6789", "source": "", "doc_id": ""}
    assert "123-45" not in answers.file_of(row).title
