"""Where readers ask: the archive with its live index and the words for its codes."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from archive.discreet import for_readers
from archive.indexing import LiveEngine
from archive.opening import Archive
from archive.search.engine import Engine
from archive.search.values import Vocabulary
from archive.shown.labels import Labels, source_label, view_label
from archive.vendors import joined_to
from archive.watchlist import agencies, technologies
from archive.watchlist.vocabulary import WatchlistVocabulary


@dataclass(frozen=True, slots=True, kw_only=True)
class Technology:
    """A technology that an award speaks of, and the words or the vendor that say so."""

    id: str
    label: str
    because: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """All that is needed to show something. `is_sample`: the records are composed."""

    archive: Archive
    live: LiveEngine
    vocabulary: Vocabulary
    labels: Labels
    is_sample: bool = False

    def engine(self) -> Engine:
        """Give the live index as it is now."""
        return self.live.get()

    def said(self, words: str) -> str:
        """Give what a program said, as readers may see it: without secrets, paths, folders."""
        return for_readers(words, self.archive.settings)

    def source(self, source: str) -> str:
        """Give the name of a source as readers know it."""
        return source_label(source, is_sample=self.is_sample)

    def view(self, view: str) -> str:
        """Give the name of a view as readers know it, '' for none."""
        return view_label(view, is_sample=self.is_sample)

    def agency(self, code: str, printed: str) -> str:
        """Give the name of an agency for a sentence: short when known, else as printed."""
        return agencies.short_name(code) or printed or agencies.name_of(code) or code

    def vendor_now(self, number: int) -> int:
        """Give the number that a vendor has now: another one after it was joined to it."""
        with self.archive.catalogue.reading() as connection:
            return joined_to(connection, number)

    def technologies(self, fields: Mapping[str, Any]) -> tuple[Technology, ...]:
        """Say what technologies an award's own words speak of, and which words."""
        words = [fields.get(name) for name in ("description", "psc_label", "naics_label")]
        tags = technologies.tag(
            " . ".join(str(one) for one in words if one),
            vendor_name=str(fields.get("vendor_name") or ""),
            vendor_uei=str(fields.get("vendor_uei") or ""),
            psc=str(fields.get("psc_code") or ""),
        )
        labels = technologies.labels()
        return tuple(
            Technology(
                id=one.technology,
                label=labels[one.technology],
                because=f"from “{one.matched}”" if one.matched else "because the vendor sells it",
            )
            for one in tags
        )


def open_desk(archive: Archive) -> Desk:
    """Open a desk in an archive."""
    is_sample = archive.settings.is_sample
    return Desk(
        archive=archive,
        live=LiveEngine(archive),
        vocabulary=WatchlistVocabulary(),
        labels=Labels(is_sample=is_sample),
        is_sample=is_sample,
    )
