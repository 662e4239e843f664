import pytest

from archive.watchlist.technologies import labels, named_outright, tag, technologies, version


def found(text: str, vendor: str = "", **more: str) -> dict[str, str]:
    return {one.technology: one.tier for one in tag(text, vendor, **more)}


def test_the_file_is_read_whole() -> None:
    assert len(technologies()) == 31
    assert labels()["face-recognition"] == "Face recognition"
    assert version() == 2


def test_a_strong_phrase_is_enough_and_is_shown_as_printed() -> None:
    (one,) = tag("RENEWAL OF FACIAL-RECOGNITION LICENSES")
    assert (one.technology, one.tier) == ("face-recognition", "strong")
    assert one.rule == "facial recognition"
    assert one.matched == "FACIAL-RECOGNITION"


def test_a_weak_word_needs_words_that_give_it_its_meaning() -> None:
    assert found("LPR MAINTENANCE") == {"alpr": "weak+context"}
    assert found("LPR") == {}


def test_a_weak_word_counts_in_an_award_to_who_sells_the_technology() -> None:
    assert found("IRIS", "SOMEBODY ELSE LLC") == {}
    assert found("LPR", "PERCEPTICS LLC") == {"alpr": "weak+context"}


@pytest.mark.parametrize(
    "text",
    ["TRAINING FACE TO FACE, MATCHING GRANT", "FORENSIC AUDIT SOFTWARE", "CORVETTE STINGRAY"],
)
def test_a_phrase_that_speaks_against_a_technology_blanks_out_its_words(text: str) -> None:
    assert found(text) == {}


def test_the_negative_of_one_technology_leaves_another_alone() -> None:
    assert found("RAPID DNA AND FINGERPRINT READERS") == {
        "biometrics-dna": "strong",
        "biometrics-fingerprint": "strong",
    }


def test_a_weak_word_inside_a_strong_phrase_of_another_technology_is_that_ones() -> None:
    assert found("FALCON OPERATIONS AND MAINTENANCE", "PALANTIR TECHNOLOGIES INC.") == {
        "data-fusion-analytics": "strong"
    }


def test_a_vendor_alone_is_enough_only_where_it_sells_little_else() -> None:
    (one,) = tag("ORLANDO LICENSE", "CHAINALYSIS INC.")
    assert (one.technology, one.tier, one.rule, one.matched) == (
        "link-analysis",
        "vendor",
        "chainalysis",
        "",
    )
    assert found("ORLANDO LICENSE", "NEC CORPORATION OF AMERICA") == {}


def test_a_vendor_is_found_by_its_uei_under_any_name() -> None:
    assert found("LICENSE", "CLEARVIEW", vendor_uei="E5BEYXDQYJS6") == {
        "face-recognition": "vendor"
    }
    assert found("LICENSE", "CLEARVIEW SECURITIES LLC") == {}


def test_furniture_is_never_tagged() -> None:
    assert found("FORENSIC WORKSTATIONS", psc="7110") == {}


def test_a_common_word_that_is_also_a_brand_needs_context() -> None:
    assert found("You should be aware of the terms of this form.") == {}


@pytest.mark.parametrize(
    ("pages", "named"),
    [
        (("LPR MAINTENANCE", "RAPID DNA KITS"), {"biometrics-dna"}),
        (("FACIAL RECOGNITION", "FACIAL RECOGNITION AND RAPID DNA"), None),
        (("FORENSIC AUDIT SOFTWARE",), set()),
        (("FACIAL. RECOGNITION OF INCOME", "BODY", "CAMERAS"), set()),
    ],
)
def test_what_pages_name_outright_is_what_their_strong_tags_say(
    pages: tuple[str, ...], named: set[str] | None
) -> None:
    strong = {one.technology for page in pages for one in tag(page) if one.tier == "strong"}
    assert named_outright(pages) == strong
    assert named is None or strong == named
