"""The file of prime award summaries: one statement of the view usaspending.summary_file a row."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from archive.model import Statement, Value
from crawlers.usaspending.award import check_key
from crawlers.usaspending.files.layout import Columns, Layout
from crawlers.usaspending.files.summary_columns import KEPT, LEFT_OUT, READ
from crawlers.usaspending.files.types import award_fields
from crawlers.usaspending.values import NotUnderstood

VIEW = "usaspending.summary_file"
COLUMNS = Columns(read=READ, kept=KEPT, left_out=LEFT_OUT)


@dataclass(frozen=True, slots=True, kw_only=True)
class SummaryLayout(Layout):
    """The header of prime award summaries, understood."""

    columns: ClassVar[Columns] = COLUMNS

    def statements(self, row: Sequence[str], place: int) -> tuple[Statement, ...]:
        """Read one row: an award.

        Raises:
            NotUnderstood: a value has no meaning here, or the row has another width.
        """
        header = self.header
        fields = header.fields(row)
        key = header.cell(row, "contract_award_unique_key")
        if not key or not fields["piid"]:
            raise NotUnderstood("the row has no award key or no PIID")
        parent = str(fields["parent_piid"] or "")
        fields |= award_fields(header, row, parent)
        check_key(key, str(fields["piid"]), parent, str(fields["category"]))
        return (self._statement(row, key, fields, place),)

    def _statement(
        self, row: Sequence[str], key: str, fields: Mapping[str, Value], place: int
    ) -> Statement:
        return Statement(
            kind="award",
            key=key,
            award_key=key,
            view=VIEW,
            fields=fields,
            modified_at=self.header.stamp(row, "last_modified_date"),
            place=place,
        )

    def subject(self, row: Sequence[str]) -> str:
        """Name a row that is refused: its award key, when it has one."""
        return self.header.subject(row, "contract_award_unique_key")
