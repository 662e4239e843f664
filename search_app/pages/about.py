"""The page about the archive: what it holds, how to search it, how to use it from a program."""

from flask import Blueprint, render_template

from archive.shown.about import about as load_about
from search_app.services import desk, services

blueprint = Blueprint("about", __name__)


@blueprint.get("/about")
def about() -> str:
    """Show it."""
    return render_template(
        "about.html", about=load_about(desk()), taught=services().examples().taught
    )
