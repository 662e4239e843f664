"""The reading child: all that touches the inside of a PDF, in processes that may be lost.

`python -m ingest.reader` is a process of one thread, with its libraries loaded and no database. It
takes jobs as lines of JSON on standard input, forks a child with limits for each, and answers with
a line of JSON. Whatever a file does, only its child dies of it. `archive.reading_client` asks it.
"""

# Goes up whenever the same file would be read otherwise: every document is then read again.
READER_VERSION = "7"
