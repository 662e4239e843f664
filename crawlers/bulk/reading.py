"""Reads the rows of files that were brought, and holds them against what the service announced."""

from collections.abc import Callable
from typing import Any

from archive import captures
from archive.errors import BadRequest, NotReadable, SourceChanged
from archive.opening import Archive
from crawlers.bulk.place import Piece
from crawlers.days import is_about
from crawlers.importing.award_file import check_layout
from crawlers.importing.imported import Imported
from crawlers.importing.rows import KeptFile, read_rows


def read_piece(
    archive: Archive, source: str, run_id: int, piece: Piece, note: Callable[[], None]
) -> None:
    """Read a file to its end, from where it was; `note` is called when something was deposited.

    What is wrong with the file becomes the piece's problem.

    Raises:
        SourceChanged: nothing in it has a layout that is known.
    """
    capture = captures.find(archive, source, piece.address, piece.sha256)
    done = Imported(file=piece.file, sha256=piece.sha256)
    done.recall(piece.counts)

    def advance(cursor: dict[str, Any]) -> None:
        piece.cursor, piece.counts = cursor, done.counts()
        note()

    try:
        with archive.files.held(piece.sha256) as path:
            kept = KeptFile(capture=capture, path=path, as_of=piece.made_on or piece.asked_on)
            check_layout(path, piece.file)
            read_rows(archive, kept, run_id, done, piece.cursor, advance)
    except NotReadable as error:
        piece.problem = str(error)
    except BadRequest as error:
        raise SourceChanged(f"{source}: {error}") from error
    piece.counts, piece.is_read = done.counts(), not piece.problem
    if piece.is_read:
        piece.problem = _missing(piece)
    note()


def _missing(piece: Piece) -> str:
    said = piece.rows_said
    if said is None or is_about(piece.rows, said):
        return ""
    return f"The file of {piece.subject} holds {piece.rows:,} rows; the service announced {said:,}."
