"""The JSON twins of the pages; `docs/api.md` describes them."""

from importlib.metadata import version

from flask import Blueprint, jsonify, request
from flask.typing import ResponseReturnValue

from archive.clock import today
from archive.shown.about import about as load_about
from archive.shown.agency import load_agency
from archive.shown.asking import asked_from
from archive.shown.document import cite, load_document
from archive.shown.listing import list_agencies, list_vendors
from archive.shown.loosened import loosened
from archive.shown.pages import find_hits, load_page
from archive.shown.record import award_record, document_record, page_record, plain
from archive.shown.results import facet_values, results
from archive.shown.search import search as search_archive
from archive.shown.search import whole_facet
from archive.shown.sources import list_sources, load_source
from archive.shown.standing import shown_standing
from archive.shown.sums_record import agency_record, vendor_record
from archive.shown.vendor import load_vendor
from search_app.openapi import description
from search_app.pages.agencies import fiscal_year
from search_app.pages.documents import query
from search_app.pages.vendors import named
from search_app.replaced import once_more
from search_app.services import desk, services

blueprint = Blueprint("api", __name__, url_prefix="/api")


@blueprint.get("/search")
def search() -> ResponseReturnValue:
    """Answer a search; one that finds nothing says what its terms find alone."""
    found = search_archive(desk(), asked_from(request.args.items(multi=True)))
    answer = results(found)
    if not found.total:
        near = loosened(desk(), found)
        answer["terms"] = [
            {"typed": one.typed, "alone": one.alone, "without": one.without} for one in near.terms
        ]
        answer["other_ways"] = [{"q": one.typed, "total": one.count} for one in near.ways]
    return jsonify(answer)


@blueprint.get("/facets/<name>")
def facet(name: str) -> ResponseReturnValue:
    """Give all values of one facet of a search."""
    whole = whole_facet(desk(), asked_from(request.args.items(multi=True)), name)
    return jsonify(
        {
            "facet": name,
            "read_as": whole.read_as,
            "ignored": list(whole.ignored),
            "values": facet_values(whole.facet),
        }
    )


@blueprint.get("/awards/<key>")
def award(key: str) -> ResponseReturnValue:
    """Give all that is known of an award."""
    return jsonify(award_record(desk(), key))


@blueprint.get("/documents/<sha256>")
@once_more
def document(sha256: str) -> ResponseReturnValue:
    """Give a document with its pages in summary; with `q`, which of them match."""
    shown = load_document(desk(), sha256)
    record = document_record(desk(), shown)
    if query():
        hits = find_hits(desk(), shown, query())
        record["hits"] = {
            "read_as": hits.read_as,
            "ignored": list(hits.ignored),
            "total_pages": hits.total,
            "pages_satisfy_query": hits.whole,
            "pages": plain(hits.pages),
        }
    return jsonify(record)


@blueprint.get("/documents/<sha256>/pages/<row:number>")
@once_more
def page(sha256: str, number: int) -> ResponseReturnValue:
    """Give a page with its words and boxes; with `q`, what to mark on it."""
    shown = load_document(desk(), sha256)
    tree = find_hits(desk(), shown, query()).tree
    record = page_record(load_page(desk(), shown, number, tree))
    return jsonify({"sha256": sha256, **record, "citation": cite(desk(), shown, number)})


@blueprint.get("/vendors")
def vendors() -> ResponseReturnValue:
    """Give a page of vendors by name."""
    number = request.args.get("page", 1, type=int)
    return jsonify(plain(list_vendors(desk(), named=named(), page=number)))


@blueprint.get("/vendors/<row:number>")
def vendor(number: int) -> ResponseReturnValue:
    """Give a vendor: names, sums by year and agency, newest awards, documents that name it."""
    return jsonify(vendor_record(load_vendor(desk(), desk().vendor_now(number), today())))


@blueprint.get("/agencies")
def agencies() -> ResponseReturnValue:
    """Give all agencies."""
    return jsonify({"agencies": plain(list_agencies(desk()))})


@blueprint.get("/agencies/<code>")
def agency(code: str) -> ResponseReturnValue:
    """Give an agency or a department: sums by year, vendors, offices, newest records."""
    return jsonify(agency_record(load_agency(desk(), code, fiscal_year())))


@blueprint.get("/sources")
def sources() -> ResponseReturnValue:
    """Give all sources with what is held of each and what came by month."""
    counted = services().counted_sources()
    rows = list_sources(desk(), counted)
    return jsonify({"counted_at": counted.at, "sources": plain(rows)})


@blueprint.get("/sources/<path:name>")
def source(name: str) -> ResponseReturnValue:
    """Give one source with its schedule, months, failures and refusals."""
    counted = services().counted_sources()
    return jsonify({"counted_at": counted.at, **plain(load_source(desk(), counted, name))})


@blueprint.get("/status")
def status() -> ResponseReturnValue:
    """Give how the archive stands: queues, index, sources, what was set aside."""
    return jsonify(plain(shown_standing(desk(), services().standing())))


@blueprint.get("/openapi.json")
def openapi() -> ResponseReturnValue:
    """Give the description of this interface for programs."""
    return jsonify(description(version("paperwatch")))


@blueprint.get("/about")
def about() -> ResponseReturnValue:
    """Give what the archive holds, and the last run of each source."""
    return jsonify(plain(load_about(desk())))
