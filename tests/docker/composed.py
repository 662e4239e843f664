"""What docker/ says: the services of compose.yaml with its variables filled in, and the image."""

import json
import re
from collections.abc import Mapping
from functools import cache
from typing import Any

import yaml

from tests.house.sources import CHECKOUT

FOLDER = CHECKOUT / "docker"
COMPOSE = FOLDER / "compose.yaml"
DOCKERFILE = FOLDER / "Dockerfile"
OURS = ("web", "worker", "beat")
NODES = ("elasticsearch", "elasticsearch-2", "elasticsearch-3")
_VARIABLE = re.compile(r"\$(?:(\$)|\{(\w+)(?::?-([^}]*))?\})")
_UNITS = {"k": 1 << 10, "m": 1 << 20, "g": 1 << 30}


def filled(text: str, environment: Mapping[str, str]) -> str:
    """Fill variables in as Compose does: `${NAME:-default}`, and `$$` for a dollar."""

    def value(found: re.Match[str]) -> str:
        dollar, name, default = found.groups()
        return dollar or environment.get(name) or default or ""

    return _VARIABLE.sub(value, text)


def services(environment: Mapping[str, str] | None = None) -> dict[str, dict[str, Any]]:
    """Give the services with their variables filled in."""
    text = filled(COMPOSE.read_text(encoding="utf-8"), environment or {})
    found: dict[str, dict[str, Any]] = yaml.safe_load(text)["services"]
    return found


def env_file(name: str) -> dict[str, str]:
    """Read a file of variables beside compose.yaml."""
    lines = (FOLDER / name).read_text(encoding="utf-8").splitlines()
    pairs = [line.partition("=") for line in lines if line and not line.startswith("#")]
    return {key: value for key, _, value in pairs}


def size(text: str) -> int:
    """Read a size such as 768m."""
    return int(text[:-1]) * _UNITS[text[-1]]


@cache
def instructions() -> tuple[tuple[str, str], ...]:
    """Give the instructions of the Dockerfile, lines joined: name and words."""
    text = re.sub(r"^#.*\n", "", DOCKERFILE.read_text(encoding="utf-8"), flags=re.MULTILINE)
    joined = re.sub(r"\\\n\s*", " ", text)
    return tuple(
        (line.split(maxsplit=1)[0], line.split(maxsplit=1)[1])
        for line in joined.splitlines()
        if line.strip()
    )


def last(name: str) -> str:
    """Give the words of the last instruction of a name."""
    return [words for one, words in instructions() if one == name][-1]


def image_environment() -> dict[str, str]:
    """Give the environment that the image sets."""
    return dict(pair.split("=", 1) for pair in last("ENV").split())


def entrypoint() -> list[str]:
    """Give what runs before a service's words."""
    words: list[str] = json.loads(last("ENTRYPOINT"))
    return words


def words_of(service: Mapping[str, Any]) -> list[str]:
    """Give the whole command line of a service of our image."""
    return [*service.get("entrypoint", entrypoint()), *service["command"]]
