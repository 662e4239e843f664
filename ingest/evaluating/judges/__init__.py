"""Who judges a kind of fact: functions that hold what was read of a document against its gold.

One module for each; `ingest.evaluating.kinds` lists them. They count strictly: what the gold does
not say is neither right nor false.
"""
