"""The words that a run is called with: read as the command would read them, without calling it."""

import re
import shlex
from collections.abc import Collection, Sequence

import click

from archive.errors import BadRequest
from archive.program import program
from archive.usage import misunderstood

ALLOWED = "crawl"
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,59}")
_EXAMPLE = "paperwatch schedule add ice --cadence daily -- crawl usaspending_awards --agency ICE"


def check_words(words: Sequence[str]) -> str:
    """See that words are a crawl that can be called; give the source that it asks.

    Raises:
        BadRequest: another command, an unknown source or option, or a value that is none.
    """
    if not words or words[0] != ALLOWED:
        said = f"{shlex.join(words)!r} cannot be scheduled" if words else "Say what is to run"
        raise BadRequest(f"{said}; only a crawl can. For example: {_EXAMPLE}")
    command = program.get_command(click.Context(program), ALLOWED)
    if command is None:
        raise BadRequest("This program has no crawlers. Run: paperwatch --help")
    try:
        asked = command.make_context(ALLOWED, list(words[1:])).params
    except click.UsageError as error:
        raise BadRequest(f"{shlex.join(words)!r}: {misunderstood(error)}") from error
    except click.exceptions.Exit as error:
        raise BadRequest(f"{shlex.join(words)!r} only explains itself.") from error
    if not asked.get("source"):
        raise BadRequest(f"{shlex.join(words)!r} names no source. For example: {_EXAMPLE}")
    return str(asked["source"])


def check_name(name: str) -> str:
    """See that a name can be typed on a command line.

    Raises:
        BadRequest: it cannot.
    """
    if not _NAME.fullmatch(name) or name == ALLOWED:
        raise BadRequest(
            f"{name!r} is not a name: up to 60 letters, digits, '.', '_' and '-', such as"
            f" 'ice-daily', and not {ALLOWED!r}."
        )
    return name


def name_from(words: Sequence[str], taken: Collection[str]) -> str:
    """Make a name from the words after the command ("usaspending_awards-ice")."""
    said = " ".join(word for word in words[1:] if not word.startswith("-"))
    name = re.sub(r"[^a-z0-9_]+", "-", said.lower()).strip("-")[:48].strip("-") or ALLOWED + "-1"
    numbered = (f"{name}-{number}" for number in range(2, len(taken) + 3))
    return name if name not in taken else next(one for one in numbered if one not in taken)
