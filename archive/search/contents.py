"""The text that every engine holds of an entry, field by field, analysed."""

from collections.abc import Sequence
from dataclasses import dataclass

from archive.search.analysis import Passage, identified, passage
from archive.search.entry import Entry


@dataclass(frozen=True, slots=True, kw_only=True)
class Contents:
    """The passages of each field, and of the whole that a query without a field is judged on.

    `identifier_words` are identifiers as one word each. `pages` has one passage a page, also for
    pages without words.
    """

    title: Sequence[Passage]
    vendor: Sequence[Passage]
    agency: Sequence[Passage]
    whole: Sequence[Passage]
    identifier_words: Sequence[str]
    pages: Sequence[Passage]

    @property
    def page_count(self) -> int:
        """How many pages have words; the others are not indexed."""
        return sum(1 for page in self.pages if page.stems)


def contents(entry: Entry) -> Contents:
    """Analyse all the text of an entry."""
    title = [passage(entry.title)]
    text = [passage(one) for one in entry.text]
    vendors = [passage(one) for one in entry.vendors]
    agencies = [passage(one) for one in entry.agencies]
    pages = [passage(one) for one in entry.pages]
    identifiers = [identified(one) for one in entry.identifiers]
    printed = [one for forms in identifiers for one in forms[:1]]
    as_words = [one for forms in identifiers for one in forms[1:]]
    return Contents(
        title=title,
        vendor=vendors,
        agency=agencies,
        whole=[*title, *text, *vendors, *agencies, *printed, *as_words, *pages],
        identifier_words=[word for forms in identifiers for word in forms[-1].words],
        pages=pages,
    )
