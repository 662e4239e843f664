"""What a worker process works with: the open archive, its reader, and the word to stop."""

import threading
from dataclasses import dataclass, field

from archive.opening import Archive
from archive.reading_client import Readers


@dataclass(frozen=True, slots=True, kw_only=True)
class Bench:
    """The bench of one worker process; `stop` is set when it is to end."""

    archive: Archive
    readers: Readers
    stop: threading.Event = field(default_factory=threading.Event)

    def tell(self, pages: int) -> None:
        """Hear of pages that are done; the catalogue tells of them when they are stored."""

    def is_ended(self) -> bool:
        """Say whether what is in hand is to be given back."""
        return self.stop.is_set()

    def end(self, **_: object) -> None:
        """End what is in hand; documents wait again, as if they had not been tried.

        In a thread: the signal that wants it may come while this process writes to its reader.
        """
        self.stop.set()
        threading.Thread(target=self.readers.end, daemon=True).start()
