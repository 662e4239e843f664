"""What people type is read, shown and, where it makes no sense, said to be ignored."""

import random
import re
import time
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.search.language import COSTLY_MAX, DEPTH_MAX, read
from archive.search.tree import (
    All,
    And,
    FieldValues,
    Fuzzy,
    Identified,
    InPage,
    Near,
    Node,
    Not,
    Or,
    Phrase,
    Prefix,
    Range,
    Word,
)
from archive.search.values import FIELDS

DOC = Path(__file__).parents[2] / "docs" / "search.md"
ICE = "U.S. Immigration and Customs Enforcement"


class SomeAgencies:
    def values(self, field: str, typed: str) -> Sequence[tuple[str, str, str]]:
        known = {
            ("agency", "ice"): (("subagency", "7012", ICE),),
            ("agency", "homeland"): (("agency", "070", "DHS"), ("subagency", "7099", "DHS Labs")),
            ("vendor", "west publishing"): (("vendor", "12", "West Publishing"),),
        }
        return known.get((field, typed.lower()), ())


def day(text: str) -> int:
    return date.fromisoformat(text).toordinal()


def w(word: str) -> Word:
    return Word(word=word)


@pytest.mark.parametrize(
    ("typed", "tree"),
    [
        ("", All()),
        ("  \n\t ", All()),
        ("Drone", w("drone")),
        ("drone camera", And(parts=(w("drone"), w("camera")))),
        ("drone AND camera", And(parts=(w("drone"), w("camera")))),
        ("drone and camera", And(parts=(w("drone"), w("and"), w("camera")))),
        ("a OR b c", Or(parts=(w("a"), And(parts=(w("b"), w("c")))))),
        ("(a OR b) c", And(parts=(Or(parts=(w("a"), w("b"))), w("c")))),
        ("-a", Not(part=w("a"))),
        ("NOT a", Not(part=w("a"))),
        ("NOT -a", w("a")),
        ("-(a b)", Not(part=And(parts=(w("a"), w("b"))))),
        ('"facial recognition"', Phrase(words=("facial", "recognition"))),
        ("“facial recognition”", Phrase(words=("facial", "recognition"))),
        ("«facial recognition»", Phrase(words=("facial", "recognition"))),
        ('"drone"', w("drone")),
        ('"flock safety"~3', Near(words=("flock", "safety"), within=3)),
        ("surv*", Prefix(start="surv")),
        ("Clearveiw~", Fuzzy(word="clearveiw")),
        ("clearveiw~1", Fuzzy(word="clearveiw")),
        ("e-mail", Phrase(words=("e", "mail"), joined=True)),
        ("http://x?y", Phrase(words=("http", "x", "y"), joined=True)),
        ("<script>", w("script")),
        ("10:30", Phrase(words=("10", "30"), joined=True)),
        ("Re: drone", And(parts=(w("re"), w("drone")))),
        ("(b)(7)(E)", Phrase(words=("b", "7", "e"), joined=True)),
        ("(b)", w("b")),
        ("title:drone", Word(word="drone", field="title")),
        ('title:"a b"~2', Near(words=("a", "b"), within=2, field="title")),
        ("vendor:clear*", Prefix(start="clear", field="vendor")),
        ("vendor:West", Word(word="west", field="vendor")),
        ('vendor:"West Publishing"', FieldValues(facet="vendor", values=("12",))),
        ("agency:ICE", FieldValues(facet="subagency", values=("7012",))),
        ("AGENCY:ice", FieldValues(facet="subagency", values=("7012",))),
        ("agency: ICE", FieldValues(facet="subagency", values=("7012",))),
        ("-agency:ICE", Not(part=FieldValues(facet="subagency", values=("7012",)))),
        ("agency:070", FieldValues(facet="agency", values=("070",))),
        (
            "agency:homeland",
            Or(
                parts=(
                    FieldValues(facet="agency", values=("070",)),
                    FieldValues(facet="subagency", values=("7099",)),
                )
            ),
        ),
        (
            "title:(drone OR camera)",
            Or(parts=(Word(word="drone", field="title"), Word(word="camera", field="title"))),
        ),
        ("state:va", FieldValues(facet="state", values=("VA",))),
        ("kind:Award", FieldValues(facet="kind", values=("award",))),
        (
            "technology:face-recognition",
            FieldValues(facet="technology", values=("face-recognition",)),
        ),
        ("piid:70CMSD-21-C-0001", Identified(value="70cmsd21c0001")),
        ('id:"2024 ICFO 1"', Identified(value="2024icfo1")),
        ("uei:abc*", Prefix(start="abc", field="identifier")),
        ("amount:>1000000", Range(column="cents", low=100_000_100)),
        ("amount:>=1,000,000", Range(column="cents", low=100_000_000)),
        ("amount:<$5", Range(column="cents", high=499)),
        ("amount:1000..5000", Range(column="cents", low=100_000, high=500_099)),
        ("amount:1000..", Range(column="cents", low=100_000)),
        ("amount:..5k", Range(column="cents", high=500_000)),
        ("amount:1m", Range(column="cents", low=100_000_000, high=100_000_000)),
        ("amount:2.5bn", Range(column="cents", low=250_000_000_000, high=250_000_000_000)),
        ("amount:5", Range(column="cents", low=500, high=599)),
        ("amount:-5", Range(column="cents", low=-599, high=-500)),
        ("amount:5.25", Range(column="cents", low=525, high=525)),
        ("ceiling:>9m", Range(column="ceiling_cents", low=900_000_001)),
        ("date:2024", Range(column="day", low=day("2024-01-01"), high=day("2024-12-31"))),
        ("date:2024-02", Range(column="day", low=day("2024-02-01"), high=day("2024-02-29"))),
        ("date:>2024", Range(column="day", low=day("2025-01-01"))),
        ("date:>=2024", Range(column="day", low=day("2024-01-01"))),
        ("date:<=2024-05-31", Range(column="day", high=day("2024-05-31"))),
        (
            "date:2024-01-01..2024-12-31",
            Range(column="day", low=day("2024-01-01"), high=day("2024-12-31")),
        ),
        ("year:2025", FieldValues(facet="year", values=("2025",))),
        ("year:2024..2026", Range(column="day", low=day("2023-10-01"), high=day("2026-09-30"))),
        ("year:>=2024", Range(column="day", low=day("2023-10-01"))),
        ("page:(a b)", InPage(part=And(parts=(w("a"), w("b"))))),
        ('page:"a b"', InPage(part=Phrase(words=("a", "b")))),
        ("-page:(a)", Not(part=InPage(part=w("a")))),
    ],
)
def test_a_query_is_read(typed: str, tree: Node) -> None:
    reading = read(typed, SomeAgencies())

    assert reading.tree == tree
    assert reading.ignored == ()


@pytest.mark.parametrize(
    ("typed", "tree", "sentence"),
    [
        (
            "year:20255",
            All(),
            "Ignored: `year:20255`. A year has four digits, such as `year:2025`.",
        ),
        ("s* a", w("a"), "Ignored: `s*`. A star needs at least two characters before it"),
        ("ab~ x", w("x"), "Ignored: `ab~`. Only a word of three letters or more"),
        ("abc~2 x", w("x"), "Ignored: `abc~2`. A word may differ in one letter only"),
        ('"a b"~99 x', w("x"), 'Ignored: `"a b"~99`. Words can be up to 30 places apart'),
        ('"a b"~ x', w("x"), 'Ignored: `"a b"~`.'),
        ('"abc', w("abc"), 'Ignored: `"`. A phrase has quotes at both ends'),
        ('"" x', w("x"), 'Ignored: `""`. A phrase needs words'),
        ("AND", All(), "Ignored: `AND`. It stands between two words"),
        ("OR", All(), "Ignored: `OR`."),
        ("NOT", All(), "Ignored: `NOT`."),
        ("a OR", w("a"), "Ignored: `OR`."),
        ("a AND AND b", And(parts=(w("a"), w("b"))), "Ignored: `AND`."),
        ("a & b", And(parts=(w("a"), w("b"))), "Ignored: `&`. Only letters and digits"),
        ("a)", w("a"), "Ignored: `)`. A closing bracket needs an opening one"),
        ("(a", w("a"), "Ignored: `(`. An opening bracket needs a closing one"),
        ("()", All(), "Ignored: `()`."),
        ("vendor:", All(), "Ignored: `vendor:`. A field needs a value, such as `vendor:palantir`."),
        ("colour:red", And(parts=(w("colour"), w("red"))), "Ignored: `colour:`. There is no such"),
        ("amount:lots x", w("x"), "Ignored: `amount:lots`. An amount is a number of dollars"),
        ("amount:5..1", All(), "Ignored: `amount:5..1`."),
        ("ceiling:x", All(), "such as `ceiling:1000000`"),
        ("date:2024-13", All(), "Ignored: `date:2024-13`. A date is a year, a month or a day"),
        ("date:0000", All(), "Ignored: `date:0000`."),
        ("kind:book", All(), "Ignored: `kind:book`. A kind is award, notice or document"),
        ("state:virginia", All(), "Ignored: `state:virginia`. A state has two letters"),
        (
            "page:(agency:ICE a)",
            InPage(part=w("a")),
            "Ignored: `agency:`. A page has words, and of fields only",
        ),
        ("page:(page:(a))", InPage(part=w("a")), "Ignored: `page:`."),
    ],
)
def test_what_makes_no_sense_is_ignored_and_said(typed: str, tree: Node, sentence: str) -> None:
    reading = read(typed, SomeAgencies())

    assert reading.tree == tree
    assert len(reading.ignored) == 1
    assert sentence in reading.ignored[0]


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("", "Read as everything in the archive."),
        (
            '"facial recognition" agency:ICE',
            f"Read as the phrase “facial recognition” and awarding agency {ICE}.",
        ),
        ("Drone Camera", "Read as the words “Drone” and “Camera”."),
        ("drone -camera", "Read as the word “drone”, but not the word “camera”."),
        ("-camera", "Read as everything but the word “camera”."),
        ("a (b OR c)", "Read as the word “a” and (the word “b” or the word “c”)."),
        ('"a b"~3', "Read as the words “a b” within 3 words of each other."),
        (
            "surv* palnatir~",
            "Read as words beginning with “surv” and words spelled like “palnatir”.",
        ),
        ("title:drone", "Read as the word “drone” in the title."),
        ("amount:>1m", "Read as obligated amount over $1,000,000."),
        ("ceiling:1k..2k", "Read as potential value from $1,000 to $2,000."),
        ("date:>=2024-05", "Read as date from May 2024 on."),
        ("year:2025", "Read as fiscal year 2025."),
        ("year:2024..2026", "Read as fiscal year from 2024 to 2026."),
        ("piid:70CM-1", "Read as the identifier “70CM-1”."),
        ("page:(a b)", "Read as one page with (the words “a” and “b”)."),
    ],
)
def test_the_reading_is_a_plain_sentence(typed: str, sentence: str) -> None:
    assert read(typed, SomeAgencies()).read_as == sentence


@pytest.mark.parametrize("typed", ["(" * 100_000, '"' * 100_000, "NOT " * 50_000, "a " * 100_000])
@pytest.mark.parametrize("suffix", ["", "x", ")" * 100_000])
def test_too_much_is_cut_off_at_once_and_said(typed: str, suffix: str) -> None:
    begin = time.process_time()
    reading = read(typed + suffix)

    assert time.process_time() - begin < 0.5
    assert any("at most 4,000 characters" in sentence for sentence in reading.ignored)


def test_brackets_beyond_the_greatest_depth_are_ignored_with_their_partners() -> None:
    reading = read("(" * (DEPTH_MAX + 3) + "a" + ")" * (DEPTH_MAX + 3))

    assert reading.tree == w("a")
    assert [sentence.split(". ")[1] for sentence in reading.ignored] == [
        "Brackets may stand 32 deep."
    ]


def test_the_last_word_that_fits_is_read_and_the_next_is_not() -> None:
    assert read("a " * 256).ignored == ()
    assert len(read("a " * 257).ignored) == 1


def test_what_is_ignored_is_quoted_in_short() -> None:
    assert len(read("amount:" + "x" * 3_000).ignored[0]) < 250


def test_what_costs_much_is_limited() -> None:
    reading = read(" ".join(f"word{n}~ start{n}*" for n in range(20)))

    assert isinstance(reading.tree, And)
    assert len(reading.tree.parts) == COSTLY_MAX
    assert "at most 16 words with a star or tilde" in reading.ignored[0]


@pytest.mark.parametrize(
    "typed", ['"' + "a " * 65 + '"', "-".join("a" * 65), '"' + "a " * 17 + '"~3']
)
def test_phrases_are_limited(typed: str) -> None:
    assert "At most" in read(typed).ignored[0] or "at most" in read(typed).ignored[0]


def test_pages_are_limited() -> None:
    reading = read(" OR ".join(f"page:(word{n})" for n in range(6)))

    assert isinstance(reading.tree, Or)
    assert len(reading.tree.parts) == 4
    assert "at most 4 of them" in reading.ignored[0]


def test_halves_of_characters_are_dropped() -> None:
    assert read("technology:a\ud800b").tree == FieldValues(facet="technology", values=("ab",))


PIECES = [
    *['"', "“", "”", "(", ")", "-", "~", "*", ":", "..", ">", "<", "=", "AND", "OR", "NOT", " "],
    *["page:", "agency:", "amount:", "date:", "year:", "vendor:", "x", "7", "\\", "/", "|", "\x00"],
    *["\u202e", "é", "½", "ﷺ", "\U0001f600", "&", "[", "]", "{", "}", "^", "?", "+", "'", "\n"],
]


def test_thousands_of_odd_strings_are_harmless() -> None:
    dice = random.Random(20261124)
    for _ in range(4_000):
        typed = "".join(dice.choices(PIECES, k=dice.randint(1, 14)))
        reading = read(typed, SomeAgencies())
        assert reading.read_as.startswith("Read as ")
        assert reading.read_as.endswith(".")
        assert all(sentence.startswith("Ignored: `") for sentence in reading.ignored)


@settings(max_examples=150, deadline=None, derandomize=True, database=None)
@given(st.text(max_size=40))
def test_any_text_is_read(typed: str) -> None:
    assert hash(read(typed).tree) is not None


def _examples() -> list[str]:
    typed = DOC.read_text().partition("## What a field means")[0]
    rows = re.findall(r"^\| (`.*?`) \|", typed, re.MULTILINE)
    prose = re.findall(r"`(\S*:\S+|\S+ NOT \S+)`", typed)
    return [row.strip("`") for row in rows] + prose


@pytest.mark.parametrize("example", _examples())
def test_every_example_of_the_documentation_is_understood(example: str) -> None:
    reading = read(example, SomeAgencies())

    assert reading.ignored == ()
    assert reading.tree != All()


def test_every_field_is_documented() -> None:
    text = DOC.read_text()
    assert [name for name in sorted(FIELDS) if f"`{name}:" not in text] == []
