"""The two indexes of a generation: how they are named, made, looked at and removed."""

from dataclasses import dataclass

from elasticsearch import BadRequestError, Elasticsearch

from archive.errors import IndexOutdated
from archive.search.elastic.connecting import REBUILD, connect, translated
from archive.search.elastic.fields import KINDS, difference, mapping


@dataclass(frozen=True, slots=True, kw_only=True)
class Indexes:
    """The two indexes of one generation on a cluster; `name` begins both their names."""

    client: Elasticsearch
    name: str

    def of(self, kind: str) -> str:
        """Give the name of the index of entries or of pages."""
        return f"{self.name}-{kind}"

    def door(self, kind: str) -> str:
        """Give the name to write by. It is an alias, which a write never makes by itself.

        A write to an index that somebody removed would make it again, without our fields.
        """
        return f"{self.of(kind)}-door"

    @translated()
    def are_there(self) -> bool:
        """Tell whether both have been made."""
        return all(bool(self.client.indices.exists(index=self.of(kind))) for kind in KINDS)

    @translated()
    def make(self, *, shards: int = 1) -> bool:
        """Make both; those that are there already stay as they are.

        Gives whether both were made here and now, so that nothing stands in them.
        """
        made = [self._is_made(kind, shards) for kind in KINDS]
        return all(made)

    def _is_made(self, kind: str, shards: int) -> bool:
        try:
            self.client.indices.create(
                index=self.of(kind),
                mappings=mapping(kind),
                settings=_settings(shards),
                aliases={self.door(kind): {}},
            )
        except BadRequestError as error:
            if error.error != "resource_already_exists_exception":
                raise
            return False
        return True

    def refuse_outdated(self) -> None:
        """Refuse indexes that are missing, or that were built otherwise.

        Raises:
            IndexOutdated: with what is different.
        """
        with translated():
            found = self.client.indices.get_mapping(index=[self.of(kind) for kind in KINDS])
        for kind in KINDS:
            built = found[self.of(kind)]["mappings"].get("_meta", {})
            if said := difference(built, kind):
                raise IndexOutdated(f"search index is older than its fields ({said}). {REBUILD}")

    @translated()
    def refresh(self) -> None:
        """Let everybody see what was written."""
        self.client.indices.refresh(index=[self.of(kind) for kind in KINDS])

    @translated()
    def remove(self) -> None:
        """Remove both, where they are there."""
        self.client.indices.delete(index=[self.of(kind) for kind in KINDS], ignore_unavailable=True)


def _settings(shards: int) -> dict[str, object]:
    return {
        "index.number_of_shards": shards,
        # One copy as soon as there is a second node; none, and still "green", on a single one.
        "index.auto_expand_replicas": "0-1",
        # How long a removed entry is remembered, so that an older state does not bring it back.
        "index.gc_deletes": "1h",
    }


def open_indexes(urls: str, name: str, *, ca: str = "", api_key: str = "") -> Indexes:
    """Give the indexes of a generation by the addresses of a cluster; asks nothing of it yet."""
    return Indexes(client=connect(urls, ca, api_key), name=name)
