"""Released documents with known truth: `document(seed)` gives a PDF, its name and what is in it.

Letters of agencies, redacted releases, pages withheld in full, failed redactions, what only looks
like one, and scans of any of these. The same seed gives the same bytes. Everything is invented.

The truth has the form of one file in the hand-read gold of the corpus. Beside its facts there is
`drawn`: the kind and the manner of the document, `scanned_pages`, `withheld_pages` and, by page,
each box with its place in points from the top left corner of the page as people see it.

What counts:

* A box that is drawn counts once. A passage over three lines has three boxes, one a line, also
  where they touch; a paragraph covered by one tall box has one. A page covered as a whole, black or
  outlined, has one box, and is among `withheld_pages`; the black one also among
  `solid_black_pages`.
* A white box without a rim counts only where living words lie beneath it: nothing else shows it.
* A scanned page that lies slanted has boxes around its slanted boxes; `skew` says the degrees,
  counted against the clock.
* `codes` of a box are those printed on it, beside it, or in the margin of its line. A box may have
  none: its neighbour's stamp speaks for it.
* `exemption_label_counts` counts what is printed, exemption by exemption: "(b)(6), (b)(7)(C)"
  counts once for each. A label typed in place of a value counts, without a box; so do those on a
  slip sheet and on a sheet of deleted pages, line by line. An exemption that a letter or a court
  paper speaks of does not.
* `hidden_text` is what lies beneath the boxes of a failed redaction, box by box: as text, or, in a
  layered document, in the picture of the page alone.
* `scanned_pages` are pages that are a picture, whatever is drawn or typed over it. Their words are
  in `phrases_image`. Such a page may have a text layer: stamps, a court's header.
* A black page of a typed document always has words outside the black (its number, a stamp), so that
  only pictures have no text at all.
"""

from tests.drawn.released.documents import Released, document

__all__ = ["Released", "document"]
