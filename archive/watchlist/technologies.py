"""Surveillance technologies, and the tags that the words and the vendor of an award earn.

Strong words and names of products count by themselves; weak ones only beside words that give them
their meaning, or in an award to a vendor who sells the technology. A vendor alone is enough only
where nearly everything it sells is watched, and the text says nothing.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import blake2b
from typing import Literal

from archive.watchlist.loading import Fields, WatchlistError, entries, key_of
from archive.watchlist.phrases import Found, Phrases, printed, tokens
from archive.watchlist.vendors import Vendor, vendor_of, vendors

Tier = Literal["strong", "weak+context", "vendor"]
_Role = Literal["strong", "weak", "context", "negative"]

# Furniture: "workstations for the forensic laboratory" in PSC 7110 are tables.
_FURNITURE = "71"


@dataclass(frozen=True, slots=True, kw_only=True)
class Technology:
    """A technology by id, and the phrases that speak for and against it."""

    id: str
    label: str
    definition: str
    aliases: tuple[str, ...]
    strong: tuple[str, ...]
    weak: tuple[str, ...]
    context: tuple[str, ...]
    negative: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tag:
    """A technology that an award earned: by which rule, on which words as printed, how surely.

    `rule` is the phrase as the watchlist has it, or the id of the vendor; `matched` is then "".
    """

    technology: str
    rule: str
    matched: str
    tier: Tier


@dataclass(frozen=True, slots=True)
class _Rule:
    technology: str
    role: _Role
    phrase: str


@cache
def technologies() -> Mapping[str, Technology]:
    """Give all technologies by id, in the order of the file."""
    _, found = entries("technologies")
    return {one.id: one for one in map(_technology, found)}


@cache
def version() -> int:
    """Give the version of the list of technologies."""
    return entries("technologies")[0]


@cache
def fingerprint() -> str:
    """Give a name of what the lists say, that changes whenever another technology may be named."""
    said = repr((list(technologies().values()), list(vendors().values())))
    return blake2b(said.encode(), digest_size=8).hexdigest()


@cache
def labels() -> Mapping[str, str]:
    """Give the labels of all technologies by id."""
    return {one.id: one.label for one in technologies().values()}


def tag(text: str, vendor_name: str = "", vendor_uei: str = "", psc: str = "") -> tuple[Tag, ...]:
    """Find the technologies that a text and its vendor speak of, by where they are first named."""
    if psc.startswith(_FURNITURE):
        return ()
    words = tokens(text)
    found = _rules().find(words)
    vendor = vendor_of(vendor_name, vendor_uei) if vendor_name or vendor_uei else None
    tags = tuple(_from_words(text, found, vendor)) if found else ()
    if tags or vendor is None or not vendor.is_pure_play:
        return tags
    denied = {one.meaning.technology for one in found if one.meaning.role == "negative"}
    return tuple(
        Tag(technology=technology, rule=vendor.id, matched="", tier="vendor")
        for technology in vendor.technologies
        if technology not in denied
    )


def named_outright(texts: Iterable[str]) -> set[str]:
    """Give the technologies for which some text has strong words: those of `tag` by that tier.

    Of a long document this is a fifth of the work: most texts have no strong words, and most other
    words mean something only beside them.
    """
    named: set[str] = set()
    for text in texts:
        words = tokens(text)
        strong = _rules_of("strong").find(words)
        if {one.meaning.technology for one in strong} - named:
            against = _rules_of("negative").find(words)
            named.update(one.meaning.technology for one in _standing(strong, against))
    return named


def _standing(
    found: Sequence[Found[_Rule]], against: Sequence[Found[_Rule]]
) -> Sequence[Found[_Rule]]:
    """Leave out whatever shares a word with a phrase that speaks against its technology."""
    return [
        one
        for one in found
        if not any(
            one.start < bad.end
            and bad.start < one.end
            and one.meaning.technology == bad.meaning.technology
            for bad in against
        )
    ]


def _from_words(text: str, found: Sequence[Found[_Rule]], vendor: Vendor | None) -> Iterator[Tag]:
    strong = [one for one in found if one.meaning.role == "strong"]
    by_technology: dict[str, list[Found[_Rule]]] = {
        one.meaning.technology: [] for one in found if one.meaning.role in ("strong", "weak")
    }
    for one in found:
        if (own := by_technology.get(one.meaning.technology)) is not None:
            own.append(one)
    for technology, own in by_technology.items():
        left = _standing(own, [one for one in own if one.meaning.role == "negative"])
        chosen = _first(left, "strong")
        tier: Tier = "strong"
        if chosen is None and (_first(left, "context") or _sells(vendor, technology)):
            chosen, tier = _first(_outside(strong, left), "weak"), "weak+context"
        if chosen is not None:
            yield Tag(
                technology=technology,
                rule=chosen.meaning.phrase,
                matched=printed(text, chosen.start, chosen.end),
                tier=tier,
            )


def _outside(strong: Sequence[Found[_Rule]], own: Sequence[Found[_Rule]]) -> Sequence[Found[_Rule]]:
    """Leave out weak words inside a strong phrase of another technology.

    "Falcon" is a camera and a database; "Falcon operations and maintenance" is the database.
    """
    return [
        one
        for one in own
        if one.meaning.role == "weak"
        and not any(other.start <= one.start and one.end <= other.end for other in strong)
    ]


def _first(found: Sequence[Found[_Rule]], role: _Role) -> Found[_Rule] | None:
    """Give the first of a role; of those that begin together, the longest."""
    wanted = [one for one in found if one.meaning.role == role]
    return min(wanted, key=lambda one: (one.start, -one.end), default=None)


def _sells(vendor: Vendor | None, technology: str) -> bool:
    """Say whether a vendor is known for a technology; what a reseller sells says nothing."""
    return vendor is not None and vendor.role != "reseller" and technology in vendor.technologies


@cache
def _rules() -> Phrases[_Rule]:
    for vendor in vendors().values():
        for unknown in set(vendor.technologies) - technologies().keys():
            raise WatchlistError(f"watchlist/vendors.yaml: {vendor.id}: no technology {unknown!r}.")
    return _rules_of("strong", "weak", "context", "negative")


@cache
def _rules_of(*roles: _Role) -> Phrases[_Rule]:
    return Phrases(
        [
            (phrase, _Rule(one.id, role, phrase))
            for one in technologies().values()
            for role, phrases in _by_role(one)
            for phrase in phrases
            if role in roles
        ]
    )


def _by_role(one: Technology) -> Iterator[tuple[_Role, tuple[str, ...]]]:
    yield "strong", one.strong
    yield "weak", one.weak
    yield "context", one.context
    yield "negative", one.negative


def _technology(fields: Fields) -> Technology:
    keywords = fields.table("keywords")
    products, ambiguous = fields.texts("products"), fields.texts("ambiguous_products")
    sure = [name for name in products if name not in ambiguous and "(" not in name]
    # "Phantom (NSO)": the name in brackets says that the name before them is not enough.
    unsure = [name.split(" (")[0] for name in (*products, *ambiguous) if name not in sure]
    technology = Technology(
        id=key_of(fields),
        label=fields.text("label"),
        definition=fields.text("definition"),
        aliases=fields.texts("aliases"),
        strong=(*keywords.texts("strong"), *sure),
        weak=tuple(dict.fromkeys((*keywords.texts("weak"), *unsure))),
        context=keywords.texts("context"),
        negative=keywords.texts("negative"),
    )
    keywords.close()
    _hints(fields)
    fields.drop("atlas_category", "sources")
    fields.close()
    return technology


def _hints(fields: Fields) -> None:
    """Check the codes that a technology is often bought under; they never speak for it."""
    for hint in (*fields.tables("psc"), *fields.tables("naics")):
        hint.text("code")
        hint.text("name")
        hint.close()
