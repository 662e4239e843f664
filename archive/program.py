"""The program: finds the command by its name, runs it, and says in a sentence what went wrong."""

import errno
import io
import os
import sys
from importlib.metadata import EntryPoint, entry_points
from typing import NoReturn

import click

from archive.errors import DiskFull, HomeError, PaperwatchError
from archive.usage import said

_GROUP = "paperwatch.commands"


class _Commands(click.Group):
    """Commands as entry points, each program loaded only when one of its commands is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(_found())

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        found = _found().get(cmd_name)
        command = found.load() if found else None
        return command if isinstance(command, click.Command) else None


def _found() -> dict[str, EntryPoint]:
    return {one.name: one for one in entry_points(group=_GROUP)}


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="paperwatch")
def program() -> None:
    """Collect public surveillance-procurement records and released documents, and search them.

    Example:  paperwatch demo
    """


def main() -> None:
    """Run the command line; ends the process with the exit code of what happened."""
    for stream in (sys.stdout, sys.stderr):  # a terminal that lacks a letter shows a question mark
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")
    try:
        program(standalone_mode=False)
    except click.ClickException as error:
        click.echo(said(error), err=True)
        sys.exit(error.exit_code)
    except (click.Abort, KeyboardInterrupt):
        click.echo("Stopped. The same command goes on where this one was.", err=True)
        sys.exit(130)
    except PaperwatchError as error:
        click.echo(str(error), err=True)
        sys.exit(error.exit_code)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(141)
    except OSError as error:
        _end_for(error)
    except Exception as error:
        _end_unforeseen(error)


def _end_for(error: OSError) -> NoReturn:
    """End with the sentence for a trouble with files."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        click.echo("No room left on the disk. Free some and run the same command again.", err=True)
        sys.exit(DiskFull.exit_code)
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS, errno.ENOENT, errno.ENOTDIR):
        click.echo(f"{error.filename or 'A file'} cannot be used: {error.strerror}.", err=True)
        sys.exit(HomeError.exit_code)
    _end_unforeseen(error)


def _end_unforeseen(error: Exception) -> NoReturn:
    """End with a sentence for what nobody foresaw; the details are for who can mend it."""
    if os.environ.get("PAPERWATCH_TRACEBACK"):
        raise error
    click.echo(
        f"A fault of the program: {type(error).__name__}: {error}\nNothing is half-written."
        " Report it with the words that PAPERWATCH_TRACEBACK=1 prints for the same command.",
        err=True,
    )
    sys.exit(1)


if __name__ == "__main__":
    main()
