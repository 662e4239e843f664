"""Puts the web application together."""

from flask import Flask

from archive.opening import Archive
from archive.reading_client import Readers
from search_app import access_log, api, converters, errors, formats, headers, metrics
from search_app.pages import (
    about,
    agencies,
    awards,
    documents,
    exports,
    facets,
    feeds,
    guessed,
    health,
    search,
    sources,
    status,
    vendors,
)
from search_app.services import Services, attach

_PAGES = (
    search,
    exports,
    feeds,
    facets,
    awards,
    documents,
    vendors,
    agencies,
    sources,
    status,
    about,
    guessed,
    health,
)


def create_app(archive: Archive, readers: Readers) -> Flask:
    """Make the application of an open archive; `readers` draw the pictures of pages."""
    app = Flask(__name__)
    app.config.update(
        MAX_CONTENT_LENGTH=4096,  # nothing is ever sent to it
        SEND_FILE_MAX_AGE_DEFAULT=86_400,
    )
    app.json.sort_keys = False  # type: ignore[attr-defined]
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    attach(app, Services.of(archive, readers))
    for part in (converters, formats, headers, errors, access_log, metrics):
        part.register(app)
    for page in _PAGES:
        app.register_blueprint(page.blueprint)
    app.register_blueprint(api.blueprint)
    return app
