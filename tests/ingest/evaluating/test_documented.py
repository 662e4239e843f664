import pytest

from ingest.evaluating.kinds import KINDS
from tests.house.sources import CHECKOUT

JUDGED = [kind for kind, judge in KINDS.items() if judge is not None]


@pytest.mark.parametrize("kind", JUDGED)
def test_what_counts_of_a_kind_is_documented(kind: str) -> None:
    assert f"| `{kind}` | " in (CHECKOUT / "docs" / "evaluation.md").read_text(encoding="utf-8")
