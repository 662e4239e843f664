"""A stand-in of a reading room: a list of entries, pages of records behind it, a shelf of files.

The list is marked as some real rooms mark theirs (`usa-collection`). What a bad day does to a room
is a change of its members between two crawls (`entries`, `records`, `shelf`, `entry_class`,
`last_leads_back`), or a fault: `html` with the words of a challenge, `status`, `cut`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from urllib.parse import unquote

from crawlers.standin.answering import Reply
from crawlers.standin.faults import Fault
from crawlers.standin.handling import Asked
from crawlers.standin.serving import ROBOTS, Serving
from crawlers.standin.shelf import Shelf

LIST = "/foia/library"
CHALLENGE = (
    "<html><head><title>Just a moment...</title></head><body>"
    '<script src="/cdn-cgi/challenge-platform/x.js"></script></body></html>'
)


@dataclass(frozen=True, slots=True, kw_only=True)
class StandingEntry:
    """An entry of the list: its title, where it leads, and its day as printed ("Mar 12 2026")."""

    title: str
    link: str
    day: str = "Mar 12 2026"


class RoomStandIn(Serving):
    """A running room. `records` are its pages of records: path to links with their words."""

    def __init__(
        self,
        entries: Sequence[StandingEntry],
        files: Mapping[str, bytes],
        *,
        records: Mapping[str, Mapping[str, str]] | None = None,
        faults: Sequence[Fault] = (),
        robots: str = ROBOTS,
        a_page: int = 2,
    ) -> None:
        super().__init__(faults=faults, robots=robots)
        self.entries = list(entries)
        self.records = {path: dict(links) for path, links in (records or {}).items()}
        self.shelf = Shelf(files=dict(files))
        self.entry_class = "usa-collection__item"
        self.last_leads_back = False
        self._a_page = a_page

    @property
    def list_address(self) -> str:
        """Where its list is."""
        return f"{self.address}{LIST}"

    def reply(self, asked: Asked, fault: Fault | None) -> Reply:
        """Give a page, or a file."""
        path = unquote(asked.path)
        if path in self.shelf.moved:
            return self.shelf.reply(path, asked.headers)
        if path == LIST:
            return _html(self._list(int(asked.body.get("page", "0"))))
        if path in self.records:
            links = (f'<li><a href="{escape(link)}">{escape(words)}</a></li>'
                     for link, words in self.records[path].items())  # fmt: skip
            return _html(f"<main><h1>Record</h1><ul>{''.join(links)}</ul></main>")
        return self.shelf.reply(path, asked.headers)

    def _list(self, page: int) -> str:
        shown = self.entries[page * self._a_page : (page + 1) * self._a_page]
        is_last = (page + 1) * self._a_page >= len(self.entries)
        then = "" if is_last and not self.last_leads_back else f"?page={0 if is_last else page + 1}"
        link = f'<a class="usa-pagination__next-page" href="{then}">Next</a>' if then else ""
        return f"<main><ul>{''.join(map(self._entry, shown))}</ul>{link}</main>"

    def _entry(self, one: StandingEntry) -> str:
        day, _, year = one.day.rpartition(" ")
        return (
            f'<li class="{self.entry_class}"><time>'
            f'<span class="usa-collection__calendar-date-month">{escape(day)}</span>'
            f'<span class="usa-collection__calendar-date-day">{escape(year)}</span></time>'
            f'<h4 class="usa-collection__heading"><a href="{escape(one.link)}">{escape(one.title)}'
            "</a></h4></li>"
        )


def _html(body: str) -> Reply:
    text = f"<!doctype html><html><head><title>Room</title></head><body>{body}</body></html>"
    return Reply(text=text, kind="text/html; charset=utf-8")
