import subprocess
import sys
from pathlib import Path

from tests.drawn import sheets

# What a child would load after it was forked, and the next child again.
LOADED_LATER = """
import sys
from pathlib import Path
from ingest.reader import child
from ingest.reader.jobs import read
from ingest.reader.warming import warm
warm()
warmed = set(sys.modules)
found = read(Path(sys.argv[1]), Path(sys.argv[2]), lambda count: None)
print(sum(page["words"] for page in found["pages"]), *(set(sys.modules) - warmed))
"""


def test_what_reading_loads_is_loaded_before_the_first_child(tmp_path: Path) -> None:
    path = tmp_path / "letter.pdf"
    path.write_bytes(sheets.letter())
    words = [sys.executable, "-c", LOADED_LATER, str(path), str(tmp_path / "reading")]
    done = subprocess.run(words, capture_output=True, text=True, check=True)
    count, *loaded = done.stdout.split()
    assert int(count) > 20
    assert not loaded
