"""Sidecars: files beside released PDFs that say who released them, when, and in answer to what."""

import csv
import io
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import yaml

from archive.addresses import is_address
from archive.errors import BadRequest
from archive.release_statements import NOT_TOLD, Released
from ingest.released import KEYS, release_told

# In a list or a table it says which file an entry is about.
FILE = "file"
ENDINGS = (".yaml", ".yml", ".csv")
# Of the files of a folder: one of these in it; of one file: its own name with one of the endings.
OF_FOLDER = tuple(f"release{ending}" for ending in ENDINGS)
_SIZE_MAX = 10_000_000
_NAME_MAX = 255  # bytes, of a name in a folder


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What a sidecar says of one file, '' of all that it is about; `where` names its line."""

    file: str
    released: Released
    where: str


def read_sidecar(path: Path) -> list[Told]:
    """Read what a sidecar says, file by file.

    Raises:
        BadRequest: it cannot be read, or a line or key of it is not understood.
    """
    if path.suffix.lower() not in ENDINGS:
        raise BadRequest(f"{path} is no sidecar: its name must end in {', '.join(ENDINGS)}.")
    text = _text_of(path)
    lines = _of_table(path, text) if path.suffix.lower() == ".csv" else _of_yaml(path, text)
    told = [_told(path, line, values) for line, values in lines]
    if all(one.released == NOT_TOLD for one in told):
        raise BadRequest(f"{path} says nothing. Known keys: {', '.join(KEYS)}.")
    _refuse_twice(path, told)
    return told


def _text_of(path: Path) -> str:
    try:
        if path.stat().st_size > _SIZE_MAX:
            raise BadRequest(f"{path} is larger than {_SIZE_MAX:,} bytes, and no sidecar.")
        return path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise BadRequest(f"{path} cannot be read: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise BadRequest(f"{path} is not UTF-8. Save it as UTF-8.") from error


def _of_table(path: Path, text: str) -> Iterator[tuple[int, dict[str, str]]]:
    """Walk the rows of a table by line; its first line names the columns."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        columns = [name.strip() for name in next(reader, [])]
        for name in columns:
            _refuse_unknown(path, 1, name, (FILE, *KEYS), "column")
        if len(set(columns)) < len(columns):
            raise BadRequest(f"{path}, line 1: a column stands there twice.")
        for cells in reader:
            if not any(cell.strip() for cell in cells):
                continue
            if len(cells) != len(columns):
                raise BadRequest(
                    f"{path}, line {reader.line_num}: {len(cells)} cells under {len(columns)}"
                    " columns. A cell with a comma stands in quotes."
                )
            yield reader.line_num, dict(zip(columns, map(str.strip, cells), strict=True))
    except csv.Error as error:
        raise BadRequest(f"{path}, line {reader.line_num}: {error}.") from error


def _of_yaml(path: Path, text: str) -> Iterator[tuple[int, dict[str, str]]]:
    """Give the one mapping of a YAML file, or walk those of its list, by line."""
    try:
        root = yaml.compose(text, Loader=yaml.SafeLoader)
    except RecursionError as error:
        raise BadRequest(f"{path} is nested too deep, and no sidecar.") from error
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = f", line {mark.line + 1}" if mark else ""
        said = getattr(error, "problem", None) or "it cannot be read"
        raise BadRequest(f"{path}{line}: not YAML: {said}.") from error
    if isinstance(root, yaml.SequenceNode):
        for node in root.value:
            yield _line(node), _mapping(path, node, (FILE, *KEYS))
    elif root is not None:
        yield _line(root), _mapping(path, root, KEYS)


def _mapping(path: Path, node: yaml.Node, known: tuple[str, ...]) -> dict[str, str]:
    if not isinstance(node, yaml.MappingNode):
        raise BadRequest(
            f"{path}, line {_line(node)}: keys with values are expected, such as released:"
            " 2026-03-01"
        )
    found: dict[str, str] = {}
    for key, value in node.value:
        name = str(key.value)
        _refuse_unknown(path, _line(key), name, known, "key")
        if name in found:
            raise BadRequest(f"{path}, line {_line(key)}: {name!r} stands there twice.")
        found[name] = _plain(path, name, value)
    return found


def _plain(path: Path, name: str, node: yaml.Node) -> str:
    """Give a value as it is written, so that no day, number or Norway is made of it."""
    if isinstance(node, yaml.SequenceNode) and name == "case_number":
        return ", ".join(_plain(path, "", one) for one in node.value)
    if not isinstance(node, yaml.ScalarNode):
        raise BadRequest(f"{path}, line {_line(node)}: {name!r} must have one value.")
    return "" if node.tag == "tag:yaml.org,2002:null" else str(node.value).strip()


def _line(node: yaml.Node) -> int:
    return int(node.start_mark.line) + 1


def _refuse_unknown(path: Path, line: int, name: str, known: tuple[str, ...], what: str) -> None:
    if name not in known:
        raise BadRequest(
            f"{path}, line {line}: {name[:60]!r} is not a {what} (known: {', '.join(known)})."
        )


def _told(path: Path, line: int, values: Mapping[str, str]) -> Told:
    where = f"{path}, line {line}"
    file = values.get(FILE, "")
    if FILE in values and not file:
        raise BadRequest(f"{where}: {FILE!r} is empty. Name the file that the line is about.")
    if "\0" in file or (not is_address(file) and len(os.fsencode(Path(file).name)) > _NAME_MAX):
        raise BadRequest(f"{where}: {file[:60]!r} … is no name of a file.")
    try:
        released = release_told(values, {name: name for name in KEYS})
    except BadRequest as error:
        raise BadRequest(f"{where}: {error}") from error
    return Told(file=file, released=released, where=where)


def _refuse_twice(path: Path, told: list[Told]) -> None:
    seen: dict[str, Told] = {}
    for one in told:
        if one.file in seen:
            about = one.file or "all files"
            raise BadRequest(f"{one.where}: {about} stands there already ({seen[one.file].where}).")
        seen[one.file] = one
    if "" in seen and len(seen) > 1:
        raise BadRequest(f"{seen[''].where}: each of several entries names its {FILE!r}.")
