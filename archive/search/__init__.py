"""Full-text and faceted search over index entries, behind one interface for every engine.

`language` reads what a person typed into a `tree`; an engine (`embedded`, later `elastic`) answers
it; `marking` finds the same words in stored text. The index is a copy: it can be thrown away.
Must not import the catalogue, nor any of the three programs.
"""

from pathlib import Path

from archive.search.engine import Engine


def open_embedded(path: Path, *, writable: bool = False, create: bool = False) -> Engine:
    """Open the embedded index in a directory; see `archive.search.embedded.open_engine`."""
    from archive.search.embedded import open_engine  # Tantivy is loaded only where it is used

    return open_engine(path, writable=writable, create=create)
