import json
from pathlib import Path
from typing import Any

import pytest

from archive.errors import BadRequest, NotFound
from ingest.evaluating import gold
from tests.ingest.evaluating.composed import gold_of


@pytest.mark.parametrize(
    ("facts", "place", "expected"),
    [
        ({"phrases": [{"page": "one", "text": "x"}]}, "phrases[0].page", "a whole number from 1"),
        ({"phrases": [{"page": 1}]}, "phrases[0]", "an object with 'text'"),
        ({"phrases": "words"}, "phrases", "a list"),
        ({"redaction_boxes": {"0": 1}}, "redaction_boxes", "and not '0'"),
        ({"redaction_boxes": {"1": -1}}, "redaction_boxes.1", "a whole number from 0"),
        ({"bad_redaction": "yes"}, "bad_redaction", "true or false"),
        ({"hidden_text": [""]}, "hidden_text[0]", "a text"),
        ({"amounts": [{"value": "9 dollars"}]}, "amounts[0].value", "an amount"),
        ({"dates": [{"iso": "2025-02-30"}]}, "dates[0].iso", "a day such as 2025-09-30"),
        ({"letter_date": "2025-02-30"}, "letter_date", "a day such as 2025-09-30"),
    ],
)
def test_gold_of_another_form_is_refused_with_file_place_and_what_was_expected(
    tmp_path: Path, facts: dict[str, Any], place: str, expected: str
) -> None:
    with pytest.raises(BadRequest) as refused:
        gold_of(tmp_path, facts)
    assert str(tmp_path / "gold.json") in str(refused.value)
    assert f"files.a.pdf.facts.{place}" in str(refused.value)
    assert expected in str(refused.value)


def test_a_refusal_repeats_no_covered_words(tmp_path: Path) -> None:
    for wrong in ("zorblatt", {"1": "zorblatt"}, [["zorblatt"]]):
        with pytest.raises(BadRequest) as refused:
            gold_of(tmp_path, {"hidden_text": wrong})
        assert "facts.hidden_text" in str(refused.value)
        assert "zorblatt" not in str(refused.value)


@pytest.mark.parametrize(
    ("whole", "expected"),
    [
        ({"format": 2, "files": {}}, "the format 1"),
        ({"files": {}}, "a file at least"),
        ({"phrases": []}, "an object with 'files'"),
        ([], "an object"),
        ({"files": {"../a.pdf": {}}}, "the bare name of a file"),
        ({"files": {"a.pdf": {"text_layer": "good"}}}, "one of full, partial, none"),
    ],
)
def test_gold_that_is_not_about_files_is_refused(tmp_path: Path, whole: Any, expected: str) -> None:
    (tmp_path / "gold.json").write_text(json.dumps(whole))
    with pytest.raises(BadRequest, match=expected):
        gold.read(tmp_path / "gold.json")


def test_gold_that_is_no_json_or_not_there_is_refused(tmp_path: Path) -> None:
    (tmp_path / "gold.json").write_text("{")
    with pytest.raises(BadRequest, match="is not JSON"):
        gold.read(tmp_path / "gold.json")
    (tmp_path / "gold.json").write_bytes(b"%PDF-1.7\n\x93\x8c")
    with pytest.raises(BadRequest, match=r"is no text.*Name a file of gold"):
        gold.read(tmp_path / "gold.json")
    with pytest.raises(NotFound, match="is not there"):
        gold.read(tmp_path / "other.json")
    with pytest.raises(NotFound, match=r"cannot be read: .*\. Name a file of gold"):
        gold.read(tmp_path)


def test_an_absent_fact_is_not_recorded_and_unknown_ones_are_passed_over(tmp_path: Path) -> None:
    known = gold_of(tmp_path, {"signer": "N. N.", "encrypted": True}, opens={"pdfium": "ok"})
    assert (known.boxes, known.labels, known.is_bad, known.text_layer) == (None,) * 4


def test_what_is_known_in_part_is_not_judged(tmp_path: Path) -> None:
    facts = {
        "amounts": [{"what": "unit price, withheld"}, {"value": 2.5}],
        "dates": [{"what": "signed", "iso": "2031-05"}, {"what": "sent"}],
        "determination": "no records",
        "agency": ["ICE", "CBP"],
    }
    known = gold_of(tmp_path, facts)
    assert [one.cents for one in known.amounts] == [250]
    assert known.dates == []
    assert known.determination is not None
    assert known.determination.outcome == "no records"
    assert known.agency == "ICE / CBP"


def test_every_fact_that_is_a_day_is_a_date(tmp_path: Path) -> None:
    known = gold_of(
        tmp_path, {"filed": "2020-05-07", "dates": [{"what": "due", "iso": "2025-04-26"}]}
    )
    assert [(one.what, one.iso) for one in known.dates] == [
        ("filed", "2020-05-07"),
        ("due", "2025-04-26"),
    ]


@pytest.mark.corpus
def test_the_gold_of_the_corpus_is_understood(corpus: Path) -> None:
    assert len(gold.read(corpus / "gold.json")) > 60
