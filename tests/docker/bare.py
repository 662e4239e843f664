"""The services of compose.yaml on this machine: the same words and environment, and nothing more.

The image's environment is made from the same lock files and the same wheel; addresses inside of the
containers' network become ports of this machine, volumes become folders.
"""

import json
import os
import resource
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.docker.composed import image_environment, services, words_of
from tests.house.sources import CHECKOUT, ROOMS
from tests.services import nodes, postgres

USER = 10001
_WAIT_S = 60.0
_UV = Path(sys.executable).parent / "uv"
_BUILT_OF = (*ROOMS, "pyproject.toml", "README.md", "LICENSE")


def make_environment(folder: Path) -> Path:
    """Make what the image has in /opt/paperwatch: the pinned packages and the program's wheel."""
    made, source = folder / "opt", folder / "source"
    source.mkdir()
    for name in _BUILT_OF:
        path = CHECKOUT / name
        (shutil.copytree if path.is_dir() else shutil.copy)(path, source / name)
    _run(_python(), "-m", "venv", "--without-pip", made)
    install = [_UV, "pip", "install", "--quiet", "--no-deps", "--python", made / "bin" / "python"]
    pinned = ["--only-binary", ":all:", "--require-hashes", "-r", CHECKOUT / "requirements.lock"]
    _run(*install, *pinned)
    build = ["--quiet", "--wheel", "--no-build-isolation", "--python", sys.executable]
    _run(_UV, "build", *build, "--out-dir", folder / "wheels", source)
    _run(*install, *(folder / "wheels").glob("*.whl"))
    shutil.rmtree(source)
    return made


def _python() -> str:
    """Give a Python that the user of the image may run, of the same release as this one."""
    same = f"import sys; sys.exit(sys.version_info[:2] != {sys.version_info[:2]})"
    for one in (sys.executable, "/usr/bin/python3"):
        with suppress(OSError):
            if subprocess.run([one, "-c", same], cwd="/", **as_user()).returncode == 0:
                return os.path.realpath(one)
    return sys.executable


def _run(*words: object, **more: Any) -> None:
    subprocess.run([str(one) for one in words], check=True, **more)


def free_port() -> int:
    """Find a port that nobody holds."""
    with socket.create_server(("127.0.0.1", 0)) as held:
        return int(held.getsockname()[1])


def until(is_so: Callable[[], Any], what: str) -> Any:
    """Ask again and again until something is so; gives it."""
    deadline = time.monotonic() + _WAIT_S
    while not (found := is_so()):
        assert time.monotonic() < deadline, f"never came: {what}"
        time.sleep(0.2)
    return found


@dataclass(slots=True, kw_only=True)
class Shelf:
    """The folders and ports that stand for volumes and the network, and what runs."""

    folder: Path
    made: Path
    ports: dict[str, int]
    running: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    @property
    def home(self) -> Path:
        """What the volume `archive` is."""
        return self.folder / "archive"

    @property
    def secrets(self) -> Path:
        """The folder of all folders of secrets."""
        return self.folder / "secrets"

    def here(self, text: str, service: str) -> str:
        """Write a word of compose.yaml as it is on this machine."""
        of = service if service in ("postgres", "redis") else "paperwatch"
        for inside, outside in (
            ("@postgres/", f"@127.0.0.1:{self.ports['postgres']}/"),
            ("redis:6379", f"127.0.0.1:{self.ports['redis']}"),
            ("elasticsearch:9200", f"127.0.0.1:{self.ports['elasticsearch']}"),
            ("127.0.0.1:9200", f"127.0.0.1:{self.ports['elasticsearch']}"),
            ("8642", str(self.ports["web"])),
            ("/run/secrets", str(self.secrets / of)),
            ("/var/lib/paperwatch", str(self.home)),
            ("/opt/paperwatch", str(self.made)),
            ("redis-cli", f"redis-cli -p {self.ports['redis']}"),
            ("--host=127.0.0.1", f"--host=127.0.0.1 --port={self.ports['postgres']}"),
            ("0.0.0.0", "127.0.0.1"),  # noqa: S104
        ):
            text = text.replace(inside, outside)
        return text

    def environment(self, service: Mapping[str, Any], name: str) -> dict[str, str]:
        """Give the whole environment of a service of our image."""
        both = image_environment() | {k: str(v) for k, v in service["environment"].items()}
        return {key: self.here(value, name) for key, value in both.items()}

    def start(self, name: str) -> None:
        """Start a service of our image, as the image's user where that can be."""
        service = services()[name]
        words = [self.here(one, name) for one in words_of(service)]
        with (self.folder / f"{name}.log").open("ab") as log:
            self.running[name] = subprocess.Popen(
                words,
                executable=str(self.made / "bin" / words[0]),
                env=self.environment(service, name),
                cwd=self.home,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                **as_user(),
            )

    def said(self, name: str) -> str:
        """Give all that a service said so far."""
        return (self.folder / f"{name}.log").read_text(encoding="utf-8", errors="replace")

    def check(self, name: str) -> subprocess.CompletedProcess[str]:
        """Run the healthcheck of a service where the service runs."""
        service = services()[name]
        kind, *words = [self.here(one, name) for one in service["healthcheck"]["test"]]
        if kind == "CMD-SHELL":
            return subprocess.run(["/bin/sh", "-c", *words], capture_output=True, text=True)
        if name == "postgres":
            program = str(postgres.programs() / words[0])
            split = [part for word in words[1:] for part in word.split()]
            return subprocess.run([program, *split], capture_output=True, text=True)
        return self.ran(name, words)

    def ran(self, name: str, words: list[str]) -> subprocess.CompletedProcess[str]:
        """Run words where a service runs, as `docker compose exec` does."""
        return subprocess.run(
            words,
            executable=str(self.made / "bin" / words[0]),
            env=self.environment(services()[name], name),
            cwd=self.home,
            capture_output=True,
            text=True,
            **as_user(),
        )

    def ask(self, path: str, **headers: str) -> Any:
        """Ask the page for JSON, or for text."""
        address = f"http://127.0.0.1:{self.ports['web']}{path}"
        with urllib.request.urlopen(urllib.request.Request(address, headers=headers)) as answer:
            text = answer.read().decode()
        return json.loads(text) if "json" in answer.headers["Content-Type"] else text

    def end(self, name: str) -> int:
        """End a service as Docker does, and give its exit code."""
        process = self.running.pop(name)
        process.send_signal(signal.SIGTERM)
        try:
            return process.wait(timeout=60)
        finally:
            process.kill()


def as_user() -> dict[str, Any]:
    """Give the user of the image where this one is root, who may become it."""
    if os.getuid():
        return {}
    return {"user": USER, "group": USER, "extra_groups": []}


def prepare(folder: Path) -> Shelf:
    """Make environment, secrets and folders."""
    folder.chmod(0o755)
    names = ("web", "postgres", "redis", "elasticsearch")
    shelf = Shelf(
        folder=folder,
        made=make_environment(folder),
        ports={name: free_port() for name in names},
    )
    secrets = CHECKOUT / "docker" / "make_secrets.py"
    _run(shelf.made / "bin" / "python", secrets, shelf.secrets, env={})
    shelf.home.mkdir()
    os.chown(shelf.home, USER, USER)
    return shelf


def start_postgres(shelf: Shelf) -> None:
    """Make the database as the official image does, and run the command of compose.yaml."""
    service, user = services()["postgres"], postgres._as_user()
    data, password = shelf.folder / "catalogue", shelf.folder / "postgres-password"
    shutil.copy(shelf.secrets / "postgres" / "password", password)
    data.mkdir()
    for path in (data, password):
        os.chown(path, user["user"], user["group"])
    initdb = service["environment"]["POSTGRES_INITDB_ARGS"].split()
    name = service["environment"]["POSTGRES_USER"]
    words = [postgres.programs() / "initdb", "-D", data, "-U", name, f"--pwfile={password}"]
    _run(*words, "--auth-local=trust", *initdb, cwd="/", stdout=subprocess.DEVNULL, **user)
    here = ["-D", data, "-p", shelf.ports["postgres"], "-c", "listen_addresses=127.0.0.1",
            "-c", "unix_socket_directories="]  # fmt: skip
    _start(shelf, "postgres", [*service["command"], *here], postgres.programs(), user)
    until(lambda: shelf.check("postgres").returncode == 0, "PostgreSQL")
    create = [postgres.programs() / "createdb", "-h", "127.0.0.1", "-p", shelf.ports["postgres"]]
    secret = (shelf.secrets / "postgres" / "password").read_text().strip()
    database = service["environment"]["POSTGRES_DB"]
    _run(*create, "-U", name, database, env={"PGPASSWORD": secret})


def start_redis(shelf: Shelf) -> None:
    """Run the command of compose.yaml."""
    words = [shelf.here(one, "redis") for one in services()["redis"]["command"]]
    here = ["--port", shelf.ports["redis"], "--bind", "127.0.0.1", "--dir", shelf.folder]
    _start(shelf, "redis", [*words, *here], Path(shutil.which(words[0]) or words[0]).parent, {})
    until(lambda: shelf.check("redis").returncode == 0, "Redis")


def _start(
    shelf: Shelf, name: str, words: list[object], programs: Path, more: dict[str, Any]
) -> None:
    first, *rest = [str(one) for one in words]
    with (shelf.folder / f"{name}.log").open("ab") as log:
        shelf.running[name] = subprocess.Popen(
            [str(programs / first), *rest],
            env={"PATH": "/usr/bin:/bin"},
            cwd="/",
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
            **more,
        )


def start_elasticsearch(shelf: Shelf, release: str) -> nodes.Cluster:
    """Start a node with the settings of compose.yaml, with what it checks there."""
    environment = services()["elasticsearch"]["environment"]
    heap = environment["ES_JAVA_OPTS"].partition("-Xmx")[2]
    ours = {key: str(value) for key, value in environment.items() if "." in key}
    ours["discovery.seed_hosts"] = "127.0.0.1"
    # What a node of production checks when it starts can pass where as many files may be open.
    wanted = services()["elasticsearch"]["ulimits"]["nofile"]["hard"]
    is_allowed = resource.getrlimit(resource.RLIMIT_NOFILE)[1] >= wanted
    jvm = ["-Des.enforce.bootstrap.checks=true"] if is_allowed else []
    port = shelf.ports["elasticsearch"]
    started = nodes.start(release, heap=heap, more=ours, jvm=jvm, http_port=port)
    until(lambda: shelf.check("elasticsearch").returncode == 0, "Elasticsearch")
    return started
