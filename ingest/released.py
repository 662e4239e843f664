"""What a person says of files: their source, and of a release by whom, of which state, when."""

import re
from collections.abc import Mapping

from archive.errors import BadRequest
from archive.release_statements import Released
from archive.requests import case_number_told, requester_type_told, title_told
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


# What may be said of a release, and the option of the command that says it.
OPTIONS = {
    "agency": "--agency",
    "body": "--body",
    "state": "--state",
    "released": "--released",
    "case_number": "--case-number",
    "requester_type": "--requester-type",
    "title": "--title",
}
KEYS = tuple(OPTIONS)


def release_told(told: Mapping[str, str], names: Mapping[str, str] = OPTIONS) -> Released:
    """Read what was told of a release, by key; '' or left out for what was not.

    `names` is what each key is called in the sentence that refuses it.

    Raises:
        BadRequest: it cannot be true, or says two things.
    """
    said = {name: " ".join(told.get(name, "").split()) for name in KEYS}
    if said["agency"] and said["body"]:
        raise BadRequest(
            f"One body made a release: give a federal agency by {names['agency']}, or any other by"
            f" {names['body']}."
        )
    return Released(
        agency_code=_agency_code(said["agency"], names),
        body=_body(said["body"], names),
        released_on=_day(said["released"], names["released"]),
        state=_state_code(said["state"], names["state"]),
        case_number=case_number_told(names["case_number"], said["case_number"]),
        requester_type=requester_type_told(names["requester_type"], said["requester_type"]),
        title=title_told(names["title"], said["title"]),
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


def _agency_code(typed: str, names: Mapping[str, str]) -> str:
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
        near = _meant(agencies.near(typed), names)
        raise BadRequest(
            f"{agencies.unknown(typed)}{near} A city, county or state body goes by its name:"
            f' {names["body"]} "{typed}"'
        )
    meant = ", ".join(f"{one.code} ({one.name})" for one in found)
    raise BadRequest(f"{typed!r} means several agencies: {meant}. Give the code of one.")


def _body(typed: str, names: Mapping[str, str]) -> str:
    """Give the name of a releasing body that is no federal agency, as it is typed.

    Raises:
        BadRequest: it is no name, or that of a federal agency, or nearly so.
    """
    if not typed:
        return ""
    name = names["body"]
    if len(typed) > _BODY_LENGTH_MAX or not typed.isprintable() or not re.search(r"\w", typed):
        raise BadRequest(
            f"{name} {typed[:40]!r} is no name of a body. Give it in up to {_BODY_LENGTH_MAX}"
            ' letters, such as "City of Eugene".'
        )
    found = agencies.find(typed)
    if found:
        raise BadRequest(
            f"{name} {typed!r} is a federal agency: give it as {names['agency']} {found[0].code}."
            " Is that of a state meant, write its whole name, such as"
            ' "California Department of Justice".'
        )
    near = agencies.near(typed)
    if near:
        raise BadRequest(
            f"{name} {typed!r} is no federal agency, but nearly one.{_meant(near, names)} Is"
            " another body meant, write its whole name, with its city or state."
        )
    return typed


def _meant(agency: agencies.Agency | None, names: Mapping[str, str]) -> str:
    if agency is None:
        return ""
    return f" Is {agency.name} meant, give {names['agency']} {agency.code}."


def _state_code(typed: str, name: str) -> str:
    """Give the two letters of a state.

    Raises:
        BadRequest: there is no such state.
    """
    if typed and typed.upper() not in STATES:
        raise BadRequest(f"{name} {typed!r} is no state. Give its two letters, such as OR.")
    return typed.upper()


def _day(typed: str, name: str) -> str:
    """Give the day of a release.

    Raises:
        BadRequest: it is no day, or one that is still to come.
    """
    if typed:
        check_past_day(name, typed)
    return typed
