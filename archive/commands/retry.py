"""`paperwatch retry`."""

import json

import click

from archive import settings
from archive.opening import open_archive
from archive.retrying import retry_set_aside
from archive.shown.wording import counted


@click.command()
@click.argument("subjects", nargs=-1, metavar="[SUBJECT…]")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def retry(subjects: tuple[str, ...], as_json: bool) -> None:
    """Try again what was set aside, from the start; without SUBJECT, all of it.

    A subject is what `paperwatch status` names: a document by its hash (or the first eight letters
    of it, or more) or its file name, an entry by its key.

    Example:  paperwatch retry 9f3c51ab
    """
    with open_archive(settings.load()) as archive:
        retried = retry_set_aside(archive, subjects)
        has_workers = archive.settings.has_workers
    if as_json:
        click.echo(json.dumps({"retried": [list(one) for one in retried]}, ensure_ascii=False))
        return
    who = "the workers" if has_workers else "`paperwatch serve`, or the next `paperwatch add`,"
    told = counted(len(retried), "piece")
    click.echo(
        f"{told} of work put down again; {who} will take it up."
        if retried
        else "Nothing is set aside."
    )
