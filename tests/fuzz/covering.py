"""Which lines of the reader a file reaches: in a child of this process, slowly, now and then.

pdfium itself is not built to tell what of it a file reaches, so only our own lines guide.
"""

import json
import os
import resource
import sys
from pathlib import Path
from types import FrameType
from typing import Any, NoReturn

from ingest.reader.jobs import read, take_attachments
from ingest.reader.verdicts import Refused

_CPU_S, _MEMORY_BYTES = 15, 2 << 30
_OURS = f"{os.sep}ingest{os.sep}reader{os.sep}"


def lines_reached(path: Path, scratch: Path) -> set[str]:
    """Read a file in a forked child, and give the lines of ours that ran; none when it dies."""
    from_child, to_parent = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(from_child)
        _be_child(path, scratch, to_parent)
    os.close(to_parent)
    with os.fdopen(from_child, "rb") as told:
        body = told.read()
    os.waitpid(child, 0)
    return set(json.loads(body)) if body else set()


def _be_child(path: Path, scratch: Path, to_parent: int) -> NoReturn:
    reached: set[str] = set()

    def trace(frame: FrameType, event: str, _argument: Any) -> Any:
        name = frame.f_code.co_filename
        if _OURS not in name:
            return None
        if event == "line":
            reached.add(f"{name.rpartition(os.sep)[2]}:{frame.f_lineno}")
        return trace

    try:
        resource.setrlimit(resource.RLIMIT_CPU, (_CPU_S, _CPU_S))
        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY_BYTES, _MEMORY_BYTES))
        nothing = os.open(os.devnull, os.O_RDWR)
        for stream in (1, 2):
            os.dup2(nothing, stream)
        sys.settrace(trace)
        try:
            if read(path, scratch, lambda _count: None).get("has_attachments"):
                take_attachments(path, scratch.with_suffix(".folder"))
        except (Refused, Exception):  # what goes wrong is judged elsewhere
            reached.add("refused")
        sys.settrace(None)
        os.write(to_parent, json.dumps(sorted(reached)).encode())
    finally:
        os._exit(0)
