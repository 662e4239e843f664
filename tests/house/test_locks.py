"""The lock files: everything pinned, nothing that names a place."""

import re
import tomllib

import pytest

from .sources import CHECKOUT

PROJECT = tomllib.loads((CHECKOUT / "pyproject.toml").read_text())["project"]
LOCKS = ("requirements.lock", "requirements-test.lock", "requirements-installer.lock")
PIN = re.compile(r"^([a-z0-9.-]+)==([^ ;\\]+)", re.MULTILINE)


def pinned(name: str) -> dict[str, str]:
    return dict(PIN.findall((CHECKOUT / name).read_text()))


def required(words: list[str]) -> set[str]:
    names = (re.split(r"[\[<>=!~; ]", word)[0] for word in words)
    return {re.sub(r"[-_.]+", "-", name).lower() for name in names}


def test_every_package_that_the_program_needs_is_pinned() -> None:
    needed = [*PROJECT["dependencies"], *PROJECT["optional-dependencies"]["ocr"]]
    assert required(needed) <= pinned("requirements.lock").keys()


def test_every_package_that_the_tests_need_is_pinned() -> None:
    held = pinned("requirements-test.lock").keys() | pinned("requirements.lock").keys()
    assert required(PROJECT["optional-dependencies"]["test"]) <= held


def test_no_package_is_pinned_twice() -> None:
    names = [name for lock in LOCKS for name in pinned(lock)]
    assert len(names) == len(set(names))


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_file_names_no_place_and_every_pin_has_its_hashes(lock: str) -> None:
    text = (CHECKOUT / lock).read_text()
    assert "://" not in text
    assert "--index" not in text
    for entry in PIN.split(text)[1:][2::3]:
        assert "--hash=sha256:" in entry
