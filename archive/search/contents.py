"""The text that every engine holds of an entry, field by field, analysed."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from archive.search.analysis import Passage, identified, passage
from archive.search.entry import NO_FACTS, Entry, PageFacts
from archive.search.exemptions import exemption_words


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """A field: the stems of each of its passages that has words, and all its words as printed."""

    stems: Sequence[str]
    words: Collection[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A page by its number: its words, and what else is known of it."""

    number: int
    text: Text
    facts: PageFacts

    @property
    def exemption_words(self) -> Sequence[str]:
        """Its exemptions, as one word each in every form that is searched for."""
        return exemption_words(self.facts.exemptions)


@dataclass(slots=True, kw_only=True)
class Contents:
    """The fields of an entry, and the whole that a query without a field is judged on.

    The whole has the words of a page, and `page_count` counts it, when the page was walked: of a
    long document no more is held at a time than what the whole needs of it. `identifier_words` and
    `exemption_words` are identifiers and exemptions as one word each.
    """

    title: Text
    vendor: Text
    agency: Text
    identifier_words: Sequence[str]
    exemption_words: Sequence[str]
    _texts: Sequence[str]
    _facts: Sequence[PageFacts]
    _stems: list[str]
    _words: set[str]
    page_count: int = field(default=0, init=False)

    def pages(self) -> Iterator[Page]:
        """Analyse the pages, one by one; gives those with words or with something to tell."""
        for number, text in enumerate(self._texts, start=1):
            page = passage(text)
            facts = self._facts[number - 1] if self._facts else NO_FACTS
            if page.stems:
                self._stems.append(page.stems)
                self._words.update(page.words)
            if page.stems or facts.is_telling:
                self.page_count += 1
                stems = [page.stems] if page.stems else []
                yield Page(number=number, text=Text(stems=stems, words=page.words), facts=facts)

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
        exemption_words=exemption_words(entry.facets.get("exemption", ())),
        _texts=entry.pages,
        _facts=entry.page_facts,
        _stems=list(whole.stems),
        _words=set(whole.words),
    )


def _text(passages: Iterable[Passage]) -> Text:
    held = [one for one in passages if one.stems]
    words = frozenset().union(*[one.words for one in held])
    return Text(stems=[one.stems for one in held], words=words)
