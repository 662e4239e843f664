"""What the catalogue knows of bodies in a bucket: the small ones themselves, and when each came."""

import time
import zlib
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

import sqlalchemy as sa

from archive.catalogue.conflict import insert
from archive.catalogue.database import Catalogue
from archive.catalogue.tables import body
from archive.files.protocol import FRESH_S

_AT_ONCE = 200


class Kept:
    """The rows of bodies. Each is written in a transaction of its own, unless one is given."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue

    def put(self, bodies: Sequence[tuple[str, bytes]]) -> None:
        """Keep small bodies under their hashes, packed."""
        moment = time.time()
        rows = {
            name: _row(name, moment) | {"packed": zlib.compress(small, 6)} for name, small in bodies
        }
        said = insert(body)
        new = said.excluded
        differs = sa.or_(
            body.c.packed.is_(None),
            body.c.packed != new.packed,
            body.c.kept_at < _said(moment - FRESH_S),
        )
        wanted = said.on_conflict_do_update(
            index_elements=[body.c.sha256],
            set_={"packed": new.packed, "kept_at": new.kept_at},
            where=differs,
        )
        with self._catalogue.writing() as connection:
            # In the order of their names: two who keep the same bodies wait for each other.
            connection.execute(wanted, [rows[name] for name in sorted(rows)])

    def announce(self, sha256: str) -> bool | None:
        """Say that a body is about to be sent: it is young from now on, and nobody sweeps it.

        Gives whether it was known to be in the bucket before; None where nothing was known.
        """
        said = insert(body)
        wanted = said.on_conflict_do_update(
            index_elements=[body.c.sha256], set_={"kept_at": said.excluded.kept_at}
        )
        with self._catalogue.writing() as connection:
            before = connection.execute(
                sa.select(body.c.in_bucket).where(body.c.sha256 == sha256)
            ).scalar()
            connection.execute(wanted, [_row(sha256, time.time())])
        return before

    def note(self, sha256: str, *, in_bucket: bool) -> None:
        """Write down whether a body is whole in the bucket."""
        with self._catalogue.writing() as connection:
            connection.execute(
                sa.update(body).where(body.c.sha256 == sha256).values(in_bucket=in_bucket)
            )

    def packed(self, sha256: str) -> bytes | None:
        """Give a small body as it is packed."""
        wanted = sa.select(body.c.packed).where(body.c.sha256 == sha256)
        with self._catalogue.reading() as connection:
            return connection.execute(wanted).scalar()

    def in_bucket(self, sha256: str) -> bool:
        """Tell whether a body is known to be whole in the bucket."""
        wanted = sa.select(body.c.in_bucket).where(body.c.sha256 == sha256)
        with self._catalogue.reading() as connection:
            return bool(connection.execute(wanted).scalar())

    def kept_at(self, sha256: str) -> float | None:
        """Give when a body was last kept, in seconds since 1970; None where nothing is known."""
        wanted = sa.select(body.c.kept_at).where(body.c.sha256 == sha256)
        with self._catalogue.reading() as connection:
            said = connection.execute(wanted).scalar()
        return datetime.fromisoformat(said).timestamp() if said else None

    def forget(self, connection: sa.Connection, sha256: str, *, older_s: float) -> bool:
        """Forget a body that was kept before then; False where it is younger, or not known.

        Who announces it now waits until this transaction ends.
        """
        before = _said(time.time() - older_s) if older_s else "~"
        gone = connection.execute(
            sa.delete(body).where(body.c.sha256 == sha256, body.c.kept_at < before)
        )
        return gone.rowcount > 0

    def walk_packed(self) -> Iterator[tuple[str, bytes]]:
        """Walk small bodies in the order of their names, as they are packed."""
        last = ""
        while True:
            wanted = (
                sa.select(body.c.sha256, body.c.packed)
                .where(body.c.sha256 > last, body.c.packed.is_not(None))
                .order_by(body.c.sha256)
                .limit(_AT_ONCE)
            )
            with self._catalogue.reading() as connection:
                rows = connection.execute(wanted).all()
            yield from ((row.sha256, row.packed) for row in rows)
            if len(rows) < _AT_ONCE:
                return
            last = rows[-1].sha256

    def tidy(self, *, older_s: float) -> None:
        """Forget what was announced and never came."""
        with self._catalogue.writing() as connection:
            connection.execute(
                sa.delete(body).where(
                    body.c.packed.is_(None),
                    sa.not_(body.c.in_bucket),
                    body.c.kept_at < _said(time.time() - older_s),
                )
            )


def _said(moment: float) -> str:
    """Write a moment as the catalogue does, to the millisecond."""
    return datetime.fromtimestamp(moment, UTC).isoformat(timespec="milliseconds")


def _row(sha256: str, moment: float) -> dict[str, object]:
    return {"sha256": sha256, "packed": None, "in_bucket": False, "kept_at": _said(moment)}
