"""Collects released files and reads them: a program above the archive."""
