"""`paperwatch status`."""

import json
import sys
from dataclasses import asdict

import click

from archive import indexing, settings
from archive.errors import Incomplete, IndexOutdated
from archive.opening import open_archive
from archive.queues import Depth, InHand, depths, in_hand
from archive.schedule import rows
from archive.status import LastRun, counts, last_runs, names, refusals, set_aside
from archive.troubles import Trouble, troubles


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def status(as_json: bool) -> None:
    """Say what the archive holds, and what waits, failed or was set aside.

    Ends with 16 when a scheduled run failed or is late by more than twice its cadence, or when the
    last run of a source failed or was stopped; a sentence for each stands on standard error.

    Example:  paperwatch status --json
    """
    with open_archive(settings.load()) as archive:
        held, runs, aside = counts(archive), last_runs(archive), set_aside(archive)
        unanswering, wrong = indexing.unanswering(archive), troubles(archive)
        planned, refused = rows.listed(archive), refusals(archive)
        queues, taken = depths(archive), in_hand(archive)
        of = [*(subject for _, subject, _ in aside), *(one.subject for one in taken)]
        named = names(archive, of)
    if as_json:
        more = {
            "index_outdated": isinstance(unanswering, IndexOutdated),
            "index_trouble": str(unanswering or ""),
            "last_runs": [asdict(run) for run in runs],
            "work_set_aside": [list(one) for one in aside],
            "refusals": [asdict(one) for one in refused],
            "schedule": [one.as_dict() for one in planned],
            "queues": [asdict(one) for one in queues],
            "work_in_hand": [asdict(one) for one in taken],
            "troubles": [str(one) for one in wrong],
        }
        click.echo(json.dumps(held | more, ensure_ascii=False, indent=2))
    else:
        told = [
            *(_queue_sentence(one) for one in queues if _is_told(one)),
            *(_in_hand_sentence(one, named) for one in taken),
            *(f"set aside: {task}: {named.get(one, one)}: {why}" for task, one, why in aside),
            *(
                f"refused: {one.subject or one.source}: {one.reason}"
                f" (paperwatch capture {one.capture_sha256[:12]})"
                for one in refused
            ),
        ]
        _tell(held, runs, told, trouble=str(unanswering or ""))
    _end(wrong)


def _tell(
    held: dict[str, int],
    runs: list[LastRun],
    told: list[str],
    *,
    trouble: str,
) -> None:
    for name, number in held.items():
        click.echo(f"{number:>12,}  {name.replace('_', ' ')}")
    for run in runs:
        click.echo(_sentence(run))
    for sentence in told:
        click.echo(sentence)
    if trouble:
        click.echo(f"index: {trouble}")


def _is_told(queue: Depth) -> bool:
    return bool(queue.waiting or queue.taken or queue.lost)


def _queue_sentence(queue: Depth) -> str:
    oldest = f", the oldest since {queue.oldest_at}" if queue.oldest_at else ""
    lost = f", {queue.lost:,} of lost workers" if queue.lost else ""
    return f"queue {queue.queue}: {queue.waiting:,} wait{oldest}; {queue.taken:,} in hand{lost}"


def _in_hand_sentence(one: InHand, named: dict[str, str]) -> str:
    what = named.get(one.subject, one.subject)
    return (
        f"in hand: {one.task}: {what}, since {one.taken_at}, attempt {one.attempts},"
        f" lease until {one.lease_until}"
    )


def _end(wrong: list[Trouble]) -> None:
    """Say what is wrong, and end with its exit code, after all else was printed."""
    for one in wrong:
        click.echo(str(one), err=True)
    if wrong:
        sys.exit(Incomplete.exit_code)


def _sentence(run: LastRun) -> str:
    ended = f"ended {run.ended_at}" if run.ended_at else "has not ended"
    numbers = ", ".join(
        f"{name} {number:,}" for name, number in run.counts.items() if isinstance(number, int)
    )
    said = f"{run.source}: {run.state}, began {run.started_at}, {ended}. {numbers} {run.remark}"
    return " ".join(said.split())
