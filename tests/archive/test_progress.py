"""Progress of long work: one style, quiet when the work is short."""

import pytest

from archive.progress import Progress


def test_short_work_says_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    Progress("rows").tell(100, 0.5)
    assert capsys.readouterr().err == ""


def test_long_work_says_how_much_how_fast_how_long_still_and_what_is_slow(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    now_s = [100.0]
    monkeypatch.setattr("archive.progress.time.monotonic", lambda: now_s[0])
    told = Progress("documents read")
    now_s[0] += 10
    told.tell_of(1_200, 3_000, "slow: payroll.pdf")
    assert capsys.readouterr().err == (
        "  1,200 documents read, 120 a second, 40%, 15 s left, slow: payroll.pdf\n"
    )
    now_s[0] += 1
    told.tell_of(1_300, 3_000)
    assert capsys.readouterr().err == ""


def test_nothing_to_do_has_no_share(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    now_s = [100.0]
    monkeypatch.setattr("archive.progress.time.monotonic", lambda: now_s[0])
    told = Progress("files saved")
    now_s[0] += 10
    told.tell_of(0, 0)
    assert capsys.readouterr().err == "  0 files saved\n"
