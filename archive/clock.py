"""The time, as the catalogue writes it: UTC, ISO 8601, whole seconds."""

from datetime import UTC, datetime, timedelta


def now(*, later_s: int = 0) -> str:
    """Give the present moment, or one some seconds later ("2026-11-24T04:10:00+00:00")."""
    moment = datetime.now(UTC) + timedelta(seconds=later_s)
    return moment.isoformat(timespec="seconds")


def today() -> str:
    """Give the present day, UTC."""
    return now()[:10]
