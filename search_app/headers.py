"""Headers that keep readers safe: nothing from elsewhere, nothing told to anybody."""

from flask import Flask, Response

POLICY = (
    "default-src 'none'; img-src 'self'; style-src 'self'; font-src 'self'; form-action 'self';"
    " base-uri 'none'; frame-ancestors 'none'"
)
# A downloaded original is somebody else's file: should a browser show it, then without any power.
SANDBOX = "sandbox; default-src 'none'; frame-ancestors 'none'"

_ALWAYS = {
    "Content-Security-Policy": POLICY,
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), browsing-topics=()",
}


def register(app: Flask) -> None:
    """Put the headers on every answer."""
    app.after_request(_add)


def _add(response: Response) -> Response:
    for name, value in _ALWAYS.items():
        response.headers.setdefault(name, value)
    # What a document's state allows can change at any time; a kept page would go on showing it.
    response.headers.setdefault("Cache-Control", "private, no-cache")
    return response
