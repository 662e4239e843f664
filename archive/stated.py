"""What settings may say: names that are settings, values that can be meant."""

from collections.abc import Iterable, Mapping
from difflib import get_close_matches

from archive.errors import SettingError

# Names of the launcher, the schedule, compose.yaml and the tests, which are no settings.
_OF_OTHERS = frozenset({"CALLED", "PORT", "RELEASE", "STARTED", "TASK_ID", "TRACEBACK"})
# Kubernetes tells every program the address of a service that is called paperwatch.
_BEGINNINGS = ("TEST_", "SERVICE_", "PORT_")


def refuse_unknown(environment: Mapping[str, str], prefix: str, known: Iterable[str]) -> None:
    """See that every name of ours in an environment is one that something reads.

    Raises:
        SettingError: one is not, and its value would be passed over.
    """
    known = {*known, *_OF_OTHERS}
    for name in sorted(name for name, value in environment.items() if value):
        own = name.removeprefix(prefix)
        if own == name or own in known or own.startswith(_BEGINNINGS):
            continue
        near = get_close_matches(own.upper(), known, n=1)
        meant = f" Is {prefix}{near[0]} meant?" if near else ""
        raise SettingError(
            f"{name} is not a setting.{meant} Take it out of the environment, or look for its name"
            " in docs/settings.md."
        )


def refuse_number(name: str, value: str, allowed: range, origin: str) -> None:
    """See that a value is a whole number within bounds.

    Raises:
        SettingError: it is something else.
    """
    is_number = value.isdecimal() and len(value) < 16
    if not is_number or int(value) not in allowed:
        raise SettingError(
            f"{name} is {value!r}; it must be a whole number from {allowed[0]:,} to"
            f" {allowed[-1]:,}. It comes from: {origin}."
        )


def refuse_choice(name: str, value: str, choices: tuple[str, ...], origin: str) -> None:
    """See that a value is one of a few words.

    Raises:
        SettingError: it is another.
    """
    if value not in choices:
        raise SettingError(
            f"{name} is {value!r}; it must be {' or '.join(choices)}. It comes from: {origin}."
        )
