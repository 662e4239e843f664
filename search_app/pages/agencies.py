"""The list of agencies, and the address of each."""

import re
from itertools import groupby

from flask import Blueprint, redirect, render_template
from flask.typing import ResponseReturnValue

from archive.errors import NotFound
from archive.shown.asking import Asked
from archive.shown.listing import list_agencies
from search_app.addresses import address_of
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
def agency(code: str) -> ResponseReturnValue:
    """Lead to the records of an agency; its own page comes to stand at this address."""
    if not _CODE.fullmatch(code):
        raise NotFound("An agency is named by its code, such as /agencies/7012 for ICE.")
    facet = "agency" if len(code) == 3 else "subagency"
    return redirect(address_of(Asked(filters={facet: (code,)})), 302)
