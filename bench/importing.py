"""Measure `paperwatch import`: rows and index entries per second, and the memory it takes.

    python -m bench.importing [--rows 10000 100000] [--profile]

The file is composed first, outside of the measured time, with all 286 columns.
"""

import argparse
import csv
import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.composed import World, awards, header, summary_row

PROGRAM = "import sys; from archive.program import main; sys.exit(main())"
_PROFILED = (
    "import cProfile, pstats, sys; from archive.program import main\n"
    "profile = cProfile.Profile()\n"
    "try: profile.runcall(main)\n"
    "finally: pstats.Stats(profile, stream=sys.stderr).sort_stats('tottime').print_stats(40)"
)
_SAMPLED_EVERY_S = 0.05
_MB = 1 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """One import: how long its parts took, and the greatest memory in each of them."""

    rows: int
    file_mb: float
    rows_s: float
    index_s: float
    total_s: float
    processor_s: float
    rows_peak_mb: float
    peak_mb: float


def write_file(path: Path, rows: int, world: World) -> None:
    """Write a file of composed prime award summaries."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(header())
        writer.writerows(summary_row(world, award) for award in awards(world, rows))


def run_import(home: Path, path: Path, *, is_profiled: bool = False) -> Measured:
    """Run the import in a child and watch its memory."""
    command = [sys.executable, "-c", _PROFILED if is_profiled else PROGRAM]
    began_s, before_s = time.monotonic(), _children_s()
    with tempfile.TemporaryFile("w+") as said:
        child = subprocess.Popen(
            [*command, "import", "--json", str(path)],
            env={**os.environ, "PAPERWATCH_HOME": str(home)},
            stdout=said,
            stderr=None if is_profiled else subprocess.DEVNULL,
        )
        samples = _watch(child, began_s)
        total_s = time.monotonic() - began_s
        processor_s = _children_s() - before_s
        said.seek(0)
        report: dict[str, Any] = json.load(said)
    if child.returncode:
        raise SystemExit(f"paperwatch import ended with {child.returncode}: {report}")
    rows_s = float(report["files"][0]["seconds"])
    rows_end_s = rows_s + _start_s()
    return Measured(
        rows=int(report["files"][0]["rows"]),
        file_mb=path.stat().st_size / _MB,
        rows_s=rows_s,
        index_s=total_s - rows_end_s,
        total_s=total_s,
        processor_s=processor_s,
        rows_peak_mb=max((mb for at_s, mb in samples if at_s <= rows_end_s), default=0.0),
        peak_mb=max((mb for _, mb in samples), default=0.0),
    )


def _children_s() -> float:
    """Give how long children that have ended had a processor, in seconds."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _start_s() -> float:
    """Give how long the program takes to load."""
    began_s = time.monotonic()
    subprocess.run(
        [sys.executable, "-c", PROGRAM, "import", "--help"], stdout=subprocess.DEVNULL, check=True
    )
    return time.monotonic() - began_s


def _watch(child: "subprocess.Popen[bytes]", began_s: float) -> list[tuple[float, float]]:
    """Sample (seconds, MB resident) until the child ends."""
    samples = []
    while child.poll() is None:
        samples.append((time.monotonic() - began_s, resident_mb(child.pid)))
        time.sleep(_SAMPLED_EVERY_S)
    return samples


def resident_mb(pid: int) -> float:
    """Give the resident memory of a process in MB, 0 once it has ended."""
    try:
        pages = int(Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1])
    except (FileNotFoundError, ProcessLookupError, IndexError):
        return 0.0
    return pages * os.sysconf("SC_PAGESIZE") / _MB


def _table(measured: Sequence[Measured]) -> str:
    names = "rows", "file MB", "rows/s", "entries/s", "both/s", "total s", "processor s"
    lines = [f"{''.join(f'{name:>12}' for name in (*names, 'MB in rows', 'MB in all'))}"]
    for one in measured:
        rates = (one.rows / one.rows_s, one.rows / one.index_s, one.rows / one.total_s)
        times = (one.total_s, one.processor_s)
        figures = (one.rows, one.file_mb, *rates, *times, one.rows_peak_mb, one.peak_mb)
        lines.append("".join(f"{figure:12,.0f}" for figure in figures))
    return "\n".join(lines)


def main() -> None:
    """Measure and print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, nargs="+", default=[10_000, 100_000])
    parser.add_argument("--profile", action="store_true", help="print where the time goes")
    asked = parser.parse_args()
    world = World()
    measured = []
    for rows in asked.rows:
        folder = Path(tempfile.mkdtemp(prefix="paperwatch-bench-"))
        try:
            write_file(folder / "awards.csv", rows, world)
            path, home = folder / "awards.csv", folder / "home"
            measured.append(run_import(home, path, is_profiled=asked.profile))
        finally:
            shutil.rmtree(folder)
    print(_table(measured))


if __name__ == "__main__":
    main()
