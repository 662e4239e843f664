"""Reads the address of Redis for the two clients that ask it.

Left to themselves they understand it differently: at most of what the client of Redis takes from
behind the question mark Celery ends with a TypeError, when it sends its first message.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import SplitResult, parse_qsl, urlsplit

from archive.errors import SettingError
from archive.settings import PREFIX, Settings

_WITH_TLS = "rediss"
# Files (PEM): of the authority that signed the server's certificate; our own certificate and key.
_FILES = ("ssl_ca_certs", "ssl_certfile", "ssl_keyfile")
_DATABASES = 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """An address without what stands behind a question mark; `tls` is what clients are told of it.

    It is empty where no TLS is spoken, and else says at least that the certificate is looked at.
    """

    plain: str
    tls: Mapping[str, str]


def address_of(settings: Settings) -> Address:
    """Read PAPERWATCH_BROKER_URL.

    Raises:
        SettingError: it is no address of Redis, or asks for what one of the clients cannot do.
    """
    url = settings["BROKER_URL"]
    try:
        parts = urlsplit(url)
        _refuse_odd(parts)
        return Address(plain=url.partition("?")[0], tls=_tls(parts))
    except ValueError as error:
        raise SettingError(
            f"{PREFIX}BROKER_URL is not understood: {error} Write it like redis://HOST:6379/0, or"
            f" rediss://HOST:6379/0?ssl_ca_certs=/FILE. It comes from:"
            f" {settings.origins['BROKER_URL']}."
        ) from error


def _refuse_odd(parts: SplitResult) -> None:
    try:
        port = parts.port
    except ValueError as error:
        raise ValueError("its port is no number.") from error
    if port == 0 or parts.fragment:
        raise ValueError("its port is 0, or it holds a '#' (in a password write %23).")
    database = parts.path.removeprefix("/")
    if database and not (database.isdecimal() and int(database) < _DATABASES):
        raise ValueError("behind the host stands the number of a database, such as /0.")


def _tls(parts: SplitResult) -> dict[str, str]:
    said = dict(parse_qsl(parts.query, keep_blank_values=True))
    for name in said:
        if name not in _FILES:  # which may be the end of a password, so it is not quoted
            known = ", ".join(_FILES)
            raise ValueError(f"behind its question mark only {known} may stand.")
        if parts.scheme != _WITH_TLS:
            raise ValueError(f"{name!r} belongs to an address with TLS, rediss://.")
        if not Path(said[name]).is_file():
            raise ValueError(f"{name} names {said[name]}, which is not there.")
    return {"ssl_cert_reqs": "required", **said} if parts.scheme == _WITH_TLS else {}
