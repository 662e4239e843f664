"""`paperwatch search`."""

import json

import click

from archive import indexing, settings
from archive.calling import called
from archive.commands.nothing import other_ways
from archive.errors import BadRequest
from archive.opening import open_archive
from archive.search.engine import Sort
from archive.search.entry import FACETS
from archive.shown.about import holdings
from archive.shown.asking import SIZE_DEFAULT, SIZE_MAX, Asked, Pair, asked_from
from archive.shown.desk import Desk, open_desk
from archive.shown.exporting import as_csv, as_json_lines, ignored, rows
from archive.shown.found import AwardEntry, Found, Shown
from archive.shown.passages import plain
from archive.shown.results import results
from archive.shown.search import search as search_archive
from archive.shown.wording import amount, counted, day, kinds_counted, listed, obligation


# An unknown word with a hyphen in front is part of the query: search drone -camera
@click.command(context_settings={"ignore_unknown_options": True})
@click.argument("query", nargs=-1, required=True, type=click.UNPROCESSED)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.option(
    "--export",
    type=click.Choice(["csv", "jsonl"]),
    help="Print every row that matches, whatever the page, as CSV or JSON Lines.",
)
@click.option(
    "--filter",
    "filters",
    multiple=True,
    metavar="FACET=VALUE",
    help=f"Keep only these; may be repeated. Facets: {', '.join(FACETS)}.",
)
@click.option("--from", "first", metavar="DATE", help="Only from this day on (2025-09-05).")
@click.option("--to", "last", metavar="DATE", help="Only up to this day.")
@click.option("--min", "least", metavar="DOLLARS", help="Only this obligated amount and more.")
@click.option("--max", "most", metavar="DOLLARS", help="Only this obligated amount and less.")
@click.option(
    "--sort",
    type=click.Choice([str(one) for one in Sort]),
    default=str(Sort.RELEVANCE),
    show_default=True,
    help="Order of the results.",
)
@click.option(
    "--size",
    type=click.IntRange(1, SIZE_MAX),
    default=SIZE_DEFAULT,
    show_default=True,
    help="Results on a page.",
)
@click.option(
    "--page",
    type=click.IntRange(1),
    default=1,
    show_default=True,
    help="Which page of the results.",
)
def search(
    query: tuple[str, ...],
    as_json: bool,
    export: str | None,
    filters: tuple[str, ...],
    first: str | None,
    last: str | None,
    least: str | None,
    most: str | None,
    sort: str,
    size: int,
    page: int,
) -> None:
    """Search awards, notices and released documents.

    Example:  paperwatch search '"facial recognition" agency:ICE' --filter year=2025 --json
    """
    ranges = {"from": first, "to": last, "min": least, "max": most}
    pairs: list[Pair] = [("q", " ".join(query)), *map(_pair, filters)]
    pairs += [(name, value) for name, value in ranges.items() if value]
    pairs += [("sort", sort), ("size", str(size)), ("page", str(page))]
    asked = asked_from(pairs)
    if asked.ignored:
        wrong = " ".join(asked.ignored).replace(" in the address", "")
        raise BadRequest(wrong.replace("Ignored: ", "Not understood: "))
    with open_archive(settings.load()) as archive:
        desk = open_desk(archive)
        if behind := indexing.depth(archive):
            click.echo(_is_behind(behind), err=True)
        if export:
            _export(desk, asked, export)
            return
        found = search_archive(desk, asked)
        is_empty = not found.total and holdings(desk).is_empty
        ways = [] if found.total or is_empty or as_json else list(other_ways(desk, found))
    click.echo(
        json.dumps(results(found), ensure_ascii=False, indent=2) if as_json else _said(found)
    )
    if is_empty:
        click.echo(_how_to_fill(), err=True)
    for line in ways:
        click.echo(line)


def _how_to_fill() -> str:
    return (
        "This archive is empty. To fill it, or to look at a sample:\n"
        f"  {called()} crawl usaspending_awards --agency ICE --keyword WORDS --since 2024-01-01\n"
        f"  {called()} add FOLDER\n"
        f"  {called()} demo"
    )


def _is_behind(changes: int) -> str:
    return (
        f"{counted(changes, 'change')} not in the index yet, and missing here."
        f" How it stands: {called()} status"
    )


def _export(desk: Desk, asked: Asked, form: str) -> None:
    for sentence in ignored(desk, asked):
        click.echo(sentence, err=True)
    found = rows(desk, asked)
    for text in as_csv(found) if form == "csv" else as_json_lines(found):
        click.echo(text, nl=False)


def _pair(typed: str) -> Pair:
    name, sign, value = typed.partition("=")
    if not sign or name not in FACETS or not value:
        raise BadRequest(
            f"--filter {typed!r} is not FACET=VALUE, such as --filter year=2025."
            f" Facets are {', '.join(FACETS)}."
        )
    return name, value


def _said(found: Found) -> str:
    kinds = kinds_counted([(one.value, one.count) for one in found.facets["kind"].values])
    head = [found.read_as, *found.ignored, f"{counted(found.total, 'record')}: {kinds or 'none'}"]
    tail = list(found.notes)
    if found.asked.page < found.last_page:
        tail.append(
            f"Page {found.asked.page} of {found.last_page:,}. Next: --page {found.asked.page + 1}"
        )
    return "\n".join(
        [*head, *(f"\n{_entry(one)}" for one in found.entries), *([""] if tail else []), *tail]
    )


def _entry(one: Shown) -> str:
    lines = [f"{one.kind.capitalize()}  {day(one.day) or 'no date'}  {plain(one.title)}"]
    if isinstance(one, AwardEntry):
        figures = obligation(one.obligated_cents, one.obligated_in_actions_cents, one.actions_held)
        if one.potential_cents is not None:
            joint = ", potential value" if one.obligated_cents is None else " of"
            figures += f"{joint} {amount(one.potential_cents)}"
        lines.append(f"  {one.agency} {one.verb} {plain(one.vendor)}: {figures}")
    elif one.pages:
        numbers = [str(page.number) for page in one.pages]
        more = (
            f" and {one.pages_total - len(numbers)} more" if one.pages_total > len(numbers) else ""
        )
        lines.append(f"  {counted(one.page_count, 'page')}; on {listed(numbers)}{more}")
    lines += [f"  {passage.where}: {plain(passage.fragments)}" for passage in one.passages]
    return "\n".join([*lines, f"  {called()} show {one.key}"])
