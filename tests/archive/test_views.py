"""Merging the views of a record."""

from archive.views import Seen, canonical, disagreements, fingerprint, merged, stating


def seen(view: str, stamp: str, **fields: str | int) -> Seen:
    """Make the newest version of a view."""
    return Seen(
        version_id=1, view=view, fields=fields, modified_until=stamp, fetched_at="2025-01-01"
    )


DETAIL, FILE = "usaspending.award", "usaspending.summary_file"


def test_the_view_with_the_newer_stamp_is_shown() -> None:
    views = [seen(DETAIL, "2025-01-01", piid="A"), seen(FILE, "2025-02-01", piid="B")]
    assert merged(views)["piid"] == "B"


def test_at_the_same_stamp_the_award_record_goes_before_the_file() -> None:
    views = [seen(FILE, "2025-01-01 10:00", piid="B"), seen(DETAIL, "2025-01-01", piid="A")]
    assert merged(views)["piid"] == "A"


def test_what_one_view_lacks_comes_from_the_other() -> None:
    views = [seen(DETAIL, "2025-02-01", piid="A"), seen(FILE, "2025-01-01", vendor_cage="5R1R9")]
    assert merged(views) == {"piid": "A", "vendor_cage": "5R1R9"}


def test_views_that_differ_are_a_disagreement_newest_first() -> None:
    views = [seen(FILE, "2025-01-01", piid="B"), seen(DETAIL, "2025-02-01", piid="A")]
    (found,) = disagreements(views)
    assert (found.name, found.said) == ("piid", ((DETAIL, "A"), (FILE, "B")))


def test_empty_fields_do_not_change_a_fingerprint() -> None:
    bare = canonical(DETAIL, {"piid": "A"})
    assert canonical(DETAIL, {"piid": "A", "city": "", "offers": None}) == bare
    assert fingerprint(bare) != fingerprint(canonical(DETAIL, {"piid": "B"}))


def test_an_amount_of_zero_is_not_an_empty_field() -> None:
    assert canonical(DETAIL, {"obligated_cents": 0}) == '{"obligated_cents":0}'


def test_a_view_of_an_older_state_disagrees_with_nothing() -> None:
    older = seen(FILE, "2025-01-01", acted_on="2024-12-01", obligated_cents=5)
    newer = seen(DETAIL, "2025-02-01", acted_on="2025-01-15", obligated_cents=7)
    assert disagreements([older, newer]) == []


def test_capitals_blanks_and_the_spelling_of_an_agency_are_no_disagreement() -> None:
    views = [
        seen(FILE, "2025-01-01", vendor_name="HALDEN  LLC", awarding_agency_name="DHS"),
        seen(DETAIL, "2025-02-01", vendor_name="Halden LLC", awarding_agency_name="Homeland"),
    ]
    assert disagreements(views) == []


def test_the_view_that_gives_the_amounts_is_the_first_in_precedence_that_has_one() -> None:
    newest = seen("usaspending.transaction_file", "2025-09-02", acted_on="2025-09-01")
    with_potential = seen("usaspending.summary_file", "2025-09-01", potential_cents=9)
    with_both = seen("usaspending.award", "2025-08-01", obligated_cents=5, potential_cents=8)
    assert stating([newest, with_both, with_potential]) == with_both
    assert stating([newest, with_potential]) == with_potential
    assert stating([newest]) == newest
    assert stating([]) is None
