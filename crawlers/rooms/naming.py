"""What is said of a file's release: by its room, its entry, the pages above it, its headers."""

import re
from collections.abc import Mapping
from dataclasses import replace
from email.message import Message
from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit

from archive.release_statements import Released
from archive.requests import TITLE_LENGTH_MAX
from crawlers.rooms.room import Room
from crawlers.rooms.sheets import Listed

# Words of links that say nothing of the file.
_SAYS_NOTHING = re.compile("click|here|to|download|the|this|pdf|view|open|link|file|read|more")


def beneath(page: Listed, parent: Listed | None) -> Listed:
    """Give a page with the title and day that it has from the page which leads to it."""
    if parent is None:
        return page
    day = page.released_on or parent.released_on
    return replace(page, title=_title(page.title, parent.title), released_on=day)


def released_of(room: Room, listed: Listed, parent: Listed | None) -> Released:
    """Give what a room says of a file, with the page that leads to it where there is one."""
    title = _title(listed.title, parent.title if parent else "")
    day = listed.released_on or (parent.released_on if parent else "")
    return replace(
        room.released, title=title, released_on=day, case_number=_case(room, title, listed)
    )


def named_by_answer(released: Released, headers: Mapping[str, str]) -> Released:
    """Give a release without a title that of its file's name, as its answer says it."""
    if released.title:
        return released
    return replace(released, title=file_name_said(headers.get("Content-Disposition", "")))


def file_name_said(disposition: str) -> str:
    """Read the name of a file from Content-Disposition, without folders and ending; '' for none.

    Source: RFC 6266; the form with a charset (filename*) goes before the other.
    """
    message = Message()
    message["Content-Disposition"] = disposition.replace("\r", " ").replace("\n", " ")
    name = message.get_filename() or ""
    stem = PurePosixPath(name.replace("\\", "/")).stem
    words = " ".join(re.sub(r"[_+]", " ", stem).split())
    return words[:TITLE_LENGTH_MAX] if words.isprintable() else ""


def _title(own: str, above: str) -> str:
    """Put together what a link says and what the page is called on which it stands."""
    if not above or above.casefold() in own.casefold():
        title = own
    elif _says_nothing(own):
        title = above
    else:
        title = f"{above}: {own}"
    title = "" if _says_nothing(title) else title
    return title[:TITLE_LENGTH_MAX] if title.isprintable() else ""


def _says_nothing(title: str) -> bool:
    return all(_SAYS_NOTHING.fullmatch(word) for word in re.findall(r"\w+", title.lower()))


def _case(room: Room, title: str, listed: Listed) -> str:
    if room.case is None:
        return ""
    name = unquote(urlsplit(listed.identity).path).rsplit("/", 1)[-1]
    found = [match[0] for text in (title, name) for match in room.case.finditer(text)]
    return ", ".join(dict.fromkeys(found))
