"""What would still be there if crawling stopped and the web page were switched off.

Records, their versions and captures, the files, the search index and the rows of work. Knows none
of `crawlers`, `ingest` and `search_app`; they know this package and never each other.
"""
