"""The agencies that answer requests: letterhead, case numbers, habits of their letters."""

import random
from collections.abc import Callable
from dataclasses import dataclass

from tests.drawn.released.faces import HYPHENS


@dataclass(frozen=True, slots=True, kw_only=True)
class Agency:
    """One agency as its letters show it; `number` makes a case number for a fiscal year."""

    short: str
    name: str
    head: tuple[str, ...]
    number: Callable[[random.Random, int], str]
    reference: tuple[str, ...]
    signer: str
    rule: str


def _ice(chance: random.Random, year: int) -> str:
    return f"{year}-IC{chance.choice(('FO', 'FO', 'LI', 'AP'))}-{chance.randrange(1, 60000):05}"


def _cbp(chance: random.Random, year: int) -> str:
    return f"CBP-{chance.choice(('', 'FO-'))}{year}-{chance.randrange(1, 140000):06}"


def _headquarters(chance: random.Random, year: int) -> str:
    return f"{year}-HQ{chance.choice(('FO', 'FO', 'LI'))}-{chance.randrange(1, 3000):05}"


def _fbi(chance: random.Random, year: int) -> str:
    return f"1{chance.randrange(300000, 699999)}-{chance.choice((0, 0, 0, 1)):03}"


def _oip(chance: random.Random, year: int) -> str:
    if year < 2020:
        return f"DOJ-{year}-{chance.randrange(1, 9000):06}"
    return f"FOIA-{year}-{chance.randrange(1, 3000):05}"


def _secret_service(chance: random.Random, year: int) -> str:
    return f"{year}{chance.randrange(100, 1999):04}"


AGENCIES: tuple[Agency, ...] = (
    Agency(
        short="ICE",
        name="U.S. Immigration and Customs Enforcement",
        head=("Office of Information Governance and Privacy", "Washington, DC 20536"),
        number=_ice,
        reference=("RE: ICE FOIA Case Number {number}", "Re: ICE FOIA Case No. {number}"),
        signer="ICE FOIA Officer",
        rule="6 C.F.R. § 5.8",
    ),
    Agency(
        short="CBP",
        name="U.S. Customs and Border Protection",
        head=("FOIA Division", "Washington, DC 20229"),
        number=_cbp,
        reference=("RE: FOIA request {number}", "{number}"),
        signer="Branch Chief, FOIA Division",
        rule="6 C.F.R. § 5.8",
    ),
    Agency(
        short="DHS",
        name="U.S. Department of Homeland Security",
        head=("Privacy Office, Mail Stop 0655", "Washington, DC 20528"),
        number=_headquarters,
        reference=("Re: {number}", "RE: DHS FOIA Case Number {number}"),
        signer="Senior Director, FOIA Operations",
        rule="6 C.F.R. § 5.8",
    ),
    Agency(
        short="FBI",
        name="Federal Bureau of Investigation",
        head=("U.S. Department of Justice", "Washington, D.C. 20535"),
        number=_fbi,
        reference=("FOIPA Request No.: {number}",),
        signer="Section Chief, Record/Information Dissemination Section",
        rule="28 C.F.R. § 16.8",
    ),
    Agency(
        short="DOJ",
        name="U.S. Department of Justice",
        head=("Office of Information Policy", "Washington, DC 20530"),
        number=_oip,
        reference=("Re: {number}", "RE: FOIA request {number}"),
        signer="Chief, Initial Request Staff",
        rule="28 C.F.R. § 16.8",
    ),
    Agency(
        short="USSS",
        name="United States Secret Service",
        head=("Freedom of Information Act Program", "Washington, D.C. 20223"),
        number=_secret_service,
        reference=("File Number: {number}", "FOIA File Number: {number}"),
        signer="FOIA Officer",
        rule="6 C.F.R. § 5.8",
    ),
)


def with_other_hyphens(chance: random.Random, number: str, *, has_all: bool) -> str:
    """Write a number with one of the other hyphens of Unicode, as word processors do."""
    return number.replace("-", chance.choice(HYPHENS) if has_all else "\u2013")
