"""Redis as the broker: messages by Celery, lengths of queues by its own client."""

import ssl
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from urllib.parse import urlsplit

from kombu.exceptions import OperationalError
from redis import Redis
from redis.exceptions import (
    AuthenticationError,
    AuthorizationError,
    NoPermissionError,
    RedisError,
)

from archive.errors import BrokerUnavailable
from archive.settings import PREFIX, Settings
from ingest.workers.address import address_of
from ingest.workers.app import make_app

_WAIT_S = 3.0
_REFUSALS = (
    AuthenticationError,
    AuthorizationError,
    NoPermissionError,
    ssl.SSLCertVerificationError,
)


class RedisBroker:
    """The broker of an archive on Redis, see `archive.broker.Broker`."""

    def __init__(self, settings: Settings) -> None:
        address = address_of(settings)
        self._url, self._prefix = address.plain, f"{settings['BROKER_NAME']}:"
        self._redis = Redis.from_url(
            self._url, **address.tls, socket_connect_timeout=_WAIT_S, socket_timeout=_WAIT_S
        )
        self._app = make_app(settings)

    def send(self, queue: str, task: str, subjects: Sequence[str]) -> None:
        """Send a message for each subject of a task, over one connection."""
        with self._answered(), self._app.producer_pool.acquire(block=True) as producer:
            for subject in subjects:
                self._app.send_task(task, (subject,), queue=queue, producer=producer, retry=False)

    def length(self, queue: str) -> int:
        """Count the messages that no worker has taken yet."""
        with self._answered():
            length: int = self._redis.llen(f"{self._prefix}{queue}")
        return length

    def check(self) -> None:
        """See that it answers."""
        with self._answered():
            self._redis.ping()

    def close(self) -> None:
        """Let go of its connections."""
        self._redis.close()
        self._app.close()

    @contextmanager
    def _answered(self) -> Iterator[None]:
        try:
            yield
        except (RedisError, OperationalError, OSError) as error:
            if _is_refusal(error):
                raise BrokerUnavailable(
                    f"Redis at {shown(self._url)} lets us not in ({_reason(error)}). Mend"
                    f" {PREFIX}BROKER_URL, or {PREFIX}BROKER_PASSWORD.",
                    is_refused=True,
                ) from error
            raise BrokerUnavailable(
                f"Redis does not answer at {shown(self._url)} ({_reason(error)}). See that it runs"
                f" and that {PREFIX}BROKER_URL names it."
            ) from error


def shown(url: str) -> str:
    """Give an address without its name and password."""
    parts = urlsplit(url)
    where = f"{parts.hostname or ''}:{parts.port or 6379}"
    return f"{parts.scheme}://{where}{parts.path}"


def _is_refusal(error: BaseException | None) -> bool:
    """Tell whether it answered and will not know us in a minute either."""
    while error is not None:
        if isinstance(error, _REFUSALS):
            return True
        error = error.__cause__ or error.__context__
    return False


def _reason(error: Exception) -> str:
    """Give the reason of an error in a few words, without the address and its password."""
    words = str(error).strip().rstrip(".")
    return words if words and "://" not in words else type(error).__name__
