"""The words that the characters of a page make."""

import re
from collections.abc import Iterator, Sequence
from typing import Self

import numpy as np
import numpy.typing as npt

from ingest.reader.characters import SOFT_HYPHEN, Boxes, Characters, Numbers, Run
from ingest.reader.geometry import Box
from ingest.reader.marks import as_array

_WORD = re.compile(r"(\S+)")


class Runs:
    """Words by columns, for there are many; each is made when it is asked for.

    `spans` has a row for each: its first character, the one behind its last, and its line. `boxes`
    and `reaches` have rows as `Run` has them.
    """

    def __init__(self, spans: Numbers, boxes: Boxes, reaches: Boxes) -> None:
        self.spans, self.boxes, self.reaches = spans, boxes, reaches

    @classmethod
    def of(cls, words: Sequence[Run]) -> Self:
        """Put words together."""
        spans = np.array([(word.begin, word.end, word.line) for word in words], np.int64)
        boxes, reaches = ([getattr(word, of) for word in words] for of in ("box", "reach"))
        return cls(spans.reshape(-1, 3), as_array(boxes), as_array(reaches))

    def those(self, wanted: npt.NDArray[np.bool_]) -> "Runs":
        """Give the words that are marked as wanted."""
        return Runs(self.spans[wanted], self.boxes[wanted], self.reaches[wanted])

    def texts(self, page: Characters) -> list[str]:
        """Give each word as it is printed."""
        return [page.text[begin:end] for begin, end, _ in self.spans.tolist()]

    def __len__(self) -> int:
        return len(self.spans)

    def __getitem__(self, number: int) -> Run:
        begin, end, line = self.spans[number].tolist()
        box, reach = Box(*self.boxes[number].tolist()), Box(*self.reaches[number].tolist())
        return Run(begin=begin, end=end, line=line, box=box, reach=reach)

    def __iter__(self) -> Iterator[Run]:
        columns = (self.spans.tolist(), self.boxes.tolist(), self.reaches.tolist())
        for (begin, end, line), box, reach in zip(*columns, strict=True):
            yield Run(begin=begin, end=end, line=line, box=Box(*box), reach=Box(*reach))


def runs(page: Characters) -> Runs:
    """List the words in reading order; one parted at a line's end has its first part's box."""
    parts = _WORD.split(page.text)
    ends = np.fromiter(map(len, parts), np.int64, len(parts)).cumsum()
    breaks = [part != " " and ("\n" in part or "\r" in part) for part in parts[0:-1:2]]
    spans = np.stack([ends[0:-1:2], ends[1::2], np.array(breaks, np.int64).cumsum()], axis=1)
    reaches = page.reaches(spans)
    boxes = reaches
    if SOFT_HYPHEN in page.text:
        boxes = reaches.copy()
        for number in (n for n, word in enumerate(parts[1::2]) if SOFT_HYPHEN in word):
            begin, end, _ = spans[number].tolist()
            boxes[number] = _first_part(page, begin, end, Box(*reaches[number].tolist()))
    return Runs(spans, boxes, reaches)


def run(page: Characters, begin: int, end: int, line: int) -> Run:
    """Make a word of some characters."""
    reach = page.reach(begin, end)
    box = _first_part(page, begin, end, reach)
    return Run(begin=begin, end=end, box=box, reach=reach, line=line)


def _first_part(page: Characters, begin: int, end: int, reach: Box) -> Box:
    parted = page.text.find(SOFT_HYPHEN, begin + 1, end)
    return page.reach(begin, parted) if parted > 0 else reach
