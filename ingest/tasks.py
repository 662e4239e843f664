"""Units of work by name, for the workers. Each looks in the catalogue what there is to do.

Whatever a message says, what is done already, or in another worker's hands, is left alone.
"""

import sqlalchemy as sa

from archive import clock, indexing, work
from archive.documents import READ, refuse_document
from archive.errors import PaperwatchError
from archive.leases import lease_s
from archive.logs import Log
from archive.reading_work import read_one
from archive.schedule import rows
from archive.schedule.children import program_command
from archive.schedule.starting import finish, keep, start
from archive.work import MAX_ATTEMPTS, Work
from ingest.workers.bench import Bench

_log = Log(__name__)

_LOOK_EVERY_S = 1.0
# What has nothing to do with the document in hand: it is tried again, and this try not counted.
_SURROUNDINGS = (PaperwatchError, OSError, MemoryError, sa.exc.DBAPIError)


def read_document(bench: Bench, sha256: str) -> None:
    """Read one document, if it waits."""
    for taken in work.take(bench.archive, READ, subjects=[sha256], lease_s=lease_s(bench.archive)):
        try:
            read_one(bench.archive, bench.readers, taken, is_short=True)
        except _SURROUNDINGS:
            work.put_back(bench.archive, taken, is_tried=False)
            raise
        except Exception as error:
            _failed(bench, taken, error)
            raise
        bench.hand_over("index")


def _failed(bench: Bench, taken: Work, error: Exception) -> None:
    """Let a document wait again whose reading failed in the worker, or set it aside."""
    reason = f"{type(error).__name__}: {error}"
    if taken.attempts < MAX_ATTEMPTS:
        work.put_back(bench.archive, taken, reason, is_tried=True)
    else:
        said = f"its reading failed {MAX_ATTEMPTS} times; the last time: {reason}"
        refuse_document(bench.archive, taken.subject, "", said)


def index_entries(bench: Bench, _live: str) -> None:
    """Bring the live index up to date."""
    written = indexing.drain(bench.archive, wait_s=0.0)
    if written:
        _log.info("index brought up to date", entries=written)


def crawl_scheduled(bench: Bench, name: str) -> None:
    """Run what is due on the schedule under a name, as a child process, to its end."""
    found = [one for one in rows.listed(bench.archive) if one.name == name]
    for planned in found:
        if not planned.is_due(clock.now()):
            return
        going = start(bench.archive, planned, program_command)
        if going is None:
            return
        while (code := going.child.wait(_LOOK_EVERY_S)) is None and not bench.stop.is_set():
            keep(bench.archive, going)
        if code is None:
            going.child.terminate()
            finish(bench.archive, going, going.child.end(), is_stopped=True)
        else:
            outcome = finish(bench.archive, going, code)
            _log.info("scheduled run ended", name=name, state=outcome.state)
