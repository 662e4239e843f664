"""Exemptions: which one covers what, and the many ways in which agencies print them."""

import random
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

Codes: TypeAlias = tuple[str, ...]

# By regime: what is withheld → the exemptions that are claimed for it.
_LAW: Mapping[str, Sequence[Codes]] = {
    "person": (("(b)(6)", "(b)(7)(C)"), ("(b)(7)(C)",), ("(b)(6)", "(b)(7)(C)")),
    "phone": (("(b)(6)", "(b)(7)(C)"),),
    "technique": (("(b)(7)(E)",), ("(b)(7)(E)",), ("(b)(3)", "(b)(7)(E)")),
    "system": (("(b)(7)(E)",),),
    "place": (("(b)(7)(E)",), ("(b)(7)(F)",)),
    "price": (("(b)(4)",),),
    "deliberation": (("(b)(5)",), ("(b)(5)", "(b)(7)(A)")),
    "source": (("(b)(7)(D)",),),
}
_PLAIN: Mapping[str, Sequence[Codes]] = {
    "person": (("(b)(6)",),),
    "phone": (("(b)(6)",),),
    "technique": (("(b)(7)(E)",), ("(b)(1)",), ("(b)(3)",)),
    "system": (("(b)(7)(E)",), ("(b)(3)",)),
    "place": (("(b)(7)(F)",),),
    "price": (("(b)(4)",),),
    "deliberation": (("(b)(5)",),),
    "source": (("(b)(7)(D)",),),
}
_PRIVACY_ACT: Mapping[str, Sequence[Codes]] = {
    **_LAW,
    "person": (("(j)(2)",), ("(k)(2)",), ("(b)(7)(C)", "(k)(2)"), ("(k)(5)",)),
    "phone": (("(b)(6)", "(k)(2)"),),
}
_OREGON: Mapping[str, Sequence[Codes]] = {
    "person": (("ORS 192.355(2)(a)",),),
    "phone": (("ORS 192.355(2)(a)",),),
    "technique": (("ORS 192.345(3)",),),
    "system": (("ORS 192.345(22)(c)",), ("ORS 192.345(23)",)),
    "place": (("ORS 192.345(23)",),),
    "price": (("ORS 192.345(2)",),),
    "deliberation": (("ORS 192.355(1)",),),
    "source": (("ORS 181A.825(1)(b)",),),
}
REGIMES: Mapping[str, Mapping[str, Sequence[Codes]]] = {
    "law": _LAW,
    "plain": _PLAIN,
    "privacy_act": _PRIVACY_ACT,
    "oregon": _OREGON,
}
_PARTS = re.compile(r"\(([^)]*)\)")


def _parts(code: str) -> list[str]:
    return _PARTS.findall(code)


def _spaced(code: str) -> str:
    """(b) (7)(C)."""
    first, *rest = _parts(code)
    return f"({first}) " + "".join(f"({part})" for part in rest)


def _wide(code: str) -> str:
    """(b) (7) (C)."""
    return " ".join(f"({part})" for part in _parts(code))


def _short(code: str) -> str:
    """b7C."""
    return "".join(_parts(code))


def _typed(code: str) -> str:
    """b(7)(c )."""
    first, number, *letter = _parts(code)
    return f"{first}({number})" + "".join(f"({part.lower()} )" for part in letter)


def _loose(code: str) -> str:
    """(b)(7)c."""
    first, number, *letter = _parts(code)
    return f"({first})({number})" + "".join(letter).lower()


def _half(code: str) -> str:
    """b(7)(C)."""
    first, *rest = _parts(code)
    return first + "".join(f"({part})" for part in rest)


def _numbered(code: str) -> str:
    """B7(C)."""
    first, number, *letter = _parts(code)
    return f"{first.upper()}{number}" + "".join(f"({part})" for part in letter)


def _spelt(code: str) -> str:
    """Exemption 7(C), for exemptions of the FOIA alone."""
    first, number, *letter = _parts(code)
    if first != "b":
        return code
    return f"Ex. {number}" + "".join(f"({part})" for part in letter)


def _cited(code: str) -> str:
    """552(b)(7)(C)."""
    return f"552{code}" if code.startswith("(b)") else code


def _privileged(code: str) -> str:
    """(b)(5) DPP, and (b)(3) with the statute that forbids to disclose."""
    return code + {"(b)(5)": " DPP", "(b)(3)": ":50 U.S.C. § 3024(i)(1)"}.get(code, "")


def _by_another(code: str) -> str:
    """b7E per DEA."""
    return f"{_short(code)} per DEA"


def _as_is(code: str) -> str:
    return code


def _bare_statute(code: str) -> str:
    return code.removeprefix("ORS ")


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """How codes are written: each one, what stands between them, whether one below the other."""

    name: str
    each: Callable[[str], str]
    between: str = ", "
    is_stacked: bool = False

    def lines(self, codes: Codes) -> list[str]:
        """Write codes, in the lines of one stamp."""
        written = [self.each(code) for code in codes]
        return written if self.is_stacked else [self.between.join(written)]


FORMS: tuple[Form, ...] = (
    Form(name="plain", each=_as_is),
    Form(name="semicolon", each=_as_is, between=";"),
    Form(name="space", each=_as_is, between=" "),
    Form(name="together", each=_as_is, between=""),
    Form(name="and", each=_as_is, between=" and "),
    Form(name="spaced", each=_spaced),
    Form(name="spaced_semicolon", each=_spaced, between="; "),
    Form(name="wide", each=_wide, between="; "),
    Form(name="short", each=_short, between=" "),
    Form(name="short_comma", each=_short),
    Form(name="typed", each=_typed),
    Form(name="loose", each=_loose),
    Form(name="half", each=_half),
    Form(name="numbered", each=_numbered),
    Form(name="spelt", each=_spelt),
    Form(name="cited", each=_cited, between="; "),
    Form(name="privileged", each=_privileged),
    Form(name="by_another", each=_by_another, between="; "),
)
STACKED_FORMS: tuple[Form, ...] = (
    Form(name="stacked_short", each=_short, is_stacked=True),
    Form(name="stacked_plain", each=_as_is, is_stacked=True),
    Form(name="stacked_numbered", each=lambda code: f"{_short(code)} -1", is_stacked=True),
)
STATE_FORMS: tuple[Form, ...] = (
    Form(name="statute", each=_bare_statute),
    Form(name="named_statute", each=_as_is),
)


def codes_for(chance: random.Random, regime: str, kind: str) -> Codes:
    """Claim exemptions for what is withheld."""
    return chance.choice(REGIMES[regime][kind])
