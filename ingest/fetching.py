"""Files at addresses: a child process of the program fetches them, with the manners of a spider."""

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

import sqlalchemy as sa

from archive.catalogue.tables import document
from archive.errors import Incomplete
from archive.opening import Archive
from archive.release_statements import Released
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
    code, said = _child(archive, json.dumps(wanted))
    if code not in (0, Incomplete.exit_code):
        sys.exit(code if code > 0 else 1)
    return [_collected(archive, one, since) for one in json.loads(said)["files"]]


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


def _collected(archive: Archive, one: Mapping[str, Any], since: str) -> Collected:
    sha256 = str(one["sha256"])
    wanted = sa.select(document.c.added_at).where(document.c.sha256 == sha256)
    with archive.catalogue.reading() as connection:
        added_at = connection.execute(wanted).scalar() or ""
    return Collected(
        name=str(one["address"]),
        sha256=sha256,
        is_new=bool(added_at) and added_at >= since,
        refusal=str(one["refusal"]),
    )
