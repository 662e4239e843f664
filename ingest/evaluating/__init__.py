"""Holds what was read of documents against gold: facts that somebody read by hand, or drew.

`gold` reads such a file strictly, `readings` gives what the archive read of a document (or reads
it now, and keeps nothing), `kinds` lists the kinds of fact with who judges each, `report` tells.
What is right, missed and false of each kind: docs/evaluation.md.
"""
