"""All values of one facet of a search."""

from flask import Blueprint, render_template, request

from archive.shown.asking import asked_from
from archive.shown.search import FACET_SIZE_ALL, whole_facet
from search_app.addresses import Addresses
from search_app.services import desk

blueprint = Blueprint("facets", __name__)


@blueprint.get("/facets/<name>")
def values(name: str) -> str:
    """List the values, each a link that keeps it."""
    asked = asked_from(request.args.items(multi=True))
    whole = whole_facet(desk(), asked, name)
    return render_template(
        "facet.html",
        facet=whole.facet,
        read_as=whole.read_as,
        ignored=whole.ignored,
        asked=whole.asked,
        to=Addresses(whole.asked),
        most=FACET_SIZE_ALL,
    )
