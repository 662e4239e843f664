"""The documentation leaves nothing out: commands, settings, exit codes, facets, sources."""

import re
from pathlib import Path

import click
import pytest
from flask import Flask

from archive import errors
from archive.declared import DECLARED, Setting
from archive.search.entry import FACETS
from archive.settings import PREFIX
from archive.sources import Source
from crawlers.sources import SOURCES
from search_app import converters
from search_app.api import blueprint

from . import commands_page
from .commands_page import commands, help_parts, options
from .sources import CHECKOUT

DOCS = CHECKOUT / "docs"
COMMANDS = commands()
OPTIONS = [(name, one) for name, command in COMMANDS.items() for one in options(command)]
ERRORS = [
    one
    for one in vars(errors).values()
    if isinstance(one, type) and issubclass(one, errors.PaperwatchError)
]
# [words](target), in the middle of a page: addresses elsewhere and places on the page are left out.
_LINK = re.compile(r"(?<!!)\[[^\]]*\]\(([^)\s]+)\)")
_CODE = re.compile(r"^```.*?^```$|`[^`\n]*`", re.MULTILINE | re.DOTALL)
PAGES = (CHECKOUT / "README.md", *sorted(DOCS.glob("*.md")))
LINKS = [
    (page, target)
    for page in PAGES
    for target in _LINK.findall(_CODE.sub("", page.read_text(encoding="utf-8")))
    if not re.match(r"[a-z]+:|#", target)
]
# What the launcher ends with before there is a program.
LAUNCHER_CODES = (20, 21, 22, 23, 24)


def words_of(name: str) -> str:
    return (DOCS / name).read_text(encoding="utf-8")


def test_the_page_of_commands_says_what_the_program_says() -> None:
    assert words_of("commands.md") == commands_page.page(), (
        "run: python -m tests.house.commands_page"
    )


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_says_what_it_does_and_shows_an_example(name: str) -> None:
    said, example = help_parts(COMMANDS[name])
    assert said[0].endswith(".")
    assert re.search(rf"\bpaperwatch {name}\b", example)


@pytest.mark.parametrize(
    ("command", "option"), OPTIONS, ids=[f"{name} {one.opts[0]}" for name, one in OPTIONS]
)
def test_an_option_says_what_it_means_in_a_sentence(command: str, option: click.Option) -> None:
    assert (option.help or "").strip().endswith((".", "]")), f"{command} {option.opts}"


@pytest.mark.parametrize("setting", DECLARED, ids=lambda setting: setting.name)
def test_a_setting_is_documented_with_its_meaning(setting: Setting) -> None:
    row = f"| `{PREFIX}{setting.name}` | {f'`{setting.default}`' if setting.default else 'none'} |"
    assert row in words_of("settings.md")
    assert setting.meaning in words_of("settings.md")


@pytest.mark.parametrize("error", ERRORS, ids=lambda error: error.__name__)
def test_an_exit_code_is_documented(error: type[errors.PaperwatchError]) -> None:
    assert f"| {error.exit_code} |" in words_of("exit-codes.md")


@pytest.mark.parametrize("code", LAUNCHER_CODES)
def test_an_exit_code_of_the_launcher_is_documented(code: int) -> None:
    assert f"| {code} |" in words_of("exit-codes.md")


@pytest.mark.parametrize("facet", FACETS)
def test_a_facet_is_documented(facet: str) -> None:
    assert re.search(rf"`{facet}[:`]", words_of("search.md"))


@pytest.mark.parametrize("source", SOURCES.values(), ids=lambda source: source.name)
def test_a_source_is_documented(source: Source) -> None:
    told = (source.what, source.terms, source.cadence, source.plausible)
    assert f"| `{source.name}` | {' | '.join(told)} |" in words_of("sources.md")


@pytest.mark.parametrize(
    ("page", "target"),
    LINKS,
    ids=[f"{page.relative_to(CHECKOUT)} {target}" for page, target in LINKS],
)
def test_a_link_within_the_checkout_leads_to_something_there(page: Path, target: str) -> None:
    there = (page.parent / target.partition("#")[0]).resolve()
    assert there.is_relative_to(CHECKOUT.resolve())
    assert there.exists(), f"{page.name} links to {target}, which is not there"


def test_links_are_found_in_the_readme_and_in_the_docs() -> None:
    assert len({page for page, _ in LINKS}) > 5


def api_paths() -> list[str]:
    app = Flask("paths")
    converters.register(app)
    app.register_blueprint(blueprint)
    rules = [rule.rule for rule in app.url_map.iter_rules() if rule.rule.startswith("/api/")]
    return sorted(re.sub(r"<\w+:", "<", rule) for rule in rules)


@pytest.mark.parametrize("path", api_paths())
def test_a_path_of_the_interface_is_documented(path: str) -> None:
    assert f"`GET {path}`" in words_of("api.md")
