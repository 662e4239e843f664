"""The client of a cluster, and its errors in words."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from urllib.parse import urlsplit

from elastic_transport import ConnectionTimeout, TransportError
from elasticsearch import ApiError, AuthenticationException, AuthorizationException, Elasticsearch
from elasticsearch import NotFoundError as NothingThere

from archive.errors import (
    DiskFull,
    IndexOutdated,
    IndexUnavailable,
    PaperwatchError,
    SettingError,
)

BUSY = (429, 502, 503, 504)
REBUILD = "Run: paperwatch rebuild-index"
_PAGE_S, _BULK_S = 10.0, 60.0
_SAFE = "Nothing is lost: the records are in the catalogue. Try again in a minute."


@lru_cache(maxsize=8)
def connect(urls: str) -> Elasticsearch:
    """Give the client of a cluster by the addresses of its nodes, with commas between.

    It is shared by all threads of the process. With these settings a node that was killed, and one
    that hung, remained unseen by readers; sniffing made it worse, so it is off.
    """
    hosts = [one.strip().rstrip("/") for one in urls.split(",") if one.strip()]
    for host in hosts:
        _refuse_odd(host)
    # Its warnings of each try carry a whole trace; which node failed is said by its pool.
    logging.getLogger("elastic_transport.transport").setLevel(logging.ERROR)
    return Elasticsearch(
        hosts,
        request_timeout=_PAGE_S,
        # Each other node is tried; a single one that hangs is not waited for a whole minute.
        max_retries=5 if len(hosts) > 1 else 1,
        retry_on_timeout=True,
        retry_on_status=BUSY,
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
            f"PAPERWATCH_SEARCH_URL: {shown(host)!r} is not the address of a node, such as"
            " http://127.0.0.1:9200 (with scheme and port; several with commas between)."
        )


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
    except TransportError as error:
        raise IndexUnavailable(
            f"The search index cannot be reached ({type(error).__name__}). {_SAFE}"
        ) from error


def _translated(error: ApiError) -> PaperwatchError:
    if isinstance(error, NothingThere):
        return IndexOutdated(f"search index is missing on Elasticsearch. {REBUILD}")
    if isinstance(error, AuthenticationException | AuthorizationException):
        return SettingError(
            "Elasticsearch refuses the user or password in PAPERWATCH_SEARCH_URL, or its rights"
            f" do not reach ({error.message})."
        )
    return refusal(error.status_code, error.message)


def refusal(status: int, reason: str) -> PaperwatchError:
    """Say what a cluster's refusal means."""
    if "flood-stage" in reason or "disk usage exceeded" in reason:
        return DiskFull("A node of the search index has no room left on its disk. Free some there.")
    if status in BUSY:
        return IndexUnavailable(f"The search index is too busy or incomplete ({reason}). {_SAFE}")
    return PaperwatchError(f"search index failed ({status} {reason}). {REBUILD}")


def partial(reason: str) -> IndexUnavailable:
    """Say that only a part of an answer came, of which nothing is shown."""
    return IndexUnavailable(
        f"The search index answered only in part ({reason}), and a part is not shown as the whole."
        f" {_SAFE}"
    )
