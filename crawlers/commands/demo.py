"""`paperwatch demo`."""

import json
import os
import time

import click

from archive import settings
from archive.errors import SettingError
from archive.typed import PORT
from crawlers.demo_home import LIVE, SAMPLE, nothing_left_behind, prepare_home
from crawlers.demonstration import (
    Demonstration,
    Page,
    added_said,
    end_like_an_interruption,
    free_port,
)
from crawlers.sample.awards import sample_world
from crawlers.sample.papers import PAPERS, RELEASES
from crawlers.standin import StandIn

USUAL_PORT = 8642
AGENCIES = ("DHS", "DOJ")
LIVE_QUERY = ("--keyword", "facial recognition", "--agency", "ICE", "--since", "2025-01-01")


@click.command()
@click.option("--live", is_flag=True, help="Ask the live service one small question instead.")
@click.option(
    "--port",
    type=PORT,
    help=f"Port of the page; 0 takes any free one.  [default: {USUAL_PORT}, or the next free one]",
)
@click.option("--serve/--no-serve", default=True, help="Serve the page when all is collected.")
@click.option(
    "--open/--no-open", "is_opened", default=True, help="Open a browser where there is one."
)
def demo(live: bool, port: int | None, serve: bool, is_opened: bool) -> None:
    """Fill a small archive of its own with composed records, and show it as a page.

    Uses the folder PAPERWATCH_HOME, or one beside that of your own archive; never that itself.
    Serves until Ctrl-C, or until it is told to end by kill.

    Example:  paperwatch demo --no-serve
    """
    end_like_an_interruption()
    started = float(os.environ.get("PAPERWATCH_STARTED") or time.time())
    chosen = free_port(USUAL_PORT) if port is None else free_port(port, only=True)
    if live:
        check_contact()
    mark = LIVE if live else SAMPLE
    home = prepare_home(mark)
    demonstration = Demonstration(home=home.path, mark=mark, started_s=started)
    with nothing_left_behind(home):
        (collect_live if live else collect_sample)(demonstration)
    if not serve:
        demonstration.tell_ready(None)
        return
    with Page(demonstration, chosen) as page:
        demonstration.tell_ready(page.address)
        page.stay(is_opened=is_opened)
    demonstration.tell_end()


def collect_sample(demonstration: Demonstration) -> None:
    """Crawl the stand-in and collect the drawn papers."""
    with StandIn(sample_world()) as service:
        demonstration.say(f"crawling a stand-in of USAspending at {service.address}")
        asked = [word for agency in AGENCIES for word in ("--agency", agency)]
        demonstration.run("crawl", "usaspending_awards", *asked, source=service.address)
    demonstration.say(f"adding {len(PAPERS)} drawn papers in the style of released documents")
    folder = demonstration.home / "papers"
    added = []
    for release in RELEASES:
        words = ["--agency", release.agency_code, "--released", release.released_on]
        words += ["--source", release.source, "--json"]
        # The last one reads what they all left to be read: one start of the readers, not five.
        words += [] if release is RELEASES[-1] else ["--no-read"]
        printed = demonstration.run("add", str(release.write(folder)), *words, is_told=False)
        added.append(json.loads(printed))
    demonstration.tell(added_said(added))


def check_contact() -> None:
    """See that a live service can be told whom to write to.

    Raises:
        SettingError: it cannot.
    """
    if not settings.load()["CONTACT"]:
        raise SettingError(
            "PAPERWATCH_CONTACT is not set. A live service is told whom to write to when a spider"
            " troubles it. Run: PAPERWATCH_CONTACT=you@example.org paperwatch demo --live"
        )


def collect_live(demonstration: Demonstration) -> None:
    """Ask the live service for the awards of one agency and one word."""
    demonstration.say("asking USAspending for orders of ICE since 2025 about facial recognition")
    demonstration.run("crawl", "usaspending_awards", *LIVE_QUERY)
