"""A fuzzer of the reader: small drawn files, broken in ways that PDFs break, through the real one.

Run:  python -m tests.fuzz --minutes 60

It is no part of the tests; what it broke stands in `tests/drawn/` as a file of its own.
"""
