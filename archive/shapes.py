"""The two shapes of an archive, embedded and on a cluster: what is half of each is refused.

On a cluster the catalogue, the files, the index and the queue are each reached by an address, from
every machine alike; one of them left in a folder would be another one on each machine.
"""

from archive.errors import SettingError
from archive.settings import PREFIX, Settings

_ADDRESSES = ("CATALOGUE_URL", "FILES_URL", "SEARCH_URL", "BROKER_URL")
# Of both shapes: a file of SQLite that is named, and a folder for the files.
_OF_A_MACHINE = ("sqlite:", "file:")


def refuse_mixture(settings: Settings) -> None:
    """See that an archive is of one shape.

    Raises:
        SettingError: some of it is on a cluster and some is not.
    """
    far = [name for name in _ADDRESSES if _is_far(settings[name])]
    missing = [name for name in _ADDRESSES if not settings[name] or _is_sqlite(settings[name])]
    if settings["MIXED"] == "no" and far and missing:
        raise SettingError(
            f"{_names(far)} {'is' if len(far) == 1 else 'are'} set and {_names(missing)}"
            f" {'is' if len(missing) == 1 else 'are'} not: an archive is embedded, with none of"
            " these, or on a cluster, with all. Set the rest, or leave them out. (Half of each is"
            f" not promised to work; {PREFIX}MIXED=yes lets it.)"
        )


def _is_far(address: str) -> bool:
    return bool(address) and not address.startswith(_OF_A_MACHINE)


def _is_sqlite(address: str) -> bool:
    return address.startswith("sqlite:")


def _names(names: list[str]) -> str:
    whole = [PREFIX + name for name in names]
    return whole[0] if len(whole) == 1 else f"{', '.join(whole[:-1])} and {whole[-1]}"
