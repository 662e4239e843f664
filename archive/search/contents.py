"""The text that every engine holds of an entry, field by field, analysed."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from archive.search.analysis import Passage, identified, passage
from archive.search.entry import Entry


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """A field: the stems of each of its passages that has words, and all its words as printed."""

    stems: Sequence[str]
    words: Collection[str]


@dataclass(slots=True, kw_only=True)
class Contents:
    """The fields of an entry, and the whole that a query without a field is judged on.

    The whole has the words of a page, and `page_count` counts it, when the page was walked: of a
    long document no more is held at a time than what the whole needs of it. `identifier_words` are
    identifiers as one word each.
    """

    title: Text
    vendor: Text
    agency: Text
    identifier_words: Sequence[str]
    _texts: Sequence[str]
    _stems: list[str]
    _words: set[str]
    page_count: int = field(default=0, init=False)

    def pages(self) -> Iterator[tuple[int, Text]]:
        """Analyse the pages, one by one; gives those with words, by their number."""
        for number, text in enumerate(self._texts, start=1):
            page = passage(text)
            if page.stems:
                self._stems.append(page.stems)
                self._words.update(page.words)
                self.page_count += 1
                yield number, Text(stems=[page.stems], words=page.words)

    @property
    def whole(self) -> Text:
        """The text of all fields, and of the pages that were walked."""
        return Text(stems=self._stems, words=self._words)


def contents(entry: Entry) -> Contents:
    """Analyse all the text of an entry but that of its pages, which are yet to be walked."""
    title = [passage(entry.title)]
    text = map(passage, entry.text)
    vendors = list(map(passage, entry.vendors))
    agencies = list(map(passage, entry.agencies))
    identifiers = list(map(identified, entry.identifiers))
    printed = [one for forms in identifiers for one in forms[:1]]
    as_words = [one for forms in identifiers for one in forms[1:]]
    whole = _text([*title, *text, *vendors, *agencies, *printed, *as_words])
    return Contents(
        title=_text(title),
        vendor=_text(vendors),
        agency=_text(agencies),
        identifier_words=[word for forms in identifiers for word in forms[-1].words],
        _texts=entry.pages,
        _stems=list(whole.stems),
        _words=set(whole.words),
    )


def _text(passages: Iterable[Passage]) -> Text:
    held = [one for one in passages if one.stems]
    words = frozenset().union(*[one.words for one in held])
    return Text(stems=[one.stems for one in held], words=words)
