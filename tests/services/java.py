"""Finds a Java runtime that a server accepts."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

_PLACES = ("/usr/lib/jvm/*", "/Library/Java/JavaVirtualMachines/*/Contents/Home")


class Missing(Exception):
    """Something that a server needs is not on this machine; the sentence says how to get it."""


def java_home(least: int) -> Path:
    """Give the home of the oldest Java that is new enough.

    Raises:
        Missing: there is none.
    """
    found = {major: home for home in _homes() if (major := _major(home)) >= least}
    if not found:
        raise Missing(
            f"Java {least} or later is needed, on Debian from the package"
            f" openjdk-{least}-jre-headless (JAVA_HOME may name another)"
        )
    return found[min(found)]


def _homes() -> Iterator[Path]:
    """Walk the folders that may hold one, the named ones last, so that they win."""
    for place in _PLACES:
        root, _, pattern = place.partition("*")
        yield from sorted(Path(root).glob(f"*{pattern}"))
    if java := shutil.which("java"):
        yield Path(java).resolve().parents[1]
    if named := os.environ.get("JAVA_HOME"):
        yield Path(named)


def _major(home: Path) -> int:
    """Read the major version out of the file that every Java carries; 0 where there is none."""
    try:
        lines = (home / "release").read_text().splitlines()
    except OSError:
        return 0
    versions = [line.split('"')[1] for line in lines if line.startswith("JAVA_VERSION=")]
    major = versions[0].split(".")[0] if versions else ""
    return int(major) if major.isdecimal() and (home / "bin" / "java").exists() else 0
