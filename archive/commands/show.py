"""`paperwatch show`."""

import json
from collections.abc import Iterator
from typing import Any

import click

from archive import settings
from archive.opening import open_archive
from archive.remarks import sentences
from archive.shown.desk import open_desk
from archive.shown.recognition import read_how
from archive.shown.record import show as show_record
from archive.shown.wording import amount, counted, day, moment, obligation, size


@click.command()
@click.argument("key")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def show(key: str, as_json: bool) -> None:
    """Show all that is known of one award or document.

    KEY is an award key, a document's SHA-256 (or its first eight characters and more), or an
    address: awards/…, documents/…

    Example:  paperwatch show CONT_AWD_70ZZZZ25F00000001_7012_-NONE-_-NONE-
    """
    with open_archive(settings.load()) as archive:
        record = show_record(open_desk(archive), key)
    if as_json:
        click.echo(json.dumps(record, ensure_ascii=False, indent=2))
        return
    click.echo("\n".join(_award(record) if record["kind"] == "award" else _document(record)))


def _award(record: dict[str, Any]) -> Iterator[str]:
    yield record["title"]
    yield ", ".join(filter(None, (record["award_kind"], record["key"])))
    yield f"{record['agency']} {record['verb']} {record['vendor'] or 'a vendor that is not named'}"
    in_part = (record["obligated_in_actions_cents"], record["actions_held"])
    obligated = obligation(record["obligated_cents"], *in_part)
    yield obligated[:1].upper() + obligated[1:]
    potential = record["potential_cents"]
    yield (
        "No potential value given" if potential is None else f"{amount(potential)} potential value"
    )
    if record["description"]:
        yield f"\nDescription, as printed: {record['description']}"
    for one in record["modifications"]:
        change = amount(one["change_cents"])
        yield f"{one['number']:>8}  {day(one['acted_on']):>11}  {change:>16}  {one['description']}"
    yield from _subawards(record["subawards"])
    yield f"\n{record['citation']}"


def _subawards(groups: list[dict[str, Any]]) -> Iterator[str]:
    reports = sum(len(group["reports"]) for group in groups)
    if not reports:
        return
    yield f"\n{counted(reports, 'sub-award report')}, as reported, may repeat:"
    for group in groups:
        for one in group["reports"]:
            cents = amount(one["cents"])
            yield f"{day(one['acted_on']):>21}  {cents:>16}  {group['vendor'] or 'not named'}"


def _document(record: dict[str, Any]) -> Iterator[str]:
    if "title" not in record:
        since = moment(record["state_at"])
        yield f"Document {record['sha256']}"
        yield f"{record['state'].capitalize()} since {since}: {record['state_reason']}"
        yield from _states(record["state_changes"][1:])
        return
    yield record["title"]
    pages = counted(len(record["pages"]), "page")
    yield f"{pages}, {size(record['size_bytes'])}, {record['state']}"
    if record["verdict_reason"]:
        yield f"Not read: {record['verdict_reason']}"
    if record["state_reason"]:
        yield f"Since {moment(record['state_at'])}: {record['state_reason']}"
    yield from _states(record["state_changes"][1:])
    for one in record["releases"]:
        yield from _release(one)
    yield from sentences(record["remarks"])
    yield from _attachments(record)
    for page in record["pages"]:
        how = read_how(page["confidence"])
        said = f", a scan, read {how}" if how else ""
        yield f"\n— Page {page['number']}{said} —\n{page['text']}"
    yield f"\n{record['citation']}"


def _attachments(record: dict[str, Any]) -> Iterator[str]:
    for one in record["attached_to"]:
        yield f"Attached to {one['title']} ({one['sha256']})"
    for one in record["attachments"]:
        facts = (one["kind"], size(one["size_bytes"]) if one["size_bytes"] else "", one["sha256"])
        told = f" ({', '.join(filter(None, facts))})" if one["kind"] else ""
        named = f"Has attached {one['name'] or 'a file'}" if one["name"] or told else "Attached"
        yield f"{named}{told}{': ' if one['reason'] else ''}{one['reason']}"


def _states(changes: list[dict[str, Any]]) -> Iterator[str]:
    for one in changes:
        yield f"Before, since {moment(one['changed_at'])}: {one['state']}, {one['reason']}"


def _release(release: dict[str, Any]) -> Iterator[str]:
    by = f"Released by {release['agency']}" if release["agency"] else "Released by nobody named"
    if release["agency"] or release["released_on"] or release["case_number"]:
        yield f"{by}{_on(release)}{_asked(release)} ({release['source']})"
    for one in release["earlier"]:
        said = f"{one['agency'] or 'nobody named'}{_on(one)}{_asked(one)}"
        yield f"Stated otherwise on {moment(one['stated_at'])}: {said}"


def _asked(stated: dict[str, Any]) -> str:
    case = f", request {stated['case_number']}" if stated["case_number"] else ""
    kind = stated["requester_type"]
    return f"{case}, requester type: {kind}" if kind else case


def _on(stated: dict[str, Any]) -> str:
    return f", {day(stated['released_on'])}" if stated["released_on"] else ""
