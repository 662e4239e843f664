"""Mails: chains of them, with covered names and passages."""

from tests.drawn.released import decoys, words
from tests.drawn.released.writer import Writer


def _head(writer: Writer, number: int) -> list[str]:
    chance = writer.chance
    on, hour, minute = words.day(chance), chance.randrange(1, 13), chance.randrange(10, 60)
    to = chance.choice(("{person:18}; {person:14}", "{person:22}", "{person:12}; {person:15}"))
    sent = chance.choice(
        (
            f"Sent: {on:%A}, {words.long_date(on)} {hour}:{minute} PM",
            f"Date: {on:%a, %d %b %Y} {hour:02}:{minute}:00 +0000",
            f"Sent: {on.month}/{on.day}/{on.year} {hour}:{minute} AM",
        )
    )
    copies = ["Cc: {person:16}; {person:16}; {person:13}"] if chance.random() < 0.3 else []
    subject = f"Subject: {'RE: ' if number else ''}{words.subject(chance)}"
    return ["From: {person:16}", f"To: {to}", *copies, sent, subject]


def mail(writer: Writer) -> None:
    """A chain of mails, the newest on top."""
    chance = writer.chance
    parted = chance.choice(("rule", "words", "space"))
    if chance.random() < 0.2:
        writer.heading(words.person(chance))
    for number in range(chance.randrange(1, 6)):
        if number and parted == "words":
            writer.lines("-----Original Message-----", left=writer.left, right=writer.right)
        for line in _head(writer, number):
            writer.lines(line, left=writer.left, right=writer.right)
        if parted == "rule":
            base = writer.base - writer.style.size
            writer.leaf.rule(writer.left, base, writer.right, base, 0.5)
        writer.down(writer.style.leading * 0.6)
        _body(writer)


def _body(writer: Writer) -> None:
    chance = writer.chance
    for text in words.sentences(chance, chance.randrange(1, 7)):
        writer.paragraph(text)
    if chance.random() < 0.35:
        writer.block(chance.randrange(2, 9), chance.choice(("deliberation", "technique")))
    closing = chance.choice(("Office: {phone:14}", "Thanks, {person:9}", "Mobile {phone:12}"))
    writer.lines(closing, left=writer.left, right=writer.right)
    if chance.random() < 0.2:
        writer.down(writer.style.leading)
        decoys.decoy(writer)
    writer.down(writer.style.leading)
