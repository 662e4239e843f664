"""`/metrics`: what Prometheus reads, in its own form; `docs/operating.md` says what each means.

What was answered is counted by the template of its route and by its status, never by what was
asked. How the archive stands is looked up when it is read, from figures that are kept for a while.
"""

import hmac
import ipaddress
import time

from flask import Flask, Response, g, request
from flask.typing import ResponseReturnValue
from prometheus_client import (
    CONTENT_TYPE_LATEST,
    CollectorRegistry,
    Counter,
    Histogram,
    disable_created_metrics,
)
from prometheus_client import generate_latest as written
from prometheus_client.platform_collector import PlatformCollector
from prometheus_client.process_collector import ProcessCollector

from archive.errors import NotFound
from search_app.access_log import route
from search_app.metrics_of_archive import OfArchive
from search_app.services import services

ADDRESS = "/metrics"
# From a page out of the cache of the system to an export of a million rows.
_BUCKETS_S = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 60.0)
_METHODS = ("GET", "HEAD")
# What a proxy adds: the reader behind it is not on this machine.
_FORWARDED = ("Forwarded", "X-Forwarded-For", "X-Real-IP", "Via")
_REFUSED = (
    "Figures for monitoring are read on this machine only. Elsewhere send the archive's token:"
    " see PAPERWATCH_METRICS_TOKEN in docs/operating.md."
)


class Metrics:
    """The figures of one application."""

    def __init__(self, app: Flask) -> None:
        self.registry = CollectorRegistry()
        disable_created_metrics()  # type: ignore[no-untyped-call]
        self._answers = Counter(
            "paperwatch_http_requests",
            "Answers of the page, by route, method and status.",
            ("route", "method", "status"),
            registry=self.registry,
        )
        self._seconds = Histogram(
            "paperwatch_http_request_seconds",
            "Seconds until an answer was ready to be sent, by route.",
            ("route",),
            buckets=_BUCKETS_S,
            registry=self.registry,
        )
        ProcessCollector(registry=self.registry)
        PlatformCollector(registry=self.registry)
        with app.app_context():
            self.registry.register(OfArchive(services()))

    def count(self, response: Response) -> Response:
        """Count an answer."""
        method = request.method if request.method in _METHODS else "other"
        self._answers.labels(route(), method, str(response.status_code)).inc()
        began = g.get("began")
        if began is not None:
            self._seconds.labels(route()).observe(time.perf_counter() - began)
        return response

    def shown(self) -> ResponseReturnValue:
        """Answer who may read them.

        Raises:
            NotFound: they may not.
        """
        if not _is_allowed(services().desk.archive.settings["METRICS_TOKEN"]):
            raise NotFound(_REFUSED)
        return Response(written(self.registry), headers={"Content-Type": CONTENT_TYPE_LATEST})


def register(app: Flask) -> None:
    """Count every answer, and show the figures."""
    metrics = Metrics(app)
    app.after_request(metrics.count)
    app.add_url_rule(ADDRESS, "metrics", metrics.shown)


def _is_allowed(token: str) -> bool:
    """With a token who sends it, else who asks on this machine itself, and not through a proxy."""
    if token:
        given = request.headers.get("Authorization", "")
        return hmac.compare_digest(given.encode(), f"Bearer {token}".encode())
    if any(name in request.headers for name in _FORWARDED):
        return False
    try:
        return ipaddress.ip_address(request.remote_addr or "").is_loopback
    except ValueError:
        return False
