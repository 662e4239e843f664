"""Says in our words, not in click's, what of a command line is not understood."""

import re
from difflib import get_close_matches

import click
from click.exceptions import NoArgsIsHelpError

from archive.calling import called
from archive.shown.wording import listed, sentence

_UNKNOWN = re.compile(r"No such command '(?P<name>.*)'\.?$", re.DOTALL)
_TYPED = re.compile(r"(?P<quote>'?)(?P<typed>.*?)(?P=quote) is not ")


def said(error: click.ClickException) -> str:
    """Give the sentence for a command line that is not understood, and where help is."""
    if isinstance(error, NoArgsIsHelpError) or not isinstance(error, click.UsageError):
        return error.format_message()
    return f"{misunderstood(error)} See: {_command(error.ctx)} --help"


def misunderstood(error: click.UsageError) -> str:
    """Give the sentence alone: which word, what is wrong with it."""
    if isinstance(error, click.NoSuchOption):
        meant = listed(sorted(error.possibilities or ()), "or")
        guess = f" Is {meant} meant?" if meant else ""
        return f"There is no option {error.option_name}.{guess}"
    if unknown := _UNKNOWN.match(error.message):
        return _no_command(unknown["name"], error.ctx)
    if isinstance(error, click.MissingParameter):
        return f"{_name(error)} is missing."
    if isinstance(error, click.BadParameter):
        return _bad_value(error)
    return sentence(error.format_message())


def _no_command(name: str, context: click.Context | None) -> str:
    group = context.command if context else None
    known = group.list_commands(context) if context and isinstance(group, click.Group) else []
    near = get_close_matches(name.lower(), known, n=2)
    guess = f" Is {listed(near, 'or')} meant?" if near else ""
    return f"There is no command {name!r}.{guess}"


def _bad_value(error: click.BadParameter) -> str:
    found = _TYPED.match(error.message)
    kind = error.param.type if error.param else None
    if found and isinstance(kind, click.IntRange):
        return f"{_name(error)} {found['typed']!r} is not a whole number {_range(kind)}."
    if found and isinstance(kind, click.Choice):
        known = listed([str(one) for one in kind.choices], "or")
        return f"{_name(error)} {found['typed']!r} is not {known}."
    about = "" if isinstance(kind, click.Path) else f"{_name(error)}: "
    return sentence(f"{about}{error.message}")


def _range(kind: click.IntRange) -> str:
    if kind.max is None:
        return f"from {kind.min:,} on"
    return f"from {kind.min:,} to {kind.max:,}"


def _name(error: click.BadParameter) -> str:
    """Name an option as it is typed, an argument as its help writes it."""
    param, context = error.param, error.ctx
    if isinstance(param, click.Option) or context is None or param is None:
        return param.opts[0] if param else "A word"
    return param.make_metavar(context).strip("[].… ")


def _command(context: click.Context | None) -> str:
    words: list[str] = []
    while context is not None and context.parent is not None:
        words.insert(0, context.info_name or "")
        context = context.parent
    return " ".join([called(), *words])
