"""The pages of a document: reader, picture, original."""

from collections import Counter
from http import HTTPStatus

from flask import Blueprint, Response, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue

from archive.errors import BadRequest
from archive.exemptions import printed
from archive.recogniser import lacking
from archive.shown.asking import QUERY_LENGTH_MAX
from archive.shown.document import cite, is_given_up, load_document, original_path
from archive.shown.elsewhere import load_elsewhere
from archive.shown.ledger import load_ledger
from archive.shown.pages import find_hits, load_page, places_to_paint
from archive.shown.recognition import LACKING, read_how
from archive.shown.redactions import load_redactions
from search_app.headers import SANDBOX
from search_app.pictures import WIDTHS, picture_name
from search_app.replaced import once_more
from search_app.services import desk, services
from search_app.stepping import stepper

blueprint = Blueprint("documents", __name__)


@blueprint.get("/documents/<sha256>")
@once_more
def document(sha256: str) -> ResponseReturnValue:
    """Show a document at the first page with a hit, else at its first page."""
    asked = request.args.get("page", type=int)
    if asked is not None:
        target = url_for("documents.page", sha256=sha256, number=asked, q=query() or None)
        return redirect(target, 302)
    return _reader(sha256, None)


@blueprint.get("/documents/<sha256>/pages/<row:number>")
@once_more
def page(sha256: str, number: int) -> str:
    """Show a page of a document."""
    return _reader(sha256, number)


@blueprint.get("/documents/<sha256>/pages/<row:number>.png")
@once_more
def picture(sha256: str, number: int) -> Response:
    """Give the picture of a page, as flat pixels."""
    width = _width(request.args.get("width", ""))
    shown = load_document(desk(), sha256)
    version = shown.reader_version
    response = Response(mimetype="image/png")
    boxes = places_to_paint(desk(), shown, number)
    paint = [(one.left, one.top, one.left + one.width, one.top + one.height) for one in boxes]
    response.set_etag(picture_name(sha256, number, width, version, paint))
    # A document can be held or withdrawn at any moment: whoever keeps its picture has to ask again.
    response.headers["Cache-Control"] = "private, no-cache"
    response.make_conditional(request)
    if response.status_code != HTTPStatus.NOT_MODIFIED:
        path = desk().archive.files.path(shown.sha256)
        response.data = services().pictures.picture(
            path, sha256, number, width, reader_version=version, paint=paint
        )
    return response


def _width(typed: str) -> int:
    """Give the width that is asked for; 0, which is not offered, for what is no number."""
    if not typed:
        return WIDTHS[1]
    return int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 10 else 0


@blueprint.get("/documents/<sha256>/original")
def original(sha256: str) -> Response:
    """Give the exact bytes of a document, checked against their hash."""
    path = original_path(desk(), sha256)
    response = send_file(
        path,
        mimetype="application/pdf",
        as_attachment=True,
        download_name=f"{sha256}.pdf",
        etag=sha256,
        max_age=0,
    )
    response.headers["Content-Security-Policy"] = SANDBOX
    response.headers["Cache-Control"] = "private, no-cache"
    return response


def query() -> str:
    """Give the query of the address.

    Raises:
        BadRequest: it is longer than can be read.
    """
    typed = request.args.get("q", "").strip()
    if len(typed) > QUERY_LENGTH_MAX:
        raise BadRequest(
            f"The query has {len(typed):,} characters; {QUERY_LENGTH_MAX:,} can be read."
        )
    return typed


def _reader(sha256: str, number: int | None) -> str:
    shown = load_document(desk(), sha256)
    hits = find_hits(desk(), shown, query())
    redactions, ledger = load_redactions(desk(), shown), load_ledger(desk(), shown)
    if not shown.page_count or not shown.reading_sha256:
        return render_template(
            "document.html",
            document=shown,
            redactions=redactions,
            ledger=ledger,
            hits=hits,
            page=None,
        )
    is_over = bool(shown.picture_pages and is_given_up(desk(), sha256))
    is_lacking = bool(not is_over and shown.picture_pages and lacking(desk().archive.settings))
    first = hits.pages[0].number if hits.pages else 1
    here = load_page(desk(), shown, first if number is None else number, hits.tree)
    return render_template(
        "document.html",
        document=shown,
        redactions=redactions,
        ledger=ledger,
        here_printed=printed(here.text),
        here_stamped=Counter(stamp.code for stamp in here.redactions.stamps),
        elsewhere=load_elsewhere(desk(), shown),
        hits=hits,
        page=here,
        read_how=read_how(here.confidence),
        not_recognised="could not be recognised" if is_over else "are not recognised yet",
        recognition_lacking=LACKING if is_lacking else "",
        step=stepper(shown, hits, here, request.args.get("hit", 1, type=int)),
        widths=WIDTHS,
        citation=cite(desk(), shown, here.number),
    )
