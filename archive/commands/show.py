"""`paperwatch show`."""

import json
from collections.abc import Iterator
from typing import Any

import click

from archive import settings
from archive.opening import open_archive
from archive.shown.desk import open_desk
from archive.shown.record import show as show_record
from archive.shown.wording import amount, counted, day, moment, size


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
    yield f"{record['award_kind']}, {record['key']}"
    yield f"{record['agency']} {record['verb']} {record['vendor'] or 'a vendor that is not named'}"
    yield f"{amount(record['obligated_cents'])} obligated"
    yield f"{amount(record['potential_cents'])} potential value"
    if record["description"]:
        yield f"\n{record['description']}"
    for one in record["modifications"]:
        change = amount(one["change_cents"])
        yield f"{one['number']:>8}  {day(one['acted_on']):>11}  {change:>16}  {one['description']}"
    reports = sum(len(group["reports"]) for group in record["subawards"])
    if reports:
        yield f"{counted(reports, 'sub-award report')}, as reported, may repeat"
    yield f"\n{record['citation']}"


def _document(record: dict[str, Any]) -> Iterator[str]:
    if "title" not in record:
        since = moment(record["state_at"])
        yield f"Document {record['sha256']}"
        yield f"{record['state'].capitalize()} since {since}: {record['state_reason']}"
        return
    yield record["title"]
    pages = counted(len(record["pages"]), "page")
    yield f"{pages}, {size(record['size_bytes'])}, {record['state']}"
    if record["verdict_reason"]:
        yield f"Not read: {record['verdict_reason']}"
    if record["state_reason"]:
        yield f"Since {moment(record['state_at'])}: {record['state_reason']}"
    for page in record["pages"]:
        yield f"\n— Page {page['number']} —\n{page['text']}"
    yield f"\n{record['citation']}"
