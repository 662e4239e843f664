"""How the program was called, so that the commands it prints can be pasted."""

import os

# The launcher of a checkout sets it to the word that started it.
CALLED = "PAPERWATCH_CALLED"


def called() -> str:
    """Give the word that starts this program: "paperwatch", or the launcher as it was typed."""
    return os.environ.get(CALLED) or "paperwatch"
