"""What is said of each file that is added: by options, by sidecars, the nearest of them last."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from archive.errors import BadRequest
from archive.release_statements import Released, restated
from ingest.sidecars import ENDINGS, OF_FOLDER, Told, read_sidecar


def is_sidecar(path: Path) -> bool:
    """Ask whether a file says something of other files, and is none to be added itself."""
    if path.name in OF_FOLDER:
        return True
    return path.suffix in ENDINGS and path.with_suffix("").is_file()


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """A file as it was given: itself, and the folder that was named, if one was."""

    path: Path
    named: Path | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Described:
    """What is known of the release of each file and of what is at each address."""

    of_files: Mapping[Path, Released]
    of_addresses: Mapping[str, Released]


def described(
    files: Sequence[Given], addresses: Sequence[str], of_all: Released, sidecar: Path | None
) -> Described:
    """Say of each file and of each address what is known of its release.

    What stands nearer to a file is said later: options, the sidecar that is named, those of the
    folders, its own. What is said later takes the place of what it contradicts.

    Raises:
        BadRequest: a sidecar is not understood, or speaks of a file that is not there.
    """
    if sidecar is not None:
        files = [one for one in files if one.path.resolve() != sidecar.resolve()]
    for one in files:
        _refuse_stray(one.path)
    named = _named(sidecar, files, addresses) if sidecar is not None else {}
    reader = cache(_of_folder)
    of_files = {}
    for one in files:
        told = [named.get("", []), named.get(one.path, [])]
        told += [
            reader(folder).get(which, []) for folder in _folders(one) for which in ("", one.path)
        ]
        told.append(_own(one.path))
        of_files[one.path] = _together(of_all, told)
    of_addresses = {
        one: _together(of_all, [named.get("", []), named.get(one, [])]) for one in addresses
    }
    return Described(of_files=of_files, of_addresses=of_addresses)


def _refuse_stray(path: Path) -> None:
    """See that a file is no sidecar whose name says of nothing what it is about."""
    name = path.name.lower()
    if name.endswith((".yaml", ".yml", ".pdf.csv")) or name in OF_FOLDER:
        raise BadRequest(
            f"{path} speaks of no file. A sidecar is named like its file, with an ending more, in"
            " small letters (letter.pdf.yaml), or release.yaml where it speaks of a folder."
        )


_Said = dict[str | Path, list[Told]]


def _together(of_all: Released, told: Iterable[list[Told]]) -> Released:
    known = of_all
    for one in (each for said in told for each in said):
        known = restated(known, one.released)
    return known


def _folders(one: Given) -> list[Path]:
    """Give the folders whose sidecars speak of a file, the outermost first."""
    folder = one.path.parent
    if one.named is None:
        return [folder]
    between = [each for each in folder.parents if each.is_relative_to(one.named)]
    return [*reversed(between), folder]


def _of_folder(folder: Path) -> _Said:
    """Read the sidecar of a folder, if it has one."""
    path = _only([folder / name for name in OF_FOLDER])
    said: _Said = {}
    for one in read_sidecar(path) if path else ():
        said.setdefault(_beside(one, folder) if one.file else "", []).append(one)
    return said


def _own(path: Path) -> list[Told]:
    """Read the sidecar of one file, if it has one."""
    beside = _only([path.with_name(path.name + ending) for ending in ENDINGS])
    told = read_sidecar(beside) if beside else []
    for one in told:
        if one.file not in ("", path.name):
            raise BadRequest(f"{one.where}: {one.file!r} is not the file beside it, {path.name}.")
    return told


def _only(paths: Iterable[Path]) -> Path | None:
    found = [one for one in paths if one.is_file()]
    if len(found) > 1:
        raise BadRequest(f"{found[0]} and {found[1].name} speak of the same files. Keep one.")
    return found[0] if found else None


def _beside(one: Told, folder: Path) -> Path:
    path = folder / one.file
    if not path.is_file() or not path.resolve().is_relative_to(folder.resolve()):
        raise BadRequest(f"{one.where}: {one.file!r} is no file in {folder}.")
    return path


def _named(sidecar: Path, files: Sequence[Given], addresses: Sequence[str]) -> _Said:
    """Read the sidecar that a person named: entries name files by path or name, or addresses."""
    if not sidecar.is_file():
        raise BadRequest(f"{sidecar} is not there. Name a sidecar: --sidecar FILE")
    by_place = {one.path.resolve(): one.path for one in files}
    said: _Said = {}
    for one in read_sidecar(sidecar):
        which = _meant(one, sidecar.parent, by_place, addresses)
        if which is not None:
            said.setdefault(which, []).append(one)
    return said


def _meant(
    one: Told, folder: Path, by_place: Mapping[Path, Path], addresses: Sequence[str]
) -> str | Path | None:
    """Find out what an entry is about; None for a file that is there, and not added now."""
    if not one.file or one.file in addresses:
        return one.file
    places = [Path(one.file).resolve(), (folder / one.file).resolve()]
    found = next((by_place[place] for place in places if place in by_place), None)
    alike = [path for path in by_place.values() if path.name == one.file]
    if found is None and len(alike) > 1:
        raise BadRequest(f"{one.where}: {one.file!r} is the name of {len(alike)} files.")
    if found is None and not alike and not any(place.is_file() for place in places):
        raise BadRequest(f"{one.where}: {one.file!r} is none of the files and addresses given.")
    return found or (alike[0] if alike else None)
