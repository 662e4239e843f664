"""The directory of an embedded index: its two indexes, and a label that says how it was built."""

import fcntl
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tantivy import Index

from archive.errors import Busy, DiskFull, IndexOutdated, PaperwatchError
from archive.search.analysis import ANALYSER_VERSION
from archive.search.embedded.fields import (
    ENTRY_FIELDS,
    PAGE_FIELDS,
    Field,
    register_analyser,
    schema_of,
)

_LABEL = "fields.json"
_REBUILD = "Run: paperwatch rebuild-index"
_INDEXES = {"entries": ENTRY_FIELDS, "pages": PAGE_FIELDS}


def open_indexes(path: Path, *, create: bool) -> tuple[Index, Index]:
    """Open the index of entries and the index of pages in a directory.

    Raises:
        IndexOutdated: there is none (and `create` is false), or it was built otherwise.
    """
    if not (path / _LABEL).exists():
        if not create:
            raise IndexOutdated(f"search index is missing ({path}). {_REBUILD}")
        _create_once(path)
    refuse_outdated(path)
    with translated():
        entries, pages = (Index.open(str(path / name)) for name in _INDEXES)
    for index in (entries, pages):
        register_analyser(index)
        index.config_reader("manual")
    return entries, pages


def _create_once(path: Path) -> None:
    """Make the directory unless somebody does so meanwhile: the first readers come at once."""
    path.mkdir(parents=True, exist_ok=True)
    with (path / "making.lock").open("a") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        if not (path / _LABEL).exists():
            _create(path)


def _create(path: Path) -> None:
    for name, fields in _INDEXES.items():
        (path / name).mkdir(parents=True, exist_ok=True)
        with translated():
            Index(schema_of(fields), str(path / name))
    # The label comes last: without it a half-made directory is made again.
    draft = path / f"{_LABEL}.new"
    with draft.open("w") as file:
        json.dump(_label(), file)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path / _LABEL)


def _label() -> dict[str, list[str] | int]:
    names = {name: _names(fields) for name, fields in _INDEXES.items()}
    return {"analyser": ANALYSER_VERSION, **names}


def _names(fields: tuple[Field, ...]) -> list[str]:
    return [f"{field.name}:{field.kind}" for field in fields]


def refuse_outdated(path: Path) -> None:
    """Refuse an index that was built with other fields or by another analyser."""
    built, now = json.loads((path / _LABEL).read_text()), _label()
    if built != now:
        raise IndexOutdated(
            f"search index is older than its fields ({_difference(built, now)}). {_REBUILD}"
        )


def _difference(built: dict[str, list[str] | int], now: dict[str, list[str] | int]) -> str:
    if built.get("analyser") != now["analyser"]:
        return f"built by analyser {built.get('analyser')}, now {now['analyser']}"
    before, after = _all_names(built), _all_names(now)
    if missing := [name for name in after if name not in before]:
        return f"built without {', '.join(repr(name) for name in missing)}"
    return "built with other fields"


def _all_names(label: dict[str, list[str] | int]) -> list[str]:
    fields = [field for names in label.values() if isinstance(names, list) for field in names]
    return [field.partition(":")[0] for field in fields]


def written_state(path: Path) -> tuple[tuple[int, int], ...]:
    """Give what changes with every commit, cheap enough to look at before each request."""
    try:
        stats = [(path / name / "meta.json").stat() for name in _INDEXES]
    except FileNotFoundError as error:
        raise IndexOutdated(f"search index is missing ({path}). {_REBUILD}") from error
    return tuple((stat.st_mtime_ns, stat.st_ino) for stat in stats)


@contextmanager
def translated() -> Iterator[None]:
    """Turn what Tantivy raises, panics included, into errors that say what to do.

    A panic in Rust arrives as `PanicException`, which is a BaseException and has no public name.
    """
    try:
        yield
    except ValueError as error:
        raise _translated(str(error)) from error
    except BaseException as error:
        if type(error).__name__ != "PanicException":
            raise
        raise PaperwatchError(f"search index failed inside ({error}). {_REBUILD}") from error


def _translated(sentence: str) -> PaperwatchError:
    if "LockBusy" in sentence:
        return Busy("search index is being written by another process. Try again when it is done.")
    if "No space left" in sentence or "StorageFull" in sentence:
        return DiskFull(
            "no room left for the search index. Free some space and run the same again."
        )
    return PaperwatchError(f"search index failed ({sentence}). {_REBUILD}")
