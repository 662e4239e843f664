"""An Elasticsearch that wants a password or a key, and speaks TLS by an authority of its own."""

import json
import urllib.error
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.conftest import IS_REQUIRED, RELEASE
from tests.services import guarded, nodes
from tests.services.java import Missing
from tests.whole.children import run, status
from tests.whole.composed_files import summary_file
from tests.whole.test_on_elasticsearch import fetched, serving

pytestmark = [pytest.mark.elastic, pytest.mark.slow]
ROWS = 20
DESK, READER = "desk", "reader"
# As docs/elasticsearch.md says, and nothing more.
RIGHTS = {"indices": [{"names": ["paperwatch-*"], "privileges": ["manage", "read", "write"]}]}
READ_ONLY = {"indices": [{"names": ["paperwatch-*"], "privileges": ["read"]}]}


@dataclass(frozen=True, slots=True, kw_only=True)
class Guarded:
    """A node with its guard, and the files that a program needs to come in."""

    url: str
    authority: Path
    guard: nodes.Guard

    def asked(self, path: str, body: Mapping[str, object], method: str = "PUT") -> dict[str, str]:
        answer: dict[str, str] = self.guard.opened(f"{self.url}{path}", body, method)
        return answer


@pytest.fixture(scope="module")
def node(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Guarded]:
    """One node of our own with a user who has the rights that are documented."""
    made = guarded.certificates(tmp_path_factory.mktemp("certificates"))
    guard = guarded.guard(made)
    try:
        started = nodes.start(RELEASE, guard=guard)
    except Missing as missing:
        (pytest.fail if IS_REQUIRED else pytest.skip)(f"elastic test: {missing}")
    node = Guarded(url=started.url, authority=made.authority, guard=guard)
    for name, rights in ((DESK, RIGHTS), (READER, READ_ONLY)):
        node.asked(f"/_security/role/{name}", rights)
        secret = {"password": guarded.PASSWORD, "roles": [name]}
        node.asked(f"/_security/user/{name}", secret)
    yield node
    started.stop()


@pytest.fixture
def known(node: Guarded, monkeypatch: pytest.MonkeyPatch) -> None:
    """The settings with which the program is let in."""
    monkeypatch.setenv("PAPERWATCH_SEARCH_URL", node.url.replace("//", f"//{DESK}@"))
    monkeypatch.setenv("PAPERWATCH_SEARCH_PASSWORD", guarded.PASSWORD)
    monkeypatch.setenv("PAPERWATCH_SEARCH_CA", str(node.authority))


@pytest.fixture
def filled(home: Path, known: None, tmp_path: Path) -> Path:
    """The folder of an archive with some awards, indexed there."""
    code, out, err = run(home, "import", str(summary_file(tmp_path / "awards.csv", ROWS)))
    assert (code, f"{ROWS} new" in out) == (0, True), (out, err)
    return home


def found(home: Path) -> int:
    code, out, err = run(home, "search", "lot", "--json")
    assert code == 0, err
    return int(json.loads(out)["total"])


def refused(home: Path, *words: str) -> tuple[int, str]:
    """Run the program; gives its exit code and what it said, in which there is no secret."""
    code, out, err = run(home, *words)
    assert guarded.PASSWORD not in out + err
    assert "Traceback" not in err
    return code, err


def test_a_password_with_odd_letters_and_the_documented_rights_are_enough(filled: Path) -> None:
    assert found(filled) == ROWS
    code, out, err = run(filled, "rebuild-index")
    assert (code, out.startswith("Index e2-")) == (0, True), err
    code, out, err = run(filled, "rebuild-index")  # which removes the first
    assert code == 0, err
    code, out, err = run(filled, "verify")
    assert (code, out.splitlines()[-1]) == (0, "All is whole."), (out, err)
    code, out, err = run(filled, "search", "lot", "--export", "jsonl")
    assert (code, len(out.splitlines())) == (0, ROWS), err


def test_a_key_takes_the_place_of_user_and_password(
    filled: Path, node: Guarded, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    key = node.asked("/_security/api_key", {"name": "desk"}, "POST")["encoded"]
    (tmp_path / "key").write_text(f"{key}\n")
    monkeypatch.setenv("PAPERWATCH_SEARCH_URL", node.url)
    monkeypatch.delenv("PAPERWATCH_SEARCH_PASSWORD")
    monkeypatch.setenv("PAPERWATCH_SEARCH_API_KEY_FILE", str(tmp_path / "key"))
    assert found(filled) == ROWS
    code, out, _ = run(filled, "settings")
    assert (code, key in out) == (0, False)

    monkeypatch.setenv("PAPERWATCH_SEARCH_URL", node.url.replace("//", f"//{DESK}:x@"))
    code, said = refused(filled, "search", "lot")
    assert (code, "PAPERWATCH_SEARCH_API_KEY is set" in said) == (5, True)


def test_a_wrong_password_is_said_to_the_operator_and_readers_hear_nothing_of_users(
    filled: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PAPERWATCH_SEARCH_PASSWORD", "wrong-and-secret")
    code, said = refused(filled, "search", "lot")
    assert (code, "refuses the user or password" in said) == (5, True)
    assert "wrong-and-secret" not in said
    held = status(filled)
    assert "refuses the user or password" in held["index_trouble"]
    assert refused(filled, "health")[0] == 5
    with serving(filled) as address:
        with pytest.raises(urllib.error.HTTPError) as error:
            fetched(f"{address}/api/search?q=lot")
        told = error.value.read().decode()
    assert error.value.code == 503
    assert not [one for one in (DESK, "PAPERWATCH", "Elasticsearch", "security") if one in told]


def test_rights_that_do_not_reach_are_said_and_nothing_is_set_aside(
    filled: Path, node: Guarded, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PAPERWATCH_SEARCH_URL", node.url.replace("//", f"//{READER}@"))
    more = summary_file(tmp_path / "more.csv", 5, first=ROWS + 1)
    code, said = refused(filled, "import", str(more))
    assert (code, "its rights do not reach" in said) == (5, True), said
    held = status(filled)
    assert (held["awards"], held["outbox"], held["set_aside"]) == (ROWS + 5, 5, 0)

    monkeypatch.setenv("PAPERWATCH_SEARCH_URL", node.url.replace("//", f"//{DESK}@"))
    assert run(filled, "import", str(more))[0] == 0
    assert found(filled) == ROWS + 5


def test_a_node_whose_authority_is_not_known_gets_no_password(
    filled: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("PAPERWATCH_SEARCH_CA")
    code, said = refused(filled, "search", "lot")
    assert (code, "PAPERWATCH_SEARCH_CA" in said) == (5, True), said
    assert "certificate" in status(filled)["index_trouble"]


def test_a_certificate_of_another_name_is_not_accepted(
    filled: Path, node: Guarded, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = node.url.replace("127.0.0.1", "localhost")
    monkeypatch.setenv("PAPERWATCH_SEARCH_URL", url.replace("//", f"//{DESK}@"))
    code, said = refused(filled, "search", "lot")
    assert (code, "localhost" in said, "names in PAPERWATCH_SEARCH_URL" in said) == (5, True, True)


def test_an_authority_for_an_address_without_tls_is_a_contradiction(
    filled: Path, node: Guarded, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PAPERWATCH_SEARCH_URL", node.url.replace("https://", f"http://{DESK}@"))
    code, said = refused(filled, "search", "lot")
    assert (code, "does not begin with https://" in said) == (5, True), said
