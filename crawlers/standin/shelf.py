"""A stand-in's shelf of document files: bytes by path, with ETag, ranges, and what moved."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from crawlers.standin.answering import Reply
from crawlers.standin.faults import Fault
from crawlers.standin.files import part_of
from crawlers.standin.handling import Asked
from crawlers.standin.serving import Serving

_NONE = Reply(status=404, text="<h1>Not Found</h1>", kind="text/html")


@dataclass(slots=True, kw_only=True)
class Shelf:
    """Files by path, which may be changed between two crawls; `moved` leads from path to address.

    `without_marks` are paths whose answers name no version, so that nobody can ask for changes.
    """

    files: dict[str, bytes] = field(default_factory=dict)
    moved: dict[str, str] = field(default_factory=dict)
    without_marks: set[str] = field(default_factory=set)
    kept: set[str] = field(default_factory=set)  # paths of which it says that they are not for us

    def reply(self, path: str, headers: Mapping[str, str]) -> Reply:
        """Answer a request for a file."""
        if path in self.moved:
            return Reply(status=302, kind="text/html", headers={"Location": self.moved[path]})
        if path in self.kept:
            return Reply(status=403, text="<Error>AccessDenied</Error>", kind="application/xml")
        content = self.files.get(path)
        if content is None:
            return _NONE
        kind = "application/octet-stream"  # many hosts say no more of a PDF
        if path in self.without_marks:
            return Reply(raw=content, kind=kind)
        given = replace(part_of(content, headers), kind=kind)
        if headers.get("if-none-match") == given.headers.get("ETag", "-"):
            return replace(given, status=304, raw=b"")
        return given


class ShelfStandIn(Serving):
    """A running server of nothing but a shelf of files."""

    def __init__(self, files: Mapping[str, bytes], *, robots: str = "") -> None:
        super().__init__(robots=robots)
        self.shelf = Shelf(files=dict(files))

    def reply(self, asked: Asked, fault: Fault | None) -> Reply:
        """Give a file."""
        return self.shelf.reply(asked.path, asked.headers)
