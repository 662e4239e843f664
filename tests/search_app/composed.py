"""A small composed archive: awards by the real door, drawn PDFs through the real reader."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from reportlab.lib.pagesizes import letter
from reportlab.pdfgen.canvas import Canvas

from archive import deposit, documents, indexing, states
from archive.identifiers import award_key, idv_key, modification_key
from archive.model import Answer, Statement, Value
from archive.opening import Archive
from archive.reading_client import Readers
from archive.reading_work import read_waiting
from archive.release_statements import Released

ORDER = award_key(
    piid="70ZZZZ25F00000001", agency="7012", parent_piid="47ZZZZ24D0000007", parent_agency="4730"
)
VEHICLE = idv_key(piid="47ZZZZ24D0000007", agency="4730")
SCRIPT = award_key(piid="70ZZZZ26P00000666", agency="7012")
PERSON = award_key(piid="70ZZZZ26P00000777", agency="7014")
NAME_OF_PERSON = "QUILLFEATHER JONAH"
HIDDEN_WORD = "zanzibarquill"
FETCHED = "2026-10-11T04:12:09+00:00"
FETCHED_BEFORE = "2026-09-01T04:00:00+00:00"


@dataclass(frozen=True, slots=True, kw_only=True)
class Composed:
    """The documents by name; awards have constant keys."""

    work: str  # three pages, "facial recognition" on the first and the third
    beneath: str  # a failed redaction: its original is held
    held: str
    withdrawn: str
    refused: str
    waiting: str
    undated: str  # neither a date of its own nor of its release; stated of two bodies


def compose(archive: Archive, folder: Path) -> Composed:
    """Fill an archive."""
    _awards(archive)
    composed = _documents(archive, folder)
    indexing.drain(archive)
    return composed


def _award(key: str, **fields: Value) -> Statement:
    common: dict[str, Value] = {
        "category": "contract",
        "type_code": "C",
        "type_label": "DELIVERY ORDER",
        "awarding_agency_code": "070",
        "awarding_agency_name": "Department of Homeland Security",
        "awarding_subagency_code": "7012",
        "awarding_subagency_name": "U.S. Immigration and Customs Enforcement",
        "funding_subagency_code": "7012",
        "funding_subagency_name": "U.S. Immigration and Customs Enforcement",
        "psc_code": "7A21",
        "psc_label": "IT AND TELECOM - BUSINESS APPLICATION SOFTWARE",
        "naics_code": "513210",
        "naics_label": "SOFTWARE PUBLISHERS",
        "state": "VA",
        "city": "RESTON",
    }
    return Statement(
        kind="award",
        key=key,
        award_key=key,
        view="usaspending.award",
        fields=common | fields,
        modified_at=str(fields.get("acted_on") or "2026-01-01"),
        place=1,
    )


def _order(description: str, *, modified_at: str) -> Statement:
    made = _award(
        ORDER,
        piid="70ZZZZ25F00000001",
        parent_piid="47ZZZZ24D0000007",
        parent_key=VEHICLE,
        description=description,
        vendor_name="HALDEN BIOMETRICS LLC",
        vendor_uei="ZZZEXAMPLEZ9",
        obligated_cents=375_000_000,
        potential_cents=922_500_000,
        signed_on="2025-09-05",
        acted_on="2026-09-03",
        starts_on="2025-09-05",
        ends_on="2027-03-04",
        potential_ends_on="2027-09-04",
        offers="1",
        subaward_cents=53_840_000,
    )
    return Statement(
        kind=made.kind,
        key=made.key,
        award_key=made.award_key,
        view=made.view,
        fields=made.fields,
        modified_at=modified_at,
        place=1,
    )


def _modification(number: str, acted_on: str, cents: int, description: str) -> Statement:
    return Statement(
        kind="modification",
        key=modification_key(ORDER, number),
        award_key=ORDER,
        view="usaspending.transaction",
        fields={
            "number": number,
            "acted_on": acted_on,
            "obligated_cents": cents,
            "description": description,
        },
        modified_at=acted_on,
        place=1,
    )


def _subaward(number: str, cents: int) -> Statement:
    return Statement(
        kind="subaward",
        key=f"{ORDER}|{number}",
        award_key=ORDER,
        view="usaspending.subaward",
        fields={
            "number": number,
            "vendor_name": "OSIER HOSTING LLC",
            "acted_on": "2025-12-01",
            "obligated_cents": cents,
            "description": "HOSTING OF THE GALLERY",
        },
        modified_at="2025-12-01",
        place=1,
    )


def _answer(name: str, body: bytes, at: str) -> Answer:
    return Answer(
        source="usaspending_awards",
        method="GET",
        address=f"https://api.usaspending.example/{name}",
        body=body,
        fetched_at=at,
    )


def _awards(archive: Archive) -> None:
    before = deposit.keep(archive, _answer("before", b"before", FETCHED_BEFORE))
    deposit.deposit(
        archive, before, [_order("LICENSES FOR A FACE SEARCH SERVICE", modified_at="2026-08-30")]
    )
    kept = deposit.keep(archive, _answer("awards", b"awards", FETCHED))
    small = {
        f"70ZZZZ26P{number:08d}": f"CAMERA MAINTENANCE LOT {number}" for number in range(1, 26)
    }
    statements = [
        _order("LICENSES FOR A FACIAL RECOGNITION SEARCH SERVICE", modified_at="2026-10-02"),
        _award(
            VEHICLE,
            piid="47ZZZZ24D0000007",
            type_code="IDV_C",
            type_label="FSS",
            description="SCHEDULE FOR SOFTWARE",
            vendor_name="MERROW FEDERAL LLC",
            potential_cents=5_000_000_000,
            obligated_cents=0,
            acted_on="2023-10-01",
            awarding_subagency_code="4732",
            awarding_subagency_name="Federal Acquisition Service",
        ),
        _award(
            SCRIPT,
            piid="70ZZZZ26P00000666",
            description='<script>alert("x")</script> SERVICE & <b>SUPPORT</b>',
            offers="0",
            vendor_name="TALLOW <i>STREET</i> SYSTEMS",
            obligated_cents=-12_345_678,
            acted_on="2026-02-01",
        ),
        _award(
            PERSON,
            piid="70ZZZZ26P00000777",
            description="INTERPRETING AT A HEARING",
            vendor_name=NAME_OF_PERSON,
            vendor_is_person=True,
            obligated_cents=120_000,
            potential_cents=120_000,
            acted_on="2026-03-01",
        ),
        *(
            _award(
                award_key(piid=piid, agency="7012"),
                piid=piid,
                description=words,
                vendor_name=f"VENDOR {piid[-2:]} LLC",
                obligated_cents=1_000_000 * place,
                acted_on=f"20{10 + place % 16}-0{1 + place % 9}-15",
            )
            for place, (piid, words) in enumerate(small.items(), start=1)
        ),
        _modification("0", "2025-09-05", 375_000_000, "AWARD"),
        _modification("P00001", "2026-02-10", 187_500_000, "ADDITIONAL FUNDS FOR TRAINING"),
        _modification("P00002", "2026-09-03", -187_500_000, "DEOBLIGATION"),
        _subaward("S1", 41_200_000),
        _subaward("S2", 41_200_000),
    ]
    deposit.deposit(archive, kept, statements)


def _documents(archive: Archive, folder: Path) -> Composed:
    folder.mkdir(parents=True, exist_ok=True)
    work = _add(archive, _work(folder / "statement-of-work.pdf"))
    beneath = _add(archive, _failed_redaction(folder / "evaluation.pdf"))
    held = _add(archive, _letter(folder / "held.pdf", "A letter about lanterns"))
    withdrawn = _add(archive, _letter(folder / "gone.pdf", "A letter about sundials"))
    undated = _add(archive, _letter(folder / "undated.pdf", "A leaflet about ponds"), "")
    refused = _add(archive, _not_a_pdf(folder / "broken.pdf"))
    with Readers(1) as readers:
        read_waiting(archive, readers)
    waiting = _add(archive, _letter(folder / "waiting.pdf", "A letter that waits"))
    eugene = Released(
        body="City of Eugene", state="OR", case_number="24-117", requester_type="media"
    )
    documents.describe_release(archive, undated, "added", "undated.pdf", eugene)
    states.hold(archive, held, "home address on page 1")
    states.hold(archive, withdrawn, "the agency asked")
    states.withdraw(archive, withdrawn, "court order of 3 Mar 2026")
    return Composed(
        work=work,
        beneath=beneath,
        held=held,
        withdrawn=withdrawn,
        refused=refused,
        waiting=waiting,
        undated=undated,
    )


def _add(archive: Archive, path: Path, released_on: str = "2026-03-03") -> str:
    answer = Answer(
        source="added",
        method="FILE",
        address=path.name,
        body=archive.files.put_file(path),
        fetched_at=FETCHED,
    )
    return documents.deposit_document(
        archive, answer, Released(agency_code="7012", released_on=released_on)
    ).sha256


def _drawn(path: Path, title: str, pages: Sequence[Sequence[str]]) -> Canvas:
    canvas = Canvas(str(path), pagesize=letter, invariant=True)
    canvas.setTitle(title)
    for lines in pages:
        for place, line in enumerate(lines):
            canvas.drawString(72, 700 - 24 * place, line)
        canvas.showPage()
    return canvas


def _work(path: Path) -> Path:
    canvas = _drawn(
        path,
        "Statement of work for a face matching service",
        [
            [
                "STATEMENT OF WORK",
                "The contractor shall return facial recognition candidates within ten seconds.",
                "A facial recognition candidate is a lead and nothing more.",
            ],
            ["We keep prices under (b)(4), seats under (b) (7) (e), not Rule 12(b)(6), (b)(4)."],
            ["Use of facial recognition is logged, and <script>alert(1)</script> is only text."],
        ],
    )
    canvas.save()
    return path


def _failed_redaction(path: Path) -> Path:
    canvas = _drawn(path, "Evaluation of phone software", [])
    canvas.drawString(72, 700, "The evaluation of the phone software was done by the office")
    canvas.drawString(72, 640, f"The name of the examiner is {HIDDEN_WORD} and nobody else")
    canvas.setFillColorRGB(0, 0, 0)
    canvas.rect(60, 630, 420, 26, stroke=0, fill=1)
    canvas.showPage()
    canvas.save()
    return path


def _letter(path: Path, sentence: str) -> Path:
    _drawn(path, sentence, [[sentence, "It has a second line."]]).save()
    return path


def _not_a_pdf(path: Path) -> Path:
    path.write_bytes(b"%PDF-1.4 and nothing else")
    return path
