"""Crawlers: programs that ask public sources and hand what they answer to the archive.

May import `archive`; never `ingest` or `search_app`. Scrapy is known here and nowhere else.
"""
