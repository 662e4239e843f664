"""`paperwatch fetch`."""

import json
import time
from dataclasses import asdict
from typing import TextIO

import click

from archive import logs, settings
from archive.opening import open_archive
from archive.progress import Progress
from crawlers.commands.ending import conclude
from crawlers.given import Fetched, asked_in, fetch_given


@click.command()
@click.argument("file", type=click.File(encoding="utf-8"))
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def fetch(file: TextIO, as_json: bool) -> None:
    """Fetch released files from the addresses in FILE into the archive, without reading them.

    `paperwatch add ADDRESS` starts it, and reads what came. FILE (- for standard input) is a JSON
    object: {"source": "added", "addresses": {"https://…": {"agency_code": "7012"}}}. robots.txt is
    obeyed, a host is asked once a second at most, and what was fetched before is only asked whether
    it changed. Ends with 16 when an address gave no document; the lines say which and why.

    Example:  paperwatch fetch addresses.json
    """
    asked = asked_in(file.read())
    in_force = settings.load()
    logs.begin(in_force, is_task=True)
    began_s = time.monotonic()
    with open_archive(in_force) as archive:
        tell = Progress("addresses").tell
        fetched = fetch_given(archive, asked, tell, lambda said: click.echo(said, err=True))
    if as_json:
        files = [asdict(one) for one in fetched.came]
        click.echo(json.dumps({"files": files, **fetched.written.as_dict()}, ensure_ascii=False))
    else:
        _say(fetched, time.monotonic() - began_s)
    is_whole = not any(one.refusal for one in fetched.came)
    if as_json and is_whole and fetched.is_finished:
        return
    conclude(fetched.stopped_by, is_finished=fetched.is_finished, is_whole=is_whole)


def _say(fetched: Fetched, seconds: float) -> None:
    documents = sum(bool(one.sha256) for one in fetched.came)
    click.echo(
        f"{len(fetched.came):,} addresses: {documents:,} documents,"
        f" {len(fetched.came) - documents:,} refused, {seconds:.0f} s."
    )
    for one in fetched.came:
        if one.refusal:
            click.echo(f"  refused: {one.address}: {one.refusal}")
