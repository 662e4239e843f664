"""Parts of addresses that are read before any page sees them."""

from typing import Any

from flask import Flask
from werkzeug.routing import IntegerConverter, Map

# What a row or a page can be numbered: more than that no database takes, so no page has it.
_GREATEST = 2**31 - 1


class RowNumber(IntegerConverter):
    """A number of a row or a page; a greater one is no address at all."""

    def __init__(self, map: Map, **options: Any) -> None:  # noqa: A002
        super().__init__(map, max=_GREATEST, **options)


def register(app: Flask) -> None:
    """Make the kinds of parts known."""
    app.url_map.converters["row"] = RowNumber
