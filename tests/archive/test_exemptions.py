"""The exemptions that papers print, in the forms they are written in."""

import pytest

from archive.exemptions import code_of, printed, stamped


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("(b)(6);(b)(7)(C)", {"(b)(6)": 1, "(b)(7)(C)": 1}),
        ("(b) (7) (e) and (B)(7)(E)", {"(b)(7)(E)": 2}),
        ("(b)(6)(b)(6)", {"(b)(6)": 2}),
        ("Exemption (b)(5), (b)(7)", {"(b)(5)": 1, "(b)(7)": 1}),
        ("(b)(6), (7)(C)", {"(b)(6)": 1, "(b)(7)(C)": 1}),
        (
            "Exemptions (b)(6), (7)(C), and (7)(E)",
            {"(b)(6)": 1, "(b)(7)(C)": 1, "(b)(7)(E)": 1},
        ),
        ("(b)(7)(C) and (E), (b)(6)", {"(b)(7)(C)": 1, "(b)(7)(E)": 1, "(b)(6)": 1}),
        ("(1) (b)(5), (2) (b)(6) (3) the rest", {"(b)(5)": 1, "(b)(6)": 1}),
        ("Exemption(b)(5), Mr.(b)(6)", {"(b)(5)": 1, "(b)(6)": 1}),
        ("X(b)(6) ____(b)(4)", {"(b)(6)": 1, "(b)(4)": 1}),
        ("No. 12 (b)(6)", {"(b)(6)": 1}),
        ("b6 b7C\nb7E.", {"(b)(6)": 1, "(b)(7)(C)": 1, "(b)(7)(E)": 1}),
        ("table b6, vitamin b2, b7.5", {}),
        ("Rule 12 (b)(6), (7)(C) and 5 U.S.C. § 552 (b)(6)", {}),
        ("45 C.F.R. § 5.31 (b)(6), 552a(b)(4), 552\n(b)(4)", {}),
        ("Rule 12(b)(6), 5 U.S.C. § 552(b)(4), 52.212-3(b)(6), section (b)(10)", {}),
    ],
)
def test_an_exemption_is_known_in_its_forms_and_not_in_a_rule(
    text: str, names: dict[str, int]
) -> None:
    assert printed(text) == names


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("(b)(6), (b)(7)(C)", ["(b)(6)", "(b)(7)(C)"]),
        ("(b) (7)(C)", ["(b)(7)(C)"]),
        ("( b ) ( 7 ) ( c )", ["(b)(7)(C)"]),
        ("b(7)(c )", ["(b)(7)(C)"]),
        ("(b)(7)c", ["(b)(7)(C)"]),
        ("b6 -1\nb7C -2", ["(b)(6)", "(b)(7)(C)"]),
        ("B6B7C", ["(b)(6)", "(b)(7)(C)"]),
        ("B6, B7(C)", ["(b)(6)", "(b)(7)(C)"]),
        ("Ex. 6, Ex. 7(C)", ["(b)(6)", "(b)(7)(C)"]),
        ("FOIA Exemption 7(E)", ["(b)(7)(E)"]),
        ("552(b)(6); 552(b)(7)(C)", ["(b)(6)", "(b)(7)(C)"]),
        ("(b)(6), (7)(C), and (E)", ["(b)(6)", "(b)(7)(C)", "(b)(7)(E)"]),
        ("(b)(5) DPP", ["(b)(5)"]),
        ("(b)(3):50 U.S.C. § 3024(i)(1)", ["(b)(3)"]),
        ("(b)(7)(C), (k)(2)", ["(b)(7)(C)", "(k)(2)"]),
        ("j(2), k2 and (d)(5)", ["(j)(2)", "(k)(2)", "(d)(5)"]),
        ("192.345(22)(c)", ["ORS 192.345(22)(c)"]),
        ("ORS 181A.825(1)(b)", ["ORS 181A.825(1)(b)"]),
        ("POL § 87(2)(e)(iv)", ["POL 87(2)(e)(iv)"]),
        ("87(2)(b)", ["POL 87(2)(b)"]),
        ("5 ILCS 140/7(1)(b)", ["5 ILCS 140/7(1)(b)"]),
        ("Gov\u2019t Code § 6254(f)", ["Gov. Code 6254(f)"]),
        ("Rule 12(b)(6), 52.212-3(b)(6), 28 CFR 16.5(b)(6), (b)(10)", []),
        ("Rule 12 (b)(6)", []),
        ("Ex. 1 at p. 61, Ex. 2 to the motion", []),
        ("table b6.5", []),
        ("as ORS 305.380 and ORS 279A.120 require", []),
    ],
)
def test_a_stamp_is_read_in_all_its_forms(text: str, codes: list[str]) -> None:
    assert [one.code for one in stamped(text)] == codes


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("(bX6)", ["(b)(6)"]),
        ("{b)(7)(C)", ["(b)(7)(C)"]),
        ("(bl(6)", ["(b)(6)"]),
        ("h6", ["(b)(6)"]),
        ("(b)(7)(0)", ["(b)(7)(C)"]),
        ("b7G", ["(b)(7)(C)"]),
        ("(b)(S), (b}(6)", ["(b)(5)", "(b)(6)"]),
        ("b(7)(C ", ["(b)(7)(C)"]),
        ("b(6), b(7(E", ["(b)(6)", "(b)(7)(E)"]),
        ("(b)(6) and (b)(7)(C;", ["(b)(6)", "(b)(7)(C)"]),
        ("b6,b7 C", ["(b)(6)", "(b)(7)(C)"]),
        ("b7-E", ["(b)(7)(E)"]),
        ("(b)(7) A report", ["(b)(7)"]),
        ("(b)(7), (b)(6)", ["(b)(7)", "(b)(6)"]),
    ],
)
def test_a_stamp_is_read_as_tesseract_misreads_it(text: str, codes: list[str]) -> None:
    assert [one.code for one in stamped(text, is_recognised=True)] == codes


def test_a_stamp_says_where_it_stands() -> None:
    text = "held (b)(6), b7C"
    places = [text[one.begin : one.end] for one in stamped(text)]
    assert places == ["(b)(6)", "b7C"]


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("b7e", "(b)(7)(E)"),
        ("(b)(7)(E)", "(b)(7)(E)"),
        ("Ex. 6", "(b)(6)"),
        ("k2", "(k)(2)"),
        ("192.345(22)(c)", "ORS 192.345(22)(c)"),
        ("(b)(6), (b)(5)", ""),
        ("flock", ""),
    ],
)
def test_what_somebody_types_is_put_into_our_form(typed: str, code: str) -> None:
    assert code_of(typed) == code
