"""Agencies as USAspending names them: the table by which `--agency` is understood.

Names must be exact: a search for a sub-tier agency under `toptier`, or under another spelling,
silently finds nothing. Source: `references/toptier_agencies/` and the agency codes of FPDS.
"""

from dataclasses import dataclass

from archive.errors import BadRequest
from archive.watchlist import agencies as watchlist


@dataclass(frozen=True, slots=True, kw_only=True)
class Agency:
    """An agency by its code: four characters of a sub-tier agency, three digits of a top tier."""

    code: str
    name: str
    abbreviation: str
    toptier_code: str

    @property
    def tier(self) -> str:
        """Either toptier or subtier, in USAspending's words."""
        return "toptier" if self.code == self.toptier_code else "subtier"


_TABLE = """
070 070 DHS Department of Homeland Security
7001 070 OPO Office of Procurement Operations
7002 070 OS Immediate Office of the Secretary
7003 070 USCIS U.S. Citizenship and Immigration Services
7004 070 IG Office of the Inspector General
7008 070 USCG U.S. Coast Guard
7009 070 USSS U.S. Secret Service
7012 070 ICE U.S. Immigration and Customs Enforcement
7013 070 TSA Transportation Security Administration
7014 070 CBP U.S. Customs and Border Protection
7015 070 FLETC Federal Law Enforcement Training Center
7022 070 FEMA Federal Emergency Management Agency
015 015 DOJ Department of Justice
1501 015 OBD Offices, Boards and Divisions
1524 015 DEA Drug Enforcement Administration
1540 015 BOP Federal Prison System / Bureau of Prisons
1544 015 USMS U.S. Marshals Service
1549 015 FBI Federal Bureau of Investigation
1550 015 OJP Office of Justice Programs
1560 015 ATF Bureau of Alcohol, Tobacco, Firearms and Explosives Acquisition and Property \
Management Division
047 047 GSA General Services Administration
4730 047 FSS Federal Acquisition Service
4732 047 FAS Federal Acquisition Service
4740 047 PBS Public Buildings Service
097 097 DOD Department of Defense
020 020 TREAS Department of the Treasury
019 019 DOS Department of State
036 036 VA Department of Veterans Affairs
3600 036 VAD Department of Veterans Affairs
014 014 DOI Department of the Interior
1406 014 DOIOPS Departmental Offices
075 075 HHS Department of Health and Human Services
080 080 NASA National Aeronautics and Space Administration
8000 080 NASAC National Aeronautics and Space Administration
"""


def _read(line: str) -> Agency:
    code, toptier_code, abbreviation, name = line.split(" ", 3)
    return Agency(code=code, toptier_code=toptier_code, abbreviation=abbreviation, name=name)


AGENCIES: tuple[Agency, ...] = tuple(_read(line) for line in _TABLE.strip().splitlines())
BY_CODE = {agency.code: agency for agency in AGENCIES}


def agency_named(words: str) -> Agency:
    """Find an agency by code, abbreviation, name or alias, whatever the case.

    Raises:
        BadRequest: no agency of the table is called that.
    """
    wanted = words.strip().casefold()
    for agency in AGENCIES:
        if wanted in (agency.code, agency.abbreviation.casefold(), agency.name.casefold()):
            return agency
    meant = watchlist.find(words)  # knows aliases: "Homeland Security Investigations" is ICE
    if len(meant) == 1 and meant[0].code in BY_CODE:
        return BY_CODE[meant[0].code]
    known = ", ".join(agency.abbreviation for agency in AGENCIES)
    raise BadRequest(f"{watchlist.unknown(words)} Those that can be asked for: {known}.")


def toptier_of(agency: Agency) -> Agency:
    """Give the top-tier agency that an agency belongs to; of a top tier, itself."""
    return BY_CODE[agency.toptier_code]
