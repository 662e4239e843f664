"""`paperwatch capture`."""

import json
import sys

import click
import sqlalchemy as sa

from archive import settings
from archive.calling import called
from archive.catalogue.tables import capture as table
from archive.errors import NotFound
from archive.opening import open_archive
from archive.shortened import LEAST, is_hash


@click.command()
@click.argument("sha256")
@click.option("--body", is_flag=True, help="Write the kept bytes to standard output.")
def capture(sha256: str, body: bool) -> None:
    """Show what a source answered: for the operator, since it may hold names and numbers.

    SHA256 may be shortened to its first eight or more characters.

    Example:  paperwatch capture 5c0e77d1 --body
    """
    with open_archive(settings.load()) as archive:
        wanted = sa.select(table).where(table.c.sha256.startswith(sha256.lower(), autoescape=True))
        with archive.catalogue.reading() as connection:
            rows = connection.execute(wanted.order_by(table.c.id)).all()
        if not rows or not is_hash(sha256):
            raise NotFound(_none(sha256))
        if body:
            sys.stdout.buffer.write(archive.files.read(rows[0].sha256))
            return
    for row in rows:
        shown = dict(row._mapping) | {"headers": json.loads(row.headers)}
        click.echo(json.dumps(shown, ensure_ascii=False, indent=2))


def _none(sha256: str) -> str:
    where = f"`{called()} show KEY --json` and `{called()} status` name those of a record."
    if not is_hash(sha256):
        return f"{sha256!r} does not begin a SHA-256: {LEAST} or more digits from 0 to f. {where}"
    return f"No capture whose SHA-256 begins with {sha256!r}. {where}"
