"""The query language: what a person types, read into a query tree.

Never raises, whatever is typed; takes time in step with its length; says what it ignored.
`docs/search.md` shows the language by example.
"""

import re
from dataclasses import dataclass

from archive.search.lexer import LENGTH_MAX, TOKENS_MAX, Token, cut
from archive.search.terms import Complaint, chunk, quoted
from archive.search.tree import (
    All,
    Fuzzy,
    InPage,
    Near,
    Node,
    Not,
    Phrase,
    Prefix,
    all_of,
    any_of,
    wanted_text,
)
from archive.search.values import FIELDS, PAGE_FIELDS, NoVocabulary, Vocabulary, field_value
from archive.search.wording import read_as

__all__ = ["NoVocabulary", "Reading", "Vocabulary", "read"]

DEPTH_MAX = 32
PAGES_MAX = 4
COSTLY_MAX = 16  # words that each stand for many: all others are looked up, these searched for
PHRASES_MAX = 32  # each walks the places of its words in every entry that has them
_COMPLAINTS_MAX = 20
_UNKNOWN_FIELD = re.compile(r"([A-Za-z_]{2,20}):(?!//)(.*)", re.DOTALL)
_SHOWN_MAX = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """How a query was understood: its tree, one sentence, and a sentence for each ignored part."""

    tree: Node
    read_as: str
    ignored: tuple[str, ...]


def read(typed: str, vocabulary: Vocabulary | None = None) -> Reading:
    """Read a query; `vocabulary` says what values may be meant after a field."""
    tokens, complete = cut(typed, FIELDS)
    parser = _Parser(tokens, vocabulary or NoVocabulary())
    tree = parser.tree()
    if not complete:
        parser.ignore(
            typed[-_SHOWN_MAX:],
            f"A query has at most {LENGTH_MAX:,} characters and {TOKENS_MAX} words and signs.",
        )
    return Reading(tree=tree, read_as=read_as(tree), ignored=tuple(parser.ignored))


class _Parser:
    """Goes through the tokens once; brackets are the only recursion, and their depth is capped."""

    def __init__(self, tokens: list[Token], vocabulary: Vocabulary) -> None:
        self._tokens = tokens
        self._vocabulary = vocabulary
        self._place = 0
        self._depth = 0
        self._costly = 0
        self._phrases = 0
        self._pages = 0
        self._unopened = 0  # brackets beyond the greatest depth, whose partners are still to come
        self._field: str | None = None  # the field before the bracket that we are in
        self._in_page = False
        self.ignored: dict[str, None] = {}

    def ignore(self, typed: str, complaint: str) -> None:
        """Note what was ignored and what it should be, once."""
        if len(self.ignored) < _COMPLAINTS_MAX:
            shown = typed if len(typed) <= _SHOWN_MAX else f"{typed[:_SHOWN_MAX]}…"
            self.ignored[f"Ignored: `{shown}`. {complaint}"] = None

    def tree(self) -> Node:
        """Read all tokens."""
        parts: list[Node] = []
        while self._place < len(self._tokens):
            part = self._any()
            parts += [] if part is None else [part]
            if self._peek() == "close":
                self._close_nothing()
        return all_of(tuple(parts))

    def _peek(self) -> str | None:
        return self._tokens[self._place].kind if self._place < len(self._tokens) else None

    def _next(self) -> Token:
        token = self._tokens[self._place]
        self._place += 1
        return token

    def _close_nothing(self) -> None:
        token = self._next()
        if self._unopened:
            self._unopened -= 1
        else:
            self.ignore(token.typed, "A closing bracket needs an opening one, such as `(a OR b)`.")

    def _any(self) -> Node | None:
        """Read parts joined by OR, up to a closing bracket or the end."""
        parts = [self._every()]
        while self._peek() == "or":
            typed = self._next().typed
            parts.append(self._every())
            if parts[-1] is None or parts[-2] is None:
                self.ignore(typed, "It stands between two words, such as `drone OR camera`.")
        found = tuple(part for part in parts if part is not None)
        return any_of(found) if found else None

    def _every(self) -> Node | None:
        """Read parts that must all hold, with AND between them or without."""
        parts: list[Node] = []
        while self._peek() not in (None, "close", "or"):
            if self._peek() == "and":
                self._and(bool(parts))
                continue
            part = self._one()
            parts += [] if part is None else [part]
        return all_of(tuple(parts)) if parts else None

    def _and(self, has_left: bool) -> None:
        typed = self._next().typed
        if not has_left or self._peek() in (None, "close", "or", "and"):
            self.ignore(typed, "It stands between two words, such as `drone AND camera`.")

    def _one(self) -> Node | None:
        """Read one part with what negates it; of two negations nothing is left."""
        negated, typed = False, ""
        while self._peek() == "not":
            negated, typed = not negated, self._next().typed
        if typed and self._peek() in (None, "close", "or", "and"):
            self.ignore(typed, "It needs a word to exclude, such as `drone -camera`.")
            return None
        part = self._part(self._next())
        return Not(part=part) if negated and part is not None else part

    def _part(self, token: Token) -> Node | None:
        match token.kind:
            case "open":
                return self._group(token)
            case "field":
                return self._after_field(token)
            case "quoted":
                return self._understood(token.typed, self._quoted(token))
            case _:
                return self._understood(token.typed, self._word(token))

    def _understood(self, typed: str, part: Node | Complaint) -> Node | None:
        if not isinstance(part, Complaint):
            leaves = list(wanted_text(part))
            self._costly += any(isinstance(leaf, Prefix | Fuzzy | Near) for leaf in leaves)
            self._phrases += sum(isinstance(leaf, Phrase) for leaf in leaves)
            if self._costly > COSTLY_MAX:
                part = Complaint(f"A query has at most {COSTLY_MAX} words with a star or tilde.")
            elif self._phrases > PHRASES_MAX:
                part = Complaint(f"A query has at most {PHRASES_MAX} phrases.")
            else:
                return part
        self.ignore(typed, part)
        return None

    def _quoted(self, token: Token) -> Node | Complaint:
        if self._field:
            return field_value(
                self._field, token.text, self._vocabulary, in_quotes=True, near=token.near
            )
        return quoted(token.text, token.near)

    def _word(self, token: Token) -> Node | Complaint:
        if not token.text:
            return Complaint('A phrase has quotes at both ends, such as `"facial recognition"`.')
        if self._field:
            return field_value(self._field, token.text, self._vocabulary)
        unknown = _UNKNOWN_FIELD.fullmatch(token.text)
        if unknown and (unknown.group(2) or self._peek() in ("quoted", "open")):
            return self._unknown_field(*unknown.groups())
        return chunk(token.text)

    def _unknown_field(self, name: str, rest: str) -> Node | Complaint:
        self.ignore(
            f"{name}:",
            f"There is no such field; `{name}` and what follows are searched as words. "
            f"Fields are {', '.join(sorted(FIELDS))}.",
        )
        read = (chunk(name), chunk(rest))
        parts = tuple(part for part in read if not isinstance(part, Complaint))
        return all_of(parts) if parts else read[0]

    def _group(self, token: Token) -> Node | None:
        """Read what stands in brackets."""
        if self._depth == DEPTH_MAX:
            self._unopened += 1
            self.ignore(token.typed, f"Brackets may stand {DEPTH_MAX} deep.")
            return None
        self._depth += 1
        begin = self._place
        part = self._any()
        self._depth -= 1
        if self._peek() != "close":
            self.ignore(token.typed, "An opening bracket needs a closing one, such as `(a OR b)`.")
            return part
        self._next()
        if self._place == begin + 1:
            self.ignore("()", "Words stand between brackets, such as `(drone OR camera)`.")
        return part

    def _after_field(self, token: Token) -> Node | None:
        """Read the value of a field, or everything in the brackets that follow it."""
        if self._peek() not in ("word", "quoted", "open", "and", "or", "not", "field"):
            self.ignore(token.typed, f"A field needs a value, such as `{_EXAMPLES[token.text]}`.")
            return None
        if token.text == "page":
            return self._page(token)
        if self._in_page and token.text not in PAGE_FIELDS:
            self.ignore(token.typed, _OUTSIDE)
            self._skip_value()
            return None
        before, self._field = self._field, token.text
        part = self._value(token)
        self._field = before
        return part

    def _value(self, field: Token) -> Node | None:
        value = self._next()
        if value.kind == "open":
            return self._group(value)
        typed = f"{field.typed}{value.typed}"
        reader = self._quoted if value.kind == "quoted" else self._word
        return self._understood(typed, reader(value))

    def _skip_value(self) -> None:
        """Go past the value of a field that is ignored, without noting anything in it."""
        noted, before = dict(self.ignored), self._field
        self._part(self._next())
        self.ignored, self._field = noted, before

    def _page(self, token: Token) -> Node | None:
        if self._in_page or self._field:
            self.ignore(token.typed, "It stands in no other field and in no other `page:( … )`.")
            return self._part(self._next())
        self._pages += 1
        if self._pages > PAGES_MAX:
            self.ignore(token.typed, f"A query has at most {PAGES_MAX} of them.")
            self._skip_value()
            return None
        self._in_page = True
        part = self._part(self._next())
        self._in_page = False
        return None if part is None or isinstance(part, All) else InPage(part=part)


_OUTSIDE = (
    f"A page has words, and of fields only {', '.join(PAGE_FIELDS)}."
    " Put others outside of `page:( … )`."
)
_EXAMPLES = {
    **{name: f"{name}:camera" for name in FIELDS},
    "kind": "kind:award",
    "source": "source:usaspending_awards",
    "agency": "agency:ICE",
    "subagency": "subagency:7012",
    "vendor": "vendor:palantir",
    "technology": "technology:face-recognition",
    "psc": "psc:7030",
    "naics": "naics:541519",
    "state": "state:VA",
    "year": "year:2025",
    "type": "type:letter",
    "piid": "piid:70CMSD21C0001",
    "uei": "uei:ABCDEF123456",
    "id": "id:2024-ICFO-00001",
    "amount": "amount:>1m",
    "ceiling": "ceiling:>9m",
    "exemption": "exemption:b7e",
    "redacted": "redacted:>50",
    "read": "read:poorly",
    "date": "date:2024",
    "page": "page:(facial recognition)",
}
