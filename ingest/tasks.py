"""Units of work by name, for the workers. Each looks in the catalogue what there is to do.

Whatever a message says, what is done already, or in another worker's hands, is left alone.
"""

from archive import clock, indexing, work
from archive.documents import READ, RECOGNISE
from archive.leases import lease_s
from archive.logs import Log
from archive.reading_work import read_one
from archive.recogniser import lacking
from archive.recognising_work import recognise_one
from archive.schedule import rows
from archive.schedule.children import program_command
from archive.schedule.starting import finish, keep, start
from ingest.workers.bench import Bench

_log = Log(__name__)

_LOOK_EVERY_S = 1.0


def read_document(bench: Bench, sha256: str) -> None:
    """Read one document, if it waits."""
    for taken in work.take(bench.archive, READ, subjects=[sha256], lease_s=lease_s(bench.archive)):
        read_one(bench.archive, bench.readers, taken, is_short=True)
        # That the index has to hear of it, `paperwatch beat` sees in a second, for all at once.


def recognise_document(bench: Bench, sha256: str) -> None:
    """Recognise the scanned pages of one document, if it waits and that can be done here."""
    archive = bench.archive
    if reason := lacking(archive.settings):
        _log.warning("pages not recognised", document=sha256[:8], reason=reason)
        return
    for taken in work.take(archive, RECOGNISE, subjects=[sha256], lease_s=lease_s(archive)):
        recognise_one(archive, bench.readers, taken, bench, is_short=True)


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
