"""How the archive stands, on one page: what is late, what waits, what was set aside."""

from flask import Blueprint, render_template

from archive.shown.standing import shown_standing
from search_app.services import desk, services

blueprint = Blueprint("status", __name__)


@blueprint.get("/status")
def status() -> str:
    """Show it."""
    return render_template("status.html", page=shown_standing(desk(), services().standing()))
