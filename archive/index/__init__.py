"""Keeps the search index up to the catalogue: entries, outbox, generations, rebuild.

Knows the catalogue and the search engine's interface; which engine stands behind it is said in
`places` alone.
"""
