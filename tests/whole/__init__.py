"""Tests of the whole program from outside, as child processes."""
