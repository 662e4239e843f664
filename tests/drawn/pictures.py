"""Scans without a text layer: pages that are nothing but a picture. All words are invented."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from PIL import Image, ImageDraw
from reportlab.pdfgen.canvas import Canvas

from tests.drawn.hostile import objects, stream
from tests.drawn.scans import (
    _FONT,
    _SCALE,
    HIDDEN_PLACES,
    PROSE_PLACES,
    Covered,
    Place,
    _stored,
    boxed_on_scan,
    noisy,
    picture,
    placed,
    scanned,
)
from tests.drawn.sheets import LETTER_LINES, drawn, lines

# 12 days of a month and a group of two that can be issued; nobody's.
SSN = "219-09-9999"
COURT = "Case 1:19-cv-03207-ZZ Document 37 Filed 02/10/21 Page 1 of 15"


def set_lines(*texts: str, top: float = 100) -> list[Place]:
    """Set lines of words beneath each other."""
    return [
        place
        for number, text in enumerate(texts)
        for place in placed(text, left=72, base=top + 16 * number)
    ]


def scan_of(*texts: str) -> bytes:
    """A scanned page with these lines."""
    return scanned(picture(set_lines(*texts)), [])


def prose() -> bytes:
    """A scanned page of prose."""
    return scanned(picture(PROSE_PLACES), [])


def copied() -> bytes:
    """The same from a noisy copy."""
    return scanned(noisy(picture(PROSE_PLACES)), [], quality=60)


def letter() -> bytes:
    """A scanned letter that answers a request."""
    return scan_of(*LETTER_LINES)


def bundle(count: int) -> bytes:
    """A scanned bundle, each page with a word of its own."""
    return paged(
        *(
            ("The bundle goes on with", f"sheet {number} of the papers")
            for number in range(1, count + 1)
        )
    )


def paged(*pages: Sequence[str]) -> bytes:
    """A scanned document of several pages, each of some lines."""
    return drawn(*(_page(picture(set_lines(*texts))) for texts in pages))


def long_scan(texts: Sequence[str], count: int) -> bytes:
    """A scan of many pages, each a picture of its own, compressed as scanners do."""

    def page(number: int) -> Callable[[Canvas], None]:
        def draw(canvas: Canvas) -> None:
            image = picture(set_lines(*texts, f"Sheet {number} of {count}")).convert("L")
            canvas.drawImage(_stored(image, 60), 0, 0, 612, 792)

        return draw

    return drawn(*(page(number) for number in range(1, count + 1)))


def _page(image: Image.Image) -> Callable[[Canvas], None]:
    def draw(canvas: Canvas) -> None:
        canvas.drawInlineImage(image, 0, 0, 612, 792)

    return draw


def typed_and_scanned() -> bytes:
    """A page of text, a scanned page, and an empty one."""
    return drawn(
        lambda canvas: lines(canvas, LETTER_LINES),
        _page(picture(PROSE_PLACES)),
        lambda canvas: None,
    )


def on_its_side(degrees: int) -> bytes:
    """A scanned page that was laid on the glass sideways."""
    texts = [
        f"{number}. {line}"
        for number in range(1, 9)
        for line in (
            "The officer named below reported to the unit on the day",
            "before the cameras were taken down for their yearly repair",
        )
    ]
    image = picture(set_lines(*texts)).rotate(degrees, expand=True)
    width, height = image.size
    size = (width / _SCALE, height / _SCALE)
    return drawn(lambda canvas: canvas.drawInlineImage(image, 0, 0, *size), size=size)


def under_a_court_line() -> bytes:
    """A scanned opinion, with the line that a court sets over each of its pages as text."""

    def over(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", 9)
        canvas.drawString(100, 792 - 14, COURT)

    return scanned(picture(PROSE_PLACES), [], over=over)


def under_stamps() -> bytes:
    """A scanned page whose redactions are stamped in type."""

    def over(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", 8)
        for number in range(12):
            canvas.drawString(80 + 30 * (number % 3), 600 - 40 * number, "(b)(6), (b)(7)(C)")

    return scanned(picture(PROSE_PLACES), [], over=over)


def in_outlines() -> bytes:
    """A page whose letters are drawn as shapes: no picture and no text."""

    def page(canvas: Canvas) -> None:
        for number in range(12):
            canvas.rect(72 + 20 * number, 600, 10, 14, fill=1)

    return drawn(page)


def small_print() -> bytes:
    """A page printed so small that its letters are a few dots high."""
    image = picture(
        set_lines(*(f"{number} kept no plates beyond thirty days" for number in range(20)))
    )
    part = image.crop((0, 0, image.width // 2, image.height // 2))
    large = part.resize((part.width * 3, part.height * 3), Image.Resampling.LANCZOS)
    return drawn(lambda canvas: canvas.drawInlineImage(large, 72, 500, 170, 220))


def shining_through(*, ground: int, letters: int) -> bytes:
    """A scan with a box through which a name shines: little darker or lighter than the box."""
    image = picture(PROSE_PLACES, HIDDEN_PLACES, Covered(fill=ground))
    brush = ImageDraw.Draw(image)
    for place in HIDDEN_PLACES:
        where = (place.left * _SCALE, place.base * _SCALE)
        brush.text(where, place.word, (letters,) * 3, _FONT, anchor="ls")
    return scanned(image, [])


def blacked_out(*, ground: int, letters: int) -> bytes:
    """A scanned page that is covered as a whole, and whose words shine through."""
    image = Image.new("RGB", picture([]).size, (ground,) * 3)
    brush = ImageDraw.Draw(image)
    for place in PROSE_PLACES:
        where = (place.left * _SCALE, place.base * _SCALE)
        brush.text(where, place.word, (letters,) * 3, _FONT, anchor="ls")
    return scanned(image, [])


def covered(box: Covered) -> bytes:
    """A scan with a box over a name in its picture."""
    return scanned(picture(PROSE_PLACES, HIDDEN_PLACES, box), [])


BOXED: dict[str, Callable[[], bytes]] = {
    "black": lambda: covered(Covered()),
    "grey": lambda: covered(Covered(fill=128)),
    "white": lambda: covered(Covered(fill=255)),
    "stamped": lambda: covered(Covered(stamp="(b)(6)")),
    "drawn over the scan": boxed_on_scan,
    "dark on black": lambda: shining_through(ground=0, letters=30),
    "black on dark": lambda: shining_through(ground=30, letters=0),
    "faint on white": lambda: shining_through(ground=255, letters=246),
}


def marked_on_scan(*, is_headed: bool = False) -> bytes:
    """A scan with a name in its picture that is marked for redaction, and was not redacted."""
    image = picture([*PROSE_PLACES, *HIDDEN_PLACES])
    marks = [
        b"<< /Type /Annot /Subtype /Redact /Rect [%f %f %f %f] >>"
        % (place.left - 2, 789 - place.base, place.left + place.width + 2, 804 - place.base)
        for place in HIDDEN_PLACES
    ]
    numbers = b" ".join(b"%d 0 R" % number for number in range(7, 7 + len(marks)))
    over = b"BT /F 9 Tf 100 778 Td (%b) Tj ET" % COURT.encode() if is_headed else b""
    size = b"/Type /XObject /Subtype /Image /ColorSpace /DeviceRGB /BitsPerComponent 8"
    return objects(
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Annots [%b]"
        b" /Resources << /Font << /F 5 0 R >> /XObject << /I 6 0 R >> >> >>" % numbers,
        stream(b"q 612 0 0 792 0 0 cm /I Do Q %b" % over),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        stream(image.tobytes(), size + b" /Width %d /Height %d" % image.size),
        *marks,
    )


def boxed_over_scan() -> bytes:
    """A scan with a box drawn over a name in its picture, which can be taken away again."""
    image = picture([*PROSE_PLACES, *HIDDEN_PLACES])
    return scanned(image, [], over=_box)


def boxed_in_scan() -> bytes:
    """A scan with a box in its picture, and another one drawn over that."""
    return scanned(picture(PROSE_PLACES, HIDDEN_PLACES, Covered()), [], over=_box)


def _box(canvas: Canvas) -> None:
    first, last = HIDDEN_PLACES[0], HIDDEN_PLACES[-1]
    width = last.left + last.width - first.left
    canvas.rect(first.left - 1, 792 - first.base - 2, width + 2, 11, stroke=0, fill=1)


def released(*, degrees: float = 0.0) -> bytes:
    """A scan as an agency releases it, a little hanging: boxes, stamps, a heading, a field."""
    image = picture([*PROSE_PLACES, *set_lines("Contact: the duty officer of that day", top=500)])
    brush = ImageDraw.Draw(image)

    def box(edges: Sequence[float], fill: int, stamp: str = "", ink: int = 255) -> None:
        left, top, right, bottom = (edge * _SCALE for edge in edges)
        outline = (0, 0, 0) if fill == 255 else None
        brush.rectangle((left, top, right, bottom), fill=(fill,) * 3, outline=outline, width=2)
        brush.text((left + 10, bottom - 6), stamp, (ink,) * 3, _FONT, anchor="ls")

    box((150, 300, 330, 314), 0, "(b)(6), (b)(7)(C)")
    box((150, 340, 330, 354), 130)
    box((150, 380, 330, 396), 255, "(b)(7)(E)", ink=0)
    box((72, 430, 540, 448), 30, "Section Two Vehicle Seized")
    turned = image.rotate(degrees, Image.Resampling.BICUBIC, fillcolor=(255, 255, 255))
    return scanned(turned, [])


def garbled() -> bytes:
    """A scan whose text layer has other letters than it shows."""
    layer = [replace(one, word="".join(chr(ord(x) + 1) for x in one.word)) for one in PROSE_PLACES]
    return scanned(picture(PROSE_PLACES), layer)


def consonants() -> bytes:
    """A typed page of shortened words, which are what they seem to be."""
    text = [f"HTTP XML TCP SMTP FTP NTP DNS VPN {number} GPS LPR SDK" for number in range(1, 7)]
    return drawn(lambda canvas: lines(canvas, text))
