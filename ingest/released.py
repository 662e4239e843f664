"""What a person says of files: their source, and of a release by whom, of which state, when."""

import re

from archive.errors import BadRequest
from archive.release_statements import Released
from archive.sources import declared
from archive.typed import check_past_day
from archive.watchlist import agencies
from archive.watchlist.places import STATES
from archive.watchlist.vocabulary import called

# Every code in use has a digit; four letters are an abbreviation.
_CODE = re.compile(r"[0-9]{3}|(?=[A-Z]*[0-9])[0-9A-Z]{4}")
_SOURCE = re.compile(r"[A-Za-z][A-Za-z0-9_]*")
_SOURCE_LENGTH_MAX = 60
BY_HAND = "added"
_BODY_LENGTH_MAX = 120


def release_told(*, agency: str, body: str, state: str, released: str) -> Released:
    """Read what was told of a release; '' for what was not.

    Raises:
        BadRequest: it cannot be true, or says two things.
    """
    agency, body = agency.strip(), " ".join(body.split())
    if agency and body:
        raise BadRequest(
            "One body made a release: give a federal agency by --agency, or any other by --body."
        )
    return Released(
        agency_code=_agency_code(agency),
        body=_body(body),
        released_on=_day(released.strip()),
        state=_state_code(state.strip()),
    )


def source_told(typed: str) -> str:
    """Read the name of where files came from.

    Raises:
        BadRequest: it is no such name, or that of a source that is crawled or imported.
    """
    if not _SOURCE.fullmatch(typed) or len(typed) > _SOURCE_LENGTH_MAX:
        raise BadRequest(
            f"--source {typed[:40]!r} is no name of a source. Write it in up to"
            f" {_SOURCE_LENGTH_MAX} letters, digits and _, a letter first: eugene_reading_room"
        )
    small = typed.lower()
    if small in declared() or (typed != BY_HAND and called("source", small)):
        raise BadRequest(
            f"--source {typed!r} is a name that a source of its own has, and what is added by hand"
            " is not its doing. Give another name, or leave it out."
        )
    return typed


def not_listed(released: Released) -> str:
    """Say of a code that it has no name here, '' where it has one, or there is none."""
    code = released.agency_code
    if not code or agencies.name_of(code):
        return ""
    return (
        f"{code} is the code of no agency known here: pages show it without a name."
        " Was another meant, say it again of the same files."
    )


def _agency_code(typed: str) -> str:
    """Give the code of an agency by code or name.

    Raises:
        BadRequest: it is unknown, or means several.
    """
    found = agencies.find(typed) if typed else ()
    if len(found) == 1:
        return found[0].code
    if not typed or (not found and _CODE.fullmatch(typed)):
        return typed
    if not found:
        near = _meant(agencies.near(typed))
        raise BadRequest(
            f"{agencies.unknown(typed)}{near} A city, county or state body goes by its name:"
            f' --body "{typed}"'
        )
    meant = ", ".join(f"{one.code} ({one.name})" for one in found)
    raise BadRequest(f"{typed!r} means several agencies: {meant}. Give the code of one.")


def _body(typed: str) -> str:
    """Give the name of a releasing body that is no federal agency, as it is typed.

    Raises:
        BadRequest: it is no name, or that of a federal agency, or nearly so.
    """
    if not typed:
        return ""
    if len(typed) > _BODY_LENGTH_MAX or not typed.isprintable() or not re.search(r"\w", typed):
        raise BadRequest(
            f"--body {typed[:40]!r} is no name of a body. Give it in up to {_BODY_LENGTH_MAX}"
            ' letters, such as "City of Eugene".'
        )
    found = agencies.find(typed)
    if found:
        raise BadRequest(
            f"--body {typed!r} is a federal agency: give it as --agency {found[0].code}. Is that of"
            ' a state meant, write its whole name, such as "California Department of Justice".'
        )
    near = agencies.near(typed)
    if near:
        raise BadRequest(
            f"--body {typed!r} is no federal agency, but nearly one.{_meant(near)} Is another body"
            " meant, write its whole name, with its city or state."
        )
    return typed


def _meant(agency: agencies.Agency | None) -> str:
    return f" Is {agency.name} meant, give --agency {agency.code}." if agency else ""


def _state_code(typed: str) -> str:
    """Give the two letters of a state.

    Raises:
        BadRequest: there is no such state.
    """
    if typed and typed.upper() not in STATES:
        raise BadRequest(f"--state {typed!r} is no state. Give its two letters, such as OR.")
    return typed.upper()


def _day(typed: str) -> str:
    """Give the day of a release.

    Raises:
        BadRequest: it is no day, or one that is still to come.
    """
    if typed:
        check_past_day("--released", typed)
    return typed
