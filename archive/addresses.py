"""Web addresses: what is one, how it is asked for, and which two of them are the same."""

import re
from collections.abc import Collection
from urllib.parse import SplitResult, quote, urlsplit, urlunsplit

from archive.errors import BadRequest

LENGTH_MAX = 2_000
# What may stand in a path or query as it is; "%" belongs to escapes that are there already.
_AS_IT_IS = "%/?:@!$&'()*+,;=-._~"
_UNRESERVED = re.compile(r"[A-Za-z0-9._~-]")
_ESCAPE = re.compile(r"%([0-9A-Fa-f]{2})")
_PORTS = {"http": 80, "https": 443}
# Marks that Drupal puts behind addresses, of the bytes and not of which file it is.
CACHE_MARKS = frozenset({"itok"})


def is_address(word: str) -> bool:
    """Ask whether a word means something on the web, well written or not."""
    return re.match(r"https?:/", word, re.IGNORECASE) is not None


def fetchable(typed: str) -> str:
    """Give an address as it can be asked for: without its fragment, blanks written as %20.

    Raises:
        BadRequest: it is no address of a file on the web.
    """
    parts = _parts(typed.strip())
    return urlunsplit(
        (
            parts.scheme.lower(),
            _host(parts),
            _escaped(parts.path) or "/",
            _escaped(parts.query),
            "",
        )
    )


def identity(address: str, marks: Collection[str] = CACHE_MARKS) -> str:
    """Give the address by which a file is known, whatever marks and escapes are in `address`.

    Source: RFC 3986, 6.2.2: letters in escapes are capitals, and nothing is escaped needlessly.
    """
    parts = urlsplit(fetchable(address))
    kept = [one for one in parts.query.split("&") if one and one.partition("=")[0] not in marks]
    query = "&".join(map(_plain, kept))
    return urlunsplit((parts.scheme, parts.netloc, _plain(parts.path), query, ""))


def _parts(typed: str) -> SplitResult:
    if len(typed) > LENGTH_MAX or not typed.isprintable():
        raise BadRequest(f"{typed[:60]!r} … is no address: it is too long, or cannot be printed.")
    try:
        parts = urlsplit(typed)
        host, port = parts.hostname, parts.port
    except ValueError:
        host, port, parts = None, None, urlsplit("")
    if parts.scheme.lower() not in _PORTS or not host or port == 0 or " " in host:
        raise BadRequest(
            f"{typed[:200]!r} is no address of a file on the web. Write it like"
            " https://www.example.gov/released.pdf"
        )
    if "@" in parts.netloc:
        raise BadRequest(
            f"an address at {host} holds a name or password, which would be kept and shown. Only"
            " what is public is collected: leave it out."
        )
    return parts


def _host(parts: SplitResult) -> str:
    host = str(parts.hostname)
    host = f"[{host}]" if ":" in host else host
    usual = parts.port in (None, _PORTS[parts.scheme.lower()])
    return host if usual else f"{host}:{parts.port}"


def _escaped(text: str) -> str:
    return quote(re.sub(r"%(?![0-9A-Fa-f]{2})", "%25", text), safe=_AS_IT_IS)


def _plain(text: str) -> str:
    def one(found: re.Match[str]) -> str:
        sign = chr(int(found[1], 16))
        return sign if _UNRESERVED.fullmatch(sign) else found[0].upper()

    return _ESCAPE.sub(one, text)
