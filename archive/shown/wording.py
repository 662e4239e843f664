"""How amounts, days, times and counts are written for people."""

from collections.abc import Sequence
from datetime import date, datetime

MINUS = "\u2212"
_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_KINDS = {
    "award": ("award", "awards"),
    "notice": ("notice", "notices"),
    "document": ("document", "documents"),
}


def amount(cents: int | None) -> str:
    """Write an amount in whole dollars ("$1,875,000"), or say that there is none."""
    if cents is None:
        return "No amount given"
    dollars = (abs(cents) + 50) // 100
    return f"{MINUS if cents < 0 and dollars else ''}${dollars:,}"


def obligation(
    obligated_cents: int | None, in_actions_cents: int | None, actions_held: int | None
) -> str:
    """Write what an award obligated, or else what those of its actions did that are held."""
    if obligated_cents is not None:
        return f"{amount(obligated_cents)} obligated"
    if in_actions_cents is None:
        return "no obligated amount given"
    return f"{amount(in_actions_cents)} obligated in {held_actions(actions_held or 0)}"


def held_actions(count: int) -> str:
    """Write how many actions of an award are held, for a sentence."""
    return "the one action held here" if count == 1 else f"the {count:,} actions held here"


def day(iso: str) -> str:
    """Write a day ("5 Sep 2025"); what is not a day stays as it is."""
    found = _date(iso)
    return f"{found.day} {_MONTHS[found.month - 1][:3]} {found.year}" if found else iso


def long_day(iso: str) -> str:
    """Write a day for a sentence ("5 September 2025"), parts held together."""
    found = _date(iso)
    if found is None:
        return iso
    return f"{found.day}\u00a0{_MONTHS[found.month - 1]} {found.year}"


def month(iso: str, *, is_short: bool = False) -> str:
    """Write a month ("November 2026", or "Nov")."""
    name = _MONTHS[int(iso[5:7]) - 1]
    return name[:3] if is_short else f"{name} {iso[:4]}"


def moment(iso: str, *, seconds: bool = False) -> str:
    """Write a UTC time ("11 Oct 2026, 04:12 UTC")."""
    try:
        found = datetime.fromisoformat(iso)
    except ValueError:
        return iso
    return f"{day(iso)}, {found:{'%H:%M:%S' if seconds else '%H:%M'}} UTC"


def counted(count: int, one: str, many: str = "") -> str:
    """Write a count with its noun ("1 page", "1,204 pages")."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def filled(count: int, one: str, pages: int) -> str:
    """Say how many pages some rows of a list fill ("1 record fills 1 page")."""
    if not count:
        return f"there is no {one} at all"
    verb = "fills" if count == 1 else "fill"
    return f"{counted(count, one)} {verb} {counted(pages, 'page')}"


def kinds_counted(counts: Sequence[tuple[str, int]]) -> str:
    """Write how many there are of each kind ("148 awards, 123 documents")."""
    return ", ".join(
        counted(count, *_KINDS.get(kind, (kind, kind))) for kind, count in counts if count
    )


def size(size_bytes: int) -> str:
    """Write the size of a file ("3.4 MB")."""
    if size_bytes < 1_000:
        return f"{size_bytes} bytes"
    if size_bytes < 1_000_000:
        return f"{size_bytes / 1_000:.0f} kB"
    return f"{size_bytes / 1_000_000:.1f} MB"


def share(part: int | None, whole: int | None) -> int | None:
    """Give a part in percent of a whole, or None where that says nothing."""
    if part is None or whole is None or whole <= 0 or part < 0 or part > whole:
        return None
    return round(100 * part / whole)


def listed(names: Sequence[str], joint: str = "and") -> str:
    """Join names for a sentence ("ICE, CBP and FBI")."""
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} {joint} {names[-1]}"


def cut(text: str, length: int) -> str:
    """Cut a text at a word, with an ellipsis where something is left out."""
    text = " ".join(text.split())
    if len(text) <= length:
        return text
    return text[: length + 1].rsplit(" ", 1)[0][:length].rstrip(" ,;:-") + "…"


def sentence(text: str) -> str:
    """Put a full stop behind words that have none."""
    return text if text.endswith((".", "!", "?", "…")) else f"{text}."


def short_hash(sha256: str) -> str:
    """Give a hash as it is written in passing: its first eight characters."""
    return f"{sha256[:8]}…"


def _date(iso: str) -> date | None:
    try:
        return date.fromisoformat(iso[:10])
    except ValueError:
        return None
