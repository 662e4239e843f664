"""`paperwatch status`."""

import json
import sys
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from typing import Any

import click

from archive import indexing, settings
from archive.errors import Incomplete, IndexOutdated
from archive.opening import open_archive
from archive.queues import Depth, InHand, in_hand
from archive.schedule import rows
from archive.standing import Standing, standing
from archive.status import LastRun, counts, last_runs, names, refusals, set_aside
from archive.troubles import Trouble


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def status(as_json: bool) -> None:
    """Say what the archive holds, and what waits, failed or was set aside.

    Of queues, the outbox and the index it says the same as the page /status.

    Ends with 16 when a scheduled run failed or is late by more than twice its cadence, or when the
    last run of a source failed or was stopped; a sentence for each stands on standard error.

    Example:  paperwatch status --json
    """
    with open_archive(settings.load()) as archive:
        held, runs, aside = counts(archive), last_runs(archive), set_aside(archive)
        unanswering, stands = indexing.unanswering(archive), standing(archive)
        planned, refused = rows.listed(archive), refusals(archive)
        taken = in_hand(archive)
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
            "work_in_hand": [asdict(one) for one in taken],
            "troubles": [str(one) for one in stands.troubles],
            **_figures(stands),
        }
        click.echo(json.dumps(held | more, ensure_ascii=False, indent=2))
    else:
        told = [
            *(_in_hand_sentence(one, named) for one in taken),
            *(f"set aside: {task}: {named.get(one, one)}: {why}" for task, one, why in aside),
            *(
                f"refused: {one.subject or one.source}: {one.reason}"
                f" (paperwatch capture {one.capture_sha256[:12]})"
                for one in refused
            ),
        ]
        _tell(held, runs, [*_stands(stands), *told], trouble=str(unanswering or ""))
    _end(stands.troubles)


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


def _figures(stands: Standing) -> dict[str, Any]:
    """Give the queues, the outbox and the index, and the last success of each source for JSON."""
    index = asdict(stands.index) | {"missing": stands.index.missing}
    del index["to_readers"]
    return {
        "queues": [asdict(one) for one in stands.queues],
        "outboxes": [asdict(one) for one in stands.outboxes],
        "index": index,
        "last_success": dict(stands.last_success),
        "free_bytes": stands.free_bytes,
        "recognition_lacking": stands.recognition_lacking,
    }


def _stands(stands: Standing) -> Iterator[str]:
    """Walk the same in sentences."""
    yield from (_queue_sentence(one) for one in stands.queues)
    if stands.recognition_lacking:
        yield f"queue ocr: {stands.recognition_lacking}"
    for outbox in stands.outboxes:
        since = f", the oldest since {outbox.since}" if outbox.since else ""
        yield f"outbox of the {outbox.state} index: {outbox.entries:,} entries{since}"
    index = stands.index
    if index.held is not None:
        yield (
            f"index {index.name}: {index.held:,} entries of {index.expected:,} that the catalogue"
            f" lists, {index.missing:,} missing"
        )
    for source, at in stands.last_success.items():
        yield f"last success of {source}: {at or 'never'}"
    yield f"room left on the disk: {stands.free_bytes / 1e9:,.1f} GB"


def _queue_sentence(queue: Depth) -> str:
    oldest = f", the oldest since {queue.oldest_at}" if queue.oldest_at else ""
    lost = f", {queue.lost:,} of lost workers" if queue.lost else ""
    return (
        f"queue {queue.queue}: {queue.waiting:,} waiting{oldest}; {queue.taken:,} in hand{lost};"
        f" {queue.set_aside:,} set aside"
    )


def _in_hand_sentence(one: InHand, named: dict[str, str]) -> str:
    what = named.get(one.subject, one.subject)
    return (
        f"in hand: {one.task}: {what}{_pages_done(one)}, since {one.taken_at},"
        f" attempt {one.attempts}, lease until {one.lease_until}"
    )


def _pages_done(one: InHand) -> str:
    if not one.scanned_pages:
        return ""
    return f", {one.scanned_done:,} of {one.scanned_pages:,} scanned pages recognised"


def _end(wrong: Iterable[Trouble]) -> None:
    """Say what is wrong, and end with its exit code, after all else was printed."""
    told = [str(one) for one in wrong]
    for one in told:
        click.echo(one, err=True)
    if told:
        sys.exit(Incomplete.exit_code)


def _sentence(run: LastRun) -> str:
    ended = f"ended {run.ended_at}" if run.ended_at else "has not ended"
    numbers = ", ".join(
        f"{name} {number:,}" for name, number in run.counts.items() if isinstance(number, int)
    )
    said = f"{run.source}: {run.state}, began {run.started_at}, {ended}. {numbers} {run.remark}"
    return " ".join(said.split())
