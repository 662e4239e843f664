"""Write drawn documents and their gold into a folder, for `paperwatch evaluate`."""

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from tests.drawn.released.documents import document


def _seeds(written: str) -> range:
    """Read "0:60" as the seeds from 0 to 59."""
    try:
        first, last = (int(part) for part in written.split(":"))
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{written!r} is no range; write 0:60") from error
    if first < 0 or last <= first:
        raise argparse.ArgumentTypeError(f"{written!r} holds no seed; write 0:60")
    return range(first, last)


def write(folder: Path, seeds: range) -> None:
    """Write the documents of some seeds, and `gold.json` beside them."""
    folder.mkdir(parents=True, exist_ok=True)
    files: dict[str, Any] = {}
    for seed in seeds:
        drawn = document(seed)
        (folder / drawn.name).write_bytes(drawn.content)
        files[drawn.name] = {"file": drawn.name, **drawn.gold}
    said = {"format": 1, "notes": "drawn by tests.drawn.released", "files": files}
    (folder / "gold.json").write_text(json.dumps(said, indent=1, ensure_ascii=False) + "\n")


def main(arguments: list[str]) -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.drawn.released", description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--seeds", type=_seeds, default="0:60", help="first:end [default: 0:60]")
    given = parser.parse_args(arguments)
    write(given.folder, given.seeds)


if __name__ == "__main__":
    main(sys.argv[1:])
