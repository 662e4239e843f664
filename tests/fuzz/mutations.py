"""Ways to break a PDF that leave it enough of one to get far into a reader."""

import re
import zlib
from collections.abc import Callable, Sequence
from random import Random

Mutation = Callable[[bytes, Random, Sequence[bytes]], bytes]

_NUMBER = re.compile(rb"(?<![\w.])-?\d+(?:\.\d+)?(?![\w.])")
_NAME = re.compile(rb"/[A-Za-z][A-Za-z0-9]*")
_REFERENCE = re.compile(rb"\b\d+ \d+ R\b")
_OBJECT = re.compile(rb"\b\d+ \d+ obj\b(.*?)\bendobj\b", re.DOTALL)
_STREAM = re.compile(rb"stream\r?\n(.*?)\r?\nendstream", re.DOTALL)
_LENGTH = re.compile(rb"/Length \d+")
_ENTRY = re.compile(rb"\d{10} \d{5} [nf]")
_WORD = re.compile(rb"endstream|endobj|stream|startxref|trailer|xref|obj")

_INTERESTING = (
    *(b"0 1 -1 2 3 7 8 16 32 64 127 128 255 256 1000 4096 32767 32768 65535 65536 -32768").split(),
    *(b"99999999 2147483647 2147483648 4294967295 4294967296 -2147483648 1e9 0.0 -0.5").split(),
    *(b"1000000000000 9223372036854775807 0.00001 123456.789 1e38 -1e38 nan inf").split(),
)
_FILTERS = b"""/FlateDecode /LZWDecode /ASCIIHexDecode /ASCII85Decode /RunLengthDecode /DCTDecode
/CCITTFaxDecode /JBIG2Decode /JPXDecode /Crypt""".split()
_NAMES = (
    b"""/Type /Subtype /Page /Pages /Catalog /Kids /Count /Parent /MediaBox /CropBox /Rotate
/Resources /Contents /Font /XObject /Form /Image /Annots /Annot /Rect /AP /N /Redact /Highlight
/Square /FileAttachment /Widget /Popup /Link /Stamp /FreeText /Filter /DecodeParms /Predictor
/Columns /Colors /BitsPerComponent /Width /Height /ColorSpace /DeviceRGB /DeviceGray /DeviceCMYK
/Indexed /Separation /Pattern /Shading /ICCBased /SMask /Mask /ImageMask /Decode /BBox /Matrix
/Group /S /Transparency /OC /OCG /OCMD /ExtGState /ca /CA /BM /Multiply /Type0 /Type1 /TrueType
/Type3 /CIDFontType0 /CIDFontType2 /ToUnicode /Encoding /Identity-H /Differences /Widths /FirstChar
/LastChar /FontDescriptor /FontFile2 /FontFile3 /Helvetica /Length /Root /Size /Prev /XRefStm
/Index /W /First /ObjStm /XRef /Encrypt /ID /Names /EmbeddedFiles /EF /F /UF /AcroForm /XFA /Fields
/Outlines /Metadata /QuadPoints /Function /Domain /Range /C0 /C1 /Threads /UserUnit""".split()
    + _FILTERS
)
_OPERATORS = b"""q Q cm re f F f* B b S s n W W* BT ET Tf Td TD Tm T* Tj TJ ' " Tr Ts Tz TL Tc Tw rg
RG g G k K cs CS sc scn SC SCN gs Do BI ID EI sh m l c v y h w J j M d i ri MP DP BMC BDC EMC BX EX
d0 d1""".split()
_JUNK_MOST = 900


def mutated(body: bytes, chance: Random, others: Sequence[bytes]) -> bytes:
    """Break a file in one to six ways; `others` are files to take parts from."""
    for _ in range(chance.choice((1, 1, 2, 2, 3, 4, 6))):
        body = chance.choice(MUTATIONS)(body, chance, others)
    return body


def _put(body: bytes, begin: int, end: int, new: bytes) -> bytes:
    return body[:begin] + new + body[end:]


def _one_of(pattern: re.Pattern[bytes], body: bytes, chance: Random) -> re.Match[bytes] | None:
    found = list(pattern.finditer(body))
    return chance.choice(found) if found else None


def _bits(body: bytes, chance: Random, _others: Sequence[bytes]) -> bytes:
    broken = bytearray(body)
    for _ in range(chance.choice((1, 1, 2, 8, 32))):
        if broken:
            broken[chance.randrange(len(broken))] ^= 1 << chance.randrange(8)
    return bytes(broken)


def _span(body: bytes, chance: Random, _others: Sequence[bytes]) -> bytes:
    begin = chance.randrange(len(body) + 1)
    end = min(len(body), begin + chance.choice((1, 4, 16, 64, 400)))
    new = chance.choice((b"", body[begin:end] * 2, chance.randbytes(end - begin), b"\0" * 8))
    return _put(body, begin, end, new)


def _number(body: bytes, chance: Random, _others: Sequence[bytes]) -> bytes:
    found = _one_of(_NUMBER, body, chance)
    if found is None:
        return body
    near = b"%d" % (int(float(found[0])) + chance.choice((-1, 1))) if len(found[0]) < 12 else b"7"
    return _put(body, *found.span(), chance.choice((*_INTERESTING, near, b"-" + found[0])))


def _name(body: bytes, chance: Random, _others: Sequence[bytes]) -> bytes:
    found = _one_of(_NAME, body, chance)
    return body if found is None else _put(body, *found.span(), chance.choice(_NAMES))


def _filter(body: bytes, chance: Random, _others: Sequence[bytes]) -> bytes:
    found = _one_of(re.compile(rb"/(?:\w+Decode|Length)\b"), body, chance)
    if found is None:
        return body
    many = b"[" + b" ".join(chance.choices(_FILTERS, k=chance.choice((1, 2, 3, 12)))) + b"]"
    return _put(body, *found.span(), chance.choice((*_FILTERS, many)))


def _reference(body: bytes, chance: Random, _others: Sequence[bytes]) -> bytes:
    found = _one_of(_REFERENCE, body, chance)
    if found is None:
        return body
    highest = len(_OBJECT.findall(body)) + 2
    return _put(body, *found.span(), b"%d 0 R" % chance.randrange(highest))


def _value(body: bytes, chance: Random, _others: Sequence[bytes]) -> bytes:
    """Put another kind of value behind a name."""
    found = _one_of(_NAME, body, chance)
    if found is None:
        return body
    nested = chance.choice((b"[", b"<<", b"<</A ", b"(")) * chance.choice((1, 8, 300))
    values = (b" null ", b" [] ", b" <<>> ", b" (x) ", b" <ff> ", b" true ", b" [0 0 0 0] ", nested)
    return _put(body, found.end(), found.end(), chance.choice(values))


def _length(body: bytes, chance: Random, _others: Sequence[bytes]) -> bytes:
    found = _one_of(_LENGTH, body, chance)
    number = chance.choice((*_INTERESTING, b"5 0 R"))
    return body if found is None else _put(body, *found.span(), b"/Length " + number)


def _table(body: bytes, chance: Random, _others: Sequence[bytes]) -> bytes:
    found = _one_of(_ENTRY, body, chance)
    if found is None:
        return body
    place = chance.choice((0, 1, chance.randrange(len(body)), 10**9, 9_999_999_999))
    return _put(body, *found.span(), b"%010d %05d %c" % (place, chance.choice((0, 1, 65535)), 110))


def _keyword(body: bytes, chance: Random, _others: Sequence[bytes]) -> bytes:
    found = _one_of(_WORD, body, chance)
    new = chance.choice((b"", b"endobj", b"stream\n", b"%", b"startxref\n0\n%%EOF\n"))
    return body if found is None else _put(body, *found.span(), new)


def _cut(body: bytes, chance: Random, _others: Sequence[bytes]) -> bytes:
    return body[: chance.randrange(len(body) + 1)]


def _junk(body: bytes, chance: Random, others: Sequence[bytes]) -> bytes:
    if chance.random() < 0.3:
        return body + chance.choice(others)
    return chance.randbytes(chance.randrange(_JUNK_MOST)) + body


def _graft(body: bytes, chance: Random, others: Sequence[bytes]) -> bytes:
    """Put an object of another file, or of this one, in the place of an object."""
    here = _one_of(_OBJECT, body, chance)
    there = _one_of(_OBJECT, chance.choice((body, *others)), chance)
    return body if here is None or there is None else _put(body, *here.span(1), there[1])


def _within(body: bytes, chance: Random, _others: Sequence[bytes]) -> bytes:
    """Unpack a deflated stream, break what is in it, and pack it again."""
    found = _one_of(_STREAM, body, chance)
    if found is None:
        return body
    try:
        content = zlib.decompressobj().decompress(found[1], 1 << 20)
        packed = zlib.compress(_broken_content(content, chance), 6)
    except zlib.error:
        packed = _broken_content(found[1], chance)
    return _put(body, *found.span(1), packed)


def _broken_content(content: bytes, chance: Random) -> bytes:
    for _ in range(chance.choice((1, 2, 5, 20))):
        way = chance.choice((_number, _number, _name, _bits, _span, _operator, _operator, _repeat))
        content = way(content, chance, ())
    return content[: 1 << 20]


def _operator(content: bytes, chance: Random, _others: Sequence[bytes]) -> bytes:
    operands = chance.choices(
        (*_INTERESTING, *_NAMES[:20], b"(x)", b"[1 (y)]"), k=chance.randrange(7)
    )
    new = b" ".join((b"", *operands, chance.choice(_OPERATORS), b""))
    spaces = [one.start() for one in re.finditer(rb"\s", content)]
    place = chance.choice(spaces) if spaces else len(content)
    return _put(content, place, place, new)


def _repeat(content: bytes, chance: Random, _others: Sequence[bytes]) -> bytes:
    begin = chance.randrange(len(content) + 1)
    part = content[begin : begin + chance.choice((8, 40, 200))]
    return _put(content, begin, begin, part * chance.choice((2, 30, 500)))


MUTATIONS: tuple[Mutation, ...] = (
    *(_bits, _span, _number, _number, _name, _filter, _reference, _reference, _value, _length),
    *(_table, _keyword, _cut, _junk, _graft, _graft, _within, _within, _within),
)
