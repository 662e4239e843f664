"""The sources: what is held of each, what came of it by month, and what failed."""

from collections.abc import Sequence
from itertools import groupby

from flask import Blueprint, render_template

from archive.shown.sources import Month, list_sources, load_source
from search_app.services import desk, services

blueprint = Blueprint("sources", __name__)


@blueprint.get("/sources")
def sources() -> str:
    """List them, with what is late or failed on top."""
    counted = services().counted_sources()
    rows = list_sources(desk(), counted)
    months = rows[0].months if rows else ()
    return render_template("sources.html", rows=rows, months=months, years=_years(months))


@blueprint.get("/sources/<path:name>")
def source(name: str) -> str:
    """Show one source."""
    page = load_source(desk(), services().counted_sources(), name)
    begun = [one for one in page.source.months if one.state != "before"]
    return render_template("source.html", page=page, source=page.source, months=begun)


def _years(months: Sequence[Month]) -> list[tuple[str, int]]:
    """Give the years of some months, each with how many of its months there are."""
    years = groupby(months, key=lambda one: one.month[:4])
    return [(year, len(list(inside))) for year, inside in years]
