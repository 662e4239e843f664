"""Files fetched from addresses that somebody gave."""

import json
import re
from collections.abc import Iterator

import pytest

from archive import runs
from archive.errors import BadRequest
from archive.opening import Archive
from archive.release_statements import NOT_TOLD, Released
from crawlers.given import asked_in
from crawlers.papers.bringing import papers_given
from crawlers.papers.paper import Outcome, Paper
from crawlers.spiders.given_addresses import GivenAddresses
from crawlers.standin.shelf import ShelfStandIn
from crawlers.writing import Writer, Written
from tests.crawlers.networked import Networked, walked
from tests.crawlers.shelved import releases, some

FIRST, SECOND = b"%PDF-1.7 first", b"%PDF-1.7 second"
CHALLENGE = b"<html><title>Just a moment...</title></html>"
ICE = Released(agency_code="7012", case_number="2024-ICFO-00001")


class _Walking(Networked, GivenAddresses):
    """The spider, within this process."""


@pytest.fixture
def shelf() -> Iterator[ShelfStandIn]:
    with ShelfStandIn({"/a.pdf": FIRST, "/b/download": SECOND}) as running:
        yield running


def fetched(
    archive: Archive, wanted: dict[str, Released], done: tuple[str, ...] = ()
) -> tuple[dict[str, Paper], Written]:
    run = runs.begin(archive, "added", {"addresses": sorted(wanted)})
    written, came = Written(), dict[str, Paper]()
    writer = Writer(archive, run.id, written, source="added")
    spider = _Walking(
        source="added",
        address=next(iter(wanted)),
        wanted=wanted,
        done=list(done),
        came=came,
        writer=writer,
        tell=lambda _count, _share: None,
        **papers_given(archive.settings),
    )
    walked(spider)
    writer.close()
    runs.finish(archive, run.id, written.as_dict())
    assert spider.stopped_by is None
    return came, written


def test_each_address_is_one_release_with_what_is_said_of_it(
    archive: Archive, shelf: ShelfStandIn
) -> None:
    first, second = f"{shelf.address}/a.pdf?itok=1", f"{shelf.address}/b/download"
    assert some(fetched(archive, {first: ICE, second: NOT_TOLD})[1]) == {"new": 2}
    assert [(row.address, row.agency_code, row.case_number) for row in releases(archive)] == [
        (f"{shelf.address}/a.pdf", "7012", "2024-ICFO-00001"),
        (second, "", ""),
    ]
    assert some(fetched(archive, {first: ICE, second: NOT_TOLD})[1]) == {"unchanged": 2}


def test_what_gives_no_document_is_said_and_the_rest_goes_on(
    archive: Archive, shelf: ShelfStandIn
) -> None:
    shelf.shelf.files["/page"] = b"<html><h1>Gone</h1></html>"
    paths = ("/page", "/none.pdf", "/a.pdf")
    came, written = fetched(archive, {f"{shelf.address}{path}": ICE for path in paths})
    assert some(written) == {"new": 1, "no_pdf": 1, "not_given": 1}
    assert [paper.outcome for paper in came.values()] == [
        Outcome.NO_PDF,
        Outcome.GONE,
        Outcome.CAME,
    ]


def test_a_host_that_sends_us_away_is_not_asked_again_and_others_are(
    archive: Archive, shelf: ShelfStandIn
) -> None:
    with ShelfStandIn({"/x.pdf": CHALLENGE, "/y.pdf": SECOND}) as guarded:
        wanted = {f"{guarded.address}/x.pdf": ICE, f"{guarded.address}/y.pdf": ICE,
                  f"{shelf.address}/a.pdf": ICE}  # fmt: skip
        came, written = fetched(archive, wanted)
        assert guarded.paths() == ["/x.pdf"]
    assert some(written) == {"new": 1, "unanswered": 2}
    assert ["It is not bypassed" in paper.reason for paper in came.values()] == [True, True, False]


def test_what_an_interrupted_run_brought_is_not_asked_for_again(
    archive: Archive, shelf: ShelfStandIn
) -> None:
    first, second = f"{shelf.address}/a.pdf", f"{shelf.address}/b/download"
    came, _ = fetched(archive, {first: ICE, second: ICE}, done=(first,))
    assert (list(came), shelf.paths()) == ([second], ["/b/download"])


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("", "fetch reads a JSON object"),
        ("[]", "fetch reads a JSON object"),
        ({"source": "added"}, "This is another (KeyError)"),
        ({"source": "added", "addresses": {}}, "no source, or no address"),
        ({"source": "added", "addresses": {"https://x.org": {"requester": "J"}}}, "(TypeError)"),
        ({"source": "added", "addresses": {"ftp://x": {}}}, "no address of a file on the web"),
        ({"source": "added", "addresses": {"https://x.org": {"state": "Oregon"}}}, "no state"),
        ({"source": "a", "addresses": {"https://x.org": {"agency_code": "ICE!"}}}, "is no code"),
        (
            {"source": "a", "addresses": {"https://x.org": {"requester_type": "Jane"}}},
            "Who asked is not kept",
        ),
    ],
)
def test_what_is_asked_in_another_form_is_refused(asked: object, said: str) -> None:
    text = asked if isinstance(asked, str) else json.dumps(asked)
    with pytest.raises(BadRequest, match=re.escape(said)):
        asked_in(text)


def test_a_stopped_run_goes_on_only_where_the_same_is_said_of_its_files() -> None:
    def question(**known: str) -> dict[str, object]:
        said = {"source": "added", "addresses": {"https://www.example.gov/a.pdf": known}}
        return asked_in(json.dumps(said)).question

    assert question(agency_code="7012") == question(agency_code="7012")
    assert question(agency_code="7012") != question(agency_code="7014")
