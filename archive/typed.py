"""What several commands let people type after their options."""

import click

# The port of a page; 0 takes any free one.
PORT = click.IntRange(0, 65_535)
