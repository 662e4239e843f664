"""The stand-in's monthly archive: a file for each fiscal year and department, and of changes."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime

from crawlers.standin.answering import Reply, refusal
from crawlers.standin.files import (
    CHANGE_COLUMNS,
    TRANSACTION_COLUMNS,
    Row,
    deletion_row,
    transaction_rows,
    zipped,
)
from crawlers.standin.world import Json, StandingAward, World, complete, turned
from crawlers.usaspending.agencies import AGENCIES, Agency

MONTHLY = "/award_data_archive/"
# The service numbers its agencies; this is not the code. 63 is that of the real DHS.
_NUMBERS = {"070": 63}


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthlyFiles:
    """The archive of a month: one file a fiscal year and department, made on the day `stamp`.

    `missing` years have none, `rows_kept` cuts the file of a year, and `has_changes` adds the file
    of changes. `first_year` is where the archive begins, whether a world has actions then or not.
    """

    stamp: str = ""  # YYYYMMDD; '' = today
    first_year: int = 2008
    missing: frozenset[int] = frozenset()
    rows_kept: Mapping[int, int] = field(default_factory=dict)
    has_changes: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthlyArchive:
    """Answers for the files of a month, made of a world."""

    world: World
    files: MonthlyFiles
    part_rows: int

    def listed(self, body: Json, address: str) -> Reply:
        """List the file of a fiscal year and department, and the file of its changes."""
        for name in ("agency", "fiscal_year", "type"):
            if body.get(name) is None:
                return refusal(400, f"Missing one or more required body parameters: {name}")
        agency = next((one for one in _toptier() if _number(one) == body["agency"]), None)
        if agency is None:
            return refusal(400, f"{body['agency']} agency not found")
        year, stamp = int(body["fiscal_year"]), self._stamp()
        names: list[tuple[int | None, str]] = []
        if year >= self.files.first_year and year not in self.files.missing:
            names.append((year, f"FY{year}_{agency.code}_Contracts_Full_{stamp}.zip"))
        if self.files.has_changes:
            names.append((None, f"FY(All)_{agency.code}_Contracts_Delta_{stamp}.zip"))
        files = [
            {
                "fiscal_year": of_year,
                "agency_name": agency.name,
                "agency_acronym": agency.abbreviation,
                "type": body["type"],
                "updated_date": f"{stamp[:4]}-{stamp[4:6]}-{stamp[6:]}",
                "file_name": name,
                "url": f"{address}{MONTHLY}{name}",
            }
            for of_year, name in names
        ]
        return Reply(json={"monthly_files": files})

    def _stamp(self) -> str:
        return self.files.stamp or datetime.now(UTC).strftime("%Y%m%d")

    def file(self, name: str) -> bytes | None:
        """Give a file by its name; None when this month has none of that name."""
        year, code, _, kind, stamp = name.removeprefix("FY").removesuffix(".zip").split("_")
        awards = [
            one
            for one in self.world.awards.values()
            if one.detail["awarding_agency"]["toptier_agency"]["code"] == code
        ]
        if stamp != self._stamp() or (year != "(All)" and int(year) in self.files.missing):
            return None
        if kind == "Delta":
            columns, rows = CHANGE_COLUMNS, list(self._changes(awards))
        else:
            columns = TRANSACTION_COLUMNS
            rows = [row for one in awards for row in transaction_rows(one)]
            rows = [row for row in rows if row["action_date_fiscal_year"] == year]
            rows = rows[: self.files.rows_kept.get(int(year))]
        return zipped({name.removesuffix(".zip"): (columns, rows)}, self.part_rows)

    def _changes(self, awards: Iterable[StandingAward]) -> Iterator[Row]:
        """Give what this turn corrected, then what it deleted."""
        stamp = self._stamp()
        day = f"{stamp[:4]}-{stamp[4:6]}-{stamp[6:]}"
        gone = {one["id"]: one for one in self._deleted()}
        for award in awards:
            for row in transaction_rows(award):
                yield {"correction_delete_ind": "C", **row}
        yield from (deletion_row(one, day) for one in gone.values())

    def _deleted(self) -> Iterator[Json]:
        """Give the actions that some turn took away."""
        for composed in self.world.composed:
            now = {one["id"] for one in complete(turned(composed, self.world.turn)).transactions}
            for turn in range(self.world.turn):
                before = complete(turned(composed, turn)).transactions
                yield from (one for one in before if one["id"] not in now)


def _toptier() -> list[Agency]:
    return [one for one in AGENCIES if one.tier == "toptier"]


def _number(agency: Agency) -> int:
    return _NUMBERS.get(agency.code, 1000 + int(agency.code))


def listed_agencies(body: Json) -> Reply:
    """Answer `bulk_download/list_agencies/`: names, codes, and the service's own numbers."""
    if body.get("type") not in ("award_agencies", "account_agencies"):
        known = ["account_agencies", "award_agencies"]
        return refusal(400, f"Field 'type' is outside valid values {known}")
    listed = [
        {"name": one.name, "toptier_agency_id": _number(one), "toptier_code": one.code}
        for one in _toptier()
    ]
    agencies = {"cfo_agencies": listed, "other_agencies": []}
    return Reply(json={"agencies": agencies, "sub_agencies": []})
