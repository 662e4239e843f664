"""Fetches files of any size: straight onto the disk, and after a cut from where it was.

Scrapy holds each answer in memory as a whole. Its download handler is asked for a file like for
any other answer, so that robots.txt, the user agent and our patience hold; the bytes go into a
part file, and the answer given back has none.
"""

import asyncio
import hashlib
import urllib.error
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from email.message import Message
from http.client import HTTPException, HTTPResponse
from pathlib import Path
from typing import Any

from scrapy import Request
from scrapy.core.downloader.handlers.http11 import HTTP11DownloadHandler
from scrapy.http import Response
from w3lib.url import safe_url_string

from archive.errors import NotReadable
from archive.files import full_disk_said

_CHUNK = 1 << 20
_SAID_MAX = 1 << 16  # of an answer that is not the file
_MAY_GO_ON = 206
_NO_MORE = 416  # nothing is left beyond what we have

Tell = Callable[[int, float | None], None]


class CutOff(ConnectionError):
    """The connection ended before the file did."""


class TooLarge(NotReadable):
    """A file is larger than is taken; nothing of it was kept."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A file under way: what of its bytes is here, and which version of it that is.

    It outlives the process; named by its address, so that the same command finds it again, and by
    whom it is `taken_by`, so that another one which fetches it now has its own. With
    `most_bytes`, a larger file is not taken.
    """

    folder: Path
    address: str
    tell: Tell
    most_bytes: int = 0
    taken_by: str = ""

    @property
    def path(self) -> Path:
        """Where its bytes are."""
        return self.folder / f"{self._name}.part"

    @property
    def size_bytes(self) -> int:
        """How much of it is here."""
        return self.path.stat().st_size if self.path.exists() else 0

    @property
    def version(self) -> str:
        """The service's own mark (ETag) of the version that was begun; '' = none, or not begun."""
        return self._mark.read_text(encoding="utf-8") if self._mark.exists() else ""

    def begin(self, version: str) -> None:
        """Begin anew, with nothing; the mark is there before the bytes that it is about."""
        self.remove()
        with full_disk_said(self.folder):
            self.folder.mkdir(parents=True, exist_ok=True)
            self._mark.write_text(version, encoding="utf-8")
            self.path.touch()

    def remove(self) -> None:
        """Forget it."""
        self.path.unlink(missing_ok=True)
        self._mark.unlink(missing_ok=True)

    @property
    def _name(self) -> str:
        return hashlib.sha256(f"{self.taken_by}{self.address}".encode()).hexdigest()[:16]

    @property
    def _mark(self) -> Path:
        return self.folder / f"{self._name}.etag"


class FileHandler(HTTP11DownloadHandler):
    """Downloads as Scrapy does; what has a `part` in its meta goes into that part."""

    async def download_request(self, request: Request) -> Response:
        """Give an answer; that to a request for a file comes without its bytes."""
        part = request.meta.get("part")
        if part is None:
            return await super().download_request(request)
        headers = {str(name): str(one) for name, one in request.headers.to_unicode_dict().items()}
        timeout_s = float(request.meta.get("download_timeout") or 0) or None
        return await asyncio.to_thread(fetch, part, headers, timeout_s)


class _StayHere(urllib.request.HTTPRedirectHandler):
    """Follows no redirection: it would lead past the other host's robots.txt."""

    def redirect_request(self, *_: Any, **__: Any) -> None:
        return None


def fetch(part: Part, headers: dict[str, str], timeout_s: float | None) -> Response:
    """Fetch what is missing of a file.

    Raises:
        CutOff: the connection ended too early; what came is kept.
        TooLarge: it has more bytes than may be taken.
        OSError: no connection.
    """
    if part.size_bytes and part.version:
        headers |= {"Range": f"bytes={part.size_bytes}-", "If-Range": part.version}
    # Names of files have spaces and letters of all kinds, which some services print as they are.
    address = safe_url_string(part.address)
    asked = urllib.request.Request(address, headers=headers)  # noqa: S310 (checked before)
    opener = urllib.request.build_opener(_StayHere)
    try:
        with opener.open(asked, timeout=timeout_s) as answer:
            if answer.status != _MAY_GO_ON:
                part.begin(answer.headers.get("ETag") or "")
            elif not _goes_on(answer.headers, part.size_bytes):
                part.remove()
                raise CutOff("the service goes on at another place than was asked for")
            _copy(answer, answer.headers, part)
            return _response(part, 200, answer.headers, b"")
    except urllib.error.HTTPError as error:
        with error:
            return _refused(part, error)


def _goes_on(headers: Message, at: int) -> bool:
    return str(headers.get("Content-Range") or "").startswith(f"bytes {at}-")


def _copy(answer: HTTPResponse, headers: Message, part: Part) -> None:
    left = headers.get("Content-Length")
    before = part.size_bytes
    whole = before + int(left) if left and left.isdecimal() else None
    _refuse_large(part, whole or 0)
    try:
        with full_disk_said(part.folder), part.path.open("ab") as target:
            while chunk := answer.read1(_CHUNK):
                target.write(chunk)
                here = target.tell()
                _refuse_large(part, here)
                part.tell(here, here / whole if whole else None)
    except HTTPException as error:
        raise CutOff(str(error)) from error
    if whole is not None and part.size_bytes < whole:
        raise CutOff(f"{part.size_bytes} of {whole} bytes came")
    if whole is not None and part.size_bytes > whole:
        part.remove()
        raise CutOff(f"{part.size_bytes} bytes are here of a file of {whole}: somebody else wrote")


def _refuse_large(part: Part, size_bytes: int) -> None:
    if 0 < part.most_bytes < size_bytes:
        part.remove()
        raise TooLarge(
            f"{part.address} has more than the {part.most_bytes:,} bytes that are taken of a file"
        )


def _refused(part: Part, error: urllib.error.HTTPError) -> Response:
    """Give an answer that is not the file; nothing may be missing of it, or all of it."""
    if error.code == _NO_MORE:
        said = str(error.headers.get("Content-Range") or "")
        if said == f"bytes */{part.size_bytes}":
            return _response(part, 200, error.headers, b"")
        part.remove()
        raise CutOff("what was here of it is not of this file")
    return _response(part, error.code, error.headers, error.read(_SAID_MAX))


def _response(part: Part, status: int, headers: Message, body: bytes) -> Response:
    said = {name: str(value) for name, value in headers.items()}
    return Response(part.address, status=status, headers=said, body=body)
