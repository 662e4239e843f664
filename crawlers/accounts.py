"""The account with which MuckRock and DocumentCloud are asked: its access tokens last minutes.

Both services take the tokens of one accounts service. User and password, and the tokens, are never
kept: no answer of it becomes a capture. Source: published clients, and recorded answers.
"""

import base64
import json
import time
from dataclasses import dataclass
from typing import Any

from archive.errors import SettingError, SourceChanged
from archive.settings import PREFIX, Settings
from crawlers.manners import service_address
from crawlers.usaspending.values import Members, NotUnderstood

_LASTS_S = 240.0  # a token that does not say so; five minutes are recorded
_BEFORE_S = 30.0  # one that ends so soon is not used any more


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """User and password at the accounts service."""

    address: str
    user: str
    password: str

    def question(self) -> tuple[str, dict[str, str]]:
        """Give where to ask for a token, and what to send."""
        sent = {"username": self.user, "password": self.password}
        return f"{self.address}/api/token/", sent

    def refused(self, status: int) -> SettingError:
        """Say that the service does not let us in."""
        return SettingError(
            f"{self.address} does not accept {PREFIX}MUCKROCK_USER with {PREFIX}MUCKROCK_PASSWORD"
            f" (status {status}). Mend them, or leave both out."
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Access:
    """A token, and until when it is used (seconds since 1970)."""

    token: str
    until_s: float

    @property
    def is_over(self) -> bool:
        """Ask whether another one is needed."""
        return time.time() > self.until_s - _BEFORE_S


def account_of(settings: Settings) -> Account | None:
    """Give the account that is set, None where none is.

    Raises:
        SettingError: only one of user and password is set.
    """
    user, password = settings["MUCKROCK_USER"].strip(), settings["MUCKROCK_PASSWORD"]
    if bool(user) != bool(password):
        raise SettingError(
            f"{PREFIX}MUCKROCK_USER and {PREFIX}MUCKROCK_PASSWORD go together: set both, or none."
        )
    if not user:
        return None
    return Account(address=service_address(settings, "ACCOUNTS_URL"), user=user, password=password)


def access_of(content: Any) -> Access:
    """Read a token out of an answer; the answer is not quoted.

    Raises:
        SourceChanged: it has none.
    """
    try:
        token = Members(content, "").take("access")
    except NotUnderstood as error:
        raise SourceChanged(f"The accounts service gives no token: {error}.") from None
    if not isinstance(token, str) or not token:
        raise SourceChanged("The accounts service gives no token: access is no text.")
    return Access(token=token, until_s=_end_of(token) or time.time() + _LASTS_S)


def _end_of(token: str) -> float:
    """Give when a JSON web token ends, 0 where it does not say so."""
    try:
        part = token.split(".")[1]
        said = json.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)))
        return float(said["exp"])
    except (IndexError, KeyError, TypeError, ValueError):
        return 0.0
