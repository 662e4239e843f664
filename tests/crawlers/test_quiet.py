"""What a crawl says and opens: its own sentences alone, in both forms of the log, and no port."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from archive.opening import open_archive
from archive.schedule import rows
from archive.settings import load
from crawlers.standin import Fault, StandIn, compose_world
from tests.catalogues import home_settings
from tests.crawlers.composed import award, key
from tests.crawlers.crawling import WORDS, crawl

pytestmark = pytest.mark.slow

CLOSED = "http://127.0.0.1:1"
# The sentences of our own that these crawls say.
OURS = (
    r"First crawl of this question: asks for everything since \d{4}-\d\d-\d\d\.",
    r"Asks for awards modified since .*",
    r"usaspending_awards: \d+ awards read .*",
    r"  \d+ awards.*",
    r"  Counts are plausible: .*",
    r"127\.0\.0\.1:1 cannot be reached\. .*",
    r"Next:  .*",
)
WALK = """
import json, sys
from archive import settings
from crawlers.asking import AskingSpider
from crawlers.manners import manners
from crawlers.visiting import Visit, visit

class Idle(AskingSpider):
    name = "idle"
    async def steps(self):
        on = [type(one) for one in self.crawler.extensions.middlewares]
        print(json.dumps([f"{one.__module__}.{one.__name__}" for one in on]))
        for nothing in ():
            yield nothing

visit(manners(settings.load(), sys.argv[1]), Visit(kind=Idle, given={}))
"""


def ran(words: list[str], home: Path, **more: str) -> subprocess.CompletedProcess[str]:
    person = {"HOME": str(home.parent / "person"), "XDG_STATE_HOME": ""}
    env = os.environ | home_settings(home) | person | more
    command = [sys.executable, *words]
    return subprocess.run(command, env=env, capture_output=True, text=True, timeout=90, check=False)


def strange(lines: str, form: str) -> list[str]:
    """Give the lines that are neither our sentences nor our own log, nor one line of a warning."""
    return [line for line in lines.splitlines() if line and not _is_expected(line, form)]


def _is_expected(line: str, form: str) -> bool:
    if any(re.fullmatch(ours, line) for ours in OURS):
        return True
    if form == "text":
        return re.match(r"WARNING +\S+  \S", line) is not None
    said: Mapping[str, Any] = json.loads(line) if line.startswith("{") else {}
    is_ours = said.get("logger", "").startswith(("archive.", "crawlers."))
    return (is_ours or said.get("level") == "warning") and "exception" not in said


@pytest.mark.parametrize("form", ["text", "json"])
def test_of_a_service_out_of_reach_a_crawl_says_one_sentence(home: Path, form: str) -> None:
    more = {"PAPERWATCH_USASPENDING_URL": CLOSED, "PAPERWATCH_LOG": form}
    ended = ran(["-m", "archive.program", "crawl", *WORDS], home, **more)
    assert ended.returncode == 13
    assert ended.stderr.count("127.0.0.1:1 cannot be reached.") == (2 if form == "json" else 1)
    assert strange(ended.stderr, form) == []
    assert "scrapy" not in ended.stderr
    assert not (home.parent / "person" / ".local" / "state").exists()


@pytest.mark.parametrize("form", ["text", "json"])
def test_of_a_crawl_that_brings_awards_only_our_own_words_are_said(home: Path, form: str) -> None:
    faults = [
        Fault(kind="cut", on=f"/awards/{key(1)}/"),
        Fault(kind="html", on=f"/awards/{key(2)}/"),
    ]
    with StandIn(compose_world([award(1), award(2)]), faults=faults) as service:
        ended = crawl(home, service, PAPERWATCH_LOG=form)
    assert (ended.code, ended.said["awards"]["new"]) == (0, 2)
    assert strange(ended.err, form) == []


def test_the_last_words_of_a_scheduled_crawl_are_sentences(home: Path) -> None:
    program = ["-m", "archive.program", "schedule"]
    more = {"PAPERWATCH_USASPENDING_URL": CLOSED}
    asked = ["crawl", "usaspending_awards", "--keyword", "face recognition", "--agency", "ICE"]
    ran([*program, "add", "ice", "--cadence", "every 6 hours", "--", *asked], home, **more)
    assert ran([*program, "run", "ice"], home, **more).returncode != 0
    with open_archive(load(home_settings(home))) as archive:
        words = rows.named(archive, "ice").last_words
    assert words.splitlines()[-1].startswith("127.0.0.1:1 cannot be reached.")
    assert strange(words, "text") == []


@pytest.mark.parametrize("address", [CLOSED, "https://api.usaspending.gov"])
def test_a_crawl_runs_no_extension_of_scrapy_but_those_we_know(home: Path, address: str) -> None:
    """Of both the stand-in and the service, of which nothing is asked here."""
    ended = ran(["-c", WALK, address], home, PAPERWATCH_CONTACT="desk@example.org")
    known = {"scrapy.extensions.corestats.CoreStats", "scrapy.extensions.throttle.AutoThrottle"}
    on = set(json.loads(ended.stdout))
    assert "scrapy.extensions.corestats.CoreStats" in on, ended.stderr
    assert on <= known
    assert not (home.parent / "person" / ".local" / "state").exists()
