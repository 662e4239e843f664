"""The page of an award."""

from datetime import date

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from archive import clock
from archive.shown.award import load_award
from search_app.money import money_over_time
from search_app.services import desk

blueprint = Blueprint("awards", __name__)


@blueprint.get("/awards/<key>")
def award(key: str) -> ResponseReturnValue:
    """Show an award; a key in small letters leads to its one address."""
    shown = load_award(desk(), key)
    if shown.key != key:
        return redirect(url_for("awards.award", key=shown.key), 301)
    today = date.fromisoformat(clock.today())
    return render_template("award.html", award=shown, chart=money_over_time(shown, today))
