"""Run a stand-in from a shell: `python -m crawlers.standin WORLD [--port N] [--faults FILE]`."""

import threading
from pathlib import Path

import click

from crawlers.standin.faults import load_faults
from crawlers.standin.server import StandIn
from crawlers.standin.world import load_world


@click.command()
@click.argument("world", type=click.Path(exists=True, path_type=Path))
@click.option("--port", default=0, help="Port on 127.0.0.1.  [default: any free one]")
@click.option("--faults", type=click.Path(exists=True, path_type=Path), help="JSON list of faults.")
def main(world: Path, port: int, faults: Path | None) -> None:
    """Answer like USAspending on 127.0.0.1, from a composed WORLD, until interrupted."""
    script = load_faults(faults) if faults is not None else []
    with StandIn(load_world(world), faults=script, port=port) as service:
        click.echo(service.address)
        threading.Event().wait()


main()
