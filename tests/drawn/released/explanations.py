"""The sheet that explains all exemptions: it is in many packets, and none of them is a label."""

import random

from tests.drawn.released.leaf import Leaf
from tests.drawn.released.writer import Style

_SECTION_552 = (
    (
        "(b)(1)",
        "(A) specifically authorized to be kept secret in the interest of defense;",
    ),
    ("(b)(2)", "related solely to the internal personnel rules and practices of an agency;"),
    ("(b)(3)", "specifically exempted from disclosure by statute;"),
    ("(b)(4)", "trade secrets and commercial or financial information which is privileged;"),
    ("(b)(5)", "inter-agency or intra-agency memorandums or letters;"),
    ("(b)(6)", "personnel and medical files and similar files;"),
    ("(b)(7)", "records or information compiled for law enforcement purposes, but only where"),
    ("", "(A) could reasonably be expected to interfere with enforcement proceedings,"),
    ("", "(C) could constitute an unwarranted invasion of personal privacy,"),
    ("", "(E) would disclose techniques and procedures;"),
    ("(b)(8)", "contained in or related to examination of financial institutions;"),
)
_SECTION_552A = (
    ("(d)(5)", "information compiled in reasonable anticipation of a civil action proceeding;"),
    ("(j)(2)", "material reporting investigative efforts pertaining to the enforcement of law;"),
    ("(k)(2)", "investigatory material compiled for law enforcement purposes;"),
    ("(k)(5)", "investigatory material compiled for determining suitability for employment;"),
)


def sheet(chance: random.Random, setting: Style) -> Leaf:
    """Explain the exemptions, code by code at the left edge."""
    leaf = Leaf(size=setting.page)
    family, size = setting.family, chance.uniform(8.5, 10.0)
    left, base = min(setting.margin, 60.0), 80.0
    indent = chance.uniform(40, 52)
    for title, rows in (
        ("EXPLANATION OF EXEMPTIONS", ()),
        ("SUBSECTIONS OF TITLE 5, UNITED STATES CODE, SECTION 552", _SECTION_552),
        ("SUBSECTIONS OF TITLE 5, UNITED STATES CODE, SECTION 552a", _SECTION_552A),
    ):
        leaf.write(left, base, title, family.bold, size)
        base += size * 2
        for code, meaning in rows:
            if code:
                leaf.write(left, base, code, family.regular, size, is_seen=False)
            leaf.write(left + indent, base, meaning, family.regular, size)
            base += size * 1.7
    return leaf
