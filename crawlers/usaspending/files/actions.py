"""The file of prime transactions: one modification a row, with the award as it stood then."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from archive.identifiers import NONE_PART, award_key, idv_key, modification_key
from archive.model import Deletion, Statement, Value
from crawlers.usaspending.award import check_key
from crawlers.usaspending.codes import REASONS
from crawlers.usaspending.files.actions_columns import KEPT, LEFT_OUT, READ
from crawlers.usaspending.files.layout import Columns, Header, Layout
from crawlers.usaspending.files.types import award_fields
from crawlers.usaspending.values import NotUnderstood

VIEW = "usaspending.transaction_file"
COLUMNS = Columns(read=READ, kept=KEPT, left_out=LEFT_OUT)


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionLayout(Layout):
    """The header of prime transactions of today, understood."""

    columns: ClassVar[Columns] = COLUMNS

    def statements(self, row: Sequence[str], place: int) -> tuple[Statement, ...]:
        """Read one row: a modification.

        Raises:
            NotUnderstood: a value has no meaning here, or the row has another width.
        """
        fields = action_fields(self.header, row)
        key = self.header.cell(row, "contract_award_unique_key")
        if not key:
            raise NotUnderstood("the row has no award key")
        parent = str(fields["parent_piid"] or "")
        check_key(key, str(fields["piid"]), parent, str(fields["category"]))
        return (modification(self.header, row, VIEW, key, fields, place),)

    def deletion(self, row: Sequence[str]) -> Deletion | None:
        """Read a row of a file of changes that says an action was deleted; None of another row.

        Raises:
            NotUnderstood: neither a correction nor a deletion, or of what and when is not said.
        """
        place = self.header.places.get("correction_delete_ind")
        said = row[place].strip() if place is not None and place < len(row) else ""
        if said in ("", "C"):
            return None
        if said != "D":
            raise NotUnderstood(f"correction_delete_ind {said!r} is neither C nor D")
        return _deletion(self.header, row)

    def subject(self, row: Sequence[str]) -> str:
        """Name a row that is refused: its award key, else that of its action."""
        award = self.header.subject(row, "contract_award_unique_key")
        return award or self.header.subject(row, "contract_transaction_unique_key")


def _deletion(header: Header, row: Sequence[str]) -> Deletion:
    """Read the key of a deleted action: the only thing, with the day, that its row says.

    {agency}_{parent agency}_{piid}_{number}_{parent piid}_{transaction number}; it does not tell a
    vehicle from an order, so the action is known by either key.
    Source: the service's published source, which writes these rows (version of May 2026).
    """
    header.check_width(row)
    key = header.cell(row, "contract_transaction_unique_key")
    parts = ["" if part == NONE_PART else part for part in key.upper().split("_")]
    deleted_on = header.stamp(row, "last_modified_date")[:10]
    if len(parts) != 6 or not parts[0] or not parts[2] or not deleted_on:
        raise NotUnderstood(f"a deletion of {key!r} on {deleted_on!r} is not understood")
    agency, parent_agency, piid, number, parent, transaction = parts
    awards = (
        award_key(piid=piid, agency=agency, parent_piid=parent, parent_agency=parent_agency),
        idv_key(piid=piid, agency=agency),
    )
    return Deletion(
        keys=tuple(modification_key(award, number, transaction) for award in awards),
        deleted_on=deleted_on,
    )


def action_fields(header: Header, row: Sequence[str]) -> dict[str, Value]:
    """Read what both layouts of transactions say of an action and of its award.

    Raises:
        NotUnderstood: a value has no meaning here, or there is no PIID or no day.
    """
    fields = header.fields(row)
    if not fields["piid"] or not fields["acted_on"]:
        raise NotUnderstood("the row has no PIID or no day of its action")
    fields |= award_fields(header, row, str(fields["parent_piid"] or ""))
    fields["number"] = fields["number"] or "0"
    fields["transaction_number"] = fields["transaction_number"] or "0"
    fields["action_label"] = fields["action_label"] or REASONS.get(str(fields["action_code"] or ""))
    return fields


def modification(
    header: Header,
    row: Sequence[str],
    view: str,
    award: str,
    fields: dict[str, Value],
    place: int,
) -> Statement:
    """Make the statement of a row: its modification, with the row's own stamp."""
    number, transaction = str(fields["number"]), str(fields["transaction_number"])
    return Statement(
        kind="modification",
        key=modification_key(award, number, transaction),
        award_key=award,
        view=view,
        fields=fields,
        modified_at=header.stamp(row, "last_modified_date"),
        place=place,
    )
