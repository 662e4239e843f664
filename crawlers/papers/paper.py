"""A document file that a spider wants, and what came of it."""

from dataclasses import dataclass
from enum import StrEnum

from archive.model import Answer
from archive.release_statements import NOT_TOLD, Released


class Outcome(StrEnum):
    """What came of a file that was wanted."""

    CAME = "came"  # a PDF, whose bytes stand in the store
    SAME = "same"  # nothing changed since the last time
    NO_PDF = "no_pdf"  # something else came, and stands in the store
    GONE = "gone"  # its service says that it has none
    NOT_GIVEN = "not_given"  # its service does not give it to us
    LEFT_ALONE = "left_alone"  # robots rules; nothing was asked
    TOO_LARGE = "too_large"
    UNANSWERED = "unanswered"  # no answer, or one that is no file


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """A file to fetch, and what its source tells of the release.

    `name` is the address under which readers find it, where that is another; it tells one release
    from another, so it must not change. `sha1` is what the source says of the bytes. One that
    `is_lasting` is never changed at its address, and not asked for again once it was kept.
    """

    address: str
    released: Released = NOT_TOLD
    name: str = ""
    sha1: str = ""
    is_lasting: bool = False

    @property
    def place(self) -> str:
        """The address of the release."""
        return self.name or self.address


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """What came of a wanted file; `reason` says why it is no document, '' where it is one.

    `sha256` names the document that is there still, where nothing changed.
    """

    wanted: Wanted
    outcome: Outcome
    answer: Answer | None = None
    reason: str = ""
    sha256: str = ""
