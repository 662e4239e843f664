"""Whether the page can answer: for whoever starts it and watches it."""

from flask import Blueprint, jsonify
from flask.typing import ResponseReturnValue

from search_app.services import desk, services

blueprint = Blueprint("health", __name__)


@blueprint.get("/healthz")
def health() -> ResponseReturnValue:
    """Say that the catalogue and the index answer; 503 in words when they do not."""
    desk().engine()
    holdings = services().holdings()
    return jsonify({"ok": True, "awards": holdings.awards, "documents": holdings.documents})
