"""The file of prime transactions as it was in 2018: its award keys are built by today's rule."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from archive.identifiers import award_key, idv_key
from archive.model import Statement, Value
from crawlers.usaspending.files.actions import action_fields, modification
from crawlers.usaspending.files.actions_2018_columns import KEPT, LEFT_OUT, READ
from crawlers.usaspending.files.layout import Columns, Layout
from crawlers.usaspending.files.types import parent_agency
from crawlers.usaspending.values import NotUnderstood

VIEW = "usaspending.transaction_file_2018"
COLUMNS = Columns(read=READ, kept=KEPT, left_out=LEFT_OUT)


@dataclass(frozen=True, slots=True, kw_only=True)
class OldActionLayout(Layout):
    """The header of prime transactions of 2018, understood."""

    columns: ClassVar[Columns] = COLUMNS

    def statements(self, row: Sequence[str], place: int) -> tuple[Statement, ...]:
        """Read one row: a modification.

        Raises:
            NotUnderstood: a value has no meaning here, or the row has another width.
        """
        fields = action_fields(self.header, row)
        key = _key(fields, parent_agency(self.header, row))
        return (modification(self.header, row, VIEW, key, fields, place),)

    def subject(self, row: Sequence[str]) -> str:
        """Name a row that is refused: its PIID, when it has one."""
        return self.header.subject(row, "award_id_piid")


def _key(fields: Mapping[str, Value], agency_of_parent: str) -> str:
    piid, agency = str(fields["piid"]), str(fields["awarding_subagency_code"] or "")
    if not agency:
        raise NotUnderstood("the row has no awarding sub-agency, so its award has no key")
    if fields["category"] == "idv":
        return idv_key(piid=piid, agency=agency)
    parent = str(fields["parent_piid"] or "")
    return award_key(
        piid=piid,
        agency=agency,
        parent_piid=parent,
        parent_agency=agency_of_parent,
    )
