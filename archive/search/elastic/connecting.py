"""The client of a cluster, and its errors in words."""

import logging
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from elastic_transport import ConnectionTimeout, TlsError, TransportError
from elasticsearch import ApiError, Elasticsearch
from elasticsearch import NotFoundError as NothingThere

from archive.errors import (
    DiskFull,
    IndexOutdated,
    IndexUnavailable,
    PaperwatchError,
    SettingError,
)

BUSY = (429, 502, 503, 504)
_NOT_ALLOWED = "security_exception"
_UNKNOWN, _FORBIDDEN, _ITS_OWN_FAULT = 401, 403, 500
REBUILD = "Run: paperwatch rebuild-index"
_PAGE_S, _BULK_S = 10.0, 60.0
_SAFE = "Nothing is lost: the records are in the catalogue. Try again in a minute."
# What a handshake says that will be no better in a minute.
_NOT_TRUSTED = ("CERTIFICATE_VERIFY_FAILED", "certificate verify failed", "WRONG_VERSION_NUMBER")
_URL, _CA, _KEY = (f"PAPERWATCH_SEARCH_{name}" for name in ("URL", "CA", "API_KEY"))


@lru_cache(maxsize=8)
def connect(urls: str, ca: str = "", api_key: str = "") -> Elasticsearch:
    """Give the client of a cluster by the addresses of its nodes, with commas between.

    `ca` is a file with the certificate of who signed those of the nodes, '' for those that
    browsers trust; `api_key` goes in the place of user and password.

    It is shared by all threads of the process. With these settings a node that was killed, and one
    that hung, remained unseen by readers; sniffing made it worse, so it is off.

    Raises:
        SettingError: an address is none, or these contradict each other.
    """
    hosts = [one.strip().rstrip("/") for one in urls.split(",") if one.strip()]
    for host in hosts:
        _refuse_odd(host)
        _refuse_contradiction(host, ca, api_key)
    # Its warnings of each try carry a whole trace; which node failed is said by its pool.
    logging.getLogger("elastic_transport.transport").setLevel(logging.ERROR)
    return Elasticsearch(
        hosts,
        request_timeout=_PAGE_S,
        # Each other node is tried; a single one that hangs is not waited for a whole minute.
        max_retries=5 if len(hosts) > 1 else 1,
        retry_on_timeout=True,
        retry_on_status=BUSY,
        **_known_by(ca, api_key),
    )


def patient(client: Elasticsearch) -> Elasticsearch:
    """Give the same client with the time that writing may take."""
    return client.options(request_timeout=_BULK_S)


def _refuse_odd(host: str) -> None:
    parts = urlsplit(host)
    try:
        whole = parts.scheme in ("http", "https") and parts.hostname and parts.port
    except ValueError:
        whole = None
    if not whole:
        raise SettingError(
            f"{_URL}: {shown(host)!r} is not the address of a node, such as"
            " http://127.0.0.1:9200 (with scheme and port; several with commas between)."
        )


def _refuse_contradiction(host: str, ca: str, api_key: str) -> None:
    if "@" in host and not urlsplit(host).username:
        raise SettingError(f"{_URL} (or PAPERWATCH_SEARCH_PASSWORD) gives a password and no user.")
    if api_key and "@" in host:
        raise SettingError(
            f"{_KEY} is set, and {_URL} names a user. Leave one of them out (and"
            " PAPERWATCH_SEARCH_PASSWORD with the user)."
        )
    if ca and not host.startswith("https://"):
        raise SettingError(
            f"{_CA} is set, and {_URL} names {shown(host)}, which does not begin with https://."
            " Mend the address, or leave the file out."
        )


def _known_by(ca: str, api_key: str) -> dict[str, Any]:
    of_nodes = {"ca_certs": _readable(ca)} if ca else {}
    return of_nodes | ({"api_key": api_key} if api_key else {})


def _readable(ca: str) -> str:
    """Give the path of the file of certificates, which the client would only miss much later."""
    path = Path(ca).expanduser()
    try:
        ssl.create_default_context(cafile=path)
    except OSError as error:  # an error of certificates is one, too
        reason = "holds no certificate (PEM)" if isinstance(error, ssl.SSLError) else error.strerror
        raise SettingError(f"{_CA} names {ca}, which cannot be used: {reason}.") from error
    return str(path)


def shown(url: str) -> str:
    """Leave user and password out of an address."""
    return url.rpartition("@")[2] if "@" in url else url


@contextmanager
def translated() -> Iterator[None]:
    """Turn what the client raises into errors that say what to do."""
    try:
        yield
    except ApiError as error:
        raise _translated(error) from error
    except ConnectionTimeout as error:
        raise IndexUnavailable(f"The search index did not answer in time. {_SAFE}") from error
    except TlsError as error:
        raise _not_trusted(error) from error
    except TransportError as error:
        raise IndexUnavailable(
            f"The search index cannot be reached ({type(error).__name__}). {_SAFE}"
        ) from error


def _not_trusted(error: TlsError) -> PaperwatchError:
    """Say why there is no TLS: a node that ends in the middle of it will be better in a while."""
    said = str(error)
    if any(words in said for words in _NOT_TRUSTED):
        reason = said.partition("] ")[2].partition(" (_ssl")[0] or said
        return SettingError(
            f"The certificate of Elasticsearch is not accepted, or it speaks no TLS ({reason})."
            f" Look at {_CA}, and at the names in {_URL}."
        )
    return IndexUnavailable(f"The search index cannot be reached (TLS). {_SAFE}")


def _translated(error: ApiError) -> PaperwatchError:
    if isinstance(error, NothingThere):
        return IndexOutdated(f"search index is missing on Elasticsearch. {REBUILD}")
    cause = error.body.get("error") if isinstance(error.body, dict) else None
    if not isinstance(cause, dict):  # an answer without a body: whether an index is there
        kind = _NOT_ALLOWED if error.status_code == _FORBIDDEN else ""
        return refusal(error.status_code, "it says no more", kind)
    return refusal(error.status_code, str(cause.get("reason")), str(cause.get("type")))


def refusal(status: int, reason: str, kind: str) -> PaperwatchError:
    """Say what a cluster's refusal means; `kind` is the class that it gives its errors."""
    if status == _UNKNOWN or kind == _NOT_ALLOWED:
        return SettingError(
            f"Elasticsearch refuses the user or password in {_URL} (or {_KEY}), or its rights do"
            f" not reach ({reason})."
        )
    if "flood-stage" in reason or "disk usage exceeded" in reason:
        return DiskFull("A node of the search index has no room left on its disk. Free some there.")
    if status in BUSY:
        return IndexUnavailable(f"The search index is too busy or incomplete ({reason}). {_SAFE}")
    if status == _FORBIDDEN or status >= _ITS_OWN_FAULT:
        return IndexUnavailable(f"The search index refuses ({status} {reason}). {_SAFE}")
    return PaperwatchError(f"search index failed ({status} {reason}). {REBUILD}")


def partial(reason: str) -> IndexUnavailable:
    """Say that only a part of an answer came, of which nothing is shown."""
    return IndexUnavailable(
        f"The search index answered only in part ({reason}), and a part is not shown as the whole."
        f" {_SAFE}"
    )
