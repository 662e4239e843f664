"""The access log: which page, how it ended, how long it took. Never what was asked."""

import time

from flask import Flask, Response, g, request

from archive import logs
from archive.logs import Log

_log = Log(__name__)
HEADER = "X-Request-ID"


def register(app: Flask) -> None:
    """Log every answer by the template of its route, without values and without the query.

    Each request has an id, which all that is logged of it bears and the answer names.
    """
    app.before_request(_begin)
    app.after_request(_end)
    app.teardown_request(_forget)


def route() -> str:
    """Give the template of the route asked ("/documents/<sha256>"), '-' for none."""
    return request.url_rule.rule if request.url_rule else "-"


def _begin() -> None:
    g.began = time.perf_counter()
    g.request_id = logs.new_id(request.headers.get(HEADER, ""))
    logs.hold(request_id=g.request_id)


def _forget(_error: BaseException | None) -> None:
    logs.hold()


def request_id() -> str:
    """Give the id of the request that is answered."""
    return str(g.get("request_id", ""))


def _end(response: Response) -> Response:
    took_ms = 1000 * (time.perf_counter() - g.get("began", time.perf_counter()))
    _log.info("answered", route=route(), status=response.status_code, ms=round(took_ms))
    response.headers[HEADER] = request_id()
    return response
