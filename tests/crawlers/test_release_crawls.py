"""Whole crawls of MuckRock and DocumentCloud, by the program: on bad days, killed, resumed."""

import signal
import time
from pathlib import Path

import pytest

from crawlers.standin.documentcloud import DocumentcloudStandIn
from crawlers.standin.faults import Fault
from crawlers.standin.muckrock import MuckrockStandIn
from crawlers.standin.serving import Serving
from tests.crawlers.crawling import Ended, begin, counted, crawl, is_whole, rows_of
from tests.crawlers.test_documentcloud import document
from tests.crawlers.test_muckrock import TOKEN, file, request, service_of

pytestmark = pytest.mark.slow

MUCKROCK = ("muckrock_requests", "plate readers", "--no-read", "--json")
DOCUMENTCLOUD = ("documentcloud_documents", "letter", "--no-read", "--json")


def muckrock(home: Path, service: MuckrockStandIn, *words: str, **more: str) -> Ended:
    return crawl(home, service, *(words or MUCKROCK), **addresses(service), **more)


def addresses(service: Serving, copies: str = "http://127.0.0.1:9") -> dict[str, str]:
    return {"PAPERWATCH_MUCKROCK_URL": service.address, "PAPERWATCH_DOCUMENTCLOUD_URL": copies}


def documentcloud(home: Path, service: DocumentcloudStandIn, *words: str, **more: str) -> Ended:
    url = {"PAPERWATCH_DOCUMENTCLOUD_URL": service.address}
    return crawl(home, service, *(words or DOCUMENTCLOUD), **url, **more)


def test_a_second_crawl_asks_for_what_changed_and_writes_nothing(home: Path) -> None:
    requests = (
        request(3, file(1)),
        request(4, file(2), updated=f"{time.strftime('%Y')}-12-31T09:00"),
    )
    with service_of(*requests) as service:
        first = muckrock(home, service)
        assert first.code == 0, first.err
        assert service.asked[0].path == "/robots.txt"
        assert all(one.user_agent.startswith("Paperwatch/") for one in service.asked)
        rows = counted(home, "release", "release_statement", "document")
        second = muckrock(home, service)
    assert first.said["papers"]["new"] == 2
    assert (first.said["expected"], first.said["found"]) == ({"requests": 2},) * 2
    assert second.code == 0, second.err
    assert "earlier crawls reach to" in second.err
    assert (second.said["found"], second.said["papers"]["unchanged"]) == ({"requests": 1}, 1)
    assert counted(home, "release", "release_statement", "document") == rows
    assert is_whole(home)


def test_a_killed_crawl_goes_on_and_fetches_no_file_twice(home: Path) -> None:
    requests = [request(number, file(number)) for number in range(1, 8)]
    with service_of(*requests) as service:
        child = begin(home, service, *MUCKROCK, **addresses(service))
        while sum(path.endswith(".pdf") for path in service.paths()) < 4:
            assert child.poll() is None, child.communicate()[1]
            time.sleep(0.01)
        child.send_signal(signal.SIGKILL)
        child.communicate()
        held = counted(home, "document")[0]
        service.asked.clear()
        ended = muckrock(home, service)
    assert ended.code == 0, ended.err
    assert "Goes on with an interrupted crawl" in ended.err
    again = sum(path.endswith(".pdf") for path in service.paths())
    assert held >= 2
    assert again == 7 - held
    assert ended.said["found"] == {"requests": 7}
    assert counted(home, "document", "run") == [7, 1]
    assert is_whole(home)


def test_version_2_is_walked_by_robots_rules_and_with_a_token_that_stands_nowhere(
    home: Path,
) -> None:
    kept = file(1, path="/foia_files/1.pdf")
    robots = "User-agent: *\nDisallow: /foia_files\n"
    with service_of(request(3, kept, file(2)), robots=robots) as service:
        ended = muckrock(home, service, PAPERWATCH_MUCKROCK_TOKEN=TOKEN)
        assert "/foia_files/1.pdf" not in service.paths()
    assert ended.code == 0, ended.err
    assert (ended.said["papers"]["new"], ended.said["papers"]["left_alone"]) == (1, 1)
    assert "Left alone, for the robots rules of their hosts: 1 file." in ended.err
    assert "/api_v2/requests/" in service.paths()
    assert TOKEN not in ended.out + ended.err
    written = [path for path in home.rglob("*") if path.is_file()]
    assert not [path for path in written if TOKEN.encode() in path.read_bytes()]


def test_a_burst_and_a_pause_asked_for_are_waited_out(home: Path) -> None:
    faults = [
        Fault(kind="status", on="/search/", status=503, body="<h1>Slow down</h1>"),
        Fault(kind="status", on=".pdf", status=429, retry_after="1", body="{}"),
        Fault(kind="cut", on=".pdf", skip=1),
    ]
    with DocumentcloudStandIn([document(1)], faults=faults) as service:
        ended = documentcloud(home, service)
    assert ended.code == 0, ended.err
    assert ended.said["papers"]["new"] == 1


def test_the_limit_of_a_day_stops_a_crawl_which_goes_on_another_day(home: Path) -> None:
    documents = [document(number) for number in range(1, 6)]
    with DocumentcloudStandIn(documents) as service:
        service.rows_max = 2
        faults = [Fault(kind="status", on="/search/", skip=1, status=429, retry_after="40000")]
        service.commit(faults)
        stopped = documentcloud(home, service)
        service.commit([])
        ended = documentcloud(home, service)
    assert stopped.code == 13
    assert "asks for a pause of 40000 seconds" in stopped.err
    assert (ended.code, ended.said["found"]) == (0, {"documents": 5}), ended.err
    assert counted(home, "document", "run") == [5, 1]


def test_documents_are_read_before_the_command_ends(home: Path) -> None:
    with DocumentcloudStandIn([document(1)]) as service:
        ended = documentcloud(home, service, "documentcloud_documents", "letter", "--json")
    assert ended.code == 0, ended.err
    (read,) = rows_of(home, "document")
    assert read.verdict == "refused"  # its bytes are no whole PDF
