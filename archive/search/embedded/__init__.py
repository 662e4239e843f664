"""The embedded engine: two Tantivy indexes in one directory, entries and pages.

`fields` says what is indexed and `documents` fills it, `queries` compiles a tree, `counting` counts
facets, `sorting` puts hits in order, `paging` finds pages of a document, `files` guards the
directory, `writer` and `view` use them, `engine` puts them together. Nowhere else is `tantivy`
imported.
"""

from archive.search.embedded.engine import open_engine

__all__ = ["open_engine"]
