"""The list of vendors, and the address of each."""

from flask import Blueprint, redirect, render_template, request
from flask.typing import ResponseReturnValue

from archive.shown.asking import Asked
from archive.shown.listing import list_vendors, vendor_name
from search_app.addresses import address_of
from search_app.pages.search import page_numbers
from search_app.services import desk

blueprint = Blueprint("vendors", __name__)


@blueprint.get("/vendors")
def vendors() -> str:
    """List vendors by name."""
    page = request.args.get("page", 1, type=int)
    shown = list_vendors(desk(), named=request.args.get("named", ""), page=page)
    return render_template(
        "vendors.html", list=shown, numbers=page_numbers(shown.page, shown.last_page)
    )


@blueprint.get("/vendors/<row:number>")
def vendor(number: int) -> ResponseReturnValue:
    """Lead to the awards of a vendor; its own page comes to stand at this address."""
    vendor_name(desk(), number)
    return redirect(address_of(Asked(filters={"vendor": (str(number),)})), 302)
