"""Errors in words: a page for people, JSON for programs, and no query in the log."""

import traceback
from collections.abc import Mapping
from http import HTTPStatus
from types import MappingProxyType
from typing import Any
from urllib.parse import urlencode

from flask import Flask, Response, jsonify, make_response, render_template, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import HTTPException

from archive.errors import NotForReaders, PaperwatchError, Withdrawn
from archive.logs import Log
from archive.shown.asking import NoSuchPage
from archive.shown.record import plain
from search_app.access_log import request_id, route
from search_app.services import desk

_log = Log(__name__)

_HEADINGS = {
    400: "This cannot be read",
    403: "This document is held back",
    404: "Not in this archive",
    405: "This page is only read",
    410: "This document was withdrawn",
    422: "This document cannot be read",
    500: "Something failed in this archive",
    503: "The archive cannot answer now",
}
_STATES = {403: "Held back", 410: "Withdrawn"}
_NOTHING: Mapping[str, Any] = MappingProxyType({})
_SENTENCES = {
    404: "There is no page at this address. Addresses begin with /awards/, /documents/,"
    " /vendors, /agencies or /sources.",
    405: "Nothing can be sent to this archive. Use the operator's command line to change it.",
    500: "The page could not be made. The fault is in the archive's log, without what you asked."
    " Try again, or tell the operator.",
}


def register(app: Flask) -> None:
    """Answer every error with a sentence."""
    app.register_error_handler(PaperwatchError, _known)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(Exception, _unknown)


def _known(error: PaperwatchError) -> ResponseReturnValue:
    if error.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        _report(error)
    if isinstance(error, NotForReaders):
        return _withheld(error)
    if isinstance(error, NoSuchPage):
        heading = "There is no such page"
        return _answer(error.status, str(error), heading=heading, last=_last_page(error))
    sentence = error.to_readers or str(error)
    is_ours = error.status >= HTTPStatus.INTERNAL_SERVER_ERROR  # else it quotes what was asked
    return _answer(error.status, desk().said(sentence) if is_ours else sentence)


def _withheld(error: NotForReaders) -> Response:
    """Say of a document since when, why, and what became of its state before; nothing else."""
    told = {
        "state": "withdrawn" if isinstance(error, Withdrawn) else "held",
        "state_at": error.since,
        "state_reason": error.reason,
        "state_changes": plain(error.changes),
    }
    return _answer(
        error.status,
        str(error),
        told if error.since else {},
        label=_STATES[error.status],
        since=error.since,
        reason=error.reason,
        changes=error.changes if len(error.changes) > 1 else (),
    )


def _http(error: HTTPException) -> ResponseReturnValue:
    code = error.code or 500
    if code < 400:
        return error.get_response()
    sentence = _SENTENCES.get(code, f"{HTTPStatus(code).phrase}.")
    answer = _answer(code, sentence)
    if code == HTTPStatus.METHOD_NOT_ALLOWED:
        answer.headers["Allow"] = "GET, HEAD"
    return answer


def _unknown(error: Exception) -> ResponseReturnValue:
    _report(error)
    return _answer(500, f"{_SENTENCES[500]} Its number there is {request_id()}.")


def _last_page(error: NoSuchPage) -> str:
    """Give the address that was asked, at the last page there is."""
    others = [pair for pair in request.args.items(multi=True) if pair[0] != "page"]
    more = [("page", str(error.last))] if error.last > 1 else []
    return f"{request.path}?{urlencode([*others, *more])}" if others or more else request.path


def _answer(
    status: int, sentence: str, told: Mapping[str, Any] = _NOTHING, **more: Any
) -> Response:
    """Answer with JSON, which says what is `told` besides, or with a page that shows `more`."""
    if request.path.startswith("/api/"):
        return make_response(jsonify({"status": status, "error": sentence, **told}), status)
    heading = _HEADINGS.get(status, HTTPStatus(status).phrase)
    try:
        said = {"label": status, "heading": heading, "sentence": sentence}
        page = render_template("error.html", **(said | more))
    except PaperwatchError:
        # The frame of every page counts what is held; without a catalogue the sentence must do.
        return make_response(f"{heading}. {sentence}\n", status, {"Content-Type": "text/plain"})
    return make_response(page, status)


def _report(error: BaseException) -> None:
    """Log where an error arose, but not its words: they may quote the query."""
    frames = "".join(traceback.format_tb(error.__traceback__)).rstrip()
    _log.error("page failed", route=route(), error=type(error).__name__, frames=frames)
