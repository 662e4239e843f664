"""Looks what is due, runs it in child processes, one at a time of each source, and ends them."""

import threading

from archive import clock
from archive.errors import PaperwatchError
from archive.logs import Log
from archive.opening import Archive
from archive.schedule import rows
from archive.schedule.children import program_command
from archive.schedule.planned import due
from archive.schedule.rows import Outcome
from archive.schedule.starting import Command, Going, finish, keep, recover, start

_log = Log(__name__)

_LOOK_EVERY_S = 1.0
_PAUSE_S = 30.0


class Scheduler:
    """Keeps the schedule of an archive, for as long as somebody calls `look`, and then `close`."""

    def __init__(self, archive: Archive, command: Command = program_command) -> None:
        self._archive = archive
        self._command = command
        self._going: list[Going] = []

    def look(self) -> None:
        """Write down what ended, take back what was killed, begin what is due."""
        for going in list(self._going):
            code = going.child.wait(0)
            if code is None:
                keep(self._archive, going)
            else:
                _tell(going, finish(self._archive, going, code))
                self._going.remove(going)
        planned, moment = rows.listed(self._archive), clock.now()
        for one in planned:
            if one.is_lost(moment) and not self._runs(one.id):
                recover(self._archive, one)
        for one in due(planned, moment):
            begun = start(self._archive, one, self._command)
            if begun is not None:
                self._going.append(begun)
                _log.info(
                    "scheduled run began",
                    name=one.name,
                    source=one.source,
                    task_id=begun.child.task_id,
                )

    def close(self) -> None:
        """End all children; they go on with the next server."""
        for going in self._going:
            going.child.terminate()
        while self._going:
            going = self._going.pop()
            code = going.child.end()
            try:
                _tell(going, finish(self._archive, going, code, is_stopped=True))
            except PaperwatchError as error:  # its lease runs out, and it is made up all the same
                _log.warning("end of a run not written", reason=str(error))

    def _runs(self, number: int) -> bool:
        """Whether a row is run from here, though its lease ran out: the machine slept."""
        return any(going.planned.id == number for going in self._going)


def _tell(going: Going, outcome: Outcome) -> None:
    is_wrong = outcome.state in ("failed", "killed")
    tell = _log.warning if is_wrong else _log.info
    code = "none" if outcome.exit_code is None else outcome.exit_code
    tell(
        "scheduled run ended",
        name=going.planned.name,
        state=outcome.state,
        code=code,
        task_id=going.child.task_id,
    )


def keep_schedule(archive: Archive, stop: threading.Event) -> None:
    """Look once a second until told to stop, then end what is going."""
    scheduler = Scheduler(archive)
    try:
        while not stop.wait(_LOOK_EVERY_S):
            try:
                scheduler.look()
            except PaperwatchError as error:
                _log.warning("schedule not looked at", reason=str(error))
                stop.wait(_PAUSE_S)
            except Exception:  # the page goes on answering; what is wrong stands in the log
                _log.exception("schedule not looked at")
                stop.wait(_PAUSE_S)
    finally:
        scheduler.close()
