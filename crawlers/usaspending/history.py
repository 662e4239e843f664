"""Actions (`POST transactions/`) and sub-award reports (`POST subawards/`) of one award.

Sources: USAspending's API contracts `transactions.md` and `subawards.md`, and recorded answers.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from archive.identifiers import modification_key
from archive.model import Refused, Statement, Value
from crawlers.usaspending.codes import REASONS
from crawlers.usaspending.values import Members, NotUnderstood, cents, day, description, words


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """The statements of one page, the rows refused, and members that nobody understood."""

    statements: tuple[Statement, ...]
    refused: tuple[Refused, ...] = ()
    not_understood: tuple[str, ...] = ()


def rows_of(answer: object) -> tuple[list[Any], bool]:
    """Give the rows of a paged answer, and whether more follow.

    Raises:
        NotUnderstood: the answer is not a page.
    """
    members = Members(answer, "")
    rows, paging = members.take("results"), members.inside("page_metadata")
    if not isinstance(rows, list) or paging is None:
        raise NotUnderstood("the answer is not a page of results")
    has_next = paging.take("hasNext")
    if not isinstance(has_next, bool):
        raise NotUnderstood(f"page_metadata.hasNext {has_next!r} is neither true nor false")
    return rows, has_next


def modifications_from_transactions(answer: object, award_key: str) -> Page:
    """Read one page of an award's actions as modifications.

    Raises:
        NotUnderstood: the answer is not a page; odd rows are refused singly.
    """
    rows, _ = rows_of(answer)
    return _page(rows, award_key, _modification)


def subawards_from_answers(answers: Sequence[object], award_key: str) -> list[Page]:
    """Read all pages of an award's sub-award reports; gives a page for each.

    Reports have no key: one is known by number, sub-vendor, day and amount, and reports that are
    alike in all of these are numbered in the order of their descriptions. That is stable only
    over the complete answers, so they are read together.

    Raises:
        NotUnderstood: an answer is not a page; odd rows are refused singly.
    """
    seen: set[str] = set()
    pages = [_page(_not_seen(rows_of(answer)[0], seen), award_key, _subaward) for answer in answers]
    return _numbered(pages)


def _not_seen(rows: list[Any], seen: set[str]) -> list[Any]:
    """Leave out rows that moved to a later page while we were paging: the same row number."""
    fresh = []
    for row in rows:
        number = str(row.get("id")) if isinstance(row, dict) else ""
        if not number or number not in seen:
            fresh.append(row)
        seen.add(number)
    return fresh


_Reader = Callable[[Members, str, int], Statement]


def _page(rows: Sequence[object], award_key: str, read: _Reader) -> Page:
    statements, refused, left = [], [], []
    for place, row in enumerate(rows, 1):
        try:
            members = Members(row, "")
            statements.append(read(members, award_key, place))
            left += members.left()
        except NotUnderstood as error:
            refused.append(Refused(place=place, subject=award_key, reason=str(error)))
    return Page(
        statements=tuple(statements),
        refused=tuple(refused),
        not_understood=tuple(dict.fromkeys(left)),
    )


def _modification(row: Members, award_key: str, place: int) -> Statement:
    number = words(row.take("modification_number"), "modification_number") or "0"
    transaction = _transaction_number(row.take("id"), number)
    # Loans, and the listing that a grant's action belongs to, have no field here.
    row.leave("type_description", "face_value_loan_guarantee", "original_loan_subsidy_cost")
    row.leave("cfda_number")
    code = words(row.take("action_type"), "action_type")
    label = words(row.take("action_type_description"), "action_type_description")
    obligated = row.take("federal_action_obligation")
    fields: dict[str, Value] = {
        "number": number,
        "transaction_number": transaction,
        "acted_on": day(row.take("action_date"), "action_date"),
        "action_code": code,
        "action_label": label or REASONS.get(code or ""),
        "type_code": words(row.take("type"), "type"),
        "description": description(row.take("description"), "description"),
        "obligated_cents": cents(obligated, "federal_action_obligation"),
    }
    return Statement(
        kind="modification",
        key=modification_key(award_key, number, transaction),
        award_key=award_key,
        view="usaspending.transaction",
        fields=fields,
        modified_at="",
        place=place,
    )


def _transaction_number(key: object, number: str) -> str:
    """Take the transaction number from an action's key; several actions may share a number.

    CONT_TX_{agency}_{parent agency}_{piid}_{number}_{parent piid}_{transaction number}; those of
    assistance are ASST_TX_{agency}_{fain}_{uri}_{listing}_{number}, one for each listing.
    """
    parts = str(key).split("_")
    match parts:
        case ["CONT", "TX", _, _, _, said, _, transaction]:
            if said != number.upper():
                raise NotUnderstood(f"id {key} does not go with modification {number}")
            return "0" if transaction == "-NONE-" else transaction
        case ["ASST", "TX", _, _, _, listing, _]:
            return listing
    raise NotUnderstood(f"id {key!r} is not the key of an action")


def _subaward(row: Members, award_key: str, place: int) -> Statement:
    row.leave("id")  # changes on every load
    number = words(row.take("subaward_number"), "subaward_number") or ""
    vendor = words(row.take("recipient_name"), "recipient_name") or ""
    acted_on = day(row.take("action_date"), "action_date") or ""
    amount = cents(row.take("amount"), "amount")
    fields: dict[str, Value] = {
        "number": number,
        "vendor_name": vendor,
        "acted_on": acted_on,
        "obligated_cents": amount,
        "description": description(row.take("description"), "description"),
    }
    return Statement(
        kind="subaward",
        key=report_key(award_key, fields),
        award_key=award_key,
        view="usaspending.subaward",
        fields=fields,
        modified_at="",
        place=place,
    )


def report_key(award_key: str, report: Mapping[str, Value]) -> str:
    """Give what a report is known by: prime award, number, sub-vendor, day and amount."""
    amount = report["obligated_cents"]
    said = [str(report[name] or "") for name in ("number", "vendor_name", "acted_on")]
    return "|".join((award_key, *said, "" if amount is None else str(amount)))


def _numbered(pages: list[Page]) -> list[Page]:
    """Number the reports that are alike, over all pages, in the order of their descriptions."""
    places = [(i, j) for i, page in enumerate(pages) for j in range(len(page.statements))]
    places.sort(key=lambda at: str(pages[at[0]].statements[at[1]].fields["description"] or ""))
    alike: Counter[str] = Counter()
    keyed = [list(page.statements) for page in pages]
    for i, j in places:
        one = keyed[i][j]
        alike[one.key] += 1
        keyed[i][j] = Statement(
            kind=one.kind,
            key=f"{one.key}|{alike[one.key]}",
            award_key=one.award_key,
            view=one.view,
            fields=one.fields,
            modified_at=one.modified_at,
            place=one.place,
        )
    return [
        Page(statements=tuple(rows), refused=page.refused, not_understood=page.not_understood)
        for rows, page in zip(keyed, pages, strict=True)
    ]
