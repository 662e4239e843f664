"""File stores under test, each with what spoils it."""

import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from archive import settings
from archive.catalogue.tables import body
from archive.files import FolderFiles
from archive.files.bucket import BucketFiles
from archive.opening import Archive, open_archive
from tests.catalogues import home_settings


@contextmanager
def archive_with(home: Path, url: str, **more: str) -> Iterator[Archive]:
    """Open an archive in a folder with its files elsewhere."""
    said = {f"PAPERWATCH_{name}": value for name, value in more.items()}
    said = home_settings(home) | {"PAPERWATCH_FILES_URL": url} | said
    with open_archive(settings.load(said)) as archive:
        yield archive


@dataclass
class Store:
    """A store that can be spoiled."""

    archive: Archive
    files: FolderFiles | BucketFiles = field(init=False)

    def __post_init__(self) -> None:
        assert isinstance(self.archive.files, FolderFiles | BucketFiles)
        self.files = self.archive.files

    def damage(self, sha256: str) -> None:
        """Put other bytes in the place of a file."""
        if isinstance(self.files, FolderFiles):
            self.files.path(sha256).write_bytes(b"damaged")
        else:
            client, named = self._object(sha256)
            client.put_object(**named, Body=b"damaged")
            self.files._cache.drop(sha256)

    def lose(self, sha256: str) -> None:
        """Remove a file behind the store's back."""
        if isinstance(self.files, FolderFiles):
            self.files.path(sha256).unlink()
        else:
            client, named = self._object(sha256)
            client.delete_object(**named)
            self.files._cache.drop(sha256)

    def damage_packed(self) -> None:
        """Spoil all that is packed."""
        if isinstance(self.files, FolderFiles):
            with self.files._pack() as pack:
                pack.execute("UPDATE pack SET body = x'00'")
        else:
            self._change(body.c.packed, b"\0")

    def grow_old(self) -> None:
        """Let two days pass since all was kept."""
        then = time.time() - 2 * 86_400
        if isinstance(self.files, BucketFiles):
            self._change(body.c.kept_at, "2020-01-01T00:00:00.000+00:00")
            return
        with self.files._pack() as pack:
            pack.execute("UPDATE pack SET kept_at = ?", (then,))
        for path in self.files.folder.glob("??/*"):
            os.utime(path, (then, then))

    def _object(self, sha256: str) -> tuple[Any, dict[str, str]]:
        assert isinstance(self.files, BucketFiles)
        objects = self.files._objects
        return objects._client, objects._named(f"{sha256[:2]}/{sha256}")

    def _change(self, column: sa.Column[Any], value: object) -> None:
        with self.archive.catalogue.writing() as connection:
            connection.execute(sa.update(body).values({column: value}))


def pack_of(archive: Archive) -> AbstractContextManager[sqlite3.Connection]:
    """Open a transaction on what an archive keeps packed in its folder, to spoil it."""
    assert isinstance(archive.files, FolderFiles)
    return archive.files._pack()


def empty(store: Store) -> None:
    """Remove every object of a store in a bucket, at the end of a test."""
    if isinstance(store.files, BucketFiles):
        for key in list(store.files._objects.keys()):
            store.files._objects.remove(key)
