"""Small composed statements, answers and archives."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from archive import settings
from archive.captures import Kept, keep
from archive.identifiers import award_key
from archive.index import generations
from archive.model import Answer, Statement, Value
from archive.opening import Archive, open_archive
from tests.catalogues import home_settings

SEPTEMBER = "2025-09-05T08:00:00+00:00"
OCTOBER = "2025-10-05T08:00:00+00:00"
NOVEMBER = "2025-11-05T08:00:00+00:00"


@contextmanager
def archive_in(home: Path, *, search_url: str = "") -> Iterator[Archive]:
    """Open an archive in a folder, whatever the environment says."""
    said = home_settings(home) | {"PAPERWATCH_SEARCH_URL": search_url}
    with open_archive(settings.load(said)) as archive:
        yield archive


def remove_indexes(archive: Archive) -> None:
    """Remove what an archive holds on Elasticsearch."""
    with archive.catalogue.reading() as connection:
        names = [one.name for one in generations.all_of(connection, "building", "live", "old")]
    generations.place(archive).remove(names)


def key(number: int = 1) -> str:
    """Give the key of a fictional ICE order."""
    return award_key(piid=f"70ZZZZ25F{number:08d}", agency="7012")


def captured(archive: Archive, body: str, *, at: str = SEPTEMBER, source: str = "composed") -> Kept:
    """Keep an answer of a composed source."""
    answer = Answer(
        source=source,
        method="GET",
        address=f"https://service.example/{source}",
        body=body.encode(),
        fetched_at=at,
    )
    return keep(archive, answer)


def award(
    number: int = 1,
    *,
    view: str = "usaspending.award",
    modified_at: str = "2025-09-06",
    place: int = 1,
    **fields: Value,
) -> Statement:
    """State an award; fields that are not given are those of a small ICE order."""
    said: dict[str, Value] = {
        "piid": f"70ZZZZ25F{number:08d}",
        "category": "contract",
        "type_code": "C",
        "description": f"FACE SEARCH LICENCES LOT {number}",
        "obligated_cents": 375_000_000,
        "potential_cents": 922_500_000,
        "acted_on": "2025-09-05",
        "vendor_name": "HALDEN BIOMETRICS LLC",
        "vendor_uei": "ZZZEXAMPLEZ9",
        "awarding_agency_code": "070",
        "awarding_agency_name": "Department of Homeland Security",
        "awarding_subagency_code": "7012",
        "awarding_subagency_name": "U.S. Immigration and Customs Enforcement",
    }
    return Statement(
        kind="award",
        key=key(number),
        award_key=key(number),
        view=view,
        fields=said | fields,
        modified_at=modified_at,
        place=place,
    )


def modification(number: int = 1, name: str = "P00001", **fields: Value) -> Statement:
    """State a modification of a composed award."""
    said: dict[str, Value] = {"number": name, "acted_on": "2025-10-01", "obligated_cents": 100_00}
    return Statement(
        kind="modification",
        key=f"{key(number)}|{name}|0",
        award_key=key(number),
        view="usaspending.transaction",
        fields=said | fields,
        modified_at="",
        place=1,
    )


def report(number: int = 1, name: str = "S1", **fields: Value) -> Statement:
    """State a report of a sub-award under a composed award."""
    said: dict[str, Value] = {
        "number": name,
        "acted_on": "2025-10-01",
        "obligated_cents": 100_00,
        "description": "HOSTING",
    }
    said |= fields
    return Statement(
        kind="subaward",
        key=f"{key(number)}|{name}|{said.get('vendor_name')}|2025-10-01|10000|1",
        award_key=key(number),
        view="usaspending.subaward_file",
        fields=said,
        modified_at="2025-10-02",
        place=1,
    )
