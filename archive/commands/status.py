"""`paperwatch status`."""

import json
from dataclasses import asdict

import click

from archive import indexing, settings
from archive.opening import open_archive
from archive.status import LastRun, counts, last_runs, set_aside


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def status(as_json: bool) -> None:
    """Say what the archive holds, and what waits, failed or was set aside.

    Example:  paperwatch status --json
    """
    with open_archive(settings.load()) as archive:
        held, runs, aside = counts(archive), last_runs(archive), set_aside(archive)
        outdated = indexing.is_outdated(archive)
    if as_json:
        more = {
            "index_outdated": outdated,
            "last_runs": [asdict(run) for run in runs],
            "work_set_aside": [list(one) for one in aside],
        }
        click.echo(json.dumps(held | more, ensure_ascii=False, indent=2))
        return
    for name, number in held.items():
        click.echo(f"{number:>12,}  {name.replace('_', ' ')}")
    for run in runs:
        click.echo(_sentence(run))
    for task, subject, reason in aside:
        click.echo(f"set aside: {task} {subject[:16]}: {reason}")
    if outdated:
        click.echo("The index is older than the program. Run: paperwatch rebuild-index")


def _sentence(run: LastRun) -> str:
    ended = f"ended {run.ended_at}" if run.ended_at else "has not ended"
    numbers = ", ".join(
        f"{name} {number:,}" for name, number in run.counts.items() if isinstance(number, int)
    )
    said = f"{run.source}: {run.state}, began {run.started_at}, {ended}. {numbers} {run.remark}"
    return " ".join(said.split())
