"""Writes docs/commands.md from the commands themselves.

Run it after a change of a command:  python -m tests.house.commands_page
"""

from collections.abc import Iterator

import click

from archive.program import program

from .sources import CHECKOUT

PAGE = CHECKOUT / "docs" / "commands.md"
INTRODUCTION = """\
# Commands

Every word after `paperwatch` (in a checkout: `./paperwatch`) is one of these. Results go to
standard output, everything else to standard error. Exit codes: [exit-codes.md](exit-codes.md).
Settings: [settings.md](settings.md).
The query language: [search.md](search.md).

This page is written from the program: `python -m tests.house.commands_page`.
"""


def commands() -> dict[str, click.Command]:
    """Give every command by its name, those below another one after it ("schedule add")."""
    return dict(_below(program, ""))


def _below(group: click.Group, before: str) -> Iterator[tuple[str, click.Command]]:
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        if command is not None:
            yield before + name, command
        if isinstance(command, click.Group):
            yield from _below(command, f"{before}{name} ")


def options(command: click.Command) -> list[click.Option]:
    """Give the options of a command, in the order in which its help names them."""
    return [one for one in command.params if isinstance(one, click.Option) and not one.hidden]


def help_parts(command: click.Command) -> tuple[list[str], str]:
    """Give the paragraphs of a command's help, and the words of its example."""
    paragraphs = [" ".join(one.split()) for one in (command.help or "").split("\n\n")]
    examples = [one for one in paragraphs if one.startswith("Example:")]
    said = [one for one in paragraphs if not one.startswith("Example:")]
    return said, examples[0].removeprefix("Example:").strip() if examples else ""


def page() -> str:
    """Write the whole page."""
    sections = ("\n".join(_section(name, command)) for name, command in commands().items())
    return "\n".join([INTRODUCTION, *sections])


def _section(name: str, command: click.Command) -> Iterator[str]:
    said, example = help_parts(command)
    context = click.Context(command, info_name=f"paperwatch {name}")
    yield f"## paperwatch {name}\n"
    yield "\n\n".join(said) + "\n"
    usage = " ".join(command.collect_usage_pieces(context))
    yield f"```\npaperwatch {name} {usage}\n\n{example}\n```\n"
    if listed := options(command):
        yield "| option | |\n| --- | --- |"
        yield from (f"| {_names(one)} | {_meaning(one, context)} |" for one in listed)
        yield ""


def _names(option: click.Option) -> str:
    words = [*option.opts, *option.secondary_opts]
    value = "" if option.is_flag else f" {option.make_metavar(click.Context(program))}"
    return ", ".join(f"`{word}{value}`".replace("|", "\\|") for word in words)


def _meaning(option: click.Option, context: click.Context) -> str:
    extra = option.get_help_extra(context)
    default = f" [default: {extra['default']}]" if "default" in extra else ""
    return f"{' '.join((option.help or '').split())}{default}".replace("|", "\\|")


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
