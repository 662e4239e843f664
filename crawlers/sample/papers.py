"""The drawn papers of the sample archive, by agency."""

from dataclasses import dataclass
from pathlib import Path

from crawlers.sample import contracts, letters, releases
from crawlers.sample.sheet import Paper, drawn


@dataclass(frozen=True, slots=True, kw_only=True)
class SamplePaper:
    """A paper: the agency that released it, its file name and title, and how it is drawn."""

    agency: str
    name: str
    title: str
    draw: Paper

    def content(self) -> bytes:
        """Give the bytes of the PDF, always the same."""
        return drawn(self.draw, self.title)


def _paper(agency: str, name: str, title: str, draw: Paper) -> SamplePaper:
    return SamplePaper(agency=agency, name=f"{name}.pdf", title=title, draw=draw)


PAPERS: tuple[SamplePaper, ...] = (
    _paper("ICE", "acknowledgement", "Acknowledgement 2026-ICFO-90001", letters.acknowledgement),
    _paper(
        "ICE",
        "determination-letter",
        "Determination letter 2026-ICFO-90001",
        letters.determination_of_ice,
    ),
    _paper("ICE", "order", "Order 70ZZZZ24F00000002", contracts.order),
    _paper(
        "ICE",
        "statement-of-work",
        "Statement of work, face recognition search licenses",
        contracts.statement_of_work,
    ),
    _paper(
        "ICE",
        "modification",
        "Modification P00001 of 70ZZZZ25C00000007",
        contracts.modification,
    ),
    _paper("ICE", "invoice", "Invoice TPD-2024-0113", contracts.invoice),
    _paper(
        "ICE",
        "phone-unlocking-evaluation",
        "Evaluation of phone unlocking software",
        releases.failed_redaction,
    ),
    _paper(
        "CBP",
        "plate-reader-messages",
        "Messages about mobile license plate reader trailers",
        releases.blacked_out_messages,
    ),
    _paper(
        "FBI",
        "determination-letter",
        "Determination letter FOIPA 9001445-000",
        letters.determination_of_the_fbi,
    ),
    _paper("FBI", "policy", "Policy on the use of cell-site simulators", releases.policy),
    _paper(
        "USSS",
        "no-responsive-records",
        "Response to request 20269001",
        letters.no_records_of_the_secret_service,
    ),
    _paper("DHS", "unmanned-aircraft", "Small unmanned aircraft bought", releases.sideways_table),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleRelease:
    """The papers that one agency released on one day."""

    agency: str
    agency_code: str
    released_on: str

    @property
    def source(self) -> str:
        """The name of where they came from: each agency has a reading room of its own."""
        return f"drawn_papers_of_{self.agency}"

    def write(self, folder: Path) -> Path:
        """Write the papers into a folder of their own, and give it."""
        target = folder / self.agency
        target.mkdir(parents=True, exist_ok=True)
        for paper in PAPERS:
            if paper.agency == self.agency:
                (target / paper.name).write_bytes(paper.content())
        return target


RELEASES: tuple[SampleRelease, ...] = tuple(
    SampleRelease(agency=agency, agency_code=code, released_on=day)
    for agency, code, day in (
        ("CBP", "7014", "2025-02-14"),
        ("FBI", "1549", "2025-06-12"),
        ("DHS", "070", "2025-11-03"),
        ("USSS", "7009", "2026-03-04"),
        ("ICE", "7012", "2026-01-30"),
    )
)
