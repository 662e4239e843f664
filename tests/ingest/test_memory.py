import json
import subprocess
import sys
from typing import Any

import pytest

# A child of a settled reader says where its memory lies. The holes are made here: every second
# block is given back.
SETTLED = """
import ctypes, gc, json, os, sys
from ingest.reader import memory
system = ctypes.CDLL(None)
system.malloc.argtypes, system.malloc.restype = (ctypes.c_size_t,), ctypes.c_void_p
system.free.argtypes = (ctypes.c_void_p,)
sizes = [40, 600, 5_000, 100_000]
blocks = [system.malloc(size) for size in sizes for _ in range(100)]
for block in blocks[::2]:
    system.free(block)
if sys.argv[1:]:
    memory._SYSTEM = None
memory.settle()
if os.fork() == 0:
    if memory._room:
        memory.take_room()
    begin = memory._room.value or 0
    taken = [system.malloc(size) - begin for size in sizes]
    with open("/proc/self/smaps") as maps:
        flags, lines = "", maps.read().split("VmFlags:")
    for before, after in zip(lines, lines[1:]):
        edges = before.strip().split("\\n")[1 if flags else 0].split()[0].split("-")
        if int(edges[0], 16) <= begin < int(edges[1], 16):
            flags = after.split("\\n")[0]
            break
        flags = flags or " "
    print(json.dumps({"taken": taken, "flags": flags.split(), "room": memory._ROOM}))
    sys.stdout.flush()
    os._exit(0)
os.wait()
print(gc.get_freeze_count())
"""


def settled(*words: str) -> tuple[dict[str, Any], int]:
    done = subprocess.run(
        [sys.executable, "-c", SETTLED, *words], capture_output=True, text=True, check=True
    )
    child, frozen = done.stdout.splitlines()
    return json.loads(child), int(frozen)


@pytest.mark.skipif(sys.platform != "linux", reason="the reader's memory is arranged on Linux only")
def test_a_child_takes_its_memory_from_the_room_and_not_from_holes() -> None:
    child, frozen = settled()
    assert all(0 <= place < child["room"] for place in child["taken"])
    assert "hg" in child["flags"]  # large pages are asked for
    assert frozen > 1_000


@pytest.mark.skipif(sys.platform != "linux", reason="the reader's memory is arranged on Linux only")
def test_a_system_that_knows_none_of_this_reads_all_the_same() -> None:
    child, frozen = settled("without")
    assert len(child["taken"]) == 4
    assert frozen > 1_000
