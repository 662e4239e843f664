"""Importing: files that sources publish, given by hand, streamed row by row into the archive."""
