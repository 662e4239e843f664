"""The launcher: what it installs, when, and what it says when it cannot. Nothing is downloaded."""

import ast
import errno
import os
import subprocess
import sys
from importlib.machinery import SourceFileLoader
from importlib.util import module_from_spec, spec_from_loader
from pathlib import Path
from types import ModuleType
from typing import NoReturn

import pytest

from .sources import CHECKOUT

LAUNCHER = CHECKOUT / "paperwatch"


@pytest.fixture
def launcher(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The launcher as a module, for a checkout of its own with small lock files."""
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    loader = SourceFileLoader("launcher", str(LAUNCHER))
    spec = spec_from_loader("launcher", loader)
    assert spec is not None
    module = module_from_spec(spec)
    loader.exec_module(module)
    for name in (name for names in module.FILES.values() for name in names):
        (tmp_path / name).write_text(f"# {name}\n")
    monkeypatch.setattr(module, "ROOT", str(tmp_path))
    monkeypatch.setattr(module, "VENV", str(tmp_path / ".venv"))
    monkeypatch.setattr(module, "BIN", str(tmp_path / ".venv" / "bin"))
    return module


@pytest.fixture
def commands(launcher: ModuleType, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The commands that the launcher runs, none of which is really run."""
    ran: list[str] = []

    def pretend(command: list[str], lock: int) -> tuple[int, str]:
        ran.append(" ".join(command))
        return 0, ""

    monkeypatch.setattr(launcher, "run", pretend)
    return ran


def test_an_old_python_can_read_the_launcher() -> None:
    tree = ast.parse(LAUNCHER.read_text(), feature_version=(3, 4))
    newer = (ast.JoinedStr, ast.NamedExpr, ast.AnnAssign, ast.AsyncFunctionDef)
    assert not [node for node in ast.walk(tree) if isinstance(node, newer)]


def test_an_old_python_says_which_one_is_needed(
    launcher: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "version_info", (3, 9, 2))
    monkeypatch.setenv("PATH", "/nowhere")
    with pytest.raises(launcher.Stop, match=r"3\.11, 3\.12 or 3\.13 is needed and this is 3\.9"):
        launcher.seek_python([])


def test_an_old_python_hands_on_to_a_newer_one_on_the_path(
    launcher: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    newer = tmp_path / "python3.12"
    newer.touch(mode=0o755)
    called: list[list[str]] = []

    def hand_on(_program: str, words: list[str]) -> NoReturn:
        called.append(words)
        sys.exit()

    monkeypatch.setattr(sys, "version_info", (3, 14, 0))
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(os, "execv", hand_on)
    with pytest.raises(SystemExit):
        launcher.seek_python(["search", "x"])
    assert called == [[str(newer), str(LAUNCHER), "search", "x"]]


def test_a_first_start_installs_the_lock_and_a_second_start_nothing(
    launcher: ModuleType, commands: list[str]
) -> None:
    launcher.install(["base"])
    assert any("requirements.lock" in command for command in commands)
    assert launcher.waiting(["base"]) == []
    assert launcher.waiting(["base", "test"]) == ["test"]


def test_a_changed_lock_file_installs_anew(
    launcher: ModuleType, commands: list[str], tmp_path: Path
) -> None:
    launcher.install(["base", "test"])
    (tmp_path / "requirements.lock").write_text("other\n")
    assert launcher.waiting(["base", "test"]) == ["base", "test"]


def test_a_moved_checkout_installs_anew(
    launcher: ModuleType, commands: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    launcher.install(["base"])
    monkeypatch.setattr(launcher, "ROOT", launcher.ROOT + "/../" + Path(launcher.ROOT).name)
    assert launcher.waiting(["base"]) == ["base"]


def test_a_half_made_environment_is_made_again(
    launcher: ModuleType, commands: list[str], tmp_path: Path
) -> None:
    left = tmp_path / ".venv" / "lib" / "half"
    left.mkdir(parents=True)
    launcher.install(["base"])
    assert not left.exists()
    assert launcher.waiting(["base"]) == []


def test_a_stop_before_the_end_leaves_no_stamp(
    launcher: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(launcher, "run", lambda command, lock: (1, "boom"))
    with pytest.raises(launcher.Stop, match="boom"):
        launcher.install(["base"])
    assert launcher.waiting(["base"]) == ["base"]


def test_when_uv_does_not_succeed_pip_goes_on(
    launcher: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    ran: list[str] = []

    def without_uv(command: list[str], lock: int) -> tuple[int, str]:
        ran.append(command[0])
        return (2, "no such proxy") if command[0].endswith("uv") else (0, "")

    monkeypatch.setattr(launcher, "run", without_uv)
    launcher.install(["base"])
    assert launcher.waiting(["base"]) == []
    assert "going on with pip" in capsys.readouterr().err


def test_two_starts_at_once_install_once(tmp_path: Path) -> None:
    driver = tmp_path / "driver.py"
    driver.write_text(
        LAUNCHER.read_text().partition('if __name__ == "__main__"')[0]
        + f"ROOT, VENV = {str(tmp_path)!r}, {str(tmp_path / '.venv')!r}\n"
        + "def waiting(groups):\n"
        + "    return [] if os.path.exists(os.path.join(ROOT, 'made')) else ['base']\n"
        + "def make_environment(lock):\n"
        + "    time.sleep(0.5); open(os.path.join(ROOT, 'made'), 'a').write('once ')\n"
        + "install(['base'])\n"
    )
    starts = [subprocess.Popen([sys.executable, driver]) for _ in range(3)]
    assert [start.wait() for start in starts] == [0, 0, 0]
    assert (tmp_path / "made").read_text() == "once "


@pytest.mark.parametrize(
    ("words", "code", "sentence"),
    [
        ("OSError: [Errno 28] No space left on device", 7, "disk is full"),
        ("error: Failed to fetch: dns error", 23, "index cannot be reached"),
        ("ERROR: No matching distribution found for uv", 23, "index cannot be reached"),
        ("[Errno 13] Permission denied: '/x'", 22, "cannot be written"),
        ("a wheel is broken", 24, "a wheel is broken"),
    ],
)
def test_trouble_while_installing_is_one_sentence_with_its_code(
    launcher: ModuleType,
    monkeypatch: pytest.MonkeyPatch,
    words: str,
    code: int,
    sentence: str,
) -> None:
    monkeypatch.setattr(launcher, "run", lambda command, lock: (1, words))
    with pytest.raises(launcher.Stop, match=sentence) as stopped:
        launcher.must(["pip"], 0)
    assert stopped.value.code == code


@pytest.mark.parametrize(
    ("number", "code"),
    [(errno.ENOSPC, 7), (errno.EACCES, 22), (errno.EROFS, 22), (errno.EIO, 24)],
)
def test_trouble_with_files_is_one_sentence_with_its_code(
    launcher: ModuleType, number: int, code: int
) -> None:
    assert launcher.stop_for(OSError(number, os.strerror(number))).code == code


def test_a_python_without_venv_names_the_package_to_install(
    launcher: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "ensurepip", None)
    with pytest.raises(launcher.Stop, match="apt-get install python3-venv") as stopped:
        launcher.pip_command(0)
    assert stopped.value.code == 21
