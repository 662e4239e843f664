"""No room in the file store: a sentence, nothing lost, and the same command goes on afterwards."""

import io
import json
import os
import resource
import subprocess
import sys
from pathlib import Path

import pytest
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from tests.drawn import sheets
from tests.services import room
from tests.services.between import between
from tests.whole.children import run, status

LIMIT = 2_000_000  # bytes; more than the catalogue and the index need, less than the noise


def noise() -> bytes:
    """Give a PDF of some megabytes."""
    from PIL import Image

    picture = Image.frombytes("RGB", (1100, 1100), os.urandom(3 * 1100 * 1100))
    file = io.BytesIO()
    canvas = Canvas(file)
    canvas.drawString(72, 700, "Noise that was released")
    canvas.drawImage(ImageReader(picture), 72, 72, 300, 300)
    canvas.save()
    return file.getvalue()


@pytest.fixture
def papers(tmp_path: Path) -> Path:
    """A folder with a small document, and then a large one."""
    folder = tmp_path / "papers"
    folder.mkdir()
    (folder / "a-letter.pdf").write_bytes(sheets.letter())
    (folder / "b-noise.pdf").write_bytes(noise())
    return folder


def verified(home: Path) -> list[str]:
    """Verify, and give what is damaged."""
    code, out, err = run(home, "verify", "--json")
    assert code in (0, 11), err
    found = [one for one in json.loads(out)["findings"] if not one["is_harmless"]]
    return [one["what"] for one in found]


def limited(home: Path, *words: str) -> tuple[int, str]:
    """Run the program with a limit on the size of a file."""
    child = subprocess.run(
        [sys.executable, "-m", "archive.program", *words],
        env=os.environ | {"PAPERWATCH_HOME": str(home)},
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (LIMIT, LIMIT)),
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    return child.returncode, child.stderr


@pytest.mark.slow
def test_a_full_folder_of_files_is_said_and_the_same_command_goes_on(
    home: Path, papers: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "small" / "files"
    monkeypatch.setenv("PAPERWATCH_FILES_URL", f"file://{folder}")
    with room.small(folder.parent, "2m") as is_small:
        if is_small:
            code, _, err = run(home, "add", str(papers))
        else:
            code, err = limited(home, "add", str(papers))
        assert (code, err.splitlines()[-1]) == (
            7,
            f"{folder}: no room left on the disk. Free some and run again.",
        )
        assert list(folder.glob("*.part")) == []
        assert verified(home) == []
        assert status(home)["documents"] == 1
        if is_small:
            room.enlarge(folder.parent, "64m")
        code, _, err = run(home, "add", str(papers))
        assert code == 0, err
        assert verified(home) == []
        held = status(home)
        assert (held["documents"], held["documents_waiting"], held["set_aside"]) == (2, 0, 0)


@pytest.mark.s3
def test_a_full_bucket_is_said_and_the_same_command_goes_on(
    home: Path, papers: Path, bucket_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with between(bucket_url) as state:
        url = state.endpoint_in(bucket_url)
        monkeypatch.setenv("PAPERWATCH_FILES_URL", url)
        code, _, err = run(home, "add", str(papers / "a-letter.pdf"))
        assert code == 0, err
        state.refused["PUT"] = (507, "InsufficientStorage")
        code, _, err = run(home, "add", str(papers))
        where = url.partition("?")[0]
        sentence = f"The file store {where} is full (InsufficientStorage)."
        assert (code, err.splitlines()[-1]) == (7, f"{sentence} Make room there and run again.")
        assert verified(home) == []
        assert status(home)["documents"] == 1
        state.refused.clear()
        code, _, err = run(home, "add", str(papers))
        assert code == 0, err
        assert verified(home) == []
        assert status(home)["documents"] == 2


@pytest.mark.s3
def test_a_bucket_that_fills_up_before_a_reading_is_kept_leaves_the_document_waiting(
    home: Path, papers: Path, bucket_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with between(bucket_url) as state:
        monkeypatch.setenv("PAPERWATCH_FILES_URL", state.endpoint_in(bucket_url))
        code, _, err = run(home, "add", str(papers / "a-letter.pdf"), "--no-read")
        assert code == 0, err
        state.refused["PUT"] = (507, "InsufficientStorage")
        code, _, err = run(home, "add", str(papers / "a-letter.pdf"))
        assert (code, "is full" in err) == (7, True)
        assert status(home)["documents_waiting"] == 1
        state.refused.clear()
        code, _, err = run(home, "add", str(papers / "a-letter.pdf"))
        assert code == 0, err
        assert (status(home)["documents_waiting"], verified(home)) == (0, [])
