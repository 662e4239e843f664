"""Who released a file of MuckRock, and how the release is described."""

from archive.errors import BadRequest
from archive.release_statements import Released
from archive.requests import case_number_told
from archive.watchlist import agencies
from archive.watchlist.places import STATES
from crawlers.muckrock.answers import Agency, Jurisdiction, ReleasedFile, Request
from crawlers.usaspending.values import without_contacts

_FEDERAL = "f"


def released_by(
    agency: Agency | None, jurisdiction: Jurisdiction | None, state: str, file: ReleasedFile
) -> Released:
    """Say who released a file: a federal agency by its code where its name is known, else a body.

    `state` is the abbreviation of the state that the jurisdiction is in. Where MuckRock does not
    tell of the agency, the source of the file names it ("State Police, Pennsylvania").
    """
    if agency is None or jurisdiction is None:
        return Released(body=file.source)
    if jurisdiction.level == _FEDERAL:
        found = agencies.find(agency.name)
        code = found[0].code if len(found) == 1 else ""
        return Released(agency_code=code, body="" if code else agency.name)
    return Released(body=agency.name, state=state if state in STATES else "")


def case_of(request: Request) -> str:
    """Give the agency's number of a request; '' where what was typed is none, or personal."""
    try:
        return case_number_told("tracking_id", without_contacts(request.tracking_id))
    except BadRequest:
        return ""


def title_of(request: Request, file: ReleasedFile) -> str:
    """Give the title of a release: what was asked for, and what the file is called."""
    return ": ".join(dict.fromkeys(one for one in (request.title, file.title) if one))


def page_of_request(service: str, request: Request, jurisdiction: Jurisdiction | None) -> str:
    """Give the public page of a request; version 2 leaves it to be made of what it names.

    Source: MuckRock's addresses, /foi/<jurisdiction>-<number>/<request>-<number>/.
    """
    if request.page:
        return request.page
    where = f"{jurisdiction.slug}-{jurisdiction.number}" if jurisdiction else "multirequest"
    return f"{service}/foi/{where}/{request.slug}-{request.number}/"


def place_of_file(page: str, file_number: int) -> str:
    """Give the address at which readers find a file: it is marked on the page of its request."""
    return f"{page}#file-{file_number}"
