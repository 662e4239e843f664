"""What can go wrong, by what a caller could do about it.

Every error is a sentence that names the thing, what is wrong with it and what to do. Its class
knows the exit code of the command line and the status of the web page.
"""

from collections.abc import Sequence
from typing import Any, ClassVar


class PaperwatchError(Exception):
    """Base of all; its text is shown to people as it stands."""

    exit_code: ClassVar[int] = 1
    status: ClassVar[int] = 500
    # What a page says instead, where the sentence names things that are for the operator alone.
    to_readers: ClassVar[str] = ""


class BadRequest(PaperwatchError):
    """What was asked cannot be understood; the caller can ask otherwise."""

    exit_code = 2
    status = 400


class NotFound(PaperwatchError):
    """The archive does not hold what was named."""

    exit_code = 3
    status = 404


class NotForReaders(PaperwatchError):
    """A document that readers may not have: since when (UTC) and why, '' where nobody said so.

    `changes` are those of its state so far (`archive.states.StateChange`), the newest first.
    """

    exit_code = 4

    def __init__(
        self, sentence: str, *, since: str = "", reason: str = "", changes: Sequence[Any] = ()
    ) -> None:
        super().__init__(sentence)
        self.since = since
        self.reason = reason
        self.changes = tuple(changes)


class Withdrawn(NotForReaders):
    """The document was withdrawn from readers; it is kept, and says since when."""

    status = 410


class Held(NotForReaders):
    """The document is held back from readers until somebody lifts the hold."""

    status = 403


class SettingError(PaperwatchError):
    """A setting is missing, contradictory or not understood, by us or by a service it names."""

    exit_code = 5
    status = 503
    to_readers = "A setting of this archive is wrong. Its operator can mend it; try again later."


class HomeError(PaperwatchError):
    """The archive's folder cannot be made, read or written."""

    exit_code = 6


class DiskFull(PaperwatchError):
    """There is no room left; nothing was half-written."""

    exit_code = 7


class Busy(PaperwatchError):
    """Another process holds what is needed; try again later."""

    exit_code = 8
    status = 503


class CatalogueTooNew(PaperwatchError):
    """The catalogue was written by a newer program."""

    exit_code = 9
    status = 503


class IndexOutdated(PaperwatchError):
    """The index was built with other fields or another analyser, and must be rebuilt."""

    exit_code = 10
    status = 503


class Damaged(PaperwatchError):
    """Bytes are not what their hash says, or a row points at nothing."""

    exit_code = 11


class SourceChanged(PaperwatchError):
    """A source answered in a shape that is not known; the answer was kept."""

    exit_code = 12


class SourceUnavailable(PaperwatchError):
    """A source cannot be reached, or asked us to stay away."""

    exit_code = 13
    status = 502


class NotReadable(PaperwatchError):
    """A document cannot be read: damaged, protected, or beyond a limit."""

    exit_code = 14
    status = 422


class PortTaken(PaperwatchError):
    """The web page's port is in use."""

    exit_code = 15


class Incomplete(PaperwatchError):
    """The work was done, but something in it failed and was said."""

    exit_code = 16


class IndexUnavailable(PaperwatchError):
    """The search index cannot be reached, or answered only in part; try again later."""

    exit_code = 17
    status = 503
    # What Elasticsearch says besides names its nodes and indexes.
    to_readers = (
        "The search index cannot be reached, or answers only in part, which is not shown as the"
        " whole. Nothing is lost: records and documents can be opened. Try again in a minute."
    )


class CatalogueUnavailable(PaperwatchError):
    """The catalogue's server cannot be reached, or ended the connection; try again later."""

    exit_code = 18
    status = 503
    to_readers = (
        "The catalogue's database cannot be reached. Nothing is lost. Try again in a minute."
    )


class BrokerUnavailable(PaperwatchError):
    """The broker between the commands and their workers cannot be reached; try again later.

    Where it answers, and lets us not in, waiting helps nobody: `is_refused`.
    """

    exit_code = 19
    status = 503

    def __init__(self, sentence: str, *, is_refused: bool = False) -> None:
        super().__init__(sentence)
        self.is_refused = is_refused


class FilesUnavailable(PaperwatchError):
    """The file store cannot be reached, or does not let us in; try again later, or mend it."""

    exit_code = 25  # 20 to 24 are of the program that starts this one
    status = 503
    to_readers = "The files of this archive cannot be reached now. Try again in a while."
