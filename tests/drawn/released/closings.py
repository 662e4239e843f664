"""How a letter ends: appeal, fees, signature, what is enclosed."""

from typing import Any

from tests.drawn.released import words
from tests.drawn.released.agencies import Agency
from tests.drawn.released.results import Result, counted
from tests.drawn.released.writer import Writer


def closing(writer: Writer, agency: Agency, result: Result, *, is_sued: bool) -> dict[str, Any]:
    """Write the end of a letter, and say what is true of it."""
    chance = writer.chance
    is_decided = result.determination["outcome"] != "acknowledged"
    has_appeal = is_decided and not is_sued and chance.random() < 0.8
    if has_appeal:
        writer.paragraph(
            "If you are not satisfied with this determination you have the right to appeal in"
            f" writing within 90 {chance.choice(('', 'working '))}days of the date of this letter,"
            f" as set out in {agency.rule}. Your envelope should be marked FOIA Appeal."
        )
        writer.paragraph(
            "You may also contact the Public Liaison, or the Office of Government Information"
            " Services (OGIS) at the National Archives, for mediation."
        )
    fees = {"fee_paragraph": False} if is_sued else _fees(writer)
    if is_sued:
        writer.paragraph(
            "As this matter is in litigation, please direct any question to the Assistant United"
            " States Attorney who represents the government in it."
        )
    writer.room(writer.style.leading * 6)
    writer.lines("Sincerely,", left=writer.left, right=writer.right)
    writer.down(writer.style.leading * 2)
    for line in (words.person(chance), agency.signer):
        writer.lines(line, left=writer.left, right=writer.right)
    if result.enclosed and chance.random() < 0.7:
        writer.down(writer.style.leading)
        enclosed = f"Enclosure(s): {counted(chance, result.enclosed)}"
        writer.lines(enclosed, left=writer.left, right=writer.right)
    return {"appeal_paragraph": has_appeal, **fees}


def _fees(writer: Writer) -> dict[str, Any]:
    chance = writer.chance
    manner = chance.randrange(5)
    if manner == 0:
        return {"fee_paragraph": False}
    if manner == 1:
        amount = chance.randrange(2600, 900_000) / 100
        writer.paragraph(
            f"The total fee for processing your request is ${amount:,.2f}. Please pay within 30"
            " days of the date of this letter."
        )
        return {"fee_paragraph": True, "fees": [{"what": "processing", "value": amount}]}
    writer.paragraph(
        (
            "There is no charge for this response.",
            "Provisions of the FOIA allow us to recover part of the cost of complying with your"
            " request. In this instance, because the cost is below the minimum threshold, there is"
            " no charge.",
            "Your request for a fee waiver is granted and no fees are due.",
        )[manner - 2]
    )
    return {"fee_paragraph": True}
