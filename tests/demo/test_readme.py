"""What the README shows of the program is what the program says."""

import re
import shlex
from pathlib import Path

import pytest

from tests.house.sources import CHECKOUT

from .conftest import Shown, run

pytestmark = pytest.mark.slow  # the demo is run for them once more, in another process

README = (CHECKOUT / "README.md").read_text(encoding="utf-8")
# A command after "$ ./paperwatch", and what stands beneath it until the next one.
SHOWN = {
    words: printed
    for block in re.findall(r"^```\n(.*?)^```$", README, re.DOTALL | re.MULTILINE)
    for words, printed in re.findall(
        r"^\$ ./paperwatch (.*)\n((?:(?!\$ ).*\n)*)", block, re.MULTILINE
    )
}
SEARCHES = [words for words in SHOWN if words.startswith("search ")]
YOURS = "/home/you/paperwatch-demo"


def steady(text: str) -> str:
    """Put what differs from run to run, seconds and ports, into words that stay."""
    text = re.sub(r"^ *\d+\.\d s", "SECONDS", text, flags=re.MULTILINE)
    text = re.sub(r"\b\d+ s\b", "SECONDS", text)
    return re.sub(r"127\.0\.0\.1:\d+", "127.0.0.1:PORT", text).strip()


def pattern(printed: str) -> str:
    """Give the pattern of what the README shows; an ellipsis at an end of a line is a cut."""
    lines = steady(printed).split("\n")
    return "\n".join(re.sub("…$", ".*", re.escape(line)) for line in lines)


def test_the_readme_shows_what_the_demo_says(shown: Shown) -> None:
    of_launcher = re.compile(r"^paperwatch: .*\n", re.MULTILINE)
    said = steady(shown.said.replace(str(shown.home), YOURS))
    assert re.match(pattern(of_launcher.sub("", SHOWN["demo"])), said), said


@pytest.mark.parametrize("words", SEARCHES)
def test_the_readme_shows_what_a_search_finds(
    in_demo: Path, monkeypatch: pytest.MonkeyPatch, words: str
) -> None:
    monkeypatch.setenv("PAPERWATCH_CALLED", "./paperwatch")
    assert run(*shlex.split(words)).stdout.strip() == SHOWN[words].strip()


def test_the_readme_shows_searches() -> None:
    assert len(SEARCHES) == 2
