"""Files at addresses: a child process of the program fetches them, with the manners of a spider."""

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from archive.addresses import identity
from archive.at_source import there_at
from archive.documents import added_at
from archive.errors import Incomplete
from archive.opening import Archive
from archive.release_statements import Released, release_of, would_differ
from archive.schedule.children import program_command
from archive.settings import PREFIX
from ingest.collecting import Collected

_COMMAND = ("fetch", "-", "--json")  # an entry point by its name: nobody here knows the spiders


def fetched(
    archive: Archive, source: str, described: Mapping[str, Released], since: str
) -> list[Collected]:
    """Fetch files into the archive, each with what is said of its release; tell how each went.

    What the child says on standard error is shown as it comes. Where it could not begin, or was
    stopped, this process ends with its exit code.
    """
    if not described:
        return []
    wanted = {
        "source": source,
        "addresses": {address: asdict(released) for address, released in described.items()},
    }
    told_anew = _told_anew(archive, source, described)
    code, said = _child(archive, json.dumps(wanted))
    if code not in (0, Incomplete.exit_code):
        sys.exit(code if code > 0 else 1)
    return [_collected(archive, one, since, told_anew) for one in json.loads(said)["files"]]


def _told_anew(archive: Archive, source: str, described: Mapping[str, Released]) -> dict[str, str]:
    """Give the addresses of known documents of which more is told than was: to their SHA-256."""
    found = {}
    for address, released in described.items():
        place = identity(address)
        there = there_at(archive, source, place)
        if there is not None:
            which = release_of(there.sha256, source, place)
            with archive.catalogue.reading() as connection:
                if would_differ(connection, which, released):
                    found[address] = there.sha256
    return found


def _child(archive: Archive, asked: str) -> tuple[int, str]:
    ours = {f"{PREFIX}HOME": str(archive.settings.home), "PYTHONUNBUFFERED": "1"}
    child = subprocess.Popen(
        program_command(_COMMAND),
        env=os.environ | ours,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        encoding="utf-8",
    )
    try:
        said, _ = child.communicate(asked)
    finally:
        if child.poll() is None:
            child.terminate()
            child.wait()
    return child.returncode, said


def _collected(
    archive: Archive, one: Mapping[str, Any], since: str, told_anew: Mapping[str, str]
) -> Collected:
    address, sha256 = str(one["address"]), str(one["sha256"])
    came_at = added_at(archive, sha256)
    return Collected(
        name=address,
        sha256=sha256,
        is_new=bool(came_at) and came_at >= since,
        refusal=str(one["refusal"]),
        is_described=bool(sha256) and told_anew.get(address) == sha256,
    )
