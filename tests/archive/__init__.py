"""Tests of the archive's core: the door, versions, files, states, work, index, verify."""
