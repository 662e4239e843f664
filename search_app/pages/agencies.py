"""The list of agencies, and the page of each."""

import re
from itertools import groupby

from flask import Blueprint, render_template

from archive.errors import NotFound
from archive.shown.agency import load_agency
from archive.shown.listing import list_agencies
from search_app.bars import year_chart
from search_app.services import desk

blueprint = Blueprint("agencies", __name__)

_CODE = re.compile(r"[0-9A-Z]{3,4}")


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
    """Show an agency or a department.

    Raises:
        NotFound: nothing held here was awarded or released by it.
    """
    if not _CODE.fullmatch(code):
        raise NotFound("An agency is named by its code, such as /agencies/7012 for ICE.")
    shown = load_agency(desk(), code)
    chart = year_chart(shown.yearly, shown.part_names)
    return render_template("agency.html", agency=shown, chart=chart)
