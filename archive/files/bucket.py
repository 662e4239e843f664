"""A file store in a bucket of S3-compatible storage.

Files of their own are objects `ab/ab12…` under the prefix, as a folder's are files. Small bodies
are packed in the catalogue, which also knows when each body came: `docs/files.md` says why. A row
says that a body is coming before it is sent, so that no sweep removes what is just being kept.
"""

import hashlib
import re
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from heapq import merge
from itertools import groupby, islice
from pathlib import Path

import sqlalchemy as sa

from archive.catalogue.database import Catalogue
from archive.errors import Damaged, NotFound
from archive.files.address import Bucket
from archive.files.cache import Cache
from archive.files.hashing import hash_of
from archive.files.kept import Kept
from archive.files.objects import Objects
from archive.files.pack import unpacked
from archive.files.putting import Putting
from archive.model import Stored

_KEY = re.compile(r"([0-9a-f]{2})/(\1[0-9a-f]{62})")
_DAY_S = 86_400
_AT_ONCE = 8  # objects that `each` reads at the same time


class BucketFiles(Putting):
    """A file store in a bucket, with copies of what is in use in the folder of the archive."""

    def __init__(self, bucket: Bucket, catalogue: Catalogue, home: Path, cache_mb: int) -> None:
        self._catalogue = catalogue
        self._objects = Objects(bucket)
        self._kept = Kept(catalogue)
        self._cache = Cache(home / "cache" / "files", cache_mb * 1_000_000)

    def _put_packed(self, bodies: Sequence[tuple[str, bytes]]) -> None:
        self._kept.put(bodies)

    def put_stream(self, chunks: Iterator[bytes]) -> Stored:
        """Keep a body given in chunks."""
        with self._cache.incoming(chunks) as (part, stored):
            self._send(part, stored)
            self._cache.settle(part, stored)
        return stored

    def take_file(self, path: Path) -> Stored:
        """Take a file in, from a folder of this archive."""
        stored = self.put_file(path)
        path.unlink()
        return stored

    def _send(self, part: Path, stored: Stored) -> None:
        """Send a file, unless the bucket has it."""
        known = self._kept.announce(stored.sha256)
        if not self._is_there(stored, known):
            self._objects.put(_key(stored.sha256), part, stored.sha256)
        if not known:
            self._kept.note(stored.sha256, in_bucket=True)

    def _is_there(self, stored: Stored, known: bool | None) -> bool:
        """Tell whether a file need not be sent; `known` is what its row says of the bucket."""
        if known is False:  # on its way, missing or damaged: sent anew, whatever the bucket says
            return False
        head = self._objects.head(_key(stored.sha256))
        if head is None or head.size_bytes != stored.size_bytes:
            return False
        return head.sha256 == stored.sha256 or (bool(known) and not head.sha256)

    def path(self, sha256: str) -> Path:
        """Give the path of a copy, fetched and checked where there was none."""
        return self._cache.find(sha256) or self._fetched(sha256)

    def checked_path(self, sha256: str) -> Path:
        """Give the path of a copy that was read through against its hash."""
        found = self._cache.find(sha256)
        if found is not None:
            if hash_of(found) == sha256:
                return found
            self._cache.drop(sha256)
        return self._fetched(sha256)

    @contextmanager
    def held(self, sha256: str) -> Iterator[Path]:
        """Give the path of a copy that stays until the end of the `with` statement."""
        while True:
            self.path(sha256)
            with self._cache.hold(sha256) as path:
                if path is not None:
                    yield path
                    return

    def _fetched(self, sha256: str) -> Path:
        with self._objects.reading(_key(sha256)) as chunks:
            if chunks is None:
                self._kept.note(sha256, in_bucket=False)
                raise NotFound(f"The file store has no file {sha256}. Run: paperwatch verify")
            with self._cache.incoming(chunks) as (part, stored):
                if stored.sha256 != sha256:
                    self._kept.note(sha256, in_bucket=False)
                    raise Damaged(f"{sha256} in the file store is damaged. Run: paperwatch verify")
                return self._cache.settle(part, stored)

    def read(self, sha256: str) -> bytes:
        """Give the bytes of a body, checked against their hash."""
        packed = self._kept.packed(sha256)
        body = unpacked(packed) if packed is not None else self.path(sha256).read_bytes()
        if hashlib.sha256(body).hexdigest() != sha256:
            raise Damaged(f"{sha256} in the file store is damaged. Run: paperwatch verify")
        return body

    def holds(self, sha256: str) -> bool:
        """Tell whether a body of that hash is here, asking the bucket."""
        is_packed = self._kept.packed(sha256) is not None
        return is_packed or self._objects.head(_key(sha256)) is not None

    def is_file(self, sha256: str) -> bool:
        """Tell whether a body is known as a file of its own, without asking the bucket."""
        return self._kept.in_bucket(sha256)

    def names(self) -> Iterator[str]:
        """Walk the names of all bodies in order."""
        packed = (name for name, _ in self._kept.walk_packed())
        for name, _ in groupby(merge(self._names_of_objects(), packed)):
            yield name

    def each(self) -> Iterator[tuple[str, bool]]:
        """Walk all bodies in order: name, and whether the bytes are whole."""
        small = (
            (name, hashlib.sha256(unpacked(packed)).hexdigest() == name)
            for name, packed in self._kept.walk_packed()
        )
        yield from merge(self._each_object(), small)

    def _names_of_objects(self) -> Iterator[str]:
        for key in self._objects.keys():  # noqa: SIM118 (no dictionary)
            if found := _KEY.fullmatch(key):
                yield found[2]

    def _each_object(self) -> Iterator[tuple[str, bool]]:
        with ThreadPoolExecutor(_AT_ONCE, thread_name_prefix="verify") as pool:
            names = self._names_of_objects()
            while some := tuple(islice(names, _AT_ONCE * 8)):
                looked_at = zip(some, pool.map(self._is_whole, some), strict=True)
                yield from ((name, whole) for name, whole in looked_at if whole is not None)

    def _is_whole(self, sha256: str) -> bool | None:
        """Read an object through; None where it has gone meanwhile."""
        digest = hashlib.sha256()
        with self._objects.reading(_key(sha256)) as chunks:
            if chunks is None:
                return None
            for chunk in chunks:
                digest.update(chunk)
        is_whole = digest.hexdigest() == sha256
        if not is_whole:
            self._kept.note(sha256, in_bucket=False)
        return is_whole

    def age_s(self, sha256: str, *, at: float) -> float:
        """Give how long a body has stood here, in seconds, at a moment."""
        kept_at = self._kept.kept_at(sha256)
        if kept_at is None:
            head = self._objects.head(_key(sha256))
            kept_at = head.modified_at if head else at
        return at - kept_at

    def remove(
        self, sha256: str, *, older_s: float = 0.0, within: sa.Connection | None = None
    ) -> bool:
        """Remove a body that no row names, unless it is younger."""
        if within is None:
            with self._catalogue.writing() as connection:
                return self.remove(sha256, older_s=older_s, within=connection)
        is_forgotten = self._kept.forget(within, sha256, older_s=older_s)
        if not is_forgotten and older_s and self.age_s(sha256, at=time.time()) <= older_s:
            return False
        # Within the transaction, though it asks the bucket: who keeps this body now waits for it.
        self._objects.remove(_key(sha256))
        self._cache.drop(sha256)
        return True

    def tidy(self) -> None:
        """Remove what killed processes left half-written more than a day ago."""
        self._objects.forget_begun(before=time.time() - _DAY_S)
        self._kept.tidy(older_s=_DAY_S)
        self._cache.tidy()

    def close(self) -> None:
        """Let go of connections."""
        self._objects.close()


def _key(sha256: str) -> str:
    return f"{sha256[:2]}/{sha256}"
