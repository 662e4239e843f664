"""`paperwatch health`."""

import json
from contextlib import closing
from http import HTTPStatus
from http.client import HTTPException
from urllib.error import HTTPError, URLError
from urllib.request import Request, urlopen

import click

from archive import indexing, settings
from archive.broker import open_broker
from archive.errors import BadRequest, Incomplete
from archive.opening import open_archive

_WAIT_S = 8.0


@click.command()
@click.option("--page", default="", metavar="ADDRESS", help="Ask a served page instead.")
def health(page: str) -> None:
    """Say whether this part of an archive can do its work: for what starts and watches it.

    Looks whether the catalogue, the search index and, on a cluster, the broker answer. Ends with
    0, or with a sentence and the exit code of what is away.

    Example:  paperwatch health --page http://127.0.0.1:8642/
    """
    if page:
        _ask(page)
        click.echo("The page answers.")
        return
    in_force = settings.load()
    with open_archive(in_force) as archive:
        if (wrong := indexing.unanswering(archive)) is not None:
            raise wrong
    if in_force.has_workers:
        with closing(open_broker(in_force)) as broker:
            broker.check()
    click.echo("All that it needs answers.")


def _ask(page: str) -> None:
    """Ask a page how it is.

    Raises:
        BadRequest: the address is none.
        Incomplete: nothing answers there, or not well.
    """
    if not page.startswith(("http://", "https://")):
        raise BadRequest(f"--page {page!r} is no address; write it like http://127.0.0.1:8642/")
    address = f"{page.rstrip('/')}/healthz"
    try:
        with urlopen(Request(address), timeout=_WAIT_S) as answer:  # noqa: S310 - http, see above
            told = json.load(answer)
    except HTTPError as error:
        raise Incomplete(f"{address} answers with {error.code} {_phrase(error.code)}.") from error
    except ValueError as error:
        raise Incomplete(f"{address} is not a page of Paperwatch.") from error
    except (OSError, HTTPException) as error:
        raise Incomplete(f"Nothing answers well at {address}: {_reason(error)}.") from error
    if not (isinstance(told, dict) and told.get("ok")):
        raise Incomplete(f"{address} is not a page of Paperwatch.")


def _reason(error: Exception) -> str:
    """Say why nothing answers: what the system says of it, without the name of a class."""
    if isinstance(error, URLError):
        within = error.reason
        error = within if isinstance(within, Exception) else OSError(within)
    told = getattr(error, "strerror", None) or str(error) or "it ended the connection"
    return str(told).rstrip(".").lower()


def _phrase(code: int) -> str:
    try:
        return HTTPStatus(code).phrase
    except ValueError:
        return "(no known status)"
