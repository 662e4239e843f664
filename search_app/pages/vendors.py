"""The list of vendors, and the page of each."""

from flask import Blueprint, redirect, render_template, request
from flask.typing import ResponseReturnValue

from archive.clock import today
from archive.shown.listing import list_vendors
from archive.shown.vendor import load_vendor
from search_app.bars import year_chart
from search_app.pages.search import page_numbers
from search_app.services import desk

blueprint = Blueprint("vendors", __name__)

_NUMBER_END = 2**31


@blueprint.get("/vendors")
def vendors() -> str:
    """List vendors by name."""
    page = request.args.get("page", 1, type=int)
    shown = list_vendors(desk(), named=named(), page=page)
    return render_template(
        "vendors.html", list=shown, numbers=page_numbers(shown.page, shown.last_page)
    )


@blueprint.get("/vendors/<row:number>")
def vendor(number: int) -> ResponseReturnValue:
    """Show a vendor; the address of one that was joined to another leads there, and says why.

    Raises:
        NotFound: there is none with that number, or it is a person.
    """
    now = desk().vendor_now(number)
    if now != number:
        return redirect(f"/vendors/{now}?joined={number}", 301)
    shown = load_vendor(desk(), number, today())
    names = {code: name for code, name, _, _ in shown.agencies if code}
    before = request.args.get("joined", 0, type=int)
    return render_template(
        "vendor.html",
        vendor=shown,
        chart=year_chart(shown.yearly, names),
        joined=before if 0 < before < _NUMBER_END and desk().vendor_now(before) == number else 0,
    )


def named() -> str:
    """Give the part of a name that was asked for; the name of a search (`q`) does as well."""
    return request.args.get("named") or request.args.get("q", "")
