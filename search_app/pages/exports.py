"""All rows of a search to take away, as CSV and as JSON Lines, streamed."""

from collections.abc import Callable, Iterable, Iterator
from itertools import chain, islice

from flask import Blueprint, Response, request, stream_with_context

from archive.shown.asking import asked_from
from archive.shown.exporting import Row, as_csv, as_json_lines, refuse_ignored, rows
from search_app.services import desk

blueprint = Blueprint("exports", __name__)


@blueprint.get("/search.csv")
def csv() -> Response:
    """Give every row of a search as CSV."""
    return _streamed(as_csv, "text/csv", "csv")


@blueprint.get("/search.jsonl")
def json_lines() -> Response:
    """Give every row of a search as JSON, one object a line."""
    return _streamed(as_json_lines, "application/x-ndjson", "jsonl")


def _begun(found: Iterator[Row]) -> Iterator[Row]:
    """Take the first row before answering: what cannot be asked is said with its own status."""
    first = list(islice(found, 1))
    return chain(first, found)


def _streamed(
    write: Callable[[Iterable[Row]], Iterator[str]], media_type: str, ending: str
) -> Response:
    asked = asked_from(request.args.items(multi=True))
    refuse_ignored(desk(), asked)
    found = _begun(rows(desk(), asked))
    response = Response(
        stream_with_context(write(found)), content_type=f"{media_type}; charset=utf-8"
    )
    name = "paperwatch-sample" if desk().is_sample else "paperwatch"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.{ending}"'
    return response
