"""Plain documents: letters, several pages, turned and cropped pages, personal numbers."""

import io
from collections.abc import Callable, Sequence

from reportlab.pdfgen.canvas import Canvas

LETTER = (612.0, 792.0)


def drawn(
    *pages: Callable[[Canvas], None], size: tuple[float, float] = LETTER, title: str = ""
) -> bytes:
    """Draw a document, page by page; the same every time."""
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=size, invariant=True)
    if title:
        canvas.setTitle(title)
    for page in pages:
        page(canvas)
        canvas.showPage()
    canvas.save()
    return file.getvalue()


def lines(canvas: Canvas, texts: Sequence[str], *, left: float = 72, top: float = 720) -> None:
    """Set lines of 11 pt, 15 pt apart."""
    canvas.setFont("Helvetica", 11)
    for number, text in enumerate(texts):
        canvas.drawString(left, top - 15 * number, text)


LETTER_LINES = (
    "September 5, 2025",
    "Rosalind Quarrywood",
    "RE: Request 2025-TEST-00017, license plate readers",
    "Dear Ms. Quarrywood:",
    "This is the final response to your request of March 3, 2025.",
    "We found 42 pages of responsive records and withheld 7 under (b)(7)(E).",
    "Sincerely,",
)


def letter() -> bytes:
    """A letter that answers a request, with its date at the top."""
    return drawn(lambda canvas: lines(canvas, LETTER_LINES))


def many_pages(count: int) -> bytes:
    """Pages that say their number in words of their own."""

    def page(number: int) -> Callable[[Canvas], None]:
        return lambda canvas: lines(canvas, [f"This is leaf{number} of the bundle."])

    return drawn(*(page(number) for number in range(1, count + 1)))


def turned(degrees: int) -> bytes:
    """A page that is 400 by 300 points after /Rotate; before it, `corner` is bottom left."""

    def page(canvas: Canvas) -> None:
        canvas.setPageRotation(degrees)
        canvas.setFont("Helvetica", 12)
        canvas.drawString(20, 20, "corner")

    return drawn(page, size=(400, 300))


def cropped() -> bytes:
    """A page whose CropBox leaves out the left 100 and the bottom 50 points."""

    def page(canvas: Canvas) -> None:
        canvas.setCropBox((100, 50, 400, 300))
        canvas.setFont("Helvetica", 12)
        canvas.drawString(120, 70, "inside")
        canvas.drawString(10, 200, "outside")

    return drawn(page, size=(400, 300))


def heading() -> bytes:
    """A page with one line in large letters beneath a small one."""

    def page(canvas: Canvas) -> None:
        lines(canvas, ["Page 1 of 9"], top=760)
        canvas.setFont("Helvetica-Bold", 22)
        canvas.drawString(72, 700, "Camera Network Retention Rules")
        lines(canvas, ["The rules are these.", "They hold for all."], top=650)

    return drawn(page)


def personal_numbers() -> bytes:
    """A page with one number of each masked kind, and telephone, PIID and DUNS, which are none."""
    return drawn(
        lambda canvas: lines(
            canvas,
            [
                "SSN: 219-09-9999 and again 219 - 09 - 9999",
                "A-number: A012 345 678",
                "Date of birth: 01/02/1980",
                "Card 4111 1111 1111 1111",
                "Phone 202-555-0123, PIID 70ZZZZ25F00000001, DUNS 123456789",
            ],
        )
    )


def parted_word() -> bytes:
    """A word parted at the end of a line."""
    return drawn(lambda canvas: lines(canvas, ["Records of the sur-", "veillance of cars"]))
