"""Fixtures that every test may use, and which tests are run where.

Tests marked `slow`, `corpus`, `browser`, `elastic`, `postgres`, `redis` or `s3` are skipped with a
sentence unless PAPERWATCH_TEST_ALL is set (`paperwatch test --all`) and what they need is there;
those marked `ocr` unless that is there.
With PAPERWATCH_TEST_REQUIRE, as in CI, what is missing is a failure, and so is any other skip.
"""

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest

from archive import recogniser
from archive.settings import Settings, load
from tests import catalogues
from tests.services import elasticsearch as service
from tests.services import objects, postgres, redis
from tests.services.distribution import kept
from tests.services.java import Missing

CORPUS = "PAPERWATCH_TEST_CORPUS"
ELASTICSEARCH = "PAPERWATCH_TEST_ELASTICSEARCH_URL"
REDIS = "PAPERWATCH_TEST_REDIS_URL"
S3 = "PAPERWATCH_TEST_S3_URL"
RELEASE = os.environ.get("PAPERWATCH_TEST_ELASTICSEARCH_RELEASE", "8")
RUN = catalogues.RUN
MARKERS = ("slow", "ocr", "corpus", "browser", "elastic", "postgres", "redis", "s3")
IS_REQUIRED = bool(os.environ.get("PAPERWATCH_TEST_REQUIRE"))
ELSEWHERE = ("sqlite", "postgres", "corpus", "elastic")
SLOW_ON_POSTGRES = ("archive", "schedule", "whole", "workers")
WITHOUT_CATALOGUE = ("browser", "demo", "house", "search", "watchlist")
IS_ALL = IS_REQUIRED or bool(os.environ.get("PAPERWATCH_TEST_ALL"))


def chromium_path() -> str | None:
    """Find Chromium, under any of its usual names."""
    names = ("chromium", "chromium-browser", "google-chrome", "chrome")
    return next((path for name in names if (path := shutil.which(name))), None)


def lacking(marker: str) -> str | None:
    """Say what a marked test lacks here and what to do; None when it can run."""
    if marker == "corpus":
        folder = os.environ.get(CORPUS)
        if folder and Path(folder).is_dir():
            return None
        return f"set {CORPUS} to the folder of real documents"
    if marker == "ocr":
        return recogniser.lacking(load()) or None
    if marker == "elastic" and os.environ.get(ELASTICSEARCH):
        return None
    if marker == "s3" and os.environ.get(S3):
        return None
    if marker == "postgres" and os.environ.get(catalogues.URL):
        return None
    if not IS_ALL:
        return "run it with: ./paperwatch test --all"
    if marker == "elastic":
        return _lacking_elasticsearch()
    if marker == "redis":
        return None if os.environ.get(REDIS) else _lacking_redis()
    if marker == "s3":
        return _lacking_objects()
    if marker == "postgres":
        return _lacking_postgres()
    if marker == "browser" and chromium_path() is None:
        return "install Chromium, on Debian with: apt-get install chromium"
    return None


def _lacking_elasticsearch() -> str | None:
    try:
        kept(RELEASE)
    except Missing as missing:
        return f"{missing}, or set {ELASTICSEARCH} to the address of one"
    return None


def _lacking_redis() -> str | None:
    try:
        redis.check_there()
    except Missing as missing:
        return f"{missing}, or set {REDIS} to the address of one"
    return None


def _lacking_objects() -> str | None:
    try:
        objects.kept()
    except Missing as missing:
        return f"{missing}, or set {S3} to the address of a bucket"
    return None


def _lacking_postgres() -> str | None:
    try:
        postgres.programs()
    except Missing as missing:
        return f"{missing}, or set {catalogues.URL} to the address of one"
    return None


def pytest_configure(config: pytest.Config) -> None:
    """Make the folder that the processes of this run share; workers know it by the environment."""
    if not hasattr(config, "workerinput"):
        os.environ[RUN] = tempfile.mkdtemp(prefix="paperwatch-test-")
        Path(os.environ[RUN], service.RUN_PID).write_text(str(os.getpid()))


def pytest_unconfigure(config: pytest.Config) -> None:
    """End the servers that were started for this run, after the last of its processes."""
    catalogues.end()
    if not hasattr(config, "workerinput") and (folder := os.environ.pop(RUN, None)):
        service.end_shared(Path(folder))
        redis.end_shared(Path(folder))
        objects.end_shared(Path(folder))
        postgres.end_shared(Path(folder))
        shutil.rmtree(folder)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """On PostgreSQL leave out what has nothing to do with where the catalogue is.

    That are the folders that open none, or (`demo`) always one in the folder; tests of the file of
    one in SQLite; those that run on a PostgreSQL of their own in any case; those that hold real
    documents or an Elasticsearch against the rest of the program; and slow ones of the spiders,
    the reader and the pages.
    """
    if not catalogues.IS_POSTGRES:
        return
    left_out = [one for one in items if _is_left_out(one)]
    config.hook.pytest_deselected(items=left_out)
    items[:] = [one for one in items if not _is_left_out(one)]


def _is_left_out(item: pytest.Item) -> bool:
    folder = item.path.relative_to(Path(__file__).parent).parts[0]
    if item.get_closest_marker("slow") and folder not in SLOW_ON_POSTGRES:
        return True
    return folder in WITHOUT_CATALOGUE or any(map(item.get_closest_marker, ELSEWHERE))


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """Skip a marked test that cannot run here, or fail it where everything must run."""
    for marker in MARKERS:
        if item.get_closest_marker(marker) is None:
            continue
        if (reason := lacking(marker)) is not None:
            sentence = f"{marker} test: {reason}"
            (pytest.fail if IS_REQUIRED else pytest.skip)(sentence)


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Let a skipped test fail the whole run where everything must run."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if IS_REQUIRED and reporter is not None and reporter.stats.get("skipped"):
        reporter.write_line("A test was skipped, and PAPERWATCH_TEST_REQUIRE is set.", red=True)
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


@pytest.fixture(autouse=True)
def _no_archive_of_the_person(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    """See that no setting of the person who runs the tests, and no real archive, is in reach."""
    for name in [name for name in os.environ if name.startswith("PAPERWATCH_")]:
        if not name.startswith("PAPERWATCH_TEST_"):
            monkeypatch.delenv(name)
    with catalogues.forgotten():
        catalogues.set_home(monkeypatch, tmp_path / "home")
        yield


@pytest.fixture
def home(_no_archive_of_the_person: None) -> Path:
    """The folder of the test's own archive, which PAPERWATCH_HOME names; not made yet."""
    return Path(os.environ["PAPERWATCH_HOME"])


@pytest.fixture
def settings(home: Path) -> Settings:
    """The settings in force: all defaults, but for the folder."""
    return load()


@pytest.fixture(scope="session")
def corpus() -> Path:
    """The folder of real documents; for tests marked `corpus`."""
    return Path(os.environ[CORPUS])


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of Chromium; for tests marked `browser`."""
    path = chromium_path()
    assert path is not None
    return path


@pytest.fixture(scope="session")
def elasticsearch_url() -> str:
    """The address of a real Elasticsearch; for tests marked `elastic`."""
    return os.environ.get(ELASTICSEARCH) or service.shared(Path(os.environ[RUN]), RELEASE)


@pytest.fixture(scope="session")
def redis_url() -> str:
    """The address of a real Redis; for tests marked `redis`."""
    return os.environ.get(REDIS) or redis.shared(Path(os.environ[RUN]))


@pytest.fixture
def bucket_url(monkeypatch: pytest.MonkeyPatch) -> str:
    """The address of a bucket under a prefix of the test's own; for tests marked `s3`."""
    url = os.environ.get(S3)
    if not url:
        for name, value in objects.CREDENTIALS.items():
            monkeypatch.setenv(name, value)
        url = objects.shared(Path(os.environ[RUN])).url
    where, _, said = url.partition("?")
    return f"{where}/{uuid4().hex}?{said}"
