"""Compose awards and documents of any number, the same for the same seed; nothing is stored.

Words follow Zipf's law as in English, vendors, agencies and subjects are as unequal as in real
rows, amounts are log-normal. Vendors and numbers are made up; agencies and their codes are public.
"""

import hashlib
from bisect import bisect
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache, cached_property
from itertools import accumulate, product
from random import Random

import numpy as np

from archive.identifiers import award_key, idv_key, is_uei
from archive.watchlist.agencies import Agency, agencies
from crawlers.usaspending.files.summary_columns import KEPT, LEFT_OUT, READ

VENDORS, WORDS = 3_000, 60_000
_CHUNK = 1_000  # awards or documents that share a random state, so that any part can be composed
_FIRST_DAY = date(2008, 10, 1)
_DAYS = 6_600
_TYPO = 0.004  # as a good OCR leaves them

# The commonest English words, commonest first; then words of the field; then composed ones.
_COMMON = (
    "the of and to in a is that for it as was with be by on not he his but at are this have from or"
    " had an they which you were all their there been if more when will would who so no may any"
    " such these under upon shall other than into its only must each per"
)
_FIELD = (
    "contract services support system order software agency federal equipment data security record"
    " maintenance request information office license law enforcement management program training"
    " department section technical period performance government vendor price line annual task"
    " renewal access network subject requirement report review officer release installation camera"
    " analysis investigation field operations vehicle base option year quantity delivery purchase"
    " mission critical hardware subscription user platform mobile device database reader search"
    " legal notice public response withheld exemption page document attachment copy letter region"
    " border immigration customs detention facility removal national district county state police"
)
SUBJECTS = (
    "license plate reader",
    "facial recognition software",
    "mobile device forensic software",
    "body worn camera",
    "social media monitoring",
    "cell site simulator",
    "case management system",
    "surveillance tower maintenance",
    "video surveillance system",
    "ankle monitor program",
    "commercial location data",
    "unmanned aircraft system",
    "fingerprint scanner",
    "people search subscription",
    "gunshot detection service",
    "rapid dna instrument",
    "title iii translation",
    "x ray scanner",
    "gps tracking device",
    "data analytics platform",
    "iris recognition camera",
    "link analysis software",
    "through wall radar",
    "voice analytics service",
    "counter drone equipment",
)
_STATES = "VA DC TX CA MD FL NY AZ GA IL PA NJ WA CO MA OH NC MI LA NM TN MN SC OK AL"
_PAPERS = ("letter", "contract", "policy", "log", "form", "invoice", "email", "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Award:
    """An award as composed; the summary row and the index entry are made of it."""

    key: str
    piid: str
    is_idv: bool
    type_code: str
    description: str
    obligated_cents: int
    potential_cents: int
    signed_on: date
    acted_on: date
    agency: Agency
    department: Agency
    vendor: int
    psc: str
    naics: str
    state: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A released document as composed; pages are plain text."""

    sha256: str
    bytes: bytes
    title: str
    type: str
    agency: Agency
    released_on: date
    pages: tuple[str, ...]

    def without_pages(self) -> "Document":
        """Give the document without its text."""
        return replace(self, pages=())


class Draw:
    """Draws values of which few are common: the one of rank r about 1 / (r + shift) ** slope."""

    def __init__(self, count: int, slope: float = 1.0, shift: float = 2.7) -> None:
        weights = [1 / (rank + shift) ** slope for rank in range(1, count + 1)]
        self._sums = list(accumulate(weights))
        self._numpy = np.array(self._sums) / self._sums[-1]

    def one(self, random: Random) -> int:
        """Draw one rank, from 0."""
        return bisect(self._sums, random.random() * self._sums[-1])

    def many(self, state: np.random.Generator, count: int) -> list[int]:
        """Draw many ranks, from 0."""
        ranks = np.searchsorted(self._numpy, state.random(count), side="right")
        found: list[int] = np.minimum(ranks, len(self._sums) - 1).tolist()
        return found


class World:
    """All that is drawn from: words, vendors, agencies, codes."""

    def __init__(self, seed: int = 7) -> None:
        self.seed = seed
        self._random = Random(seed)
        self.words = self._composed_words()
        self.word_draw = Draw(len(self.words), slope=1.05)
        self.agencies = [one for one in agencies().values() if one.facet == "subagency"]
        self.agency_draw = Draw(len(self.agencies), slope=1.2, shift=1.0)
        self.vendor_draw = Draw(VENDORS, slope=0.9)
        self.subject_draw = Draw(len(SUBJECTS), slope=0.8)
        self.psc = [f"{letter}{n:03d}" for letter in "DRJU7" for n in range(10, 90)]
        self.naics = [f"{n}" for n in range(541110, 541990, 4)]
        self.code_draw = Draw(200, slope=1.0)

    def _composed_words(self) -> list[str]:
        """Give words by rank: true ones first, then stems with the endings that a stemmer folds."""
        starts = [a + b for a, b in product("bcdfghklmnprstvw", "aeiou")]
        middles = [a + b for a, b in product("bcdglmnprstvz", "aeiou")]
        ends = ["n", "l", "r", "t", "nd", "st", "ck", "rm", "ve", "se", "on", "ic"]
        endings = ["", "s", "ed", "ing", "er", "ment", "tion", "ly"]
        stems = {
            self._random.choice(starts) + self._random.choice(middles) + self._random.choice(ends)
            for _ in range(2 * WORDS)
        }
        composed = [stem + ending for stem in sorted(stems) for ending in endings]
        self._random.shuffle(composed)
        return list(dict.fromkeys([*_COMMON.split(), *_FIELD.split(), *composed]))[:WORDS]

    @cached_property
    def vendors(self) -> list[tuple[str, str]]:
        """Give (name, UEI) of all vendors."""
        return [(self._vendor_name(), self._uei()) for _ in range(VENDORS)]

    def _vendor_name(self) -> str:
        first, second = (self._random.choice(self.words[200:20_000]) for _ in range(2))
        form = self._random.choice(("INC.", "LLC", "CORPORATION", "LTD"))
        return f"{first} {second} {form}".upper()

    def _uei(self) -> str:
        letters = "ABCDEFGHJKLMNPQRSTUVWXYZ123456789"
        while True:
            stem = "".join(self._random.choices(letters, k=11))
            for last in "123456789":
                if is_uei(stem + last):
                    return stem + last

    def department_of(self, agency: Agency) -> Agency:
        """Give the department of an agency; the armed services have codes of their own."""
        known = agencies()
        return known.get(f"0{agency.code[:2]}") or known["097"]

    def text(self, state: np.random.Generator, count: int) -> list[str]:
        """Give words of running text, with the typos of a good OCR."""
        words = [self.words[rank] for rank in self.word_draw.many(state, count)]
        for place in np.flatnonzero(state.random(count) < _TYPO).tolist():
            word = words[place]
            words[place] = word[1::-1] + word[2:]
        return words


def awards(world: World, count: int) -> Iterator[Award]:
    """Compose awards, one at a time."""
    for number in range(count):
        if number % _CHUNK == 0:
            random = Random(f"{world.seed} awards {number}")
            state = np.random.default_rng([world.seed, 1, number])
        yield _award(world, number, random, state)


def _award(world: World, number: int, random: Random, state: np.random.Generator) -> Award:
    agency = world.agencies[world.agency_draw.one(random)]
    signed = _FIRST_DAY + timedelta(days=int(_DAYS * random.random() ** 0.6))
    is_idv = random.random() < 0.08
    cents = int(np.clip(state.lognormal(14.5, 2.2), 100, 1e13))
    piid = f"{agency.code[:2]}XX00{signed:%y}{'D' if is_idv else 'P'}{number:08d}"
    key = idv_key(piid=piid, agency=agency.code)
    words = world.text(state, 3 + int(state.exponential(9)))
    if random.random() < 0.35:
        words.insert(random.randrange(len(words)), SUBJECTS[world.subject_draw.one(random)])
    return Award(
        key=key if is_idv else award_key(piid=piid, agency=agency.code),
        piid=piid,
        is_idv=is_idv,
        type_code=random.choice(("A", "B", "B_A", "B_B", "C", "E") if is_idv else "ABBCCCD"),
        description=" ".join(words).upper(),
        obligated_cents=-cents // 9 if random.random() < 0.04 else cents,
        potential_cents=int(cents * (1 + random.random() * 3)),
        signed_on=signed,
        acted_on=min(signed + timedelta(days=random.randrange(1500)), date(2026, 11, 1)),
        agency=agency,
        department=world.department_of(agency),
        vendor=world.vendor_draw.one(random),
        psc=world.psc[world.code_draw.one(random)],
        naics=world.naics[world.code_draw.one(random)],
        state=_STATES[3 * min(int(random.expovariate(0.2)), 24) :][:2],
    )


@cache
def header() -> tuple[str, ...]:
    """Give the columns of the file of prime award summaries, with those that are not read."""
    kept = [column for column, _ in KEPT.values()]
    return tuple(dict.fromkeys([*READ, *kept, *" ".join(LEFT_OUT.values()).split()]))


@cache
def _filling() -> Mapping[str, str]:
    """Give what real files mostly say in columns that are not read: they make up the bytes."""
    flags = ("_business", "_owned_firm", "_government", "_organization", "_college", "_institution")
    return {
        name: "f" if name.endswith(flags) else "X" if name.endswith("_code") else "NOT APPLICABLE"
        for name in header()
    }


def summary_row(world: World, award: Award) -> list[str]:
    """Give an award as a row of the file of prime award summaries."""
    name, uei = world.vendors[award.vendor]
    idv_type, _, idc_type = award.type_code.partition("_")
    said = {
        **dict.fromkeys((column for column, _ in KEPT.values()), ""),
        "contract_award_unique_key": award.key,
        "parent_award_agency_id": "",
        "ordering_period_end_date": "",
        "award_or_idv_flag": "IDV" if award.is_idv else "AWARD",
        "award_type_code": "" if award.is_idv else award.type_code,
        "idv_type_code": idv_type if award.is_idv else "",
        "type_of_idc_code": idc_type if award.is_idv else "",
        "last_modified_date": f"{award.acted_on} 10:00:00",
        "award_id_piid": award.piid,
        "prime_award_base_transaction_description": award.description,
        "total_obligated_amount": f"{award.obligated_cents / 100:.2f}",
        "potential_total_value_of_award": f"{award.potential_cents / 100:.2f}",
        "award_base_action_date": f"{award.signed_on}",
        "award_latest_action_date": f"{award.acted_on}",
        "recipient_name": name,
        "recipient_uei": uei,
        "sole_proprietorship": "f",
        "primary_place_of_performance_state_code": award.state,
        "primary_place_of_performance_country_code": "USA",
        "product_or_service_code": award.psc,
        "product_or_service_code_description": f"COMPOSED SERVICE {award.psc}",
        "naics_code": award.naics,
        "naics_description": f"COMPOSED INDUSTRY {award.naics}",
        "number_of_offers_received": "3",
    }
    for role in ("awarding", "funding"):
        said[f"{role}_agency_code"] = award.department.code
        said[f"{role}_agency_name"] = award.department.name
        said[f"{role}_sub_agency_code"] = award.agency.code
        said[f"{role}_sub_agency_name"] = award.agency.name
        said[f"{role}_office_code"] = f"{award.agency.code}00"
        said[f"{role}_office_name"] = f"OFFICE OF {award.agency.short_name} CONTRACTS"
    return list({**_filling(), **said}.values())


def documents(world: World, first: int, last: int) -> Iterator[Document]:
    """Compose the documents from number `first` to before `last`, one at a time."""
    for number in range(first, last):
        random = Random(f"{world.seed} documents {number}")
        yield _document(world, number, random, np.random.default_rng([world.seed, 2, number]))


def _document(world: World, number: int, random: Random, state: np.random.Generator) -> Document:
    agency = world.agencies[world.agency_draw.one(random)]
    subjects = [SUBJECTS[world.subject_draw.one(random)] for _ in range(random.randint(1, 3))]
    released = _FIRST_DAY + timedelta(days=int(_DAYS * random.random() ** 0.5))
    # Most releases are short and a few very long: 9.5 pages on average.
    pages = max(1, min(400, int(state.lognormal(1.61, 1.2))))
    body = f"%PDF-composed {world.seed} {number}".encode()
    return Document(
        sha256=hashlib.sha256(body).hexdigest(),
        bytes=body,
        title=f"{random.choice(('Release', 'Records', 'Letter'))} on {subjects[0]}, {number}",
        type=random.choice(_PAPERS),
        agency=agency,
        released_on=released,
        pages=tuple(_page(world, subjects, random, state) for _ in range(pages)),
    )


def _page(world: World, subjects: Sequence[str], random: Random, state: np.random.Generator) -> str:
    count = max(20, min(1_200, int(state.lognormal(5.6, 0.5))))
    words = world.text(state, count)
    for place in range(14, count, 15):
        words[place] += "."
    for _ in range(random.choice((0, 0, 1, 1, 2))):
        words[random.randrange(count)] = random.choice(subjects)
    lines = (" ".join(words[start : start + 12]) for start in range(0, count, 12))
    return "\n".join(lines)
