"""`paperwatch settings`."""

import json

import click

from archive.declared import DECLARED
from archive.settings import PREFIX, load


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def settings(as_json: bool) -> None:
    """Print every setting in force, what it means and where its value came from.

    Example:  paperwatch settings
    """
    found = load()
    rows = [
        {
            "name": PREFIX + one.name,
            "value": _shown(found.values[one.name], is_secret=one.is_secret),
            "from": found.origins[one.name],
            "meaning": one.meaning,
        }
        for one in DECLARED
    ]
    if as_json:
        click.echo(json.dumps(rows, ensure_ascii=False, indent=2))
        return
    for row in rows:
        click.echo(f"{row['name']} = {row['value'] or '(empty)'}   [{row['from']}]")
        click.echo(f"    {row['meaning']}")


def _shown(value: str, *, is_secret: bool) -> str:
    return "(set, not shown)" if is_secret and value else value
