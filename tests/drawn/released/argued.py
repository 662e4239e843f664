"""Papers that withhold nothing: what they say of exemptions and rules is only said."""

from tests.drawn.released import decoys, words
from tests.drawn.released.writer import Writer


def court(writer: Writer) -> None:
    """A court paper that speaks of rules and exemptions and withholds nothing."""
    chance = writer.chance
    writer.heading("UNITED STATES DISTRICT COURT", is_centred=True)
    for text in chance.sample(_ARGUED, 6):
        writer.paragraph(text)
        if chance.random() < 0.4:
            writer.paragraph(words.open_sentence(chance))
    if chance.random() < 0.3:
        decoys.decoy(writer)


_ARGUED = (
    "Defendants move to dismiss under Rule 12(b)(6) for failure to state a claim, and in the"
    " alternative under Rule 12(b)(1) for want of jurisdiction.",
    "The agency invoked Exemption 7(E), 5 U.S.C. § 552(b)(7)(E), to withhold the names of systems"
    " that its officers use at the border.",
    "Exemption (b)(5) protects deliberations of agencies, yet a decision that was made is none.",
    "A notice of proposed rulemaking must be published, see 5 U.S.C. § 553(b)(3)(B), unless there"
    " is good cause.",
    "The regulation at 28 CFR 16.5(b)(6) sets out when a request is processed ahead of others.",
    "Plaintiff contests the adequacy of the search and the use of exemptions (b)(6) and (b)(7)(C).",
    "The clause at 52.212-3(b)(6) was not part of the solicitation that the office published.",
    "Under § 1101(b)(4) the term has a meaning that the parties did not intend.",
    "The court finds the declaration sufficiently detailed and grants summary judgment in part.",
    "Each side bears its own costs until the question of fees has been briefed by the parties.",
)


def memo(writer: Writer) -> None:
    """A memorandum full of bars, shades and forms, with nothing withheld."""
    chance = writer.chance
    writer.heading("MEMORANDUM FOR THE RECORD")
    chosen = chance.sample(list(decoys.DECOYS.values()), chance.randrange(3, 7))
    for each in chosen:
        count = chance.randrange(1, 4)
        writer.paragraph(" ".join(words.open_sentence(chance) for _ in range(count)))
        each(writer)
