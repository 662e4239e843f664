"""Who may know whom, and how long things may be; a failure lists all that break a rule."""

import ast

import pytest

from .sources import Module, modules, own_lines

PROGRAMS = ("crawlers", "ingest", "search_app")
MOST_LINES = 400
MOST_FUNCTION_LINES = 60
VAGUE = {"utils", "util", "helpers", "helper", "manager", "common", "misc"}

# A library that a room keeps to itself, and the places that may import it.
KEPT = {
    "scrapy": ("crawlers",),
    "twisted": ("crawlers",),
    "flask": ("search_app",),
    "waitress": ("search_app",),
    "werkzeug": ("search_app",),
    "reportlab": ("crawlers.sample",),
    "pypdfium2": ("ingest.reader",),
    "pikepdf": ("ingest.reader",),
    "tantivy": ("archive.search.embedded",),
    "elasticsearch": ("archive.search.elastic",),
    "elastic_transport": ("archive.search.elastic",),
    "celery": ("ingest.workers",),
    "kombu": ("ingest.workers",),
    "redis": ("ingest.workers",),
    "boto3": ("archive.files.objects",),
    "botocore": ("archive.files.objects",),
    "alembic": ("archive.catalogue",),
    "psycopg": ("archive.catalogue",),
    "Stemmer": ("archive.search.analysis",),
    "pdfplumber": (),
    "fitz": (),
    "pymupdf": (),
}
MOST_MODULES = {"tantivy": 12, "elasticsearch": 9, "pypdfium2": 10, "celery": 2, "sqlalchemy": 94}


def top(name: str) -> str:
    return name.partition(".")[0]


def strangers(module: Module) -> set[str]:
    forbidden = {room for room in PROGRAMS if room != module.room}
    return forbidden & {top(name) for name in module.imported()}


def kept_elsewhere(module: Module) -> set[str]:
    """Name what it imports that belongs to another place."""
    known = {name: KEPT[top(name)] for name in module.imported() if top(name) in KEPT}
    return {
        name
        for name, places in known.items()
        if not any(f"{module.name}.".startswith(f"{place}.") for place in places)
    }


def test_the_archive_knows_none_of_the_programs_and_they_do_not_know_each_other() -> None:
    assert not {one.name: strangers(one) for one in modules() if strangers(one)}


def test_a_library_is_imported_only_in_its_own_room() -> None:
    assert not {one.name: kept_elsewhere(one) for one in modules() if kept_elsewhere(one)}


@pytest.mark.parametrize("library", MOST_MODULES)
def test_a_library_that_shapes_code_stays_in_few_modules(library: str) -> None:
    # A revision of the catalogue lists tables, and is never edited.
    looked_at = [one for one in modules() if ".migrations.versions." not in one.name]
    users = [one.name for one in looked_at if library in {top(name) for name in one.imported()}]
    assert len(users) <= MOST_MODULES[library], users


def test_a_module_is_short_enough_to_be_read_at_once() -> None:
    lengths = {one.name: len(one.text.splitlines()) for one in modules()}
    assert not {name: lines for name, lines in lengths.items() if lines > MOST_LINES}


def test_a_function_fits_on_a_screen() -> None:
    # A revision of the catalogue lists tables, and is never edited.
    looked_at = [one for one in modules() if ".migrations.versions." not in one.name]
    lengths = {
        f"{one.name}.{function.name}": own_lines(function)
        for one in looked_at
        for function in one.functions()
    }
    assert not {name: lines for name, lines in lengths.items() if lines > MOST_FUNCTION_LINES}


def test_a_package_says_what_it_is_for() -> None:
    packages = [one for one in modules() if one.path.name == "__init__.py"]
    assert not [one.name for one in packages if len(ast.get_docstring(one.tree) or "") < 60]


def test_no_module_has_a_name_that_could_hold_anything() -> None:
    assert not [one.name for one in modules() if VAGUE & set(one.name.split("."))]


def test_the_median_module_and_function_stay_small() -> None:
    lines = sorted(len(one.text.splitlines()) for one in modules())
    spans = sorted(own_lines(each) for one in modules() for each in one.functions())
    assert lines[len(lines) // 2] <= 150
    assert spans[len(spans) // 2] <= 12
