"""robots.txt that moved, or does not come: no leave to ask for anything."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from scrapy import Request
from scrapy.http import Response
from scrapy.utils.test import get_crawler

from crawlers import inside
from crawlers.patience import AskedToStayAway
from crawlers.robots import RobotsAnswers
from crawlers.standin.answering import Reply
from crawlers.standin.handling import Asked
from crawlers.standin.shelf import ShelfStandIn
from tests.catalogues import home_settings
from tests.crawlers.test_walking import finished

ROBOTS = Request("https://files.example.org/robots.txt", meta={"dont_obey_robotstxt": True})
FILE = Request("https://files.example.org/a.pdf")


@pytest.fixture
def answers(monkeypatch: pytest.MonkeyPatch) -> RobotsAnswers:
    monkeypatch.setattr(inside, "is_inside", lambda address: "//127." in address)
    return RobotsAnswers.from_crawler(get_crawler(settings_dict={"PATIENCE_FIRST_PAUSE_S": 0}))


def told(answers: RobotsAnswers, request: Request, status: int, where: str = "") -> object:
    headers = {"Location": where} if where else {}
    response = Response(request.url, status=status, headers=headers)
    return finished(answers.process_response(request, response))


def test_rules_that_moved_are_asked_for_where_they_are(answers: RobotsAnswers) -> None:
    again = told(answers, ROBOTS, 301, "https://www.example.org/robots.txt")
    assert isinstance(again, Request)
    assert again.url == "https://www.example.org/robots.txt"
    assert again.meta["dont_obey_robotstxt"]
    assert isinstance(told(answers, again, 200), Response)
    finished(answers.process_request(FILE))


@pytest.mark.parametrize("where", ["/robots.txt", "file:///etc/passwd", "http://127.0.0.1/x"])
def test_rules_that_lead_nowhere_forbid_everything(answers: RobotsAnswers, where: str) -> None:
    request: object = ROBOTS
    while isinstance(request, Request):
        request = told(answers, request, 302, where)
    with pytest.raises(AskedToStayAway, match="does not give its robots"):
        finished(answers.process_request(FILE))


@pytest.mark.parametrize("status", [429, 500, 503])
def test_a_host_that_is_not_well_is_asked_for_its_rules_three_times_and_nothing_else(
    answers: RobotsAnswers, status: int
) -> None:
    request, times = told(answers, ROBOTS, status), 1
    while isinstance(request, Request):
        request, times = told(answers, request, status), times + 1
    assert times == 3
    with pytest.raises(AskedToStayAway, match=f"status {status}"):
        finished(answers.process_request(FILE))
    finished(answers.process_request(Request("https://another.example.org/a.pdf")))


def test_rules_that_time_out_forbid_everything(answers: RobotsAnswers) -> None:
    finished(answers.process_exception(ROBOTS, TimeoutError()))
    with pytest.raises(AskedToStayAway, match="TimeoutError"):
        finished(answers.process_request(FILE))


@pytest.mark.parametrize("status", [200, 401, 403, 404])
def test_a_host_without_rules_allows_everything(answers: RobotsAnswers, status: int) -> None:
    assert isinstance(told(answers, ROBOTS, status), Response)
    finished(answers.process_request(FILE))


@pytest.mark.parametrize(
    "address", ["http://127.1/", "http://10.0.0.7/", "http://[::1]/", "http://169.254.169.254/x"]
)
def test_numbers_of_this_machine_and_network_are_inside(address: str) -> None:
    assert inside.is_inside(address)
    assert inside.leads_inside(address, "http://8.8.8.8/")
    assert not inside.leads_inside(address, "http://127.0.0.1:8000/")


def test_a_number_of_the_internet_is_not_inside() -> None:
    assert not inside.is_inside("https://8.8.8.8/robots.txt")


class _Moved(ShelfStandIn):
    """A shelf whose robots.txt is elsewhere: there nothing is allowed."""

    def answer(self, asked: Asked) -> tuple[Reply, None]:
        if asked.path == "/robots.txt":
            return Reply(status=301, headers={"Location": "/rules.txt"}), None
        if asked.path == "/rules.txt":
            return Reply(text="User-agent: *\nDisallow: /\n", kind="text/plain"), None
        self.asked.append(asked)
        return self.reply(asked, None), None


@pytest.mark.slow
def test_a_crawl_obeys_rules_that_moved(tmp_path: Path) -> None:
    with _Moved({"/a.pdf": b"%PDF-1.7"}) as shelf:
        asked = {"source": "added", "addresses": {f"{shelf.address}/a.pdf": {}}}
        ended = subprocess.run(
            [sys.executable, "-m", "archive.program", "fetch", "-"],
            input=json.dumps(asked),
            env={**os.environ, **home_settings(tmp_path / "home")},
            capture_output=True,
            text=True,
            check=False,
        )
        assert (ended.returncode, shelf.paths()) == (16, [])
    assert "robots.txt does not let us ask" in ended.stdout
