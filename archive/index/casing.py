"""Brings what sources print in capitals down to sentence case, as far as that is surely right.

Only common words are lowered. Names are written as names where the award, the watchlist or the map
knows them; whatever is not known (brands, abbreviations, misprints) stays as it is printed.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from itertools import chain, pairwise

from archive.index.words import COMMON
from archive.search.analysis import stem
from archive.watchlist.agencies import agencies
from archive.watchlist.places import STATES
from archive.watchlist.vendors import vendors

# Abbreviations that are spelt like common words; all others are kept because they are none.
_ABBREVIATIONS = """
AC AI CLEAR ERO FAR HSI ICE ID II III IT ITAR IV LED LOC PO POP RAID RAM SAN SAP SAR SET SIM SOC SOW
SWAT UPS US VA
"""
# Names that many awards speak of, as they are written; parted by semicolons.
_NAMES = """
404 Media; American; Angola; Anoka; April; August; Aurora; Baltimore; Berks; Boston; Brooklyn;
Buffalo; Chicago; Cisco; Cuban; Dallas; December; Dell; Denver; Detroit; El Centro; El Paso; El
Salvador; English; February; Federal Bureau of Prisons; Florence; Friday; Guantanamo; Harlingen;
Harpers Ferry; Houston; January; July; June; Kansas City; Krome; Laredo; Las Vegas; Los Angeles;
Los Fresnos; Luger; Mexican; Mexico; Miami; Microsoft; Monday; Motorola; New Orleans; New York
City; Newark; November; October; Oracle; Orlando; Philadelphia; Phoenix; Port Isabel; Puerto Rico;
Remington; Salt Lake City; San Antonio; San Diego; San Francisco; San Jose; San Juan; San Pedro;
Saturday; Seattle; September; Spanish; St. Louis; St. Paul; Sunday; Tacoma; Tampa; Thursday;
Tucson; Tuesday; United States; Wednesday; Winchester
"""
# Behind an unknown word these are the second half of its name: "HARROW LANE", "KOONCE RD".
_ENDS_A_NAME = frozenset(
    {"AVENUE", "BUILDING", "CENTER", "FARM", "HALL", "HOUSE", "LANE", "PARK", "POST", "RANGE"}
    | {"ROAD", "SQUARE", "STREET", "TOWER"}
)
_BEGINS_A_NAME = frozenset({"FORT", "FT", "MOUNT", "MT", "CAMP", "LAKE", "SAINT", "ST"})
_OF_PLACES = frozenset({"DEL", "EL", "LA", "LAS", "LOS", "MAY", "SAN", "ST", "FT", "MT"})
_LEGAL_FORMS = frozenset(
    {
        "INC",
        "INCORPORATED",
        "CORP",
        "CORPORATION",
        "CO",
        "COMPANY",
        "LLC",
        "LLP",
        "LP",
        "LTD",
        "THE",
    }
)
_SMALL = frozenset({"and", "at", "for", "in", "of", "on", "the", "to"})
_TOKEN = re.compile(r"^(\W*)(.*?)(\W*)$")
_ENDS_A_SENTENCE = re.compile(r"[.!?][)\"']*$")
# A full stop behind these ends no sentence.
_CUT_SHORT = frozenset(
    {"APPROX", "BLDG", "CAL", "CO", "CORP", "DEPT", "EST", "EXT", "FT", "GR", "INC", "INCL", "MIN"}
    | {"MR", "MRS", "MS", "NO", "ST", "VS"}
)

Phrases = Mapping[str, Sequence[tuple[tuple[str, ...], tuple[str, ...]]]]


def sentence_case(words: str, names: tuple[str, ...] = ()) -> str:
    """Write capitals in sentence case; `names` are those that the award itself knows.

    Where fewer than half of the words are known, all stay as they are printed.
    """
    tokens = [_Token(word) for word in words.split(" ")]
    written = list(_written(tokens, _own_phrases(names)))
    lettered = [one for one in tokens if one.has_letters]
    known = sum(1 for one, text in zip(tokens, written, strict=True) if text != one.printed)
    if 2 * known < len([one for one in lettered if not is_abbreviation(one.core)]):
        return words
    return " ".join(_with_capitals(tokens, written))


def name_case(name: str) -> str:
    """Write a name in capitals as names are written: "EL PASO" as "El Paso"."""
    return " ".join(_named(word) for word in name.split()) if name.isupper() else name


def is_abbreviation(word: str) -> bool:
    """Tell whether a word in capitals is surely one: it is listed, or has no vowel."""
    return word in _abbreviations() or (1 < len(word) < 6 and not set(word) & set("AEIOUY"))


class _Token:
    """One printed word: what stands before it, its core, and what stands behind it."""

    def __init__(self, printed: str) -> None:
        self.printed = printed
        found = _TOKEN.match(printed)
        self.before, self.core, self.behind = found.groups() if found else ("", printed, "")

    @property
    def has_letters(self) -> bool:
        return any(sign.isalpha() for sign in self.core)

    @property
    def ends_a_sentence(self) -> bool:
        is_cut = self.core in _CUT_SHORT or len(self.core) < 2 or "." in self.core
        return bool(_ENDS_A_SENTENCE.search(self.behind)) and not is_cut


def _written(tokens: Sequence[_Token], own: Phrases) -> Iterator[str]:
    """Walk the tokens as they are to be written, names first."""
    place = 0
    while place < len(tokens):
        name = _name_at(tokens, place, own) or _name_at(tokens, place, _known_names())
        if name:
            for token, word in zip(tokens[place : place + len(name)], name, strict=True):
                yield token.before + word + token.behind
            place += len(name)
        else:
            yield _one(tokens, place)
            place += 1


def _name_at(tokens: Sequence[_Token], place: int, phrases: Phrases) -> tuple[str, ...]:
    """Give the name that begins at a place, as it is written; () where none does."""
    for cores, name in phrases.get(tokens[place].core.removesuffix("'S"), ()):
        found = tokens[place : place + len(cores)]
        *before, last = (one.core for one in found)
        parted = any(one.behind.strip(".") or two.before for one, two in pairwise(found))
        if (*before, last.removesuffix("'S")) == cores and not parted:
            return (*name[:-1], name[-1] + ("'s" if last.endswith("'S") else ""))
    return ()


def _one(tokens: Sequence[_Token], place: int) -> str:
    token = tokens[place]
    before = tokens[place - 1] if place else None
    if before and before.core.isalpha() and token.core in _ENDS_A_NAME and _is_unknown(before):
        return token.printed
    if before and before.core in _BEGINS_A_NAME and not _is_common(token):
        return token.before + _named(token.core) + token.behind
    if token.core in _BEGINS_A_NAME and place + 1 < len(tokens):
        follows = tokens[place + 1]
        is_name = follows.has_letters and not _is_common(follows)
        return token.before + _named(token.core) + token.behind if is_name else token.printed
    if token.core in ("IN", "OR") and before and before.behind.endswith(","):
        is_state = place + 1 == len(tokens) or token.behind
        return token.printed if is_state else token.printed.lower()
    if token.core == "MAY" and place + 1 < len(tokens) and tokens[place + 1].core.isdigit():
        return token.before + _named(token.core) + token.behind
    return token.printed.lower() if _is_common(token) else token.printed


def _is_common(token: _Token) -> bool:
    """Tell whether a word is surely a common one, each of its parts if it has several."""
    parts = re.split(r"[-/]", token.core)
    if len(parts) > 1:
        return all(part == "" or (len(part) > 1 and _is_common_word(part)) for part in parts)
    return _is_common_word(token.core)


def _is_unknown(token: _Token) -> bool:
    """Tell whether a word is neither a common one nor an abbreviation: part of a name, perhaps."""
    return not _is_common(token) and not is_abbreviation(token.core)


@lru_cache(maxsize=4_096)
def _is_common_word(word: str) -> bool:
    bare = word.removesuffix("'S").removesuffix("\u2019S")
    if bare == "A":
        return True
    return bare.isalpha() and len(bare) > 1 and not is_abbreviation(bare) and _is_listed(bare)


def _is_listed(word: str) -> bool:
    return stem(word.lower()) in _common()


def _with_capitals(tokens: Sequence[_Token], written: Sequence[str]) -> Iterator[str]:
    """Walk the words with a capital at the beginning of each sentence."""
    begins = True
    for token, text in zip(tokens, written, strict=True):
        if begins and token.core:
            first = len(token.before)
            text = text[:first] + text[first : first + 1].upper() + text[first + 1 :]
            begins = False
        begins = begins or token.ends_a_sentence
        yield text


def _readings(name: str) -> Iterator[str]:
    """Walk the ways in which an award speaks of a name: whole, its beginning, a word of it."""
    words = [one for one in re.sub(r"[,.]", " ", name).split() if one.upper() not in _LEGAL_FORMS]
    written = [_named(word.upper()) if word.isupper() else word for word in words]
    for count in range(len(words), 1, -1):
        yield " ".join(written[:count])
    for one in written:
        if len(one) > 3 and one.isalpha() and not _is_listed(one):
            yield one


def _named(word: str) -> str:
    """Write one word of a name in capitals as names are written."""
    if word not in _OF_PLACES and is_abbreviation(word):
        return word
    if any(sign.isdigit() or sign in "&/" for sign in word):
        return word
    if word.lower() in _SMALL:
        return word.lower()
    parts = [part.capitalize() for part in word.split("-")]
    return re.sub(r"\bMc([a-z])(?=\w{3})", lambda one: f"Mc{one[1].upper()}", "-".join(parts))


@lru_cache(maxsize=4_096)
def _own_phrases(names: tuple[str, ...]) -> Phrases:
    return _phrases(chain.from_iterable(map(_readings, names)))


def _phrases(names: Iterable[str]) -> Phrases:
    """Arrange names by their first word, the longest first."""
    found: dict[str, dict[tuple[str, ...], tuple[str, ...]]] = {}
    for name in names:
        written = tuple(name.replace("St. ", "St ").split())
        cores = tuple(word.upper() for word in written)
        if cores:
            found.setdefault(cores[0], {})[cores] = written
    return {
        first: sorted(several.items(), key=lambda one: -len(one[0]))
        for first, several in found.items()
    }


@cache
def _known_names() -> Phrases:
    """Give states, watched vendors and their products, and names that many awards speak of.

    Single words that are common ones too (Aware, Siren) are no names here.
    """
    listed = [name.strip() for name in " ".join(_NAMES.split()).split(";")]
    watched = [
        name.partition(" (")[0] for one in vendors().values() for name in (one.name, *one.products)
    ]
    told = [name for name in watched if " " in name or not _is_listed(name)]
    return _phrases([*told, *STATES.values(), *listed])


@cache
def _common() -> frozenset[str]:
    return frozenset(map(stem, COMMON.split()))


@cache
def _abbreviations() -> frozenset[str]:
    """Give abbreviations of the field, and of every agency of the watchlist."""
    short_names = {one.short_name for one in agencies().values()}
    return frozenset(_ABBREVIATIONS.split()) | {name for name in short_names if name.isupper()}
