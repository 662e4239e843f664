"""Addresses given by hand, one by one or in a list."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from archive.addresses import fetchable, identity, is_address
from archive.errors import BadRequest, NotFound

_BAD_SHOWN = 5
_COMMENT = "#"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What was asked to be added: files and folders, and addresses, each file of these once."""

    paths: tuple[Path, ...]
    addresses: tuple[str, ...]


def wanted_of(words: Iterable[str], address_list: Path | None) -> Wanted:
    """Part what was typed into paths and addresses, with those of a list.

    Raises:
        NotFound: the list is not there.
        BadRequest: an address is none.
    """
    listed = addresses_in(address_list) if address_list is not None else []
    words = list(words)
    typed = [fetchable(one) for one in words if is_address(one)]
    return Wanted(
        paths=tuple(Path(one) for one in words if not is_address(one)),
        addresses=tuple(once_each([*typed, *listed])),
    )


def addresses_in(path: Path) -> list[str]:
    """Read a list of addresses: one a line; blank lines and those that begin with # say nothing.

    Raises:
        NotFound: there is no such file.
        BadRequest: it is no text, has no address, or lines that are none.
    """
    found, bad = [], []
    for number, line in enumerate(_lines(path), start=1):
        if not line.strip() or line.lstrip().startswith(_COMMENT):
            continue
        try:
            found.append(fetchable(line))
        except BadRequest as error:
            bad.append(f"line {number}: {error}")
    if bad:
        more = f" And {len(bad) - _BAD_SHOWN:,} more." if len(bad) > _BAD_SHOWN else ""
        raise BadRequest(f"{path}: {' '.join(bad[:_BAD_SHOWN])}{more} Nothing was fetched.")
    if not found:
        raise BadRequest(f"{path} has no address: write one a line, # before what is none.")
    return found


def once_each(addresses: Iterable[str]) -> list[str]:
    """Leave out addresses of the same file, however they are written."""
    known: dict[str, str] = {}
    for one in addresses:
        known.setdefault(identity(one), one)
    return list(known.values())


def _lines(path: Path) -> list[str]:
    if not path.is_file():
        raise NotFound(f"{path} is not there. Name a list of addresses: --list FILE")
    try:
        return path.read_text(encoding="utf-8-sig").splitlines()
    except OSError as error:
        raise BadRequest(f"{path} cannot be read: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise BadRequest(f"{path} is no list of addresses: it is not text in UTF-8.") from error
