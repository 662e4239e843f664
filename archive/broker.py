"""The broker between who puts work down and the workers who do it, as the archive sees it.

Which program it is, and how it is spoken to, is the business of the adapter: an entry point named
after the beginning of its address. Messages carry the ids of work, never contents.
"""

from collections.abc import Sequence
from importlib.metadata import entry_points
from typing import Protocol
from urllib.parse import urlsplit

from archive.errors import SettingError
from archive.settings import PREFIX, Settings

_GROUP = "paperwatch.brokers"


class Broker(Protocol):
    """What is asked of a broker. Each call raises BrokerUnavailable when it does not answer."""

    def send(self, queue: str, task: str, subjects: Sequence[str]) -> None:
        """Send a message for each subject of a task."""

    def length(self, queue: str) -> int:
        """Count the messages that no worker has taken yet."""

    def check(self) -> None:
        """See that it answers."""

    def close(self) -> None:
        """Let go of its connections."""


def open_broker(settings: Settings) -> Broker:
    """Give the broker of the settings; nothing is asked of it yet.

    Raises:
        SettingError: there is none, or no program for its address.
    """
    name = f"{PREFIX}BROKER_URL"
    url = settings["BROKER_URL"]
    if not url:
        raise SettingError(
            f"{name} is not set, and workers hear of work through Redis. Set it to an address like"
            " redis://127.0.0.1:6379/0; or run `paperwatch serve`, which needs no workers."
        )
    known = {one.name: one for one in entry_points(group=_GROUP)}
    found = known.get(urlsplit(url).scheme)
    if found is None:
        begins = " or ".join(f"{one}://" for one in sorted(known))
        raise SettingError(
            f"{name} does not begin with {begins}. It comes from: {settings.origins['BROKER_URL']}."
        )
    broker: Broker = found.load()(settings)
    return broker
