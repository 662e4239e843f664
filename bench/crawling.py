"""Measure the same awards by search and by file, from a stand-in on this machine.

    python -m bench.crawling [--awards 1000]

A stand-in answers at once and is asked without a pause. What politeness adds at a live service is
counted, not waited for: half a second between two requests, and the pauses until a file is made.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from crawlers.standin import StandIn, compose_world

BETWEEN_S = 0.5  # of two requests at a live service
POLITE_S = 10.0  # the usual pause until a file is asked for again
DAYS = ("--since", "2024-10-01", "--until", "2025-09-30", "--date-kind", "action_date")
WAYS = {
    "search": ("usaspending_awards", "--by", "search"),
    "file": ("usaspending_bulk", "--subawards"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """One crawl: how long it took here, what it asked for, and what the archive holds then."""

    way: str
    total_s: float
    requests: int
    polls: int
    records: int

    @property
    def polite_s(self) -> float:
        """How long the pauses alone take at a live service."""
        return (self.requests - self.polls) * BETWEEN_S + self.polls * POLITE_S


def composed(number: int) -> dict[str, Any]:
    """Compose an award of ICE with three actions; every third has two reports of sub-awards."""
    actions = [
        {
            "modification_number": name,
            "action_date": f"2025-0{month}-05",
            "action_type": "C" if name != "0" else None,
            "description": "COMPOSED LICENSES",
            "federal_action_obligation": 1000.0 + number,
        }
        for name, month in (("0", 1), ("P00001", 3), ("P00002", 6))
    ]
    report = {"subaward_number": "S", "action_date": "2025-06-01", "recipient_name": "SUB LLC"}
    return {
        "detail": {
            "piid": f"70ZZZZ25F{number:08d}",
            "type": "C",
            "awarding_agency": "7012",
            "recipient": {"recipient_name": "COMPOSED VENDOR LLC", "recipient_uei": "ZZZEXAMPLEZ9"},
            "base_and_all_options": 9000.0,
        },
        "transactions": actions,
        "subawards": [{**report, "amount": float(one)} for one in (1, 2) if number % 3 == 0],
    }


def measure(way: str, service: StandIn, folder: Path) -> Measured:
    """Crawl in a child, into an archive of its own."""
    service.asked.clear()
    began_s = time.monotonic()
    words = [*WAYS[way], "--agency", "ICE", *DAYS, "--json"]
    done = subprocess.run(
        [sys.executable, "-m", "archive.program", "crawl", *words],
        env=os.environ
        | {"PAPERWATCH_HOME": str(folder / way), "PAPERWATCH_USASPENDING_URL": service.address},
        capture_output=True,
        text=True,
        check=False,
    )
    total_s = time.monotonic() - began_s
    if done.returncode:
        raise SystemExit(done.stderr)
    paths = service.paths()
    return Measured(
        way=way,
        total_s=total_s,
        requests=len(paths),
        polls=sum("download/status" in path for path in paths),
        records=json.loads(done.stdout)["new"],
    )


def main() -> None:
    """Measure and print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--awards", type=int, default=1000)
    asked = parser.parse_args()
    world = compose_world([composed(number) for number in range(asked.awards)])
    print(f"{'way':>8}{'records':>10}{'requests':>10}{'polls':>8}{'here s':>9}{'pauses s':>10}")
    with (
        tempfile.TemporaryDirectory(prefix="paperwatch-bench-") as folder,
        StandIn(world) as service,
    ):
        for way in WAYS:
            one = measure(way, service, Path(folder))
            figures = f"{one.records:10,}{one.requests:10,}{one.polls:8}"
            print(f"{one.way:>8}{figures}{one.total_s:9.1f}{one.polite_s:10.0f}")


if __name__ == "__main__":
    main()
