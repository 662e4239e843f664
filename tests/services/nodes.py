"""Starts, kills and ends the nodes of one Elasticsearch cluster, in a folder of its own."""

import base64
import json
import os
import pwd
import shutil
import signal
import socket
import ssl
import subprocess
import tempfile
import time
import urllib.request
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from tests.services.distribution import JAVA_LEAST, kept
from tests.services.java import Missing, java_home

_USER = "esnode"
_DISCOVERY = ("cluster.initial_master_nodes", "discovery.seed_hosts", "discovery.type")
_LAUNCHER = "org.elasticsearch.server.launcher.ServerLauncher"  # of 9.x
_WAIT_S = 180.0
_ENDS_WITHIN_S = 20.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Guard:
    """What keeps strangers out of nodes: `files` of their configuration, `settings`, and a user."""

    files: Mapping[str, bytes]
    settings: Mapping[str, str]
    user: str
    password: str
    authority: bytes  # the certificate (PEM) that signed those of the nodes

    def opened(self, url: str, body: Mapping[str, Any] | None = None, method: str = "GET") -> Any:
        """Ask a node as the user; gives its answer in JSON."""
        known = base64.b64encode(f"{self.user}:{self.password}".encode()).decode()
        headers = {"Authorization": f"Basic {known}", "Content-Type": "application/json"}
        sent = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(url, sent, headers, method=method)
        context = ssl.create_default_context(cadata=self.authority.decode())
        with urllib.request.urlopen(request, timeout=30, context=context) as answer:
            return json.load(answer)


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """One node: where it answers, and where its configuration, data and logs are."""

    name: str
    folder: str
    http_port: int
    transport_port: int
    scheme: str = "http"

    @property
    def url(self) -> str:
        """Where it answers."""
        return f"{self.scheme}://127.0.0.1:{self.http_port}"

    @property
    def group(self) -> int | None:
        """The process group in which it runs; None where it does not run."""
        try:
            group = int((Path(self.folder) / "group").read_text())
            os.waitpid(group, os.WNOHANG)  # ours that ended counts as ended only when reaped
        except ChildProcessError:
            pass
        except (OSError, ValueError):
            return None
        try:
            os.killpg(group, 0)
        except OSError:
            return None
        return group


@dataclass(frozen=True, slots=True, kw_only=True)
class Cluster:
    """A cluster that was started; `stop` ends it and removes its folder."""

    release: str
    folder: str
    heap: str
    nodes: tuple[Node, ...]

    @property
    def url(self) -> str:
        """Where its nodes answer, with commas between."""
        return ",".join(node.url for node in self.nodes)

    def kill(self, place: int) -> None:
        """End one node at once, as a power cut would."""
        _end([self.nodes[place]], signal.SIGKILL)

    def revive(self, place: int) -> None:
        """Start a killed node again on its data."""
        _launch(self.nodes[place], self.release)

    def stop(self) -> None:
        """End all nodes and forget what they held."""
        _end(self.nodes, signal.SIGTERM)
        _end(self.nodes, signal.SIGKILL)
        shutil.rmtree(self.folder, ignore_errors=True)

    def remember(self, path: Path) -> None:
        """Write down what another process needs to end it."""
        path.write_text(json.dumps(asdict(self)))


def remembered(path: Path) -> Cluster:
    """Read a cluster that was written down."""
    held: dict[str, Any] = json.loads(path.read_text())
    nodes = tuple(Node(**node) for node in held.pop("nodes"))
    return Cluster(nodes=nodes, **held)


def start(
    release: str = "8",
    *,
    nodes: int = 1,
    heap: str = "512m",
    more: Mapping[str, str] | None = None,
    jvm: Sequence[str] = (),
    http_port: int = 0,
    guard: Guard | None = None,
) -> Cluster:
    """Start a cluster on free ports and wait until it answers.

    `more` are settings of every node that go before ours, `jvm` options of its Java, `http_port`
    the port of the first, any free one otherwise. A `guard` lets only its user in, by TLS.

    Raises:
        Missing: the server or its Java is not on this machine, or does not start.
    """
    kept(release)
    folder = Path(tempfile.mkdtemp(prefix="paperwatch-elastic-"))
    folder.chmod(0o755)
    ports = _free_ports(2 * nodes)
    ports[0] = http_port or ports[0]
    made = tuple(
        Node(
            name=f"node-{number}",
            folder=str(folder / f"node-{number}"),
            http_port=ports[2 * number],
            transport_port=ports[2 * number + 1],
            scheme="https" if guard else "http",
        )
        for number in range(nodes)
    )
    cluster = Cluster(release=release, folder=str(folder), heap=heap, nodes=made)
    try:
        for node in made:
            _configure(node, cluster, {**(guard.settings if guard else {}), **(more or {})}, jvm)
            for name, held in (guard.files if guard else {}).items():
                (Path(node.folder) / "config" / name).write_bytes(held)
            _launch(node, release)
        _wait(cluster, guard)
    except BaseException:
        cluster.stop()
        raise
    return cluster


def _free_ports(count: int) -> list[int]:
    """Find ports that nobody holds; all are held until the last is found, so none comes twice."""
    held = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    ports = [int(one.getsockname()[1]) for one in held]
    for one in held:
        one.close()
    return ports


def _configure(node: Node, cluster: Cluster, more: Mapping[str, str], jvm: Sequence[str]) -> None:
    folder = Path(node.folder)
    for name in ("logs", "tmp"):
        (folder / name).mkdir(parents=True)
    config = folder / "config"
    shutil.copytree(kept(cluster.release) / "config", config)
    lines = {
        "cluster.name": Path(cluster.folder).name,
        "node.name": node.name,
        "network.host": "127.0.0.1",
        "http.port": node.http_port,
        "transport.port": node.transport_port,
        "path.data": folder / "data",
        "path.logs": folder / "logs",
        "xpack.security.enabled": "false",
        "cluster.routing.allocation.disk.threshold_enabled": "false",
        **(_discovery(cluster) if not any(key in _DISCOVERY for key in more) else {}),
        **more,
    }
    text = "".join(f"{key}: {value}\n" for key, value in lines.items())
    (config / "elasticsearch.yml").write_text(text)
    (config / "jvm.options.d").mkdir(exist_ok=True)
    options = (f"-Xms{cluster.heap}", f"-Xmx{cluster.heap}", *jvm)
    written = "".join(f"{one}\n" for one in options)
    (config / "jvm.options.d" / "heap.options").write_text(written)


def _discovery(cluster: Cluster) -> dict[str, str]:
    if len(cluster.nodes) == 1:
        return {"discovery.type": "single-node"}
    seeds = [f"127.0.0.1:{node.transport_port}" for node in cluster.nodes]
    return {
        "discovery.seed_hosts": json.dumps(seeds),
        "cluster.initial_master_nodes": json.dumps([node.name for node in cluster.nodes]),
    }


def _owner() -> pwd.struct_passwd | None:
    """Give the user to run as: this one, or a system user where this one is root."""
    if os.getuid():
        return None  # the server refuses to run as root only
    try:
        return pwd.getpwnam(_USER)
    except KeyError:
        subprocess.run(["useradd", "--system", "--no-create-home", _USER], check=True)
        return pwd.getpwnam(_USER)


def _launch(node: Node, release: str) -> None:
    """Start a node in a process group of its own and write the group down."""
    home, java, folder = kept(release), java_home(JAVA_LEAST[release]), Path(node.folder)
    launcher = ["-cp", f"{home}/lib/tools/server-launcher/*", _LAUNCHER]
    command = {
        "8": [str(home / "bin" / "elasticsearch-cli")],
        "9": [f"{java}/bin/java", "-Xmx64m", *launcher],
    }[release]
    environment = {
        "PATH": os.environ["PATH"], "HOME": str(folder),
        "JAVA": f"{java}/bin/java", "JAVA_TYPE": "ES_JAVA_HOME", "ES_JAVA_HOME": str(java),
        "ES_HOME": str(home), "ES_PATH_CONF": f"{folder}/config", "ES_TMPDIR": f"{folder}/tmp",
        "CLI_NAME": "server", "CLI_LIBS": "lib/tools/server-cli", "ES_DISTRIBUTION_TYPE": "zip",
    }  # fmt: skip
    options: dict[str, Any] = {}
    if (user := _owner()) is not None:
        for path in [folder, *folder.rglob("*")]:
            os.chown(path, user.pw_uid, user.pw_gid)
        options = {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}
    with (folder / "console.log").open("ab") as log:
        process = subprocess.Popen(
            command, env=environment, cwd=home, stdin=subprocess.DEVNULL, stdout=log, stderr=log,
            start_new_session=True, **options,
        )  # fmt: skip
    process.returncode = 0  # `group` looks after it from here on
    (folder / "group").write_text(str(process.pid))


def _wait(cluster: Cluster, guard: Guard | None) -> None:
    """Wait until every node has joined."""
    address = f"{cluster.nodes[0].url}/_cluster/health?timeout=1s&wait_for_nodes="
    until = time.monotonic() + _WAIT_S
    while time.monotonic() < until:
        time.sleep(0.25)
        dead = [node for node in cluster.nodes if node.group is None]
        if dead:
            words = (Path(dead[0].folder) / "console.log").read_text(errors="replace")
            raise Missing(f"Elasticsearch stopped while starting: {words[-2000:]}")
        try:
            if not _asked(f"{address}{len(cluster.nodes)}", guard)["timed_out"]:
                return
        except (OSError, ValueError):
            continue
    raise Missing(f"Elasticsearch did not answer within {_WAIT_S:.0f} s")


def _asked(address: str, guard: Guard | None) -> Any:
    if guard is not None:
        return guard.opened(address)
    with urllib.request.urlopen(address, timeout=5) as answer:
        return json.load(answer)


def _end(nodes: "list[Node] | tuple[Node, ...]", how: signal.Signals) -> None:
    for node in nodes:
        if (group := node.group) is not None:
            os.killpg(group, how)
    until = time.monotonic() + _ENDS_WITHIN_S
    while any(node.group for node in nodes) and time.monotonic() < until:
        time.sleep(0.1)
