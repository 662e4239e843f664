"""Two years of composed runs of one source: good months, a failed one, a silent one, refusals."""

import json
from typing import Any

import sqlalchemy as sa

from archive import clock, deposit
from archive.catalogue.tables import run
from archive.model import Answer, Refused
from archive.opening import Archive
from archive.schedule import rows
from archive.schedule.cadence import read_cadence
from archive.shown.sources import months_back
from tests.schedule.composed import AWARDS, made

WORDS = ("crawl", AWARDS, "--keyword", "facial recognition", "--agency", "ICE")
SAID = (
    "Asks for awards modified since 2026-11-18 (the last crawl was on 2026-11-25).\n"
    "api.usaspending.gov cannot be reached. Check the connection and run the same command again:"
    " it goes on where this one was."
)
REFUSED = Refused(place=3, subject="CONT_AWD_0001_7012", reason="unknown award type 'Q'")


def put_run(
    archive: Archive,
    month: str,
    *,
    state: str = "done",
    expected: int = 0,
    found: int = 0,
    day: int = 2,
    remark: str = "",
    source: str = AWARDS,
    limit: int = 0,
    **counts: int,
) -> int:
    """Put a run of a month down as a crawl would have; give its number."""
    said = {"expected": {"contracts": expected}, "found": {"contracts": found}} if expected else {}
    row = {
        "source": source,
        "question": json.dumps({"limit": limit}),
        "state": state,
        "started_at": f"{month}-{day:02}T05:30:00+00:00",
        "ended_at": "" if state == "going" else f"{month}-{day:02}T05:42:00+00:00",
        "cursor": "{}",
        "counts": json.dumps({**counts, **said}),
        "remark": remark,
    }
    with archive.catalogue.writing() as connection:
        connection.execute(sa.insert(run), [row])
        return int(connection.scalar(sa.select(sa.func.max(run.c.id))) or 0)


def compose_history(archive: Archive) -> None:
    """Let a source be asked for 20 months, with all that can happen; schedule it, and fail."""
    months = months_back(clock.now()[:7], 24)
    for back, month in enumerate(months[1:20], start=1):
        if back == 7:
            continue  # nobody asked in that month
        if back == 4:
            put_run(archive, month, state="failed", expected=3_000, found=1_200, new=310,
                    remark="counts are not plausible")  # fmt: skip
            continue
        got = 14_000 + 517 * (back % 5)
        number = put_run(archive, month, expected=got, found=got - (back == 2) * 12,
                         new=900 + 31 * back, changed=120 * (back % 3),
                         refused=int(back == 3))  # fmt: skip
        if back == 3:
            _refuse(archive, number)
    put_run(archive, months[2], state="failed", day=9, remark="3 awards got no answer")
    put_run(archive, months[0], day=1, expected=2_118, found=2_118, new=214, changed=21)
    _schedule(archive)


def _refuse(archive: Archive, number: int) -> None:
    answer = Answer(
        source=AWARDS,
        method="GET",
        address="https://api.usaspending.example/api/v2/awards/CONT_AWD_0001_7012/",
        body=b"an answer with an unknown type",
        fetched_at=clock.now(),
    )
    deposit.refuse(archive, number, deposit.keep(archive, answer), [REFUSED])


def _schedule(archive: Archive) -> None:
    for name, cadence, words in (
        ("ice", "daily at 05:30", WORDS),
        ("cbp", "weekly on sat at 04:00", (*WORDS[:5], "CBP")),
    ):
        rows.add(archive, name=name, source=AWARDS, words=words, cadence=read_cadence(cadence))
    ended: dict[str, Any] = {"state": "failed", "last_exit_code": 13, "last_words": SAID}
    made(archive, last_started_at=clock.now(), last_ended_at=clock.now(), **ended)
