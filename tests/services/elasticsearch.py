"""A real Elasticsearch by hand, for a look, a test or a measurement; and how tests share one.

python -m tests.services.elasticsearch fetch --release 8
python -m tests.services.elasticsearch start --release 9 --nodes 3
python -m tests.services.elasticsearch kill --node 1
python -m tests.services.elasticsearch stop
"""

import argparse
import fcntl
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.services import nodes
from tests.services.distribution import RELEASES, fetch, root
from tests.services.java import Missing

RUN_PID = "pid"  # file in the folder of a test run
_RECORD = "elasticsearch.json"
_CHECKOUT = Path(__file__).resolve().parents[2]


@contextmanager
def _alone(folder: Path) -> Iterator[Path]:
    """Hold a folder's record while no other process looks at it."""
    with (folder / "lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield folder / _RECORD


def shared(folder: Path, release: str) -> str:
    """Give the address of the one node of a test run, which whoever comes first starts.

    Raises:
        Missing: the server or its Java is not on this machine.
    """
    with _alone(folder) as record:
        if not record.exists():
            nodes.start(release).remember(record)
            keeper = [sys.executable, "-m", __name__, "keep", str(folder)]
            subprocess.Popen(keeper, cwd=_CHECKOUT, start_new_session=True).returncode = 0
        return nodes.remembered(record).url


def keep(folder: Path) -> None:
    """Wait for the end of a test run and end its node, should the run itself have been killed."""
    run = int((folder / RUN_PID).read_text())
    while folder.is_dir():
        try:
            os.kill(run, 0)
        except OSError:
            end_shared(folder)
            shutil.rmtree(folder)
        time.sleep(0.5)


def end_shared(folder: Path) -> None:
    """End the node of a test run, if one was started."""
    with _alone(folder) as record:
        if record.exists():
            nodes.remembered(record).stop()
            record.unlink()


def _start(record: Path, words: argparse.Namespace) -> str:
    if record.exists():
        raise Missing("one is running; stop it first")
    fetch(words.release)
    cluster = nodes.start(words.release, nodes=words.nodes, heap=words.heap)
    cluster.remember(record)
    return cluster.url


def _on_running(record: Path, words: argparse.Namespace) -> str:
    if not record.exists():
        raise Missing("none is running")
    cluster = nodes.remembered(record)
    if words.verb == "stop":
        cluster.stop()
        record.unlink()
    elif words.verb == "kill":
        cluster.kill(words.node)
    elif words.verb == "revive":
        cluster.revive(words.node)
    return cluster.url


def _said(words: argparse.Namespace) -> str:
    if words.verb == "fetch":
        return "\n".join(str(fetch(release)) for release in words.release)
    if words.verb == "keep":
        keep(words.folder)
        return "ended"
    root().mkdir(parents=True, exist_ok=True)
    with _alone(root()) as record:
        return (_start if words.verb == "start" else _on_running)(record, words)


def _words() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    verbs = parser.add_subparsers(dest="verb", required=True)
    fetching = verbs.add_parser("fetch", help="fetch servers and stop there")
    fetching.add_argument("--release", nargs="+", choices=sorted(RELEASES), default=["8"])
    starting = verbs.add_parser("start", help="start a node or a cluster; prints its address")
    starting.add_argument("--release", choices=sorted(RELEASES), default="8")
    starting.add_argument("--nodes", type=int, default=1)
    starting.add_argument("--heap", default="512m", help="Java heap of each node")
    for name, said in (("kill", "kill -9 one node"), ("revive", "start it again on its data")):
        verbs.add_parser(name, help=said).add_argument("--node", type=int, required=True)
    keeping = verbs.add_parser("keep", help="end the node of a test run after it")
    keeping.add_argument("folder", type=Path)
    verbs.add_parser("stop", help="end every node and remove its data")
    return parser.parse_args()


if __name__ == "__main__":
    try:
        print(_said(_words()))  # noqa: T201 (a program of its own)
    except Missing as missing:
        sys.exit(f"elasticsearch: {missing}.")
