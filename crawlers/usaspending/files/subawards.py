"""The file of sub-awards: a report a row, and what the row says of the prime award.

Reports repeat without a key that says which replaces which. One is known by prime award, number,
sub-vendor, day and amount, as in the service's answers; those alike in all of these are numbered
in the order of their descriptions, which takes a look at the whole file before.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import ClassVar

from archive.identifiers import NotAnAwardKey, idv_key, parse_award_key
from archive.model import Statement, Value
from crawlers.usaspending.files.layout import Columns, Layout
from crawlers.usaspending.files.subawards_columns import LEFT_OUT, PRIME, READ, REPORT
from crawlers.usaspending.history import report_key
from crawlers.usaspending.values import NotUnderstood

REPORT_VIEW = "usaspending.subaward_file"
PRIME_VIEW = "usaspending.subaward_file_prime"
_ALL = {**{f"report {name}": how for name, how in REPORT.items()}, **PRIME}
COLUMNS = Columns(read=READ, kept=_ALL, left_out=LEFT_OUT)


@dataclass(frozen=True, slots=True, kw_only=True)
class SubawardLayout(Layout):
    """The header of sub-awards, understood; `alike` gives the number of a row among its equals.

    `alike` holds only rows that have equals beyond the first: place → number from 2.
    """

    columns: ClassVar[Columns] = COLUMNS
    alike: Mapping[int, int] = field(default_factory=dict)

    def statements(self, row: Sequence[str], place: int) -> tuple[Statement, ...]:
        """Read one row: a report, then the prime award.

        Raises:
            NotUnderstood: a value has no meaning here, or the row has another width.
        """
        fields = self.header.fields(row)
        prime = self.header.cell(row, "prime_award_unique_key")
        name = "subaward_fsrs_report_last_modified_date"
        report: dict[str, Value] = {name: fields.pop(f"report {name}") for name in REPORT}
        return (
            Statement(
                kind="subaward",
                key=f"{report_key(prime, report)}|{self.alike.get(place, 1)}",
                award_key=prime,
                view=REPORT_VIEW,
                fields=report,
                modified_at=self.header.stamp(row, name),
                place=place,
            ),
            _prime(prime, fields, place),
        )

    def identity(self, row: Sequence[str]) -> tuple[str, str]:
        """Give a report's key without its number among its equals, and what orders those.

        Raises:
            NotUnderstood: a value has no meaning here.
        """
        fields = self.header.fields(row)
        report = {name: fields[f"report {name}"] for name in REPORT}
        key = report_key(self.header.cell(row, "prime_award_unique_key"), report)
        return key, f"{report['description'] or ''}\x00{report['report_id'] or ''}"

    def subject(self, row: Sequence[str]) -> str:
        """Name a row that is refused: the key of its prime award, when it has one."""
        return self.header.subject(row, "prime_award_unique_key")


def _prime(key: str, fields: dict[str, Value], place: int) -> Statement:
    """Make the statement of the prime award, stamped with its latest action."""
    try:
        parts = parse_award_key(key)
    except NotAnAwardKey as error:
        raise NotUnderstood(str(error)) from error
    category = {"award": "contract", "idv": "idv", "assistance": "grant"}[parts.category]
    if parts.parent_piid and parts.parent_agency:
        fields["parent_key"] = idv_key(piid=parts.parent_piid, agency=parts.parent_agency)
    return Statement(
        kind="award",
        key=key,
        award_key=key,
        view=PRIME_VIEW,
        fields=fields | {"category": category},
        modified_at=str(fields["acted_on"] or ""),
        place=place,
    )
