"""Tests of the crawlers: pure readings, files, and real crawls in child processes."""
