"""`paperwatch schedule`."""

import json
import shlex
import sys

import click

from archive import clock, settings
from archive.errors import Busy
from archive.opening import open_archive
from archive.schedule import rows
from archive.schedule.cadence import GRAMMAR, read_cadence
from archive.schedule.children import program_command
from archive.schedule.planned import Planned
from archive.schedule.starting import finish, keep, recover, start
from archive.schedule.wording import ALLOWED, check_name, check_words, name_from
from archive.shown.wording import moment

_LOOK_EVERY_S = 1.0
_RUNNER = "`paperwatch serve` or worker"
_FIRST = (
    "Nothing is scheduled. For example:\n"
    '  paperwatch schedule add ice --cadence "daily at 05:30" -- crawl usaspending_awards'
    " --agency ICE"
)


@click.group(invoke_without_command=True)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.pass_context
def schedule(context: click.Context, as_json: bool) -> None:
    """Show what runs when, and how it ended last; the commands below change it.

    `paperwatch serve` runs what is due, on a cluster a worker that `paperwatch beat` tells. Each
    run is a child process, one at a time of each source; what was missed while the machine slept
    or was off is made up once. All times are UTC.

    Example:  paperwatch schedule
    """
    if context.invoked_subcommand is not None:
        return
    with open_archive(settings.load()) as archive:
        planned = rows.listed(archive)
    if as_json:
        said = {"schedule": [one.as_dict() for one in planned]}
        click.echo(json.dumps(said, ensure_ascii=False, indent=2))
        return
    click.echo("\n".join(_told(one) for one in planned) if planned else _FIRST)


@schedule.command()
@click.argument("words", nargs=-1, required=True, metavar="[NAME] -- crawl SOURCE...")
@click.option("--cadence", required=True, help=f"How often: {GRAMMAR}. Times are UTC.")
def add(words: tuple[str, ...], cadence: str) -> None:
    """Put a crawl on the schedule, under a name; without one it is called after its words.

    The words after `--` are those that would follow `paperwatch`. They are checked now.

    Example:  paperwatch schedule add ice --cadence "daily at 05:30" -- crawl usaspending_awards
    --agency ICE
    """
    name, asked = ("", words) if words[0] == ALLOWED else (words[0], words[1:])
    read = read_cadence(cadence)
    source = check_words(asked)
    with open_archive(settings.load()) as archive:
        taken = {one.name for one in rows.listed(archive)}
        called = check_name(name) if name else name_from(asked, taken)
        planned = rows.add(archive, name=called, source=source, words=asked, cadence=read)
        runs = "`paperwatch beat` and a worker do"
        if not archive.settings.has_workers:
            runs = "`paperwatch serve` does"
    click.echo(f"{_head(planned)}\nIt runs while {runs}.")


@schedule.command()
@click.argument("name")
def remove(name: str) -> None:
    """Take a crawl off the schedule; what it collected stays.

    Example:  paperwatch schedule remove ice
    """
    with open_archive(settings.load()) as archive:
        gone = rows.remove(archive, name)
    cadence = shlex.quote(gone.cadence)
    click.echo(
        f"Removed {name}. To put it back:\n"
        f"  paperwatch schedule add {name} --cadence {cadence} -- {shlex.join(gone.words)}"
    )


@schedule.command()
@click.argument("name")
def on(name: str) -> None:
    """Let a crawl that was switched off run again.

    Example:  paperwatch schedule on ice
    """
    with open_archive(settings.load()) as archive:
        planned = rows.switch(archive, name, is_on=True)
    click.echo(_head(planned))


@schedule.command()
@click.argument("name")
def off(name: str) -> None:
    """Let a crawl rest, and keep it on the schedule; one that is going comes to its end.

    Example:  paperwatch schedule off ice
    """
    with open_archive(settings.load()) as archive:
        rows.switch(archive, name, is_on=False)
    click.echo(f"{name} is switched off. To let it run again: paperwatch schedule on {name}")


@schedule.command()
@click.argument("name")
def run(name: str) -> None:
    """Run a crawl of the schedule now, whatever its time, and say what it says.

    Ends with the exit code of the crawl. Good for a first look at something new.

    Example:  paperwatch schedule run ice
    """
    with open_archive(settings.load()) as archive:
        planned = rows.named(archive, name)
        if planned.is_lost(clock.now()):
            recover(archive, planned)
            planned = rows.named(archive, name)
        going = start(archive, planned, program_command, lambda line: click.echo(line, err=True))
        if going is None:
            raise Busy(
                f"{planned.source} is being crawled already. Run this one when that has ended:"
                f" paperwatch schedule run {name}"
            )
        try:
            while (code := going.child.wait(_LOOK_EVERY_S)) is None:
                keep(archive, going)
        except BaseException:
            going.child.terminate()
            finish(archive, going, going.child.end(), is_stopped=True)
            raise
        finish(archive, going, code)
    if code:
        sys.exit(code if code > 0 else 128 - code)


def _told(planned: Planned) -> str:
    return f"{_head(planned)}\n  {_last(planned)}"


def _head(planned: Planned) -> str:
    when = f"next on {moment(planned.next_at)}" if planned.is_on else "switched off"
    if planned.is_on and planned.next_at <= clock.now():
        when = "due now"
    return f"{planned.name}: {planned.cadence}, {when}\n  {shlex.join(planned.words)}"


def _last(planned: Planned) -> str:
    if not planned.state:
        return "Never run yet."
    began, ended = moment(planned.last_started_at), moment(planned.last_ended_at)
    if planned.is_going(clock.now()):
        return f"Going since {began}."
    match planned.state:
        case "done":
            return f"Done on {ended}."
        case "stopped":
            return f"Stopped on {ended} with what ran it; goes on with the next {_RUNNER}."
        case "failed":
            words = planned.last_words.replace("\n", "\n    ")
            return f"FAILED on {ended} with exit code {planned.last_exit_code}:\n    {words}"
        case _:
            return f"KILLED after it began on {began}; it is made up by the next {_RUNNER}."
