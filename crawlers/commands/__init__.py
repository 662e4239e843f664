"""Commands of the crawlers, found by name through the entry points of the project."""
