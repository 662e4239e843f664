"""The access log: which page, how it ended, how long it took. Never what was asked."""

import logging
import time

from flask import Flask, Response, g, request

_log = logging.getLogger(__name__)


def register(app: Flask) -> None:
    """Log every answer by the template of its route, without values and without the query."""
    app.before_request(_begin)
    app.after_request(_end)


def route() -> str:
    """Give the template of the route asked ("/documents/<sha256>"), '-' for none."""
    return request.url_rule.rule if request.url_rule else "-"


def _begin() -> None:
    g.began = time.perf_counter()


def _end(response: Response) -> Response:
    took_ms = 1000 * (time.perf_counter() - g.get("began", time.perf_counter()))
    _log.info("answered route=%s status=%d ms=%.0f", route(), response.status_code, took_ms)
    return response
