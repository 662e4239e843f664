"""Scans with a text layer: a page's picture, and its words drawn as nothing over it.

Picture and layer agree, word by word; boxes are in the picture alone. All words are invented.
"""

import io
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from PIL import Image, ImageDraw, ImageFilter, ImageFont
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from tests.drawn.redacted import HIDDEN, HIDDEN_LONGER
from tests.drawn.sheets import LETTER, drawn

_DPI = 150
_SCALE = _DPI / 72
_SIZE_PT = 11.0
_FONT = ImageFont.load_default(_SIZE_PT * _SCALE)
_SMALL = ImageFont.load_default(9 * _SCALE)

PROSE = (
    "The officer named below reported to the unit on the day",
    "before the cameras were taken down for their yearly repair,",
    "and wrote that no plates were kept beyond thirty days.",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A word with its place: left and width, and its baseline from the top, in points."""

    word: str
    left: float
    base: float
    width: float


def placed(line: str, *, left: float, base: float) -> list[Place]:
    """Set the words of a line side by side."""
    found = []
    for word in line.split():
        width = _FONT.getlength(word) / _SCALE
        found.append(Place(word=word, left=left, base=base, width=width))
        left += width + 3.2
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Covered:
    """A filled box in the picture: its grey or colour, and what is stamped on it in which grey."""

    fill: int | tuple[int, int, int] = 0
    stamp: str = ""
    stamp_grey: int = 255
    is_outlined: bool = False
    stamp_left: float = 4.0
    pad: float = 3.0


PROSE_PLACES = [
    place
    for number, line in enumerate(PROSE)
    for place in placed(line, left=72, base=100 + 16 * number)
]
# Beside each other, as a name stands in a line.
HIDDEN_PLACES = placed(f"{HIDDEN} {HIDDEN_LONGER}", left=160, base=180)


def picture(
    seen: Sequence[Place], covered: Sequence[Place] = (), box: Covered | None = None
) -> Image.Image:
    """Draw the picture of a page, with one box over all covered words."""
    wide, high = (round(edge * _SCALE) for edge in LETTER)
    image = Image.new("RGB", (wide, high), "white")
    brush = ImageDraw.Draw(image)
    for place in [*seen, *covered]:
        _write(brush, place.word, place.left, place.base)
    if box:
        pad = box.pad
        edges = (
            min(place.left for place in covered) - pad,
            min(place.base for place in covered) - 9 - pad,
            max(place.left + place.width for place in covered) + pad,
            max(place.base for place in covered) + 2.5 + pad,
        )
        fill = (box.fill,) * 3 if isinstance(box.fill, int) else box.fill
        outline = (0, 0, 0) if box.is_outlined else None
        brush.rectangle([edge * _SCALE for edge in edges], fill=fill, outline=outline, width=2)
        colour = (box.stamp_grey,) * 3
        where = ((edges[0] + box.stamp_left) * _SCALE, covered[0].base * _SCALE)
        brush.text(where, box.stamp, colour, _SMALL, anchor="ls")
    return image


def _write(brush: ImageDraw.ImageDraw, word: str, left: float, base: float, grey: int = 0) -> None:
    brush.text((left * _SCALE, base * _SCALE), word, (grey,) * 3, _FONT, anchor="ls")


def noisy(image: Image.Image, *, amount: int = 24, degrees: float = 0.0) -> Image.Image:
    """Let a picture look like a copy: noise, a tint of paper, blur, and perhaps a slant."""
    chance = random.Random(7)
    grey = image.convert("L").rotate(degrees, Image.Resampling.BICUBIC, fillcolor=255)
    noise = Image.frombytes("L", grey.size, chance.randbytes(grey.width * grey.height))
    noise = noise.point(lambda value: 128 + (value - 128) * amount // 128)
    mixed = Image.blend(grey.filter(ImageFilter.GaussianBlur(0.7)), noise, 0.12)
    return mixed.convert("RGB")


def scanned(
    image: Image.Image,
    layer: Sequence[Place],
    *,
    strips: int = 1,
    quality: int | None = None,
    is_layer_painted: bool = False,
    over: Callable[[Canvas], None] | None = None,
) -> bytes:
    """Make a page of a picture, perhaps stored in strips, and a text layer over or beneath it."""

    def page(canvas: Canvas) -> None:
        if is_layer_painted:
            _layer(canvas, layer, mode=0)
        edges = [round(image.height * part / strips) for part in range(strips + 1)]
        for top, bottom in pairwise(edges):
            part = image.crop((0, top, image.width, bottom))
            low = LETTER[1] - bottom / image.height * LETTER[1]
            high = LETTER[1] - top / image.height * LETTER[1]
            canvas.drawImage(_stored(part, quality), 0, low, LETTER[0], high - low)
        if not is_layer_painted:
            _layer(canvas, layer, mode=3)
        if over:
            over(canvas)

    return drawn(page)


def _layer(canvas: Canvas, layer: Sequence[Place], *, mode: int) -> None:
    canvas.saveState()  # or all text after it would be drawn as nothing too
    text = canvas.beginText()
    text.setFont("Helvetica", _SIZE_PT)
    text.setTextRenderMode(mode)
    for place in layer:
        natural = canvas.stringWidth(place.word, "Helvetica", _SIZE_PT)
        text.setHorizScale(100 * place.width / natural)
        text.setTextOrigin(place.left, LETTER[1] - place.base)
        text.textOut(place.word)
    canvas.drawText(text)
    canvas.restoreState()


def _stored(image: Image.Image, quality: int | None) -> ImageReader:
    file = io.BytesIO()
    if quality:
        image.save(file, "JPEG", quality=quality)
    else:
        image.save(file, "PNG")
    file.seek(0)
    return ImageReader(file)


def scan(box: Covered, *, strips: int = 1, quality: int | None = None) -> bytes:
    """A scan whose layer still has the words beneath a box of its picture."""
    image = picture(PROSE_PLACES, HIDDEN_PLACES, box)
    layer = [*PROSE_PLACES, *HIDDEN_PLACES]
    return scanned(image, layer, strips=strips, quality=quality)


def copy(box: Covered, *, degrees: float = 0.0) -> bytes:
    """The same from a noisy copy, a little slanted."""
    image = noisy(picture(PROSE_PLACES, HIDDEN_PLACES, box), degrees=degrees)
    return scanned(image, [*PROSE_PLACES, *HIDDEN_PLACES], quality=60)


def painted_below(box: Covered) -> bytes:
    """A scan whose layer is painted, and lies below the picture."""
    image = picture(PROSE_PLACES, HIDDEN_PLACES, box)
    return scanned(image, [*PROSE_PLACES, *HIDDEN_PLACES], is_layer_painted=True)


def boxed_on_scan() -> bytes:
    """A scan with a black box drawn over it, not in its picture."""
    first, last = HIDDEN_PLACES[0], HIDDEN_PLACES[-1]

    def over(canvas: Canvas) -> None:
        canvas.setFillGray(0)
        low = LETTER[1] - first.base - 4
        canvas.rect(
            first.left - 3, low, last.left + last.width - first.left + 6, 15, stroke=0, fill=1
        )
        canvas.setFillGray(1)
        canvas.setFont("Helvetica", 9)
        canvas.drawString(first.left, low + 4, "(b)(6)")

    image = picture([*PROSE_PLACES, *HIDDEN_PLACES])
    return scanned(image, [*PROSE_PLACES, *HIDDEN_PLACES], over=over)


def pasted_on_scan(*, strips: int = 1, paper: int = 255, is_over_words: bool = True) -> bytes:
    """A scan without a text layer, and a grey picture put over it that is many lines high."""
    first = HIDDEN_PLACES[0]

    def over(canvas: Canvas) -> None:
        cover = _stored(Image.new("RGB", (16, 4), (190, 190, 190)), None)
        low = LETTER[1] - first.base - (4 if is_over_words else 400)
        canvas.drawImage(cover, first.left - 3, low, 180, 70 if is_over_words else 200)

    image = picture(HIDDEN_PLACES).convert("RGB").point(lambda shade: shade * paper // 255)
    return scanned(image, [], strips=strips, over=over)


def _laid_out(set_up: Callable[[Canvas, Image.Image], None]) -> bytes:
    """A stamped scan whose picture and layer lie on the page in a way of their own."""
    image = picture(PROSE_PLACES, HIDDEN_PLACES, Covered(stamp=_CODE))
    return drawn(lambda canvas: set_up(canvas, image))


def _half_page(canvas: Canvas, image: Image.Image) -> None:
    """A picture of less than half the page, typed on below."""
    part = image.crop((0, 0, image.width, image.height * 4 // 10))
    canvas.setFont("Helvetica", 11)
    canvas.drawString(72, 200, "Typed below the picture.")
    high = LETTER[1] * 0.4
    canvas.drawImage(_stored(part, None), 0, LETTER[1] - high, LETTER[0], high)
    _layer(canvas, [*PROSE_PLACES, *HIDDEN_PLACES], mode=3)


def _turned(canvas: Canvas, image: Image.Image) -> None:
    """A page with /Rotate 90 and a picture that lies on it upright before it is turned."""
    canvas.setPageRotation(90)
    canvas.scale(0.77, 0.77)
    _whole(canvas, image)


def _in_form(canvas: Canvas, image: Image.Image) -> None:
    canvas.beginForm("sheet")
    _whole(canvas, image)
    canvas.endForm()
    canvas.doForm("sheet")


def _whole(canvas: Canvas, image: Image.Image) -> None:
    canvas.drawImage(_stored(image, None), 0, 0, *LETTER)
    _layer(canvas, [*PROSE_PLACES, *HIDDEN_PLACES], mode=3)


def _transparent(canvas: Canvas, image: Image.Image) -> None:
    """A layer that is painted, with no opacity at all."""
    canvas.drawImage(_stored(image, None), 0, 0, *LETTER)
    canvas.setFillAlpha(0)
    _layer(canvas, [*PROSE_PLACES, *HIDDEN_PLACES], mode=0)


def _cut_out(canvas: Canvas, image: Image.Image) -> None:
    """A page stored as one picture a line, as some scanners do, without the line redacted."""
    scale = image.height / LETTER[1]
    for number in range(len(PROSE)):
        base = 100 + 16 * number
        edges = (60, base - 12, 500, base + 4)
        left, top, right, bottom = (int(edge * scale) for edge in edges)
        line = image.crop((left, top, right, bottom))
        canvas.drawImage(_stored(line, None), 60, LETTER[1] - base - 4, 440, 16)
    _layer(canvas, [*PROSE_PLACES, *HIDDEN_PLACES], mode=3)


def half_covered(*, stamp: str = "") -> bytes:
    """A scan whose layer has a name and the seen word before it as one word."""
    whole = placed(f"To:{HIDDEN_LONGER}", left=160, base=180)[0]
    seen = _FONT.getlength("To:") / _SCALE
    name = Place(word="", left=whole.left + seen, base=180, width=whole.width - seen)
    image = picture(PROSE_PLACES, [name], Covered(stamp=stamp, pad=1))
    _write(ImageDraw.Draw(image), "To:", 160, 180)
    return scanned(image, [*PROSE_PLACES, whole])


def initials(grey: int) -> bytes:
    """A scan with a box over a name with initials."""
    name = placed(f"J. Q. {HIDDEN} B", left=160, base=180)
    return scanned(picture(PROSE_PLACES, name, Covered(fill=grey)), [*PROSE_PLACES, *name])


_CODE = "(b)(6)"
_LONG_CODE = "(b)(6), (b)(7)(C)"

BADLY: dict[str, Callable[[], bytes]] = {
    "black": lambda: scan(Covered()),
    "black_stamped": lambda: scan(Covered(stamp=_CODE)),
    "black_stamped_long": lambda: scan(Covered(stamp=_LONG_CODE)),
    "black_stamped_in_the_middle": lambda: scan(Covered(stamp=_CODE, stamp_left=40)),
    "black_of_the_words_height": lambda: scan(Covered(stamp=_CODE, pad=0)),
    "black_in_4_strips": lambda: scan(Covered(stamp=_CODE), strips=4),
    "black_in_50_strips": lambda: scan(Covered(stamp=_CODE), strips=50),
    "black_in_400_strips": lambda: scan(Covered(stamp=_CODE), strips=400),
    "grey": lambda: scan(Covered(fill=128)),
    "grey_stamped": lambda: scan(Covered(fill=128, stamp=_CODE, stamp_grey=0)),
    "light_grey": lambda: scan(Covered(fill=217)),
    "red": lambda: scan(Covered(fill=(190, 30, 30), stamp=_CODE)),
    "yellow": lambda: scan(Covered(fill=(255, 240, 0))),
    "white": lambda: scan(Covered(fill=255)),
    "white_outlined": lambda: scan(Covered(fill=255, is_outlined=True)),
    "white_stamped": lambda: scan(Covered(fill=255, stamp=_CODE, stamp_grey=0)),
    "compressed": lambda: scan(Covered(stamp=_CODE), quality=40),
    "compressed_white": lambda: scan(Covered(fill=255), quality=40),
    "copied": lambda: copy(Covered(stamp=_CODE)),
    "copied_grey": lambda: copy(Covered(fill=110, stamp=_CODE)),
    "copied_white": lambda: copy(Covered(fill=255)),
    "copied_slanted": lambda: copy(Covered(stamp=_CODE), degrees=0.5),
    "layer_below": lambda: painted_below(Covered(stamp=_CODE)),
    "box_drawn_on_scan": boxed_on_scan,
    "half_page": lambda: _laid_out(_half_page),
    "turned": lambda: _laid_out(_turned),
    "in_form": lambda: _laid_out(_in_form),
    "transparent_layer": lambda: _laid_out(_transparent),
    "cut_out": lambda: _laid_out(_cut_out),
}


def _with(words: str, *, ground: int | tuple[int, int, int], grey: int = 0) -> bytes:
    """A scan with words printed on a ground of their own."""
    places = placed(words, left=160, base=180)
    image = picture(PROSE_PLACES, places, Covered(fill=ground))
    brush = ImageDraw.Draw(image)
    for place in places:
        _write(brush, place.word, place.left, place.base, grey)
    return scanned(image, [*PROSE_PLACES, *places], quality=70)


def redacted_well() -> bytes:
    """A scan whose words were read after the box was drawn and stamped: the stamp is a word."""
    places = placed("(b)(7)(E)", left=160, base=180)
    image = picture(PROSE_PLACES, places, Covered())
    _write(ImageDraw.Draw(image), "(b)(7)(E)", 160, 180, 255)
    return scanned(image, [*PROSE_PLACES, *places])


def shifted() -> bytes:
    """A scan whose layer is a little out of place."""
    layer = [
        Place(word=one.word, left=one.left + 1.5, base=one.base + 2, width=one.width)
        for one in PROSE_PLACES
    ]
    return scanned(picture(PROSE_PLACES), layer)


def slide() -> bytes:
    """A page that a dark picture fills, with words painted on it, and a picture over all of it."""

    def page(canvas: Canvas) -> None:
        dark = Image.linear_gradient("L").convert("RGB").point(lambda value: value // 3)
        canvas.drawImage(_stored(dark, None), 0, 0, *LETTER)
        canvas.setFillGray(1)
        canvas.setFont("Helvetica", 20)
        canvas.drawString(100, 500, "Total budget")
        canvas.setFillGray(0.5)
        canvas.setFont("Helvetica", 7)
        canvas.drawString(100, 40, "fine print in grey letters")
        veil = Image.new("RGBA", (30, 40), (120, 120, 120, 40))
        canvas.drawImage(_stored(veil, None), 0, 0, *LETTER, mask="auto")

    return drawn(page)


def anchored() -> bytes:
    """A printed page with a small picture, and an anchor for signatures, drawn as nothing."""

    def page(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", 11)
        canvas.drawString(72, 720, "Signed by the contracting officer")
        canvas.drawImage(_stored(Image.new("RGB", (40, 40), (20, 60, 140)), None), 500, 740, 40, 40)
        _layer(canvas, placed("anchor_one", left=72, base=300), mode=3)

    return drawn(page)


# Name → the page, and words that must stay in its text.
DECOYS: dict[str, tuple[Callable[[], bytes], str]] = {
    "plain": (lambda: scanned(picture(PROSE_PLACES), PROSE_PLACES), PROSE[1]),
    "copied": (lambda: scanned(noisy(picture(PROSE_PLACES)), PROSE_PLACES, quality=50), PROSE[1]),
    "slanted": (lambda: scanned(noisy(picture(PROSE_PLACES), degrees=0.4), PROSE_PLACES), PROSE[1]),
    "in_strips": (lambda: scanned(picture(PROSE_PLACES), PROSE_PLACES, strips=30), PROSE[2]),
    "shifted": (shifted, PROSE[0]),
    "heading": (lambda: _with("Section Two Vehicle Seized", ground=0, grey=255), "Section Two"),
    "blue_heading": (lambda: _with("Total", ground=(0, 60, 220), grey=255), "Total"),
    "shaded": (lambda: _with("Total", ground=217), "Total"),
    "shaded_more": (lambda: _with("Total due", ground=200), "Total due"),
    "highlighted": (lambda: _with("Marked", ground=(255, 245, 60)), "Marked"),
    "redacted_well": (redacted_well, "(b)(7)(E)"),
    "slide": (slide, "Total budget"),
    "slide_in_grey": (slide, "fine print in grey letters"),
    "anchored": (anchored, "anchor_one"),
}
