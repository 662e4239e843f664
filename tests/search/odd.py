"""Odd queries: from the grammar, from Unicode's corners, and from what people paste."""

from random import Random

_WORDS = [
    "facial",
    "recognition",
    "camera",
    "license",
    "plate",
    "drone",
    "clearview",
    "palantir",
    "ICE",
    "no",
    "responsive",
    "records",
    "surveillance",
    "the",
    "and",
    "or",
    "not",
    "NEAR",
    "page",
    "70CMSD21C0001",
    "$3,750,000",
    "2025-09-05",
    "a",
    "é",
    "ß",
    "ı",
    "İ",
    "ﬁ",
]
_FIELDS = [
    "kind",
    "agency",
    "subagency",
    "vendor",
    "technology",
    "psc",
    "naics",
    "state",
    "year",
    "type",
    "source",
    "piid",
    "uei",
    "id",
    "title",
    "amount",
    "ceiling",
    "date",
    "page",
    "foo",
]
_SIGNS = (
    '"',
    "'",
    "(",
    ")",
    "[",
    "]",
    ":",
    "*",
    "~",
    "-",
    "+",
    "^",
    "/",
    "\\",
    "&",
    "|",
    "!",
    "..",
)
_CORNERS = (
    "\u200b", "\u200f", "\u202e", "\ufeff", "\x00", "\x1b[31m", "\u0301" * 5, "\U0001f4f7", "ﷺ",
    "I\u0307", "\u1e9e", "\u2028", "\ud7ff", "\U0010ffff", "日本語", "العربية", "ก็", "㍿", "½", "Ⅷ",
    "\u00ad", "\u2011", "\u2013", "“", "”", "‘", "’", "«", "»", "٣", "²", "ſ",
)  # fmt: skip
_PASTED = (
    "http://www.usaspending.gov/award/CONT_AWD_70CMSD21C0001_7012_-NONE-_-NONE-/?x=1&y=2",
    "'; DROP TABLE award; --",
    "<script>alert(1)</script>",
    "{{7*7}} ${jndi:ldap://x} %s %n %00 ../../etc/passwd",
    "Dear FOIA officer,\n\nUnder 5 U.S.C. § 552, I request all records about ALPR.\r\n\r\nYours",
    "AND AND OR NOT (((((",
    "body:[* TO *] OR _exists_:a /.*/ a^1000000",
    'site:gov filetype:pdf "license plate" -flock OR intitle:policy',
    "\t".join(["PIID", "Vendor", "Amount", "70CMSD21C0001", "CLEARVIEW AI, INC.", "$3,750,000.00"]),
    '=HYPERLINK("http://x")',
    "a" * 3_000,
    "*" * 500,
    '"' * 501,
    "~ " * 300,
    "page:(" * 40,
    "-" * 700,
    "(a OR b) " * 80,
    "amount:>1e309 amount:..... date:9999-99-99..0000-00-00 year:-1..99999",
)


def odd_query(random: Random) -> str:
    """Compose one odd query, 4,200 characters at most."""
    kind = random.randrange(6)
    if kind == 0:
        return random.choice(_PASTED)
    if kind == 1:
        return _broken(random, random.choice(_PASTED))
    parts = [_part(random, has_corners=kind > 2) for _ in range(random.randint(1, 12))]
    text = random.choice((" ", "", " OR ", " AND ", "\n")).join(parts)
    return _broken(random, text)[:4_200] if kind == 5 else text[:4_200]


def _part(random: Random, *, has_corners: bool) -> str:
    word = random.choice(_CORNERS if has_corners and random.random() < 0.4 else _WORDS)
    match random.randrange(10):
        case 0:
            return f'"{word} {random.choice(_WORDS)}"'
        case 1:
            return f'"{word} {random.choice(_WORDS)}"~{random.choice(("", "3", "99", "0", "x"))}'
        case 2:
            return f"{word}*"
        case 3:
            return f"{word}~{random.choice(('', '1', '2'))}"
        case 4:
            return f"-{word}"
        case 5:
            return f"{random.choice(_FIELDS)}:{word}"
        case 6:
            return f"{random.choice(_FIELDS)}:({word} {random.choice(_WORDS)})"
        case 7:
            return f"{random.choice(_FIELDS)}:{random.choice(('>', '<', '>=', '..'))}{word}"
        case 8:
            return f"({word} OR {random.choice(_WORDS)}"
        case _:
            return word


def _broken(random: Random, text: str) -> str:
    """Put signs into a text, or take letters out, at random places."""
    letters = list(text)
    for _ in range(random.randint(1, 8)):
        place = random.randrange(len(letters) + 1)
        if random.random() < 0.7:
            letters.insert(place, random.choice(_SIGNS + _CORNERS))
        elif letters:
            letters.pop(min(place, len(letters) - 1))
    return "".join(letters)
