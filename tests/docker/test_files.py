"""compose.yaml, the Dockerfile and the secrets, held against their schemas and our own rules."""

import json
import os
import re
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from tests.docker import composed
from tests.docker.composed import COMPOSE, DOCKERFILE, NODES, OURS, services, size
from tests.house.sources import CHECKOUT

SERVICES = services()
MOST = 8 * 10**9
BIN = Path(sys.executable).parent
OF_ANOTHER = {("PAPERWATCH_SEARCH_PASSWORD_FILE", ""), ("PAPERWATCH_SEARCH_API_KEY_FILE", "")}
SECRETS = CHECKOUT / "docker" / "make_secrets.py"


def ran(*words: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run([str(one) for one in words], capture_output=True, text=True, cwd=CHECKOUT)


def test_compose_yaml_fits_the_schema_of_compose() -> None:
    checked = ran(
        BIN / "check-jsonschema", "--builtin-schema", "vendor.compose-spec", "--no-cache", COMPOSE
    )
    assert checked.returncode == 0, checked.stdout + checked.stderr


def test_the_schema_refuses_a_service_that_is_none(tmp_path: Path) -> None:
    odd = tmp_path / "compose.yaml"
    odd.write_text(COMPOSE.read_text().replace("mem_limit:", "memory_limit:", 1))
    checked = ran(BIN / "check-jsonschema", "--builtin-schema", "vendor.compose-spec", odd)
    assert checked.returncode == 1


def test_hadolint_finds_nothing_in_the_dockerfile() -> None:
    linted = ran(BIN / "hadolint", DOCKERFILE)
    assert (linted.returncode, linted.stdout) == (0, "")


def test_the_services_of_issue_and_design_are_there_and_three_nodes_are_a_profile() -> None:
    usual = {name for name, one in SERVICES.items() if "profiles" not in one}
    assert usual == {*OURS, "secrets", "postgres", "redis", "elasticsearch"}
    more = {name for name, one in SERVICES.items() if one.get("profiles") == ["three-nodes"]}
    assert more == {"elasticsearch-2", "elasticsearch-3"}


@pytest.mark.parametrize(
    ("chosen", "left_out"),
    [({}, NODES[1:]), (composed.env_file("three-nodes.env"), ())],
    ids=["one node", "three nodes"],
)
def test_memory_fits_a_machine_of_eight_gigabytes(
    chosen: dict[str, str], left_out: tuple[str, ...]
) -> None:
    limits = {
        name: size(one["mem_limit"])
        for name, one in services(chosen).items()
        if name not in left_out
    }
    assert sum(limits.values()) <= MOST, limits


@pytest.mark.parametrize("name", NODES)
@pytest.mark.parametrize("chosen", [{}, composed.env_file("three-nodes.env")])
def test_a_node_has_room_beside_its_heap(name: str, chosen: dict[str, str]) -> None:
    # Measured: a server takes its heap and 0.35 GB, its launcher 0.1.
    node = services(chosen)[name]
    least, most = re.findall(r"-Xm[sx](\d+m)", node["environment"]["ES_JAVA_OPTS"])
    assert least == most
    assert size(node["mem_limit"]) >= size(most) + (450 << 20)


def test_three_nodes_are_asked_where_three_run() -> None:
    chosen = composed.env_file("three-nodes.env")
    assert chosen["COMPOSE_PROFILES"] == "three-nodes"
    url = services(chosen)["web"]["environment"]["PAPERWATCH_SEARCH_URL"]
    assert url == ",".join(f"http://{name}:9200" for name in NODES)
    seeds = {one["environment"]["discovery.seed_hosts"] for name, one in SERVICES.items()
             if name in NODES}  # fmt: skip
    assert seeds == {",".join(NODES)}
    assert [SERVICES[name]["environment"]["node.name"] for name in NODES] == list(NODES)


def test_only_the_page_is_published_and_only_on_this_machine() -> None:
    published = {name: one["ports"] for name, one in SERVICES.items() if "ports" in one}
    assert published == {"web": ["127.0.0.1:8642:8642"]}
    inside = {name for name, one in SERVICES.items() if one.get("networks") == ["inside"]}
    assert inside == {"beat", "postgres", "redis", *NODES}


@pytest.mark.parametrize("name", [one for one in SERVICES if one != "secrets"])
def test_every_service_that_stays_has_a_healthcheck_and_starts_again(name: str) -> None:
    assert SERVICES[name]["healthcheck"]["test"][0] in ("CMD", "CMD-SHELL")
    assert SERVICES[name]["restart"] == "unless-stopped"
    assert SERVICES[name]["logging"]["options"]["max-size"]


@pytest.mark.parametrize("name", OURS)
def test_our_services_may_do_nothing_that_they_need_not(name: str) -> None:
    service = SERVICES[name]
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert "user" not in service  # that of the image
    assert service["security_opt"] == ["no-new-privileges:true"]
    writable = {one.split(":")[1] for one in service["volumes"] if not one.endswith(":ro")}
    writable |= {one.split(":")[0] for one in service.get("tmpfs", ())}
    assert writable == {"/var/lib/paperwatch", "/tmp"}  # noqa: S108


def test_no_secret_stands_in_the_file_and_each_service_sees_only_its_own() -> None:
    seen = {
        name: [one for one in service.get("volumes", ()) if "secrets-" in one]
        for name, service in SERVICES.items()
        if name != "secrets"
    }
    assert seen == {
        **{name: ["secrets-paperwatch:/run/secrets:ro"] for name in OURS},
        "postgres": ["secrets-postgres:/run/secrets:ro"],
        "redis": ["secrets-redis:/run/secrets:ro"],
        **{name: [] for name in NODES},
    }
    for name, service in SERVICES.items():
        for key, value in service["environment"].items() if name != "redis" else ():
            if "PASSWORD" in key or "TOKEN" in key:
                assert key.endswith("_FILE"), key
                # Of an Elasticsearch elsewhere only where there is one.
                assert value.startswith("/run/secrets/") or (key, value) in OF_ANOTHER


def test_images_are_pinned_to_a_release() -> None:
    named = [one["image"] for name, one in SERVICES.items() if name not in (*OURS, "secrets")]
    named += [words.split()[0] for name, words in composed.instructions() if name == "FROM"]
    for image in named:
        assert re.search(r":\d+\.\d+", image), image


def test_the_image_is_not_root_and_knows_how_it_is() -> None:
    user = composed.last("USER").partition(":")[0]
    assert user == "10001"
    check = json.loads(composed.last("HEALTHCHECK").partition("CMD ")[2])
    assert check == SERVICES["web"]["healthcheck"]["test"][1:]
    assert composed.last("STOPSIGNAL") == "SIGTERM"


def test_all_that_is_copied_is_let_through_to_the_builder() -> None:
    ignored = (CHECKOUT / ".dockerignore").read_text().splitlines()
    assert ignored[1] == "*"
    let_through = {line[1:] for line in ignored if line.startswith("!")}
    copied = {
        word
        for name, words in composed.instructions()
        if name == "COPY" and "--from" not in words
        for word in words.split()[:-1]
    }
    assert copied == let_through
    assert all((CHECKOUT / one).exists() for one in copied)


def made(folder: Path) -> subprocess.CompletedProcess[str]:
    return ran(sys.executable, SECRETS, folder)


needs_root = pytest.mark.skipif(
    os.getuid() != 0, reason="gives files to other users: run it as root"
)


@needs_root
def test_secrets_are_made_once_and_each_file_is_for_one_user(tmp_path: Path) -> None:
    assert made(tmp_path).returncode == 0
    held = {path: path.read_text() for path in tmp_path.rglob("*") if path.is_file()}
    assert sorted(str(path.relative_to(tmp_path)) for path in held) == [
        "paperwatch/broker_password",
        "paperwatch/catalogue_password",
        "paperwatch/metrics_token",
        "postgres/password",
        "redis/redis.conf",
    ]
    for path in held:
        user = 10001 if path.parent.name == "paperwatch" else 999
        assert path.stat().st_uid == path.parent.stat().st_uid == user
        assert stat.S_IMODE(path.stat().st_mode) == 0o400
        assert stat.S_IMODE(path.parent.stat().st_mode) == 0o500
    ours = tmp_path / "paperwatch"
    assert held[tmp_path / "postgres/password"] == held[ours / "catalogue_password"]
    assert held[tmp_path / "redis/redis.conf"] == f"requirepass {held[ours / 'broker_password']}"
    assert len(set(held.values())) == 4
    assert made(tmp_path).returncode == 0
    assert {path: path.read_text() for path in held} == held


@needs_root
def test_a_secret_of_the_operator_is_kept_and_handed_on(tmp_path: Path) -> None:
    ours = tmp_path / "paperwatch"
    ours.mkdir()
    (ours / "catalogue_password").write_text("one-of-the-desk-alone")
    (ours / "search_password").write_text("of a cluster elsewhere, any letters")
    assert made(tmp_path).returncode == 0
    assert (tmp_path / "postgres/password").read_text() == "one-of-the-desk-alone\n"
    other = (ours / "search_password").stat()
    assert (other.st_uid, stat.S_IMODE(other.st_mode)) == (10001, 0o400)
    assert sorted(one.name for one in (tmp_path / "redis").iterdir()) == ["redis.conf"]


def test_an_elasticsearch_elsewhere_is_named_with_its_secrets_by_the_environment() -> None:
    chosen = {
        "PAPERWATCH_SEARCH_URL": "https://desk@search.example:9200",
        "PAPERWATCH_SEARCH_PASSWORD_FILE": "/run/secrets/search_password",
        "PAPERWATCH_SEARCH_CA": "/run/secrets/search_ca.crt",
    }
    for name in OURS:
        assert chosen.items() <= services(chosen)[name]["environment"].items()


def test_a_damaged_index_keeps_nothing_from_starting() -> None:
    """What mends it runs in a container that waits for a healthy Elasticsearch."""
    (_, check) = SERVICES["elasticsearch"]["healthcheck"]["test"]
    assert "_cluster/health" in check
    assert "status" not in check


@needs_root
@pytest.mark.parametrize("odd", ["short", "with a blank in between", 'quo"te-quo"te-quo"te'])
def test_a_secret_that_would_need_quotes_is_refused_in_words(tmp_path: Path, odd: str) -> None:
    ours = tmp_path / "paperwatch"
    ours.mkdir()
    (ours / "broker_password").write_text(odd)
    ended = made(tmp_path)
    assert ended.returncode == 1
    assert ended.stderr.startswith("broker_password must be one line of 16 to 200 letters")
    assert odd not in ended.stderr
    assert not (tmp_path / "redis").exists()
