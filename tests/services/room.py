"""Folders with little room: a file system of its own, where the machine lets us make one."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path


@contextmanager
def small(folder: Path, size: str) -> Iterator[bool]:
    """Make a folder a small file system in memory; gives whether that was allowed."""
    folder.mkdir(parents=True)
    made = os.geteuid() == 0 and _mount("-t", "tmpfs", "-o", f"size={size}", "none", str(folder))
    try:
        yield made
    finally:
        if made:
            with suppress(subprocess.CalledProcessError):
                subprocess.run(["umount", folder], check=True)


def enlarge(folder: Path, size: str) -> None:
    """Give a small file system more room."""
    assert _mount("-o", f"remount,size={size}", str(folder))


def _mount(*words: str) -> bool:
    if shutil.which("mount") is None:
        return False
    return subprocess.run(["mount", *words], stderr=subprocess.DEVNULL, check=False).returncode == 0
