"""The list of agencies, and the page of each."""

from itertools import groupby

from flask import Blueprint, render_template, request

from archive.errors import BadRequest
from archive.shown.agency import load_agency
from archive.shown.listing import list_agencies
from search_app.bars import year_chart
from search_app.services import desk

blueprint = Blueprint("agencies", __name__)

_YEAR_DIGITS = 4


@blueprint.get("/agencies")
def agencies() -> str:
    """List agencies by department."""
    rows = list_agencies(desk())
    departments = [
        (name, list(group)) for name, group in groupby(rows, key=lambda row: row.department)
    ]
    return render_template("agencies.html", departments=departments, count=len(rows))


@blueprint.get("/agencies/<code>")
def agency(code: str) -> str:
    """Show an agency or a department, its vendors those of one fiscal year where asked.

    Raises:
        BadRequest: `year` is no year.
        NotFound: nothing held here was awarded or released by it.
    """
    shown = load_agency(desk(), code, fiscal_year())
    chart = year_chart(shown.yearly, shown.part_names)
    return render_template("agency.html", agency=shown, chart=chart)


def fiscal_year() -> int | None:
    """Give the fiscal year that was asked for, or None.

    Raises:
        BadRequest: it is no year.
    """
    year = request.args.get("year", "")
    if not year:
        return None
    if not (year.isascii() and year.isdigit() and len(year) == _YEAR_DIGITS):
        raise BadRequest("`year` is a fiscal year in four digits, such as 2016.")
    return int(year)
