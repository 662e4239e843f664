"""Saves a whole archive into one file and brings it back: catalogue, files, not the index.

The file is a tar: `manifest.json` first, then the catalogue as it was at one moment, then every
body that a row of it names. Bodies are checked against their hashes on the way out and on the way
in; the index is a copy and is built anew.
"""
