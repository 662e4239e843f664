"""Addresses that people type before they know ours: they lead to the page that was meant."""

from flask import Blueprint, redirect, request, url_for
from flask.typing import ResponseReturnValue

blueprint = Blueprint("guessed", __name__)


@blueprint.get("/help")
def help_with_searching() -> ResponseReturnValue:
    """Lead to how to search."""
    return redirect(url_for("about.about", _anchor="search"), 301)


@blueprint.get("/search")
def search() -> ResponseReturnValue:
    """Lead to the search page, with all that was asked."""
    asked = request.query_string.decode("ascii", "replace")
    return redirect(f"{url_for('search.results')}{'?' if asked else ''}{asked}", 301)
