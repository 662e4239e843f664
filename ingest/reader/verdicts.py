"""How a job can end, and the limits that end it."""

from typing import Final

OK: Final = "ok"
# Read as well, but only after its structure was put together again.
REPAIRED: Final = "repaired"
PASSWORD: Final = "password"  # noqa: S105 (a verdict)
DAMAGED: Final = "damaged"
NOT_A_PDF: Final = "not a PDF"
EMPTY: Final = "empty"
NO_SUCH_PAGE: Final = "no such page"
LIMIT_CPU: Final = "limit-cpu"
LIMIT_MEMORY: Final = "limit-memory"
LIMIT_PAGES: Final = "limit-pages"
TOO_COMPLEX: Final = "too-complex"
CRASHED: Final = "crashed"

# Nobody looked for hidden text there: such a document is not shown, and its original is held.
UNEXAMINED: Final = "a page is too complex to examine for hidden text"

MEMORY_BYTES: Final = 2 << 30
CPU_S: Final = 60
CPU_S_A_PAGE: Final = 2
# Waiting counts too: a machine may be busy, but not for ever.
WALL_FACTOR: Final = 4
PAGES: Final = 5_000
OBJECTS_A_PAGE: Final = 200_000
CHARACTERS_A_PAGE: Final = 1_000_000
PIXELS: Final = 40_000_000
OUTPUT_BYTES: Final = 512 << 20


class Refused(Exception):
    """The job ends here; `verdict` is one of those above, the text a sentence for people."""

    def __init__(self, verdict: str, reason: str) -> None:
        super().__init__(reason)
        self.verdict = verdict
        self.reason = reason
