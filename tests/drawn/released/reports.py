"""Reports: cells at the top, numbered paragraphs, covered passages and pictures."""

from tests.drawn.released import decoys, words
from tests.drawn.released.writer import Writer

_TITLES = (
    "REPORT OF INVESTIGATION",
    "FEDERAL BUREAU OF INVESTIGATION",
    "Significant Incident Report",
    "TECHNICAL EQUIPMENT REPORT",
    "AFTER ACTION REPORT",
    "Privacy Threshold Analysis",
)


def report(writer: Writer) -> None:
    """A report of an investigation or of a trial of equipment."""
    chance = writer.chance
    writer.heading(chance.choice(_TITLES), is_centred=chance.random() < 0.5)
    if chance.random() < 0.5:
        decoys.form_cells(writer)
    if chance.random() < 0.4:
        decoys.header_bar(writer)
    if chance.random() < 0.3:
        writer.lines("Case agent: {person:16}", left=writer.left, right=writer.right)
        writer.down(writer.style.leading)
    is_numbered, indent = chance.random() < 0.6, chance.choice((0.0, 0.0, 18.0))
    for number in range(1, chance.randrange(5, 18)):
        text = " ".join(words.sentences(chance, chance.randrange(1, 5)))
        writer.paragraph(f"{number}. {text}" if is_numbered else text, indent=indent)
        if chance.random() < 0.15:
            writer.block(chance.randrange(2, 12), chance.choice(("technique", "source")))
        if chance.random() < 0.12:
            decoys.decoy(writer)
