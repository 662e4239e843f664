"""Findings: values read from the text of pages, each with its page and the words as printed.

One module for each kind of fact, with one function from the text of a page to what it finds there.
All rules are strict: where a person would have to guess, nothing is found. They are computed from
a reading whenever they are asked for, and stored nowhere yet.
"""
