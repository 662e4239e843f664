"""The beat: once a second it frees what lost workers held, and sends messages for what waits.

The schedule and the work stand in the catalogue, with leases; so several beats do no harm, a beat
that was away makes up for it at once, and a Redis that comes back empty is filled again.
"""

import threading

from archive import clock, work
from archive.broker import Broker
from archive.errors import PaperwatchError
from archive.logs import Log
from archive.opening import Archive
from archive.outcomes import refuse_set_aside
from archive.queues import QUEUES, refill
from archive.schedule import rows
from archive.schedule.starting import recover

_log = Log(__name__)

_LOOK_EVERY_S = 1.0
_PAUSE_S = 5.0


def beat_once(archive: Archive, broker: Broker) -> None:
    """Look once: free what was lost, then fill each queue."""
    free_lost(archive)
    for queue in QUEUES:
        refill(archive, broker, queue)


def free_lost(archive: Archive) -> None:
    """Free work and scheduled runs whose leases ran out; set aside what killed its workers."""
    for queue in QUEUES:
        if queue.kept_in == "work" and (count := work.free_lost(archive, queue.task)):
            _log.warning("work of lost workers freed", queue=queue.name, count=count)
    # Also what a worker set aside, who found it lost before we did.
    refuse_set_aside(archive)
    moment = clock.now()
    for planned in rows.listed(archive):
        if planned.is_lost(moment):
            _log.warning("scheduled run was lost", name=planned.name)
            recover(archive, planned)


def keep_beating(archive: Archive, broker: Broker, stop: threading.Event) -> None:
    """Look once a second until told to stop; what goes wrong is said once, and tried again."""
    said = ""
    while not stop.wait(_LOOK_EVERY_S):
        try:
            beat_once(archive, broker)
            if said:
                _log.info("goes on")
            said = ""
        except PaperwatchError as error:
            if str(error) != said:
                said = str(error)
                _log.warning("nothing sent", reason=said)
            stop.wait(_PAUSE_S)
        except Exception:
            _log.exception("nothing sent")
            stop.wait(_PAUSE_S)
