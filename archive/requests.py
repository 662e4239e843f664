"""What is said of a request: its case number, and of which category the requester was."""

import re

from archive.errors import BadRequest

# The categories by which fees are reckoned: 5 U.S.C. 552(a)(4)(A)(ii). Who asked is never kept.
REQUESTER_TYPES = ("commercial", "educational", "scientific", "media", "other")
# "2024-ICFO-00001", "DOC-NIST-2021-001234", "20241341", "EMRUFOIA092114", "F-2019-01234/A".
_CASE = re.compile(r"(?=[^0-9]*[0-9])[A-Za-z0-9](?:[A-Za-z0-9 ./_#-]{0,38}[A-Za-z0-9])?")
_BETWEEN = ", "


def case_number_told(name: str, typed: str) -> str:
    """Read the case number of a request, or several with commas or semicolons between.

    Raises:
        BadRequest: one has no digit, or has signs that none has.
    """
    numbers = [" ".join(one.split()) for one in re.split("[,;]", typed)] if typed.strip() else []
    for number in numbers:
        if not _CASE.fullmatch(number):
            raise BadRequest(
                f"{name} {number[:60]!r} is no case number. Write it as the agency prints it, in up"
                " to 40 letters, digits and . / _ # -, with a digit: 2024-ICFO-00001"
            )
    return _BETWEEN.join(dict.fromkeys(numbers))


def cases_of(case_number: str) -> list[str]:
    """Give the numbers of a case number that was read by `case_number_told`."""
    return case_number.split(_BETWEEN) if case_number else []


def requester_type_told(name: str, typed: str) -> str:
    """Read the category of a requester.

    Raises:
        BadRequest: it is none, for instance a name.
    """
    small = typed.strip().lower()
    if small and small not in REQUESTER_TYPES:
        known = ", ".join(REQUESTER_TYPES)
        raise BadRequest(
            f"{name} {typed[:40]!r} is no category of requesters (known: {known}). Who asked is not"
            " kept in this archive."
        )
    return small


def title_told(name: str, typed: str) -> str:
    """Read the title of a file as its source lists it.

    Raises:
        BadRequest: it is too long, or has signs that cannot be printed.
    """
    title = " ".join(typed.split())
    if len(title) > TITLE_LENGTH_MAX or not title.isprintable():
        raise BadRequest(
            f"{name} {title[:40]!r} is no title: give up to {TITLE_LENGTH_MAX} letters that can be"
            " printed."
        )
    return title


TITLE_LENGTH_MAX = 300
