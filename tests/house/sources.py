"""The source of the project as the house tests see it: modules, their imports, their functions."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[2]
ROOMS = ("archive", "crawlers", "ingest", "search_app")


@dataclass(frozen=True, slots=True, kw_only=True)
class Module:
    """A module of the project, parsed."""

    path: Path
    name: str
    text: str
    tree: ast.Module

    @property
    def room(self) -> str:
        """The top-level package it lives in."""
        return self.name.partition(".")[0]

    def imported(self) -> set[str]:
        """Name every module it imports, wherever in the file that stands."""
        return {name for node in ast.walk(self.tree) for name in _imported(node)}

    def functions(self) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
        """Give its functions and methods."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                yield node


def _imported(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if isinstance(node, ast.ImportFrom):
        assert node.level == 0, "imports name the whole path"
        return [node.module or ""] + [f"{node.module}.{alias.name}" for alias in node.names]
    return []


@cache
def modules() -> tuple[Module, ...]:
    """Parse every module of the four rooms."""
    return tuple(
        _module(path) for room in ROOMS for path in sorted((CHECKOUT / room).rglob("*.py"))
    )


def _module(path: Path) -> Module:
    text = path.read_text(encoding="utf-8")
    parts = path.relative_to(CHECKOUT).with_suffix("").parts
    name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
    return Module(path=path, name=name, text=text, tree=ast.parse(text))


def own_lines(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Count the lines of a function without its docstring and without functions inside it."""
    lines = _span(function)
    if ast.get_docstring(function) is not None:
        lines -= _span(function.body[0])
    inner = [node for node in ast.walk(function) if isinstance(node, ast.FunctionDef)]
    return lines - sum(_span(node) for node in inner if node is not function)


def _span(node: ast.stmt) -> int:
    return (node.end_lineno or 0) - node.lineno + 1
