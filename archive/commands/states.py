"""`paperwatch hold`, `lift` and `withdraw`."""

import click

from archive import indexing, settings, states
from archive.calling import called
from archive.opening import Archive, open_archive

_reason = click.option("--reason", required=True, help="Why; readers are shown it.")


def _tell_index(archive: Archive) -> None:
    """Let the index hear of it; one that cannot is told later, and shows no more than it may."""
    _, trouble = indexing.catch_up(archive)
    if trouble:
        click.echo(f"The index hears of it later: {trouble}", err=True)


@click.command()
@click.argument("sha256")
@_reason
@click.option("--original-only", is_flag=True, help="Hold the file, go on showing its text.")
def hold(sha256: str, reason: str, original_only: bool) -> None:
    """Hold a document back from readers, until the hold is lifted.

    SHA256 may be shortened to its first eight or more characters.

    Example:  paperwatch hold 9f3c51ab… --reason "home address on page 4"
    """
    with open_archive(settings.load()) as archive:
        states.hold(archive, sha256, reason, part="original" if original_only else "all")
        _tell_index(archive)
    click.echo(f"Held {sha256[:8]}…; to end it: {called()} lift {sha256} --reason TEXT")


@click.command()
@click.argument("sha256")
@_reason
@click.option(
    "--original",
    "is_original",
    is_flag=True,
    help="Hand out the original too, though the program would hold it back: you looked at it.",
)
def lift(sha256: str, reason: str, is_original: bool) -> None:
    """Lift a hold, or take back a withdrawal: the document is public again.

    The original of one with words beneath its redactions, with personal numbers, or that could not
    be read, is handed out only with --original.

    SHA256 may be shortened to its first eight or more characters.

    Example:  paperwatch lift 9f3c51ab… --reason "the agency replaced the file"
    """
    with open_archive(settings.load()) as archive:
        state = states.lift(archive, sha256, reason, original=is_original)
        _tell_index(archive)
    if state == "held":
        click.echo(
            f"Document {sha256[:8]}… can be read; its original stays held. To hand it out too,"
            f" after looking at it: {called()} lift {sha256} --original --reason TEXT"
        )
    else:
        click.echo(f"Document {sha256[:8]}… is public.")


@click.command()
@click.argument("sha256")
@_reason
def withdraw(sha256: str, reason: str) -> None:
    """Withdraw a document from readers; its page says since when and why, nothing is deleted.

    SHA256 may be shortened to its first eight or more characters.

    Example:  paperwatch withdraw 9f3c51ab… --reason "court order of 3 Mar 2026"
    """
    with open_archive(settings.load()) as archive:
        states.withdraw(archive, sha256, reason)
        _tell_index(archive)
    click.echo(f"Withdrew {sha256[:8]}…; to take it back: {called()} lift {sha256} --reason TEXT")
