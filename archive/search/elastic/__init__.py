"""The engine of a cluster: two indexes on Elasticsearch for each generation, entries and pages.

`fields` says what is indexed and `documents` fills it, `indexes` makes, labels and removes them;
`queries` compiles a tree, `counting` counts facets, `hits` puts hits in order, `pages` finds pages
of a document, `walking` reads to the end; `asking` sends all of it and never takes a part for the
whole; `batches` puts changes in order and `writing` sends them. `connecting` knows the client and
its errors. Nowhere else is `elasticsearch` imported.
"""

from archive.search.elastic.engine import ElasticEngine
from archive.search.elastic.indexes import Indexes, open_indexes

__all__ = ["ElasticEngine", "Indexes", "open_indexes"]
