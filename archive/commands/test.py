"""`paperwatch test`."""

import importlib.util
import os
import subprocess
import sys
from pathlib import Path

import click

from archive.errors import BadRequest, NotFound

CHECKOUT = Path(__file__).resolve().parents[2]
MOST_WORKERS = 4
# pytest's own codes in ours: a wrong word, and no test that fits.
_CODES = {4: BadRequest.exit_code, 5: NotFound.exit_code}


@click.command(context_settings={"ignore_unknown_options": True})
@click.option("--all", "is_all", is_flag=True, help="Run slow, corpus and browser tests too.")
@click.argument("pytest_words", nargs=-1, type=click.UNPROCESSED)
def test(is_all: bool, pytest_words: tuple[str, ...]) -> None:
    """Run the tests of this checkout; other words go on to pytest.

    Without a server or a browser; what needs one is skipped and says what to do.

    Example:  paperwatch test --all -k deobligation
    """
    if not (CHECKOUT / "tests").is_dir():
        raise BadRequest("There are no tests beside this program. Run ./paperwatch in a checkout.")
    if importlib.util.find_spec("xdist") is None:
        raise BadRequest("What the tests need is not installed. Run: ./paperwatch test")
    workers = str(min(MOST_WORKERS, os.cpu_count() or 1))
    command = [sys.executable, "-m", "pytest", "-n", workers, "--dist", "worksteal", *pytest_words]
    environment = os.environ | ({"PAPERWATCH_TEST_ALL": "1"} if is_all else {})
    code = subprocess.run(command, cwd=CHECKOUT, env=environment, check=False).returncode
    sys.exit(_CODES.get(code, code))
