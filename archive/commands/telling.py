"""Tells a person at the terminal what a service does, or the log where programs read it."""

import click

from archive.logs import Log
from archive.settings import Settings

_log = Log(__name__)


def tell(settings: Settings, sentence: str) -> None:
    """Say a sentence on standard error; among log lines of JSON it is one of them."""
    if settings["LOG"] == "json":
        _log.info(sentence.removesuffix("."))
    else:
        click.echo(sentence, err=True)
